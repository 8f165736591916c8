"""A workshop of a round."""

from datetime import date

from consultations.actor import Actor
from consultations.engine import workshops
from consultations.engine.workshops import Session
from consultations.models.workshops import Workshop
from tests.factories.comments import DURING, Scene

HELD = Session("Casa comunal", "GT", date(2026, 11, 5), "Una facilitadora", "En grupos", "Se habló del agua.")


def workshop(here: Scene, *, by: Actor | None = None, **changed: object) -> Workshop:
    """A workshop recorded by the Unit, or by somebody else."""
    session = Session(**{**vars_of(HELD), **changed})  # type: ignore[arg-type]
    return workshops.hold(here.round.id, session, by=by or here.unit, at=DURING)


def vars_of(session: Session) -> dict[str, object]:
    """What is known of a session, by name."""
    return {name: getattr(session, name) for name in Session.__dataclass_fields__}
