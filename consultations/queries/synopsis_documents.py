"""A synopsis as a document: cover, two parts and annexes as one sequence of blocks, built from what was frozen.

The page, the DOCX and the PDF are made from the same blocks, so that they say the same. Whoever is not of the Unit, the
Commission or an auditor gets the figures as they are published; the files hold those always.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext
from sqlalchemy import select

from consultations import moments, wording
from consultations import wording_comments as labels
from consultations.documents.synopsis_blocks import (
    Block,
    Document,
    Heading,
    Paragraph,
    Side,
    Sides,
    Table,
    text_blocks,
)
from consultations.extensions import db
from consultations.facts import figures as named
from consultations.facts import synopsis_words as words_of
from consultations.facts.synopsis_cover import cover
from consultations.facts.synopsis_figures import published
from consultations.models.rounds import Question
from consultations.models.standards import NodeText
from consultations.models.synopses import Synopsis
from consultations.queries import synopsis_generated
from consultations.queries.synopsis_tables import figure_table, filled, number, tally
from consultations.wording_synopsis import PARTS, SECTIONS, figure_title

Shown = Mapping[str, Any]
WAYS = ("commented", "no_comment", "questions_only", "silent")


@dataclass(frozen=True)
class Frozen:
    """A synopsis with its figures as this reader may see them."""

    synopsis: Synopsis
    shown: Shown
    cover: Shown
    words: words_of.Words
    exact: bool

    @property
    def reference(self) -> str:
        """The language of the text that prevails."""
        return str(self.cover["reference"])


def frozen(synopsis: Synopsis, *, exact: bool) -> Frozen:
    """A synopsis to be written out; `exact`: with every figure, for the Commission and the Unit before publication."""
    shown = synopsis.figures if exact else published(synopsis.figures)
    return Frozen(synopsis, shown, synopsis.cover or cover(synopsis.round), words_of.frozen(synopsis), exact)


def document(held: Frozen, annex: Iterator[Block]) -> Document:
    """The whole of it in the reader's language; `annex`: the comments (queries.synopsis_annex)."""
    synopsis = held.synopsis
    title = gettext("Synopsis: %(title)s", title=wording.local(held.cover["titles"]))
    blocks = (*cover_blocks(held), *part_blocks(held), *annex)
    return Document(title, wording.language(), _local_day(held).isoformat(), synopsis.sha256, blocks)


def cover_blocks(held: Frozen) -> Iterator[Block]:
    """What stands on the cover."""
    told, synopsis = held.cover, held.synopsis
    rows = [
        (gettext("Dossier"), told["code"]),
        (gettext("Standard"), f"{told['standard']} · {wording.local(told['standard_titles'])}"),
        (gettext("Text consulted on"), gettext("version %(label)s", label=told["version"])),
        (gettext("Round"), str(told["number"])),
        (gettext("Decided by"), wording.local(told["body"])),
        (gettext("Languages"), ", ".join(map(wording.language_name, told["languages"]))),
        (gettext("Version of this synopsis"), str(synopsis.number)),
        (gettext("Frozen on"), moments.day(synopsis.frozen_at, told["zone"])),
        (
            gettext("Published on"),
            moments.day(synopsis.published_at, told["zone"]) if synopsis.published_at else gettext("Not published: for the Commission's review"),
        ),
        ("SHA-256", synopsis.sha256),
    ]  # fmt: skip
    yield Table(gettext("Cover"), (gettext("What"), gettext("Which")), tuple(rows))


def part_blocks(held: Frozen) -> Iterator[Block]:
    """Both parts: of each section what is generated before and after the words, with the figures that these name."""
    for title, sections in PARTS:
        yield Heading(1, str(title))
        for section in sections:
            made = list(_section(held, section))
            if made:
                yield Heading(2, str(SECTIONS[section]), section)
                yield from made


def _section(held: Frozen, section: str) -> Iterator[Block]:
    yield from BEFORE.get(section, _nothing)(held)
    text, language = words_in(held.words, section, held.reference)
    yield from text_blocks(filled(text, held.shown), language)
    yield from AFTER.get(section, _nothing)(held)
    yield from figure_table(held.shown, named.names(text))


def words_in(words: words_of.Words, section: str, reference: str) -> tuple[str, str]:
    """The words of a section in the reader's language, else in the reference language, else in any; and which one it is,
    "" where it is the reader's own."""
    mine = wording.language()
    for code in (mine, reference, *wording.LANGUAGES):
        if text := words.get(words_of.place(section, code), ""):
            return text, "" if code == mine else code
    return "", ""


def _nothing(held: Frozen) -> Iterator[Block]:
    return iter(())


def _objectives(held: Frozen) -> Iterator[Block]:
    if said := wording.local(held.cover["objectives"]):
        yield from text_blocks(gettext("Objectives: %(said)s", said=said))


def _organisations(held: Frozen) -> Iterator[Block]:
    cells = {way: held.shown["organisations"][way] for way in WAYS}
    said = {way: figure_title(way) for way in WAYS}
    yield from tally(
        gettext("How organisations answered"), cells, said, held.shown["organisations"]["invited"],
        gettext("Counted: organisations in the register of the round, each in one row only. Shares are of all that were asked."),
    )  # fmt: skip
    yield from synopsis_generated.ways(held.shown.get("ways", []))


def _key_figures(held: Frozen) -> Iterator[Block]:
    """Received, points, distinct and organisations side by side (consultation-model.md)."""
    asked = ("received", "points", "distinct", "commented", "invited", "late", "would_vote_no", "withdrawn", "changes", "substantive")  # fmt: skip
    yield from figure_table(held.shown, asked)


def _decision(held: Frozen) -> Iterator[Block]:
    told = held.cover.get("decision")
    if not told:
        return
    day = moments.day(datetime.fromisoformat(told["at"]), held.cover["zone"])
    said = (
        gettext("The assembly adopted the text; the decision is final since %(day)s.", day=day)
        if told["state"] == "adopted"
        else gettext("The assembly did not adopt the text; the decision is final since %(day)s.", day=day)
    )
    yield Paragraph(said)
    if told["vote"]:
        question = wording.local(told["questions"])
        yield Paragraph(gettext("Vote %(code)s: %(question)s", code=told["vote"], question=question))


def _dates(held: Frozen) -> Iterator[Block]:
    return synopsis_generated.dates(held.cover)


def _countries(held: Frozen) -> Iterator[Block]:
    rows = tuple(
        (wording.country(code), number(row["organisations"] if row else None), number(row["comments"] if row else None))
        for code, row in held.shown["countries"].items()
    )  # fmt: skip
    if rows:
        heads = (gettext("Country"), gettext("Organisations"), gettext("Comments"))
        counted = gettext("Counted: organisations that answered in any way and the comments received, by the country in the register.")  # fmt: skip
        yield Table(gettext("By country"), heads, rows, (1, 2), counted)


def _topics(held: Frozen) -> Iterator[Block]:
    if told := held.shown.get("topics"):
        yield from synopsis_generated.topics(told)
    yield from tally(
        gettext("What became of the points"), held.shown["outcomes"], labels.OUTCOMES,
        named.sum_of(held.shown["outcomes"].values()), gettext("Counted: points of the comments received that have a decided answer."),
    )  # fmt: skip
    yield from tally(
        gettext("Comments by stance"), held.shown["stances"], labels.STANCES, held.shown["received"],
        gettext("Counted: comments received, by the stance that their author chose."),
    )  # fmt: skip
    yield from _clauses(held)
    yield from _questions(held)


def _clauses(held: Frozen) -> Iterator[Block]:
    rows = held.shown.get("clauses", [])
    headings = _headings([row["node"] for row in rows])
    sides = tuple(
        Side(_clause_name(row, headings), row["against"], row["neutral"], row["for"])
        for row in rows
        if row["for"] is not None
    )
    if sides:
        heads = (gettext("Clause"), gettext("Against"), gettext("In favour"), gettext("Neutral"))
        counted = gettext("Counted: comments received on each clause, by the stance that their author chose.")
        yield Sides(gettext("Against and in favour, by clause"), heads, sides, counted)
    if gone := [row["number"] or gettext("The text as a whole") for row in rows if row["for"] is None]:
        said = gettext("Stances on these clauses are hidden, because they would point at somebody: %(clauses)s.", clauses=", ".join(gone))  # fmt: skip
        yield Paragraph(said, soft=True)


def _clause_name(row: Shown, headings: Mapping[int, Mapping[str, str]]) -> str:
    if not row["node"]:
        return str(gettext("The text as a whole"))
    return f"{row['number']} {wording.local(headings.get(row['node']))}".strip()


def _headings(node_ids: list[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for text in db.session.scalars(select(NodeText).where(NodeText.node_id.in_(node_ids))):
        found.setdefault(text.node_id, {})[text.language] = text.heading
    return found


def _questions(held: Frozen) -> Iterator[Block]:
    rows = db.session.scalars(select(Question).where(Question.round_id == held.synopsis.round_id))
    asked = {row.id: row for row in rows}
    for told in held.shown["questions"]:
        question = asked.get(told["question"])
        if question is None:
            continue
        yield Heading(3, wording.local(question.texts))
        yield Paragraph(_answering(told["answered"]), soft=True)
        yield from tally(gettext("Answers"), told["values"], _choices(question), told["answered"], "")


def _answering(count: int | None) -> str:
    """What the answers to a question are shares of."""
    if count is None:
        return str(gettext("How many organisations answered this question is hidden."))
    if not count:
        return str(gettext("Nobody answered this question."))
    return str(gettext("Counted: organisations that answered this question: %(count)s. Shares are of these.", count=count))  # fmt: skip


def _choices(question: Question) -> dict[str, Any]:
    if question.kind == "agree":
        return dict(labels.AGREEMENT)
    if question.options:
        return {str(place): wording.local(option) for place, option in enumerate(question.options)}
    lowest, highest = question.lowest or 0, question.highest or 0
    return {str(value): str(value) for value in range(lowest, highest + 1)}


def _types(held: Frozen) -> Iterator[Block]:
    yield from tally(
        gettext("Comments by type"), held.shown["types"], labels.TYPES, held.shown["received"],
        gettext("Counted: comments received, by the type that their author chose."),
    )  # fmt: skip
    if not held.exact:
        yield Paragraph(gettext("Figures under five that say something of those who took part, and those that would reveal them, are hidden; what the list of comments shows anyway is not. Each share is rounded by itself, so that they may not add up to 100."), soft=True)  # fmt: skip


def _local_day(held: Frozen) -> date:
    return held.synopsis.frozen_at.astimezone(ZoneInfo(held.cover["zone"])).date()


BEFORE = {"background": _objectives, "way_forward": _decision, "process": _dates}
AFTER = {
    "method": _organisations,
    "summary": _key_figures,
    "participants": _countries,
    "outcome": _topics,
    "other": _types,
}
"""What is generated of a section before and after its words."""
