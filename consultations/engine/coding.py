"""Coding the points of a round: a sample drawn for two people, each alone; what they marked; what they settled.

Locks: the round (for oneself to draw, shared to code), then the sample or the comment.
"""

from datetime import datetime

from sqlalchemy import delete, select, update

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked, shared
from consultations.extensions import db
from consultations.facts import coding
from consultations.facts.points import pieces
from consultations.facts.synopses import NOT_RECEIVED
from consultations.models.coding import Coding, CodingSample, SettledMark
from consultations.models.comments import Comment
from consultations.models.points import TagMark
from consultations.models.rounds import Round
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies
from workflows.sampling import drawn

MOST = 200
"""Points in a sample: two people code each of them."""


def draw_sample(
    round_id: int, *, size: int, first_id: int, second_id: int, seed: str, by: Actor, at: datetime
) -> CodingSample:
    """Draw points that nobody has coded for two people to code; the same again while it is open is that sample.

    Arguments: `size` how many points, fewer where there are no more; `seed` a text from chance, kept and recorded.
    Errors: Refused with every reason, NotFound.
    """
    round_ = _taken(round_id, exclusive=True, by=by, at=at)
    running = coding.open_sample(round_id)
    if (
        running
        and {running.first_id, running.second_id} == {first_id, second_id}
        and running.drawn_by_id == by.person_id
    ):
        return running
    points, codes = _uncoded(round_id), [tag.id for tag in coding.codes(round_id)]
    _refuse(
        _closed(round_),
        refusal("sample_open", number=running.number) if running else None,
        None if codes else refusal("codebook_empty"),
        None if points else refusal("points_all_coded"),
        None if 1 <= size <= MOST else refusal("sample_size_wrong", most=MOST),
        *_coders(first_id, second_id, by=by, at=at),
    )
    sample = add(
        CodingSample(
            round_id=round_id, number=len(coding.samples(round_id)) + 1, seed=seed, codes=codes,
            points=[list(spot) for spot in drawn(seed, points, size)], first_id=first_id, second_id=second_id,
            drawn_at=at, drawn_by_id=by.person_id,
        )
    )  # fmt: skip
    journal.record(
        "coding_sample_drawn", round_, by=by, at=at, sample=sample.number, seed=seed, points=sample.points,
        coders=[f"person/{first_id}", f"person/{second_id}"],
    )  # fmt: skip
    return sample


def give_up(round_id: int, number: int, reason: str, *, by: Actor, at: datetime) -> CodingSample:
    """Give an unfinished sample up, for instance when a coder has left: its points are free again, what was marked stays.

    Which points it had stands in the event of its drawing. Given up before, nothing happens. Errors: Refused, NotFound.
    """
    round_ = _taken(round_id, exclusive=True, by=by, at=at)
    sample = next((one for one in coding.samples(round_id) if one.number == number), None)
    if sample is None:
        raise NotFound(f"Sample {number} of round {round_id}")
    if not sample.points:
        return sample
    ready = coding.finished(sample, coding.done_by([sample.id]).get(sample.id, {}))
    _refuse(
        refusal("sample_compared", number=number) if ready else None,
        None if reason.strip() else refusal("reason_missing"),
    )
    db.session.execute(update(Coding).where(Coding.sample_id == sample.id).values(sample_id=None))
    sample.points = []
    db.session.flush()
    journal.record("coding_sample_given_up", round_, by=by, at=at, reason=reason.strip(), sample=number)
    return sample


def code_point(comment_id: int, point: int, tags: set[int], *, by: Actor, at: datetime) -> Coding:
    """Say which codes fit a point, none of them included; in place of what the same person said before.

    Errors: Refused: not the coders' sample, both have coded it, a code of another codebook; NotFound.
    """
    comment, round_, sample = _place(comment_id, point, by=by, at=at)
    known = {tag.id for tag in coding.codes(round_.id)}
    _refuse(
        _closed(round_),
        refusal("codebook_empty") if not known else None,
        *(refusal("value_unknown", value=str(tag)) for tag in sorted(tags - known)),
        *_blind(sample, by),
    )
    mine = {"comment_id": comment_id, "point": point, "coder_id": by.person_id}
    row = db.session.scalar(select(Coding).filter_by(**mine))
    before = set(db.session.scalars(select(TagMark.tag_id).filter_by(**mine)))
    if row and before == tags:
        return row
    db.session.execute(
        delete(TagMark).where(
            TagMark.comment_id == comment_id, TagMark.point == point, TagMark.coder_id == by.person_id, TagMark.tag_id.in_(before - tags)
        )
    )  # fmt: skip
    for tag in sorted(tags - before):
        add(TagMark(tag_id=tag, marked_at=at, **mine))
    row = row or Coding(sample_id=sample.id if sample else None, **mine)
    row.coded_at = at
    add(row)
    journal.record(
        "point_coded", comment, by=by, at=at, point=point, codes=[f"tag/{tag}" for tag in sorted(tags)]
    )
    return row


def settle(
    sample_id: int, tag_id: int, comment_id: int, point: int, *, applies: bool, by: Actor, at: datetime
) -> SettledMark:
    """Say what is to hold where the two coders of a finished sample differed: one proposes it, and it is settled once the
    other says the same. The same again changes nothing; something else is another proposal, also of what was settled.

    Errors: Refused: not one of the two, not finished, they did not differ; NotFound.
    """
    comment, round_, sample = _place(comment_id, point, by=by, at=at)
    if sample is None or sample.id != sample_id:
        raise NotFound(f"CodingSample {sample_id}")
    said = coding.coded(round_.id).by.get((comment_id, point), {})
    marks = {tag_id in said.get(coder, frozenset()) for coder in (sample.first_id, sample.second_id)}
    ready = coding.finished(sample, coding.done_by([sample_id]).get(sample_id, {}))
    differ = tag_id in sample.codes and len(marks) == 2
    _refuse(
        _closed(round_),
        None if by.person_id in (sample.first_id, sample.second_id) else refusal("coder_of_sample"),
        None if ready else refusal("sample_unfinished"),
        refusal("coders_agree") if ready and not differ else None,
    )
    here = {"tag_id": tag_id, "comment_id": comment_id, "point": point}
    row = db.session.scalar(select(SettledMark).filter_by(**here))
    if row and row.applies == applies and (row.confirmed_at or row.settled_by_id == by.person_id):
        return row
    agreed = row is not None and row.applies == applies
    if row is not None and agreed:
        row.confirmed_at, row.confirmed_by_id = at, by.person_id
    else:
        row = row or SettledMark(**here)
        row.applies, row.settled_at, row.settled_by_id = applies, at, by.person_id
        row.confirmed_at = row.confirmed_by_id = None
    add(row)
    journal.record(
        "code_settled" if agreed else "code_settling_proposed",
        comment,
        by=by,
        at=at,
        point=point,
        code=f"tag/{tag_id}",
        applies=applies,
        sample=sample.number,
    )
    return row


def _uncoded(round_id: int) -> list[tuple[int, ...]]:
    """Points of comments that count and that nobody has coded yet."""
    points = pieces(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
    query = select(points.c.comment_id, points.c.number).order_by(points.c.comment_id, points.c.number)
    begun = coding.coded(round_id).by
    return [
        (comment, number) for comment, number in db.session.execute(query) if (comment, number) not in begun
    ]


def _coders(first_id: int, second_id: int, *, by: Actor, at: datetime) -> tuple[Refusal, ...]:
    staff = {id for id, _ in coding.may_code(by.network_id, at=at)}
    unknown = (refusal("coder_unknown"),) if {first_id, second_id} - staff else ()
    return (*unknown, refusal("coders_same")) if first_id == second_id else unknown


def _place(
    comment_id: int, point: int, *, by: Actor, at: datetime
) -> tuple[Comment, Round, CodingSample | None]:
    """The comment, which must have this point, its round and the sample the point is in. Errors: Refused, NotFound."""
    round_id = db.session.scalar(select(Comment.round_id).where(Comment.id == comment_id))
    round_ = _taken(round_id or 0, exclusive=False, by=by, at=at)
    within = (one for one in coding.samples(round_.id) if (comment_id, point) in coding.spots(one))
    sample = next((locked(CodingSample, one.id) for one in within), None)
    comment = locked(Comment, comment_id)
    there = pieces(Comment.id == comment_id, Comment.state.not_in(NOT_RECEIVED))
    if db.session.scalar(select(there.c.number).where(there.c.number == point)) is None:
        raise NotFound(f"Point {point} of comment {comment_id}")
    return comment, round_, sample


def _blind(sample: CodingSample | None, by: Actor) -> tuple[Refusal, ...]:
    """A sample is coded by its two people, and no more once they have seen each other's marks."""
    if sample is None:
        return ()
    if coding.finished(sample, coding.done_by([sample.id]).get(sample.id, {})):
        return (refusal("sample_compared", number=sample.number),)
    return () if by.person_id in (sample.first_id, sample.second_id) else (refusal("coder_of_sample"),)


def _closed(round_: Round) -> Refusal | None:
    return None if round_.state in coding.CODED_IN else refusal("round_not_coded")


def _taken(round_id: int, *, exclusive: bool, by: Actor, at: datetime) -> Round:
    check_mandate(by, at=at)
    if Role.UNIT not in implies(by.role):
        raise Refused(refusal("role_may_not", move="code_point", role=by.role.value))
    return locked(Round, round_id) if exclusive else shared(Round, round_id)


def _refuse(*reasons: Refusal | None) -> None:
    if said := tuple(filter(None, reasons)):
        raise Refused(*said)
