"""The open round's outreach log: how the Unit and the radio reached organisations that no mail reaches."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from consultations.demo.stage import Stage
from consultations.engine import outreach
from consultations.engine.outreach import Attempt
from consultations.extensions import db
from consultations.models.rounds import RegisterEntry, Round

HOUR = timedelta(hours=9)  # after the opening at midnight in Managua

TO_ORGANISATIONS = (
    (3, "phone", True, "Contestó la gerencia; van a leer el borrador en su asamblea."),
    (3, "phone", False, "Nadie contestó; el número puede ser viejo."),
    (4, "visit", True, "Se dejó el borrador impreso."),
    (6, "messaging", True, "Recibieron el enlace por mensaje."),
    (8, "visit", False, "El camino estaba cerrado por la lluvia."),
)
"""Days after the opening, how, whether they were reached, what was noted: to organisations for which nobody acts."""

TO_NETWORKS = ((5, "radio", "CN-GT", "Anuncio en la radio comunitaria, en español y en k'iche'."),)


def calls(
    stage: Stage, round: Round, *, until: datetime
) -> Iterator[tuple[datetime, Callable[[datetime], Any]]]:
    """Every attempt before `until`, with its instant."""
    assert round.opens_at is not None
    acting = [actor.organisation_id for actor in stage.cast.delegates.values()]
    unreached = select(RegisterEntry.organisation_id).where(
        RegisterEntry.round_id == round.id, RegisterEntry.organisation_id.not_in(acting)
    )  # fmt: skip
    ids = db.session.scalars(unreached.order_by(RegisterEntry.name).limit(len(TO_ORGANISATIONS)))
    tried = [
        Attempt(channel, _on(round.opens_at, days), reached, organisation_id=id, note=note)
        for (days, channel, reached, note), id in zip(TO_ORGANISATIONS, ids, strict=False)
    ]
    tried += [
        Attempt(channel, _on(round.opens_at, days), network_id=stage.cast.networks[code], note=note)
        for days, channel, code, note in TO_NETWORKS
    ]
    for attempt in tried:
        if attempt.made_at < until:
            yield attempt.made_at, _logging(stage, round.id, attempt)


def _on(opens_at: datetime, days: int) -> datetime:
    return opens_at + timedelta(days=days) + HOUR


def _logging(stage: Stage, round_id: int, attempt: Attempt) -> Callable[[datetime], Any]:
    return lambda at: outreach.log(round_id, attempt, by=stage.unit, at=at)
