"""The minutes of an assembly as a document: a pure function of the figures and of the words around them.

Headings and sentences are in the reader's language; the words are in that of the body, and marked so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from consultations import moments, wording
from consultations.documents.minutes_blocks import Block, Minutes
from consultations.documents.minutes_opening import attendance, calls, convocation, course, the_roll
from consultations.documents.minutes_vote import hashes, result, roll_call
from consultations.documents.minutes_words import short, when
from consultations.documents.synopsis_blocks import Heading, Paragraph, Table, text_blocks
from consultations.wording_assemblies import ITEM_KINDS, ITEM_STATES
from workflows.roles import Role

Figures = dict[str, Any]


@dataclass(frozen=True)
class Signed:
    """A signature as minutes print it; `at` as the figures have instants."""

    role: str
    name: str
    at: str


@dataclass(frozen=True)
class Version:
    """What the minutes of an assembly are written from. `number` 0: nobody has made minutes of it yet."""

    number: int
    figures: Figures
    words: dict[str, str]
    sha256: str
    signed: tuple[Signed, ...] = ()

    def to_dict(self) -> Figures:
        """What goes into the PDF, so that it can be read again."""
        signed = [{"role": one.role, "name": one.name, "at": one.at} for one in self.signed]
        return {
            "minutes": self.number, "figures": self.figures, "words": self.words, "sha256": self.sha256,
            "signatures": signed, "language": wording.language(),
        }  # fmt: skip


def document(version: Version) -> Minutes:
    """The whole of it in the reader's language."""
    told = version.figures
    title = gettext("Minutes: %(title)s", title=wording.local(told["titles"], told["language"]))
    foot = f"{told['code']} · {version.sha256[:16]}"
    return Minutes(
        title, wording.language(), told["starts_at"][:10], foot, tuple(_blocks(version)), version.to_dict()
    )


def signatures(signed: Sequence[Signed], zone: str, sha256: str) -> Iterator[Block]:
    """Who signed, as what, when; and what."""
    yield Heading(1, gettext("Signatures"))
    rows = tuple((str(wording.ROLES[Role(one.role)]), one.name, short(one.at, zone)) for one in signed)
    if rows:
        yield Table(gettext("Signatures"), (gettext("Capacity"), gettext("Name"), gettext("Signed")), rows)
    else:
        yield Paragraph(gettext("Nobody has signed these minutes yet."))
    yield Paragraph(
        gettext("Hash of figures and words, which is what is signed: %(sha256)s", sha256=sha256), soft=True
    )


def _blocks(version: Version) -> Iterator[Block]:
    told, words = version.figures, version.words
    number = [gettext("Version %(number)s", number=version.number)] if version.number else []
    yield Paragraph(" · ".join([wording.local(told["body"], told["language"]), told["code"], *number]))
    yield from _words(words.get("introduction", ""), told)
    for part in (convocation, the_roll, calls, attendance, course):
        yield from part(told)
    for item in told["items"]:
        yield from _item(item, words.get(f"item-{item['position']}", ""), told)
    yield from _words(words.get("closing", ""), told)
    yield from signatures(version.signed, told["zone"], version.sha256)
    votes = [vote for item in told["items"] for vote in item["votes"] if vote["count"]]
    if votes:
        yield Heading(1, gettext("Annex: how each organisation voted"))
    for vote in votes:
        yield from roll_call(vote, 2)
        yield hashes(vote)


def _item(item: Figures, words: str, told: Figures) -> Iterator[Block]:
    zone, reference = told["zone"], told["language"]
    yield Heading(1, gettext("Item %(number)s: %(title)s", number=item["position"], title=wording.local(item["titles"], reference)))  # fmt: skip
    yield Paragraph(_about(item))
    if item["opened_at"]:
        yield Paragraph(gettext("Taken up on %(when)s.", when=when(item["opened_at"], zone)))
    if item["motion"]:
        yield Heading(2, gettext("Motion"))
        yield from _texts(item["motion"], reference)
        yield Paragraph(gettext("Hash of the motion: %(sha256)s", sha256=item["motion_sha256"]), soft=True)
    yield from _interests(item, zone)
    yield from _words(words, told)
    for vote in item["votes"]:
        if vote["opened_at"] or item["state"] == "decided":
            yield from result(vote, 2, zone)
    for number in item["voted_with"]:
        yield Paragraph(gettext("Put to the vote together with item %(number)s.", number=number))
    if item["elected"]:
        names = ", ".join(wording.local(names) for names in item["elected"])
        yield Paragraph(gettext("Elected in all: %(names)s.", names=names))
    yield from _actions(item)
    if item["background"]:
        yield Heading(2, gettext("Background"))
        yield from _texts(item["background"], reference)


def _about(item: Figures) -> str:
    parts = [str(ITEM_KINDS[item["kind"]]), str(ITEM_STATES[item["state"]][0])]
    if item["amends"]:
        parts.append(gettext("amendment to item %(number)s", number=item["amends"]))
    said = " · ".join(parts)
    return f"{said}: {item['reason']}" if item["reason"] else said


def _interests(item: Figures, zone: str) -> Iterator[Block]:
    if not item["interests"]:
        return
    yield Heading(2, gettext("Declared interests"))
    for one in item["interests"]:
        took = gettext("excused from the vote") if one["excluded"] else gettext("takes part in the vote")
        yield Paragraph(f"{one['name']} ({short(one['at'], zone)}; {took}): {one['words']}")


def _actions(item: Figures) -> Iterator[Block]:
    if not item["actions"]:
        return
    yield Heading(2, gettext("Action points"))
    heads = (gettext("What"), gettext("Responsible"), gettext("Until"))
    rows = tuple((one["words"], one["responsible"] or "–", _day(one["due_on"])) for one in item["actions"])
    yield Table(gettext("What is to be done"), heads, rows)


def _day(due_on: str | None) -> str:
    return moments.long_date(date.fromisoformat(due_on)) if due_on else "–"


def _texts(texts: dict[str, str], reference: str) -> Iterator[Block]:
    """In the reader's language, else in the body's; marked where it is not the reader's own."""
    mine = wording.language()
    code = mine if texts.get(mine) else reference if texts.get(reference) else next(iter(texts), "")
    yield from text_blocks(texts.get(code, ""), "" if code == mine else code)


def _words(text: str, told: Figures) -> Iterator[Block]:
    language = told["language"]
    yield from text_blocks(text, "" if language == wording.language() else language)
