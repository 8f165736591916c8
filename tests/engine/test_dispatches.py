"""The position goes out once, and the outside answer is recorded apart from it."""

from datetime import timedelta

from flask import Flask

from consultations.actor import Actor
from consultations.engine import dispatches
from consultations.extensions import db
from consultations.models.dossiers import Dispatch
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories import votes as make
from workflows.roles import Role

SENT = make.CLOSES + timedelta(days=10)
LETTER = {"recipient": "Fairtrade International", "letter": "We approve the position."}


def head() -> Actor:
    return people.actor(Role.UNIT_HEAD, network=people.network())


def test_a_decided_position_is_sent_once(app: Flask) -> None:
    hall, by = make.hall(3), head()
    make.final(hall, "yyn")
    first = dispatches.send_position(hall.dossier.id, **LETTER, by=by, at=SENT)
    again = dispatches.send_position(hall.dossier.id, **LETTER, by=by, at=SENT)
    assert (first.id, first.sent_at, hall.dossier.state) == (again.id, SENT, "sent")
    with refused_with("move_not_from_here"):
        dispatches.send_position(hall.dossier.id, recipient="Another", letter="Other words", by=by, at=SENT)


def test_nothing_is_sent_before_the_result_is_final_or_by_who_may_not(app: Flask) -> None:
    hall = make.hall(3)
    make.proclaimed(hall, "yyn")
    with refused_with("move_not_from_here"):
        dispatches.send_position(hall.dossier.id, **LETTER, by=head(), at=SENT)
    done = make.hall(3)
    make.final(done, "yyn")
    unit = people.actor(Role.UNIT, network=people.network())
    with refused_with("role_may_not"):
        dispatches.send_position(done.dossier.id, **LETTER, by=unit, at=SENT)
    with refused_with("recipient_missing"):
        dispatches.send_position(done.dossier.id, recipient=" ", letter="Words", by=head(), at=SENT)
    with refused_with("position_text_missing"):
        dispatches.send_position(done.dossier.id, recipient="Somebody", letter=" ", by=head(), at=SENT)
    assert db.session.query(Dispatch).count() == 0


def test_the_outside_answer_is_recorded_with_a_note(app: Flask) -> None:
    hall, by = make.hall(3), head()
    make.final(hall, "yyn")
    dispatches.send_position(hall.dossier.id, **LETTER, by=by, at=SENT)
    with refused_with("outcome_unknown"):
        dispatches.record_outcome(hall.dossier.id, outcome="perhaps", note="Who knows", by=by, at=SENT)
    with refused_with("outside_outcome_missing"):
        dispatches.record_outcome(hall.dossier.id, outcome="accepted", note=" ", by=by, at=SENT)
    made = dispatches.record_outcome(
        hall.dossier.id, outcome="accepted_in_part", note="4.2 stays", by=by, at=SENT
    )
    dispatches.record_outcome(hall.dossier.id, outcome="accepted_in_part", note="4.2 stays", by=by, at=SENT)
    assert (made.outcome, made.outcome_at, hall.dossier.state) == (
        "accepted_in_part",
        SENT,
        "outcome_recorded",
    )


def test_no_answer_without_a_dispatch(app: Flask) -> None:
    hall = make.hall(1)
    make.final(hall, "y")
    with refused_with("move_not_from_here"):
        dispatches.record_outcome(hall.dossier.id, outcome="accepted", note="Yes", by=head(), at=SENT)
