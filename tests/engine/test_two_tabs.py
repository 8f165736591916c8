"""Two tabs that send the same new thing at once: one is made, the other finds it or is refused; neither breaks."""

import threading
import time
from collections.abc import Callable

from flask import Flask
from sqlalchemy import func, select

from consultations.actor import SYSTEM
from consultations.engine import appointments, batches, dossiers, nominations, outreach, rounds, standards
from consultations.engine.batches import ManyReply
from consultations.engine.outreach import Attempt
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.facts.last_events import last_event
from consultations.models.dossiers import Dossier
from consultations.models.mandates import Mandate
from consultations.models.outreach import Outreach
from consultations.models.people import Person
from consultations.models.points import Batch
from consultations.models.rounds import Question, Round
from consultations.models.standards import Standard
from tests.factories import comments, people
from tests.factories import rounds as make
from tests.factories import standards as drafts
from workflows.refusals import Refused
from workflows.roles import Role

WAIT = 30


def overlapping(app: Flask, act: Callable[[], object]) -> list[str]:
    """`act` in one transaction that stays open for a while, and again in a second one that begins meanwhile."""
    done, answers = threading.Event(), ["", ""]

    def run(n: int) -> None:
        with app.app_context():
            try:
                if n:
                    done.wait(WAIT)
                with unit_of_work():
                    answers[n] = str(act())
                    done.set()
                    time.sleep(0.5 * (1 - n))
            except Refused as refused:
                answers[n] = " ".join(reason.code for reason in refused.refusals)
            except Exception as broken:  # told by the assertion, which a thread cannot fail
                answers[n] = repr(broken)

    threads = [threading.Thread(target=run, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    return answers


def count(model: type, **values: object) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).filter_by(**values)) or 0


def test_somebody_nominated_twice_is_one_person_with_one_mandate(app: Flask) -> None:
    admin, place = people.actor(Role.ADMIN), people.organisation().id
    db.session.commit()
    first, second = overlapping(
        app,
        lambda: nominations.nominate(
            "Ana", "ana@ejemplo.org", Role.DELEGATE, organisation_id=place, starts_at=make.START, by=admin, at=make.START
        ).id,
    )  # fmt: skip
    assert first == second
    assert (count(Person, email="ana@ejemplo.org"), count(Mandate, organisation_id=place)) == (1, 1)


def test_somebody_appointed_twice_has_one_mandate(app: Flask) -> None:
    admin, place, who = people.actor(Role.ADMIN), people.organisation().id, people.person().id
    db.session.commit()
    first, second = overlapping(
        app,
        lambda: appointments.appoint(who, Role.DELEGATE, organisation_id=place, by=admin, at=make.START).id,
    )
    assert (first == second, count(Mandate, person_id=who)) == (True, 1)


def test_a_dossier_opened_twice_is_one(app: Flask) -> None:
    house = make.house()
    standard, body, unit = house.version.standard_id, house.assembly.id, house.unit
    db.session.commit()
    first, second = overlapping(
        app,
        lambda: dossiers.open_dossier(
            code="EXP-DOS", titles={"es": "Café"}, kind="revision", standard_id=standard, body_id=body,
            objectives={"es": "Actualizar"}, by=unit, at=make.START,
        ).id,
    )  # fmt: skip
    assert (first == second, count(Dossier, code="EXP-DOS")) == (True, 1)


def test_a_round_created_twice_is_one(app: Flask) -> None:
    house = make.house()
    parent = make.dossier(house)
    version, unit, dossier_id = house.version.id, house.unit, parent.id
    db.session.commit()
    first, second = overlapping(
        app,
        lambda: rounds.create(
            dossier_id, version, objectives={"es": "Saber"}, zone=make.ZONE, day_count="inclusive",
            opens_on=make.OPENS_ON, closes_on=make.CLOSES_ON, languages=["es"], waivers={}, by=unit, at=make.START,
        ).id,
    )  # fmt: skip
    assert (first == second, count(Round, dossier_id=dossier_id)) == (True, 1)


def test_a_question_added_twice_from_one_form_is_one(app: Flask) -> None:
    house = make.house()
    round_id = make.draft(house).id
    unit, known = house.unit, last_event("round", round_id).id
    db.session.commit()
    one = rounds.QuestionText("agree", {"es": "¿Alcanza?"})
    first, second = overlapping(
        app, lambda: rounds.add_question(round_id, one, known=known, by=unit, at=make.START).id
    )
    assert (first == second, count(Question, round_id=round_id, purpose="")) == (True, 1)


def test_a_draft_imported_twice_is_refused_the_second_time(app: Flask) -> None:
    report = drafts.report()
    _, second = overlapping(
        app,
        lambda: standards.import_version(
            report, code="DOS", titles={"es": "Dos"}, label="1.0", language="es", source_name="dos.md",
            by=SYSTEM, at=make.START,
        ).id,
    )  # fmt: skip
    assert ("file_imported_before" in second.split(), count(Standard, code="DOS")) == (True, 1)


def test_one_answer_given_to_many_twice_is_one_batch(app: Flask) -> None:
    here = comments.scene()
    spots = [(comments.comment(here, who=n).id, 1) for n in range(2)]
    comments.answering(here)
    round_id, said = here.round.id, ManyReply("noted", "-", {"es": "Gracias."})
    db.session.commit()
    first, second = overlapping(
        app, lambda: batches.give(round_id, spots, said, seed="s", by=here.unit, at=comments.AFTER).id
    )
    assert (first, count(Batch)) == (second, 1)


def test_an_attempt_written_down_twice_at_once_is_one_line(app: Flask) -> None:
    house = make.house(organisations=1)
    round_id = make.at_stage(house, "open").id
    db.session.commit()
    tried = Attempt("phone", make.OPENS_AT)
    first, second = overlapping(
        app, lambda: outreach.log(round_id, tried, by=house.unit, at=make.OPENS_AT).id
    )
    assert (first, count(Outreach)) == (second, 1)
