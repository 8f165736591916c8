"""Second pass: a tree from numbered blocks, by number first and by heading level where numbers say nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from consultations.documents.characters import unaccented
from consultations.documents.findings import Doubt, Fault, FileRefused, Place
from consultations.documents.number_sequence import NumberSequence
from consultations.documents.numbering import Number
from consultations.documents.standard_blocks import Block, guidance_after_label
from consultations.documents.standard_numbers import NumberedBlocks, looks_like_title
from consultations.documents.standard_title import document_title
from consultations.documents.standard_tree import Node, Tree
from consultations.documents.words import ANNEX_WORDS, DEFINITION_TITLES

MAX_NODES = 5_000
MAX_NESTING = 20
MAX_HEADING_CHARS = 1_000
MAX_TEXT_CHARS = 50_000

_TERM = re.compile(r"(?P<term>[^:\n]{1,80}?)\s*(?::|\s[–—-]\s)\s*(?P<text>\S.*)", re.DOTALL)


@dataclass(slots=True)
class Draft:
    """A node while it is being filled."""

    kind: str
    block: Block
    heading: str = ""
    level: int | None = None
    text: list[str] = field(default_factory=list)
    guidance: list[str] = field(default_factory=list)
    in_guidance: bool = False
    children: list["Draft"] = field(default_factory=list)

    @property
    def number(self) -> Number | None:
        return self.block.number


class StandardBuilder:
    """Takes the blocks of a document, one after the other, and grows the tree."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.source = NumberedBlocks(blocks)
        self.title = document_title(self.source.blocks)
        self.doubts: list[Doubt] = []
        self.faults: list[Fault] = []
        self.preamble: list[str] = []
        self.top: list[Draft] = []
        self.stack: list[Draft] = []
        self.sequence = NumberSequence()

    def build(self) -> tuple[Tree, tuple[Doubt, ...]]:
        """Return tree and doubts; raise FileRefused for a document that holds no requirement or breaks a limit."""
        for block in self.source.blocks:
            self._take(block)
        tree = Tree("\n".join(self.preamble), tuple(self._frozen()))
        if not any(node.kind == "requirement" for node, _ in tree.walk()):
            self.faults.append(Fault("no_requirement"))
        if self.faults:
            raise FileRefused(self.faults)
        return tree, tuple(self.source.doubts + self.doubts)

    def doubt(self, code: str, place: Place, **params: str | int) -> None:
        """Note a doubt at a place."""
        self.doubts.append(Doubt(code, place, params))

    def _take(self, block: Block) -> None:
        if block is self.title:
            self.doubt("title_ignored", block.place, text=block.heading[:60])
        elif block.number is not None or block.kind is not None:
            self._open_numbered(block)
        elif block.is_literal:
            self._keep(block)
        elif not (block.text or block.heading or block.guidance):
            return
        elif (
            block.level is not None and guidance_after_label(block.heading) == "" and self._top_requirement()
        ):
            self.stack[-1].in_guidance = True
        elif block.level is not None:
            self._open_heading(block)
        elif not self._definition(block):
            self._continue(block)

    def _top_requirement(self) -> bool:
        return bool(self.stack) and self.stack[-1].kind == "requirement"

    def _open_numbered(self, block: Block) -> None:
        if block.kind is not None:
            self._pop_to_level(block.level or 1)
        elif block.number:
            self._pop_to_number(block.number, block.level)
        draft = Draft(self._kind(block), block, block.heading, block.level)
        if block.number:
            self.doubts += self.sequence.add(block.number, block.place)
        self._fill(draft)
        self._push(draft)

    def _fill(self, draft: Draft) -> None:
        block = draft.block
        if draft.kind == "definition" and (term := _TERM.fullmatch(block.text)):
            draft.heading, draft.text = term["term"], [term["text"]]
        elif draft.kind in ("chapter", "section") and not draft.heading:
            draft.heading = block.text.replace("\n", " ")
        elif block.text:
            draft.text = [block.text]
        if block.guidance:
            draft.guidance = [block.guidance]

    def _open_heading(self, block: Block) -> None:
        self._pop_to_level(block.level or 1)
        first = unaccented(block.heading).split(" ")[0].rstrip(":.")
        kind = "annex" if first in ANNEX_WORDS else "section" if self.stack else "chapter"
        if self._in_definitions():
            kind = "definition"
        elif kind != "annex":
            self.doubt("heading_without_number", block.place, heading=block.heading[:60])
        self._push(Draft(kind, block, block.heading, block.level))

    def _in_definitions(self) -> bool:
        return any(unaccented(draft.heading) in DEFINITION_TITLES for draft in self.stack)

    def _kind(self, block: Block) -> str:
        number = block.number
        if block.kind is not None:
            return block.kind
        if number is None or not number.parts:
            return "annex"
        if self._in_definitions():
            return "definition"
        if self.source.has_below(number):
            return self._kind_above_others(block, number)
        if block.level is None:
            return "requirement"
        if number.is_single:
            return "chapter"
        if number.depth >= self.source.usual_depth:
            return "requirement"
        self.doubt("section_without_requirement", block.place, number=number.text)
        return "section"

    def _kind_above_others(self, block: Block, number: Number) -> str:
        group = "chapter" if number.is_single else "section"
        if block.level is not None or (looks_like_title(block.text) and not block.requirement_kind):
            return group
        self.doubt("requirement_with_parts", block.place, number=number.text)
        return "requirement"

    def _pop_to_level(self, level: int) -> None:
        while self.stack and (self.stack[-1].level is None or self.stack[-1].level >= level):
            self.stack.pop()

    def _pop_to_number(self, number: Number, level: int | None) -> None:
        for index, draft in enumerate(self.stack):
            if draft.number is not None and draft.kind != "annex":
                stays = draft.number.is_above(number)
            else:
                stays = draft.kind != "definition" and (level is None or (draft.level or 0) < level)
            if not stays:
                del self.stack[index:]
                return

    def _push(self, draft: Draft) -> None:
        (self.stack[-1].children if self.stack else self.top).append(draft)
        self.stack.append(draft)
        if len(self.stack) > MAX_NESTING:
            raise FileRefused([Fault("nested_too_deep", draft.block.place, {"limit": MAX_NESTING})])

    def _definition(self, block: Block) -> bool:
        pair = _term_and_text(block) if self._in_definitions() else None
        if pair is None or self.stack[-1].in_guidance:
            return False
        while self.stack[-1].kind == "definition":
            self.stack.pop()
        self._push(Draft("definition", block, pair[0], None, [pair[1]]))
        return True

    def _continue(self, block: Block) -> None:
        if not self.stack:
            if block.text:
                self.preamble.append(block.text)
                self.doubt("paragraph_before_chapter", block.place, text=block.text[:60])
            return
        draft = self.stack[-1]
        label = guidance_after_label(block.text) if draft.kind == "requirement" else None
        if label is not None:
            draft.in_guidance = True
        elif not (draft.in_guidance or block.is_guidance) and self._is_unlabelled_guidance(draft, block):
            draft.in_guidance = True
            self.doubt("unlabelled_guidance", block.place, number=draft.number.text if draft.number else "")
        text = block.text if label is None else label
        lines = draft.guidance if draft.in_guidance or block.is_guidance else draft.text
        lines += [part for part in (text,) if part]
        draft.guidance += [block.guidance] if block.guidance else []

    def _keep(self, block: Block) -> None:
        draft = self.stack[-1] if self.stack else None
        lines = self.preamble if draft is None else draft.guidance if block.is_guidance else draft.text
        lines += [block.text] if block.text else []

    @staticmethod
    def _is_unlabelled_guidance(draft: Draft, block: Block) -> bool:
        """Whether a plain paragraph explains the numbered paragraph before it; lists and text after ':' go on."""
        if draft.kind != "requirement" or draft.block.level is not None or block.is_item or not draft.text:
            return False
        return not draft.text[-1].endswith((":", ";", ","))

    def _frozen(self) -> list[Node]:
        self.count = 0
        return [self._freeze(draft) for draft in self.top]

    def _freeze(self, draft: Draft) -> Node:
        block, position = draft.block, self.count
        self.count += 1
        heading, text, guidance = draft.heading, "\n".join(draft.text), "\n".join(draft.guidance)
        if draft.kind == "requirement" and not text and not block.is_literal:
            heading, text = "", heading
        number = draft.number.text if draft.number else None
        self._check(draft, heading, text, guidance)
        children = tuple(self._freeze(child) for child in draft.children)
        return Node(
            draft.kind, number, heading, text, guidance, position, block.place,
            block.requirement_kind, block.from_year, children, block.applies_to,
        )  # fmt: skip

    def _check(self, draft: Draft, heading: str, text: str, guidance: str) -> None:
        place, number = draft.block.place, draft.number.text if draft.number else ""
        if draft.kind == "requirement" and not text:
            self.doubt("requirement_without_text", place, number=number)
        if len(heading) > MAX_HEADING_CHARS:
            self.faults.append(Fault("heading_too_long", place, {"limit": MAX_HEADING_CHARS}))
        if max(len(text), len(guidance)) > MAX_TEXT_CHARS:
            self.faults.append(Fault("text_too_long", place, {"limit": MAX_TEXT_CHARS}))
        if self.count == MAX_NODES + 1:
            self.faults.append(Fault("too_many_nodes", place, {"limit": MAX_NODES}))


def _term_and_text(block: Block) -> tuple[str, str] | None:
    """The two cells of a row, or what stands before and after a colon or a dash."""
    if len(block.cells) == 2:
        return block.cells[0], block.cells[1]
    term = None if block.is_item else _TERM.fullmatch(block.text)
    return (term["term"], term["text"]) if term else None
