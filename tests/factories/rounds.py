"""The house of one dossier (Unit, CECLAC, assembly, members) and rounds at any stage, reached by the verbs themselves."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from consultations.actor import SYSTEM, Actor
from consultations.engine import dossiers, reviews, rounds
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, NetworkKind, Organisation
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from tests.factories import people, standards
from workflows.roles import Role

START = datetime(2026, 3, 2, 15, tzinfo=UTC)
OPENS_ON, CLOSES_ON = date(2026, 4, 1), date(2026, 5, 30)  # sixty days, both ends counted
DUE = datetime(2026, 3, 12, 15, tzinfo=UTC)
ZONE = "America/Managua"  # six hours behind UTC, the whole year
OPENS_AT = datetime(2026, 4, 1, 6, tzinfo=UTC)
CLOSES_AT = datetime(2026, 5, 31, 6, tzinfo=UTC)
STAGES = ("draft", "commission_review", "approved", "scheduled", "open", "closed", "answering")
_numbers = count(1)


@dataclass
class House:
    """Everybody whom a dossier needs, and its standard."""

    unit: Actor
    head: Actor
    chair: Actor
    members: tuple[Actor, ...]
    assembly: Network
    commission: Network
    organisations: tuple[Organisation, ...]
    delegates: tuple[Actor, ...]
    version: StandardVersion


def house(*, organisations: int = 3, members: int = 4, countries: tuple[str, ...] = ("GT", "PE")) -> House:
    """Unit and head, CECLAC with a chair and `members` others, an assembly, organisations with a delegate each."""
    office = people.network(name="Unidad de Estándares")
    commission = people.network(code="CECLAC", name="CECLAC")
    asked = tuple(people.organisation(country=countries[n % len(countries)]) for n in range(organisations))
    assembly = people.network(code="CLAC", name="Asamblea general", members=asked)
    people.network(NetworkKind.COUNTRY, code="CN-GT", name="Coordinadora de Guatemala", members=asked[:1])
    return House(
        unit=people.actor(Role.UNIT, network=office),
        head=people.actor(Role.UNIT_HEAD, network=office),
        chair=people.actor(Role.CHAIR, network=commission),
        members=tuple(people.actor(Role.COMMISSION, network=commission) for _ in range(members)),
        assembly=assembly,
        commission=commission,
        organisations=asked,
        delegates=tuple(people.delegate(one) for one in asked),
        version=standards.bilingual(),
    )


def dossier(house: House, *, drafting: bool = True, kind: str = "revision", code: str = "") -> Dossier:
    """A dossier on the house's standard, being drafted unless told otherwise."""
    made = dossiers.open_dossier(
        code=code or f"EXP-{next(_numbers)}", titles={"es": "Café, revisión", "en": "Coffee, revision"}, kind=kind,
        standard_id=house.version.standard_id, body_id=house.assembly.id, objectives={"es": "Actualizar", "en": "Update"},
        by=house.unit, at=START,
    )  # fmt: skip
    if drafting:
        dossiers.start_drafting(made.id, assessment="Hace falta.", by=house.head, at=START)
    return made


def draft(house: House, of: Dossier | None = None, **changed: object) -> Round:
    """A draft round of sixty days on the house's version; `changed` replaces what rounds.create is given."""
    values = {
        "objectives": {"es": "Saber si los plazos alcanzan", "en": "Whether the periods suffice"}, "zone": ZONE,
        "day_count": "inclusive", "opens_on": OPENS_ON, "closes_on": CLOSES_ON, "languages": ["es", "en"], "waivers": {},
    } | changed  # fmt: skip
    parent = of or dossier(house)
    return rounds.create(parent.id, house.version.id, by=house.unit, at=START, **values)  # type: ignore[arg-type]


def review_of(round: Round, subject: str = "draft") -> Review:
    """The newest review of a round."""
    rows = db.session.query(Review).filter_by(round_id=round.id, subject=subject).order_by(Review.id.desc())
    return rows.first()


def heard(
    house: House, round: Round, *, at: datetime = START + timedelta(days=1), kind: str = "approve"
) -> Review:
    """Every member of CECLAC takes this position on the round's draft."""
    review = review_of(round)
    for member in (*house.members, house.chair):
        reviews.take_position(review.id, kind, reason="Porque sí.", by=member, at=at)
    return review


def at_stage(house: House, stage: str, of: Dossier | None = None, **changed: object) -> Round:
    """A round led to `stage` by the verbs, everybody doing their part in time."""
    made = draft(house, of, **changed)
    steps = (
        lambda: rounds.submit(made.id, due=DUE, by=house.unit, at=START),
        lambda: reviews.approve(heard(house, made).id, by=house.chair, at=START + timedelta(days=2)),
        lambda: rounds.schedule(made.id, by=house.head, at=START + timedelta(days=3)),
        lambda: rounds.open_round(made.id, by=SYSTEM, at=OPENS_AT),
        lambda: rounds.close_round(made.id, by=SYSTEM, at=CLOSES_AT),
        lambda: rounds.start_answers(made.id, by=house.unit, at=CLOSES_AT),
    )
    for step in steps[: STAGES.index(stage)]:
        step()
    return made
