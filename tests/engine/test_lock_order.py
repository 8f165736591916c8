"""Acts of an assembly that take several locks take them in one order (engine/assembly_lock.py): none waits for the other."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from consultations.actor import SYSTEM
from consultations.engine import assemblies, assembly_amendments, ballots, interests, proxies
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.presence import Proxy
from tests.engine.test_two_tabs import count, overlapping
from tests.factories import assemblies as make
from tests.factories.assemblies import CALLED, STARTS
from workflows.refusals import Refused

WAIT, PAUSE = 30, 1.5


def crossing(app: Flask, first: Callable[[], object], second: Callable[[], object], table: str) -> list[str]:
    """`first` stands still when it has locked a row of `table`; `second` begins then, and each goes on as far as it can.

    Answers with what broke ("" if nothing did); a refusal breaks nothing.
    """
    held, answers = threading.Event(), ["", ""]

    def stand_still(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        locks = "FOR " in statement or statement.startswith("UPDATE")
        if threading.current_thread().name == "0" and locks and table in statement and not held.is_set():
            held.set()
            threading.Event().wait(PAUSE)

    def run(n: int, act: Callable[[], object]) -> None:
        with app.app_context():
            try:
                if n:
                    held.wait(WAIT)
                with unit_of_work():
                    act()
            except Refused:
                pass
            except Exception as broken:  # told by the assertion, which a thread cannot fail
                answers[n] = repr(broken)

    event.listen(db.engine, "after_cursor_execute", stand_still)
    threads = [
        threading.Thread(target=run, args=(n, act), name=str(n)) for n, act in enumerate((first, second))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    event.remove(db.engine, "after_cursor_execute", stand_still)
    assert held.is_set()
    return answers


@pytest.mark.postgres
def test_an_interest_is_declared_while_the_roll_is_amended(app: Flask) -> None:
    hall = make.hall(3, weights={"members": "10"})
    assembly = make.convened(hall, roll_rule=make.roll_rule(weight={"by": "field", "field": "members"}))
    hall.members[0].weights = {"members": "3"}
    db.session.flush()
    roll = assembly_amendments.propose(
        assembly.id,
        organisations=[hall.members[0].id],
        reason="Informe de 2025.",
        by=hall.secretary,
        at=CALLED,
    )
    item, elector = make.items(assembly)[0].id, make.elector(assembly, 0, hall).id
    id, delegate, scrutineer = assembly.id, hall.delegates[0], hall.scrutineer
    db.session.commit()
    answers = crossing(
        app,
        lambda: interests.declare(item, elector, words="Vende a ella.", by=delegate, at=CALLED),
        lambda: assembly_amendments.confirm(id, roll_sha256=roll, by=scrutineer, at=CALLED),
        "assembly_electors",
    )
    assert answers == ["", ""]


@pytest.mark.postgres
def test_a_written_procedure_opens_while_somebody_tries_to_vote(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall, form="written", ends_at=STARTS + timedelta(days=7), place="")
    item = make.items(assembly)[0]
    interests.declare(
        item.id, make.elector(assembly, 0, hall).id, words="Vende a ella.", by=hall.delegates[0], at=CALLED
    )
    id, vote_id, delegate = assembly.id, item.vote_id or 0, hall.delegates[0]
    db.session.commit()
    answers = crossing(
        app,
        lambda: assemblies.open_written(id, by=SYSTEM, at=STARTS),
        lambda: ballots.cast(vote_id, "yes", "early", by=delegate, at=STARTS),
        "UPDATE roll_entries",
    )
    assert answers == ["", ""]


def test_a_proxy_that_is_sent_twice_at_once_is_one(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    principal, holder = (make.elector(assembly, n, hall).id for n in (0, 1))
    id, delegate = assembly.id, hall.delegates[0]
    db.session.commit()
    answers = overlapping(
        app,
        lambda: (
            proxies.give(
                id, principal_id=principal, holder_id=holder, request_id="r-1", by=delegate, at=CALLED
            ).request_id
        ),
    )
    assert (answers, count(Proxy)) == (["r-1", "r-1"], 1)


def test_an_assembly_that_is_sent_twice_at_once_is_one(app: Flask) -> None:
    hall = make.hall(1)
    terms, body, by = make.terms(hall.body), hall.body.id, hall.secretary
    db.session.commit()
    answers = overlapping(app, lambda: assemblies.prepare(body, code="A-1", by=by, at=CALLED, **terms).code)
    assert (answers, count(Assembly)) == (["A-1", "A-1"], 1)
