"""A consultation in full, first part: the round is written with its types and questions, and CECLAC lets it open."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.organisations import Organisation
from tests.factories import people
from tests.journeys.path_preparing import (
    operator_imports_the_register,
    takes_position,
    unit_adds_the_english_text,
    unit_imports_the_draft,
    unit_opens_the_dossier,
)
from tests.journeys.world import World
from workflows.roles import Role


def others_come_to_their_offices(w: World) -> None:
    """A second person of the Unit, the coffee network's coordinator, and who approves for the organisations."""
    w.more({"colleague": (Role.UNIT, "UNIT"), "network": (Role.NETWORK, "CAFE")})
    with w.at_work.app.app_context():
        holder = people.person("The approver", email="approver@example.org", language="en")
        for place in db.session.scalars(select(Organisation).order_by(Organisation.id)):
            people.mandate(Role.ORGANISATION, by=holder, organisation=place)
        db.session.commit()
    w.give_passwords()


def unit_writes_a_round_that_asks_for_more(w: World) -> None:
    """Types of comment chosen, organisations approve, a question that asks for a file."""
    unit = w.by("unit")
    unit.go(w.known["dossier"])
    unit.follow("New round")
    unit.fill("First day", "2026-04-01")
    unit.fill("Last day", "2026-05-30")
    unit.fill("Objectives in Spanish", "Saber si los plazos alcanzan.")
    unit.fill("Objectives in English", "Whether the periods suffice.")
    unit.choose("Comments count once their organisation has approved them")
    unit.press("Save the round")
    w.known["round"] = unit.driver.address()
    unit.follow("Questions")
    unit.choose("A file")
    unit.fill("Question in Spanish", "¿Tiene el análisis del agua?")
    unit.fill("Question in English", "Do you have the analysis of the water?")
    unit.press("Add the question")
    unit.go(w.known["round"])
    unit.follow("Check and submit")
    unit.follow("Submit to the Commission")
    unit.press("Submit to the Commission")
    unit.sees("The draft is at the Commission.")


def commission_approves(w: World) -> None:
    """Two members and the chair's word; the head announces, the clock opens."""
    w.at_work.look()
    for name in ("member", "sceptic"):
        takes_position(w, name, "Approve", "")
    chair = w.by("chair")
    chair.follow("Decide")
    chair.follow("Approve for the Commission")
    chair.press("Approve")
    head = w.by("head")
    head.follow("Announce the round")
    head.follow("Announce the round")
    head.press("Announce the round")
    w.at_work.clock.to(2026, 4, 1, 6)
    w.at_work.look()
    assert w.by("flor").offered("Comment") == ["Comment"]


STEPS = (
    operator_imports_the_register,
    others_come_to_their_offices,
    unit_imports_the_draft,
    unit_opens_the_dossier,
    unit_adds_the_english_text,
    unit_writes_a_round_that_asks_for_more,
    commission_approves,
)
