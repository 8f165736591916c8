"""The codebook of a round and the marks made with it as files; of a sample that is still being coded, nothing."""

from collections.abc import Iterator

from sqlalchemy import select

from consultations.actor import PUBLIC
from consultations.documents.coding_csv import CODEBOOK, MARKS, written
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.coding import Coded, Spot
from consultations.facts.topics import topics
from consultations.models.base import NotFound
from consultations.models.comments import Comment
from consultations.models.dossiers import Dossier
from consultations.models.people import Person
from consultations.models.points import Tag
from consultations.models.rounds import Round
from consultations.queries.coding import pieces_of, placed
from consultations.queries.comment_sheets import SheetFile

CSV = "text/csv; charset=utf-8"


def export(round_id: int, part: str) -> SheetFile:
    """The `codebook` with its counts, or the `marks`. Whoever asks must be allowed to read all. Raises NotFound."""
    named = (
        select(Dossier.code, Round.number)
        .join(Round, Round.dossier_id == Dossier.id)
        .where(Round.id == round_id)
    )
    found = db.session.execute(named).one_or_none()
    if found is None:
        raise NotFound(f"Round {round_id}")
    body = _codebook(round_id) if part == "codebook" else written(MARKS, _marks(round_id))
    return SheetFile(f"{found.code}-R{found.number}-{part}.csv", CSV, body)


def _codebook(round_id: int) -> bytes:
    rows = topics(round_id).rows
    return written(
        CODEBOOK,
        ((row.code, row.meaning, row.points, row.comments, row.organisations, row.open) for row in rows),
    )


def _marks(round_id: int) -> Iterator[tuple[object, ...]]:
    said = coding.coded(round_id, without=coding.open_sample(round_id))
    tags = {tag.id: tag for tag in coding.codes(round_id)}
    places = placed(pieces_of(Comment.round_id == round_id), set(said.by), by=PUBLIC)  # no words go into it
    coders = {coder for marks in said.by.values() for coder in marks}
    names: dict[int, str] = dict(
        db.session.execute(select(Person.id, Person.name).where(Person.id.in_(coders))).all()
    )
    for spot, place in places.items():
        for code, who, what in _of_point(said, spot, tags, names):
            yield place.label, place.point, place.clause, code, who, what


def _of_point(
    said: Coded, spot: Spot, tags: dict[int, Tag], names: dict[int, str]
) -> Iterator[tuple[str, str, str]]:
    for coder, marks in sorted(said.by[spot].items()):
        for tag in sorted(marks, key=lambda id: tags[id].code):
            yield tags[tag].code, names[coder], "mark"
        if not marks:
            yield "", names[coder], "none"
    for tag, applies in sorted(said.settled.get(spot, {}).items(), key=lambda pair: tags[pair[0]].code):
        yield tags[tag].code, "", "settled_yes" if applies else "settled_no"
