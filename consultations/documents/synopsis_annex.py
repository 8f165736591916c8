"""The annex of a synopsis: every comment received with what became of it, as frozen, and only what this reader may read.

Everybody sees how many there are, where and with which outcome; the words only of those that are theirs to read.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from sqlalchemy import select

from consultations import wording
from consultations import wording_comments as labels
from consultations.actor import PUBLIC, Actor
from consultations.documents.redline_words import Passage, changed
from consultations.documents.synopsis_blocks import Block, Heading, Paragraph, Table, text_blocks
from consultations.extensions import db
from consultations.facts.countries_shown import countries_shown
from consultations.facts.readers import READS_ALL, visible_to
from consultations.facts.removals import WHOLE, kept_from_others, reads_original
from consultations.facts.synopses import name_shown
from consultations.facts.synopsis_annex import pins
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.points import Point
from consultations.models.rounds import RegisterEntry
from consultations.models.standards import Node, NodeText
from consultations.models.synopses import Synopsis
from workflows.roles import implies


@dataclass(frozen=True)
class Became:
    """What became of a point; `point`: 0 for a comment that is one, `words` those of the point."""

    point: int
    words: str
    outcome: str
    response: str
    change: str


@dataclass(frozen=True)
class Entry:
    """A comment of the annex; `words` is None where this reader may not read it, and then no answer tells its response.

    `country`: of one without a name, where it points at nobody; `replaces`: the words of the clause that a proposal is for.
    """

    label: str
    clause: str
    who: str | None
    language: str
    type: str
    stance: str
    would_vote_no: bool
    words: str | None
    justification: str
    proposal: str
    became: tuple[Became, ...]
    country: str = ""
    replaces: str = ""

    @property
    def proposed(self) -> tuple[Passage, ...]:
        """The clause with what is proposed taken out and put in; empty where nothing of it would stay."""
        return changed(self.replaces, self.proposal)


def pinned(synopsis: Synopsis) -> list[dict[str, Any]]:
    """The comments of the annex in their order: as frozen; of a synopsis from before they were, as they stand."""
    return synopsis.decisions or pins(synopsis.round_id)


def entries(synopsis: Synopsis, held: Sequence[dict[str, Any]], *, by: Actor) -> tuple[Entry, ...]:
    """These of the annex's comments (`pinned`, or a part of it); a few selects, however many they are."""
    ids = [row["comment"] for row in held]
    if not ids:
        return ()
    rows = {row[0].id: row for row in db.session.execute(_comments(ids))}
    said = _by_pin(CommentVersion, ids)
    answers, points = _by_pin(Answer, ids), _points(ids)
    readable = set(db.session.scalars(select(Comment.id).where(Comment.id.in_(ids), visible_to(by))))
    shown = kept_from_others([row[0] for row in rows.values()])
    staff = not READS_ALL.isdisjoint(implies(by.role))
    number, countries, texts = (
        synopsis.round.number,
        countries_shown(synopsis.round_id),
        _texts(synopsis, ids),
    )
    made = []
    for row in held:
        comment, name, country, clause = rows[row["comment"]]
        part = WHOLE if reads_original(by, comment.organisation_id) else shown(comment.id)
        words = said[comment.id, row["version"]]
        reads = comment.id in readable
        given = [answers[comment.id, one] for _, one in row["answers"]]
        own = staff or by.organisation_id == comment.organisation_id
        who = (
            (name if own else name_shown(name, comment.consent_to_name))
            if reads and not part.hidden
            else None
        )
        made.append(
            Entry(
                f"R{number}-{comment.public_number}", clause or "",
                who, comment.language, words.type, words.stance, words.would_vote_no,
                part.text(words.text) if reads else None, part.more(words.justification), part.more(words.proposal),
                tuple(_became(one, points.get(comment.id, {}), part) for one in given),
                country if reads and not part.hidden and not who and country in countries else "",
                texts.get((comment.node_id, comment.language)) or texts.get((comment.node_id, "")) or "",
            )
        )  # fmt: skip
    return tuple(made)


def names_without_consent(synopsis: Synopsis) -> int:
    """How many organisations anybody would read by name beside a comment for which they did not consent to it.

    Counted in what is about to be published, as anybody reads it: whatever decides there which name is shown.
    """
    held = pinned(synopsis)
    consented = set(
        db.session.scalars(
            select(Comment.id).where(Comment.round_id == synopsis.round_id, Comment.consent_to_name)
        )
    )
    told = zip(held, entries(synopsis, held, by=PUBLIC), strict=True)
    return sum(1 for row, entry in told if entry.who and row["comment"] not in consented)


def annex_blocks(
    decided: Sequence[tuple[str, str, str]], listed: Iterable[Entry], total: int
) -> Iterator[Block]:
    """Annex 1: the changes that were decided; annex 2: every comment with its answers."""
    yield Heading(1, gettext("Annex 1: decisions"), "decisions")
    if decided:
        heads = (gettext("Comment"), gettext("What became of it"), gettext("What it changed in the text"))
        yield Table(gettext("Points that led to a change"), heads, tuple(decided))
    else:
        yield Paragraph(gettext("No point of a public comment led to a change of the text."))
    yield Heading(1, gettext("Annex 2: every comment and its answer (%(count)s)", count=total), "annex")
    for entry in listed:
        yield from entry_blocks(entry)


def decisions(listed: Iterable[Entry]) -> tuple[tuple[str, str, str], ...]:
    """(comment, outcome, change) of each point that changed the text, of comments that this reader may read."""
    return tuple(
        (f"{entry.label} · {_place(entry)}", str(labels.OUTCOMES[one.outcome]), one.change)
        for entry in listed
        if entry.words is not None
        for one in entry.became
        if one.change
    )


def entry_blocks(entry: Entry) -> Iterator[Block]:
    """One comment of the annex, for the files."""
    yield Heading(2, f"{entry.label} · {_place(entry)}")
    if entry.words is None:
        yield Paragraph(gettext("The words of this comment are not public."), soft=True)
        for one in entry.became:
            yield Paragraph(_outcome(one))
        return
    language = entry.language if entry.language != wording.language() else ""
    kinds = [str(labels.STANCES[entry.stance]), str(labels.TYPES[entry.type])]
    if entry.would_vote_no:
        kinds.append(gettext("would make us vote no"))
    yield Paragraph(" · ".join([whose(entry), *kinds]), soft=True)
    yield from text_blocks(entry.words, language)
    for title, words in (
        (gettext("Why"), entry.justification),
        (gettext("Proposed wording"), entry.proposal),
    ):
        if words:
            yield Paragraph(title, soft=True)
            yield from text_blocks(words, language)
    for one in entry.became:
        if one.point:
            yield Paragraph(
                gettext("Point %(number)s: %(words)s", number=one.point, words=one.words), soft=True
            )
        yield Paragraph(_outcome(one))
        yield from text_blocks(one.response, language)
        if one.change:
            yield Paragraph(gettext("What it changed in the text"), soft=True)
            yield from text_blocks(one.change, language)


def whose(entry: Entry) -> str:
    """The name, the country where it points at nobody, or neither."""
    if entry.country:
        return str(gettext("An organisation of %(country)s", country=wording.country(entry.country)))
    return entry.who or str(gettext("A member organisation"))


def _outcome(one: Became) -> str:
    return str(gettext("Answer: %(outcome)s", outcome=str(labels.OUTCOMES[one.outcome])))


def _place(entry: Entry) -> str:
    return (
        gettext("Clause %(number)s", number=entry.clause) if entry.clause else gettext("The text as a whole")
    )


def _became(answer: Answer, points: dict[int, str], part: Any) -> Became:
    """`points`: the words of each, none for a comment that is one."""
    change = answer.change
    if not change and (answer.change_before or answer.change_after):
        change = f"{answer.change_before} → {answer.change_after}"
    number = answer.point if points else 0
    if part.hidden:  # what is answered to it speaks of its words
        return Became(number, "", answer.outcome, "", "")
    words = part.more(points.get(answer.point, ""))
    # An answer repeats what it is given to: words that were removed are removed from it as well.
    return Became(number, words, answer.outcome, part.more(answer.response), part.more(change))


def _comments(ids: Sequence[int]) -> Any:
    return (
        select(Comment, RegisterEntry.name, RegisterEntry.country, Node.number)
        .outerjoin(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id)
            & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .outerjoin(Node, Node.id == Comment.node_id)
        .where(Comment.id.in_(ids))
    )


def _texts(synopsis: Synopsis, ids: Sequence[int]) -> dict[tuple[int, str], str]:
    """{(clause, language): its words} of what these comments stand on; "" for the reference language."""
    reference = synopsis.round.version.reference_language
    on = select(Comment.node_id).where(Comment.id.in_(ids))
    found: dict[tuple[int, str], str] = {}
    for row in db.session.scalars(select(NodeText).where(NodeText.node_id.in_(on))):
        found[row.node_id, row.language] = row.text
        if row.language == reference:
            found[row.node_id, ""] = row.text
    return found


def _by_pin(model: Any, ids: Sequence[int]) -> dict[tuple[int, int], Any]:
    """{(comment, number): row} of versions or answers."""
    rows = db.session.scalars(select(model).where(model.comment_id.in_(ids)))
    return {(row.comment_id, row.number): row for row in rows}


def _points(ids: Sequence[int]) -> dict[int, dict[int, str]]:
    query = select(Point.comment_id, Point.number, Point.text).where(Point.comment_id.in_(ids))
    found: dict[int, dict[int, str]] = {}
    for comment_id, number, text in db.session.execute(query):
        found.setdefault(comment_id, {})[number] = text
    return found
