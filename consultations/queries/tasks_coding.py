"""Points of a sample that wait for the codes of one of its two coders."""

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.coding import CODED_IN, done_by
from consultations.models.coding import CodingSample
from consultations.models.rounds import Round
from consultations.queries.task import Task


def to_code(actor: Actor) -> tuple[Task, ...]:
    """Per sample that names this person as a coder, how many of its points they have not coded; two selects."""
    mine = or_(CodingSample.first_id == actor.person_id, CodingSample.second_id == actor.person_id)
    query = select(CodingSample, Round).join(Round, Round.id == CodingSample.round_id)
    found = db.session.execute(
        query.where(mine, Round.state.in_(CODED_IN))
        .options(joinedload(Round.dossier))
        .order_by(CodingSample.id)
    ).all()
    done = done_by([sample.id for sample, _ in found]) if found else {}
    left = [
        (sample, round, len(sample.points) - done.get(sample.id, {}).get(actor.person_id or 0, 0)) for sample, round in found
    ]  # fmt: skip
    return tuple(
        Task(
            "code_sample", "coding.sample", {"round_id": round.id, "number": sample.number}, round.dossier.titles,
            {"number": round.number, "sample": sample.number, "count": count}, zone=round.zone,
        )
        for sample, round, count in left if count
    )  # fmt: skip
