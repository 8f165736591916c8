"""What others read of a comment: words that the Unit removed, or hid altogether, are replaced here and nowhere else.

The original stays: the Unit, auditors and the comment's own organisation read it. Words that were removed from one
version are removed from all: what an author leaves standing in the next version is not told by it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.likeness import pattern
from consultations.models.comments import Comment
from consultations.models.events import Event
from consultations.models.remarks import Redaction
from consultations.wording_removals import hidden_words, removed_words
from workflows.roles import Role, implies

READS_ORIGINALS = frozenset({Role.UNIT, Role.AUDITOR})


@dataclass(frozen=True)
class Removed:
    """Words that others do not read, and why."""

    words: str
    reason: str


@dataclass(frozen=True)
class Shown:
    """What is kept from others of one comment: single words, or all of them (`hidden`: why, "" when it is not)."""

    removed: tuple[Removed, ...] = ()
    hidden: str = ""

    @property
    def whole(self) -> bool:
        """Whether everybody reads all of it."""
        return not self.removed and not self.hidden

    def text(self, words: str) -> str:
        """A comment's text as others read it: without what was removed; the reason alone when it is hidden."""
        return hidden_words(self.hidden) if self.hidden else without(words, self.removed)

    def more(self, words: str) -> str:
        """What stands beside the text (justification, proposal): nothing of it when the comment is hidden."""
        return "" if self.hidden else without(words, self.removed)


WHOLE = Shown()


def reads_original(by: Actor, organisation_id: int) -> bool:
    """Whether this reader has every word: the Unit, auditors, and the organisation that wrote it."""
    own = by.organisation_id is not None and by.organisation_id == organisation_id
    return own or reads_all_words(by)


def reads_all_words(by: Actor) -> bool:
    """Whether this reader has every word of every comment: the Unit and auditors."""
    return not READS_ORIGINALS.isdisjoint(implies(by.role))


def kept_from_others(comments: Iterable[Comment]) -> Callable[[int], Shown]:
    """What others read of each of these comments, by its id; two selects at most, however many they are."""
    gone = {comment.id: comment.hidden_at is not None for comment in comments}
    removed = _removed(gone)
    reasons = _hidden([id for id, hidden in gone.items() if hidden])
    found = {
        id: Shown(tuple(removed.get(id, ())), reasons.get(id, "-") if hidden else "")
        for id, hidden in gone.items()
        if id in removed or hidden
    }
    return lambda id: found.get(id, WHOLE)


def kept_from(comment_ids: Iterable[int], *, by: Actor) -> Callable[[int], Shown]:
    """What is kept of these comments from this reader, of no organisation, by id; three selects at most."""
    if reads_all_words(by):
        return lambda _: WHOLE
    rows = db.session.scalars(select(Comment).where(Comment.id.in_(set(comment_ids)))).all()
    return kept_from_others(rows)


def reading(comment_ids: Iterable[int], *, by: Actor) -> Callable[[int, str], str]:
    """How this reader, of no organisation, reads words of these comments: (comment, words) -> words. Three selects at most."""
    kept = kept_from(comment_ids, by=by)
    return lambda id, words: kept(id).text(words)


def without(text: str, removed: Sequence[Removed]) -> str:
    """The text with each run of removed words replaced by its reason; what overlaps is one run with both reasons."""
    runs: list[tuple[int, int, list[str]]] = []
    spans = sorted(
        (found.start(), found.end(), one.reason)
        for one in removed
        if one.words.split()
        for found in pattern(one.words).finditer(text)
    )
    for start, end, reason in spans:
        if runs and start < runs[-1][1]:
            before, last, reasons = runs[-1]
            runs[-1] = (before, max(last, end), list(dict.fromkeys([*reasons, reason])))
        else:
            runs.append((start, end, [reason]))
    for start, end, reasons in reversed(runs):
        text = text[:start] + removed_words("; ".join(reasons)) + text[end:]
    return text


def hider(comment_id: int) -> int | None:
    """Who hid the comment last: who shows it again must be another."""
    query = select(Event.person_id).where(*_hiding((comment_id,))).order_by(Event.id.desc()).limit(1)
    return db.session.scalar(query)


def _removed(ids: Iterable[int]) -> dict[int, list[Removed]]:
    query = select(Redaction).where(Redaction.comment_id.in_(list(ids))).order_by(Redaction.id)
    found: dict[int, list[Removed]] = {}
    for row in db.session.scalars(query):
        found.setdefault(row.comment_id, []).append(Removed(row.words, row.reason))
    return found


def _hidden(ids: Sequence[int]) -> dict[int, str]:
    """{comment: why it was hidden last}."""
    if not ids:
        return {}
    query = select(Event.subject_id, Event.reason).where(*_hiding(ids)).order_by(Event.id)
    return {id: reason for id, reason in db.session.execute(query)}  # noqa: C416 (rows are no pairs to mypy)


def _hiding(ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    return Event.subject_kind == "comment", Event.subject_id.in_(ids), Event.name == "comment_hidden"
