"""First pass over a standard's blocks: which of them are numbered, which numbers have others below them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from consultations.documents.characters import clean, clean_line
from consultations.documents.findings import Doubt
from consultations.documents.numbering import (
    Number,
    Recognised,
    is_lowercase_after,
    recognise,
    recognise_annex,
)
from consultations.documents.standard_blocks import Block, without_tags

SHORT_TITLE_CHARS = 120
"""A numbered paragraph up to this length, without a full stop, may be the title of what follows it."""


def looks_like_title(text: str) -> bool:
    """Tell whether a numbered paragraph reads like a title and not like a requirement."""
    return 0 < len(text) <= SHORT_TITLE_CHARS and text[-1] not in ".;:!?"


class NumberedBlocks:
    """The blocks with their numbers taken off the text; knows what is above what and how deep requirements lie."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.doubts: list[Doubt] = []
        self.blocks = self._single_parts([self._numbered(block) for block in blocks])
        self.doubts += [_kept_list(block) for block in self.blocks if block.automatic and not block.number]
        numbers = [block.number for block in self.blocks if block.number]
        self._above = {
            (prefix, n.parts[:k]) for n in numbers for k in range(n.depth) for prefix in {n.prefix, ""}
        }
        self.usual_depth = self._usual_depth()

    def has_below(self, number: Number) -> bool:
        """Tell whether any number of the document lies below this one."""
        return (number.prefix, number.parts) in self._above

    def _usual_depth(self) -> int:
        leaves = [b for b in self.blocks if b.number and b.number.parts and not self.has_below(b.number)]
        plain = [b for b in leaves if b.level is None] or leaves
        depths = Counter(block.number.depth for block in plain if block.number)
        return max(depths, key=lambda depth: (depths[depth], depth), default=0)

    def _numbered(self, block: Block) -> Block:
        text = clean(block.text)
        block = replace(block, text=text, heading=clean_line(block.heading), guidance=clean(block.guidance))
        if block.is_literal or block.is_guidance or block.cells:
            return block
        if block.number is None:
            block = self._from_text(block)
        if block.level is not None:
            block = replace(block, heading=clean_line(block.text), text="")
        return without_tags(block) if block.number else block

    def _from_text(self, block: Block) -> Block:
        found = self._found(block)
        if found.doubt:
            self.doubts.append(Doubt(found.doubt, block.place, {"text": block.text[:60]}))
        if found.number is None:
            return block
        if block.level is None and not found.number.is_single and is_lowercase_after(found.rest):
            self.doubts.append(Doubt("number_before_lowercase", block.place, {"number": found.number.text}))
        kind = "annex" if block.level is not None and recognise_annex(block.text) else None
        return replace(block, number=found.number, text=found.rest, kind=kind)

    @staticmethod
    def _found(block: Block) -> Recognised:
        annex = recognise_annex(block.text) if block.level is not None else None
        found = annex or recognise(block.text)
        # "2026" or "19" alone at the start of a plain paragraph is ordinary prose, not worth a doubt.
        prose = block.level is None and found.number is None and found.doubt == "looks_like_year"
        return Recognised(None, block.text) if prose else found

    def _single_parts(self, blocks: list[Block]) -> list[Block]:
        """Keep '2 Members' in plain paragraphs as a number only where 2.1 comes next and chapter 2 has not begun; else
        it is an item of a list."""
        kept: list[Block] = []
        following: Number | None = None
        for block, begun in reversed(list(zip(blocks, _begun(blocks), strict=True))):
            number = block.number
            if number and _is_bare(block) and (begun or not _leads_to(block, following)):
                block = replace(block, number=None, text=_as_written(block), is_item=True)
            elif number:
                following = None if number.is_single else number
            kept.append(block)
        return kept[::-1]


def _begun(blocks: Sequence[Block]) -> list[bool]:
    """For each block whether the chapter of its number has begun before, as a heading or with a number below it."""
    chapters: set[int] = set()
    found = []
    for block in blocks:
        parts = block.number.parts[:1] if block.number else ()
        found.append(not chapters.isdisjoint(parts))
        if not _is_bare(block):
            chapters.update(parts)
    return found


def _is_bare(block: Block) -> bool:
    """A single figure before a plain paragraph: a chapter or an item of a list."""
    single = block.number is not None and block.number.is_single
    return single and block.level is None and not block.is_declared


def _leads_to(block: Block, following: Number | None) -> bool:
    number = block.number
    return bool(number and following and number.is_above(following)) and looks_like_title(block.text)


def _as_written(block: Block) -> str:
    return f"{block.number.text}. {block.text}" if block.number else block.text


def _kept_list(block: Block) -> Doubt:
    return Doubt("automatic_list_kept", block.place, {"number": block.automatic})
