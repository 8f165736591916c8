"""Agendas: blocks that are voted on as one, amendments before their text, nothing after the assembly, nothing twice."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import (
    action_points,
    agenda,
    agenda_votes,
    assemblies,
    ballots,
    counts,
    election_votes,
    interests,
    votes,
)  # fmt: skip
from consultations.extensions import db
from consultations.facts import minutes
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.timers import Notice
from consultations.models.votes import Vote
from consultations.queries import decisions, resolutions, sessions
from tests.engine.refusals import codes
from tests.engine.test_two_tabs import count, overlapping
from tests.factories import assemblies as make
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS
from tests.factories.votes import Hall

LATER = STARTS + 2 * HOUR
OVER = STARTS + 5 * HOUR


def block(hall: Hall, *titles: str, then: tuple[str, ...] = ()) -> Assembly:
    """A draft with these items in one block, their vote reviewed, and other items after it."""
    assembly = make.prepared(hall)
    for title in titles:
        agenda.add(
            assembly.id, kind="decision", titles={"es": title}, motion={"es": f"Se aprueba: {title}."}, block="A",
            by=hall.secretary, at=CALLED,
        )  # fmt: skip
    reviewed(hall, make.items(assembly)[0])
    for title in then:
        make.item(assembly, hall, title)
    return assembly


def reviewed(hall: Hall, item: AgendaItem, at: Any = CALLED) -> Vote:
    vote = agenda_votes.prepare(item.id, rule=vote_factory.rule(), by=hall.secretary, at=at)
    return votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=at)


def in_session(hall: Hall, assembly: Assembly) -> Assembly:
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    make.arrive(assembly, hall, *range(len(hall.members)))
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    return assemblies.install(assembly.id, by=hall.president, at=STARTS)


def put(hall: Hall, item: AgendaItem, choices: str = "y", at: Any = LATER) -> Vote:
    """Open the item's vote, cast, close."""
    vote = agenda_votes.open_vote(item.vote_id or 0, minutes=5, by=hall.president, at=at)
    words = {"y": "yes", "n": "no"}
    for letter, delegate in zip(choices, hall.delegates, strict=False):
        if letter in words:
            vote_factory.cast(vote, delegate, words[letter], at=at)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    return vote


def states(assembly: Assembly) -> list[str]:
    return [item.state for item in make.items(assembly)]


def test_a_block_is_taken_up_put_to_the_vote_and_decided_as_one(app: Flask) -> None:
    hall = make.hall(3)
    assembly = in_session(hall, block(hall, "Actas", "Cuota", then=("Sede",)))
    first, second, after = make.items(assembly)
    assert codes(lambda: agenda.take_up(after.id, by=hall.president, at=LATER)) == ["items_unsettled"]
    agenda.take_up(second.id, by=hall.president, at=LATER)
    assert states(assembly) == ["discussed", "discussed", "planned"]
    vote = put(hall, first, "yyn")
    assert states(assembly) == ["decided", "decided", "planned"]
    assert vote.titles == {"es": "Actas; Cuota"}
    assert vote.questions == {"es": "1. Se aprueba: Actas.\n2. Se aprueba: Cuota."}
    agenda.take_up(after.id, by=hall.president, at=LATER)
    agenda.defer(after.id, reason="Tarde.", by=hall.president, at=LATER)
    for by in (hall.secretary, hall.president, hall.scrutineer):
        counts.sign(vote.id, by=by, at=LATER + HOUR)
    assert vote.state == "provisional"
    shown = decisions.page(vote.id, by=hall.secretary, at=LATER + HOUR)
    assert shown is not None
    assert [(one.position, one.titles["es"]) for one in shown.motions] == [(1, "Actas"), (2, "Cuota")]
    found = resolutions.search(
        hall.body.id, words="", year=None, status="", page=1
    )  # an item of its own for each motion
    assert found is not None
    assert found.total == 2
    assemblies.close(assembly.id, by=hall.president, at=OVER)
    told = minutes.figures(assembly, OVER)["items"]
    assert [(len(one["votes"]), one["voted_with"]) for one in told] == [(1, []), (0, [1]), (0, [])]


def test_an_item_that_is_put_off_leaves_its_block_and_the_others_are_voted_on_anew(app: Flask) -> None:
    hall = make.hall(3)
    assembly = in_session(hall, block(hall, "Actas", "Cuota", "Sede"))
    first, second, third = make.items(assembly)
    former = db.session.get_one(Vote, first.vote_id)
    agenda.take_up(first.id, by=hall.president, at=LATER)
    agenda.defer(second.id, reason="Falta el informe.", by=hall.president, at=LATER)
    assert (former.state, states(assembly)) == ("voided", ["discussed", "deferred", "discussed"])
    page = sessions.page(assembly.id, by=hall.secretary, at=LATER)
    assert page is not None
    assert ["prepare_vote" in line.can for line in page.items] == [True, False, True]
    assert [[one.position for one in line.beside] for line in page.items] == [[3], [], [1]]
    assert codes(lambda: reviewed(hall, second, LATER)) == ["item_settled"]
    vote = reviewed(hall, third, LATER)
    agenda_votes.convene(vote.id, by=hall.president, at=LATER)
    assert vote.questions == {"es": "1. Se aprueba: Actas.\n3. Se aprueba: Sede."}
    put(hall, first)
    assert states(assembly) == ["decided", "deferred", "decided"]


def test_a_block_without_a_result_goes_back_to_discussion_as_one(app: Flask) -> None:
    hall = make.hall(3)
    assembly = block(hall, "Actas", "Cuota")
    in_session(hall, assembly)
    first, second = make.items(assembly)
    agenda.take_up(first.id, by=hall.president, at=LATER)
    vote = agenda_votes.open_vote(first.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    vote.state = "voided"
    db.session.flush()
    agenda.give_back(second.id, reason="Se cortó la luz.", by=hall.president, at=LATER)
    assert states(assembly) == ["discussed", "discussed"]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        (lambda hall, first, second: agenda.take_off(second.id, by=hall.secretary, at=CALLED), [1]),
        (lambda hall, first, second: rewritten(hall, second, block=""), [1]),
        (lambda hall, first, second: rewritten(hall, second, motion={"es": "Otra."}), [1, 2]),
        (lambda hall, first, second: rewritten(hall, second, block="A", background={"es": "Nota."}), None),
    ],
)
def test_a_vote_that_is_prepared_goes_when_a_draft_changes_what_it_asks(
    app: Flask, change: Callable[..., object], left: list[int] | None
) -> None:
    hall = make.hall(2)
    assembly = block(hall, "Actas", "Cuota")
    first, second = make.items(assembly)
    former = db.session.get_one(Vote, first.vote_id)
    change(hall, first, second)
    if left is None:
        assert (former.state, first.vote_id, second.vote_id) == ("reviewed", former.id, former.id)
        return
    assert (former.state, first.vote_id, second.vote_id) == ("voided", None, None)
    vote = reviewed(hall, first)
    assert [item.position for item in make.items(assembly) if item.vote_id == vote.id] == left


def rewritten(hall: Hall, item: AgendaItem, **changes: Any) -> AgendaItem:
    said = {"kind": item.kind, "titles": item.titles, "motion": item.motion, "background": {}, "block": "A"}
    return agenda.edit(item.id, **{**said, **changes}, by=hall.secretary, at=CALLED)


def test_an_item_that_joins_a_block_is_voted_on_with_it(app: Flask) -> None:
    hall = make.hall(2)
    assembly = block(hall, "Actas", "Cuota")
    agenda.add(
        assembly.id, kind="decision", titles={"es": "Sede"}, motion={"es": "León."}, block="A", by=hall.secretary, at=CALLED
    )  # fmt: skip
    assert codes(lambda: assemblies.convene(assembly.id, by=hall.president, at=CALLED)) == [
        "item_votes_unreviewed"
    ]
    db.session.rollback()


def test_what_is_heard_is_in_no_block(app: Flask) -> None:
    hall = make.hall(1)
    assembly = make.prepared(hall)
    said = {"titles": {"es": "Informe"}, "motion": {}, "block": "A"}
    refused = codes(
        lambda: agenda.add(assembly.id, kind="information", **said, by=hall.secretary, at=CALLED)  # type: ignore[arg-type]
    )
    assert refused == ["block_of_others"]


def test_a_proxy_for_an_item_of_a_block_is_for_the_block(app: Flask) -> None:
    hall = make.hall(4)
    assembly = block(hall, "Actas", "Cuota")
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    first, second = make.items(assembly)
    given = make.proxy(assembly, hall, 3, 0, item_id=second.id)
    assert given.item_id == first.id
    again = codes(lambda: make.proxy(assembly, hall, 3, 1, item_id=first.id))
    assert again == ["proxy_given_before"]
    make.arrive(assembly, hall, 0, 1, 2)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    agenda.take_up(first.id, by=hall.president, at=LATER)
    vote = agenda_votes.open_vote(first.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    cast = ballots.cast(vote.id, "yes", "for-3", for_id=hall.members[3].id, by=hall.delegates[0], at=LATER)
    assert cast.choice == "yes"


def amendment(hall: Hall, item: AgendaItem, title: str = "Menos", **more: Any) -> AgendaItem:
    return agenda.move_amendment(
        item.id, titles={"es": title}, motion={"es": f"{title}."}, by=hall.secretary, at=LATER, **more
    )


def with_vote(hall: Hall, item: AgendaItem) -> AgendaItem:
    agenda_votes.convene(reviewed(hall, item, LATER).id, by=hall.president, at=LATER)
    return item


def test_amendments_are_voted_on_one_after_another_and_their_text_last(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    main, later = make.items(assembly)
    early = amendment(hall, later)
    assert codes(lambda: agenda.take_up(early.id, by=hall.president, at=LATER)) == ["items_unsettled"]
    agenda.take_up(main.id, by=hall.president, at=LATER)
    one, two = (with_vote(hall, amendment(hall, main, title)) for title in ("Diez", "Veinte"))
    assert codes(lambda: agenda.take_up(two.id, by=hall.president, at=LATER)) == ["items_unsettled"]
    for each in (one, two):
        assert codes(lambda: put(hall, main)) == ["amendments_before"]
        agenda.take_up(each.id, by=hall.president, at=LATER)
        put(hall, each, "nnn")
    put(hall, main)
    assert (main.state, one.state, two.state) == ("decided", "decided", "decided")


def test_no_amendment_while_the_text_is_voted_on_or_after(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    main, other = make.items(assembly)
    agenda.take_up(main.id, by=hall.president, at=LATER)
    vote = agenda_votes.open_vote(main.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    assert codes(lambda: amendment(hall, main)) == ["amended_text_settled"]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert codes(lambda: amendment(hall, main)) == ["amended_text_settled"]
    agenda.defer(other.id, reason="Tarde.", by=hall.president, at=LATER)
    assert codes(lambda: amendment(hall, other)) == ["amended_text_settled"]


def test_amendments_go_with_their_text_unless_one_is_being_voted_on(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto",))
    main = make.items(assembly)[0]
    agenda.take_up(main.id, by=hall.president, at=LATER)
    one, two = with_vote(hall, amendment(hall, main)), amendment(hall, main, "Más")
    agenda.take_up(one.id, by=hall.president, at=LATER)
    vote = agenda_votes.open_vote(one.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    put_off = lambda: agenda.defer(main.id, reason="Falta.", by=hall.president, at=LATER)  # noqa: E731
    assert codes(put_off) == ["amendments_in_vote"]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    put_off()
    assert (main.state, one.state, two.state) == ("deferred", "decided", "deferred")
    assert codes(lambda: agenda.take_up(two.id, by=hall.president, at=LATER)) == ["move_not_from_here"]


def test_once_the_assembly_is_closed_no_vote_is_prepared_and_no_item_goes_back(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    item, other = make.items(assembly)
    vote = make.opened(assembly, hall)
    vote.state = "voided"
    elector = make.elector(assembly, 0, hall).id
    db.session.flush()
    assemblies.close(assembly.id, reason="Es tarde.", by=hall.president, at=OVER)
    before = minutes.figures(assembly, OVER)
    assert codes(lambda: reviewed(hall, other, OVER)) == ["assembly_over", "item_settled"]  # put off with it
    for act in (
        lambda: reviewed(hall, item, OVER),
        lambda: election_votes.prepare_next(item.id, by=hall.secretary, at=OVER),
        lambda: agenda.give_back(item.id, reason="-", by=hall.president, at=OVER),
        lambda: interests.declare(other.id, elector, words="Vende.", by=hall.secretary, at=OVER),
    ):
        assert codes(act) == ["assembly_over"]
    page = sessions.page(assembly.id, by=hall.secretary, at=OVER)
    assert page is not None
    assert {name for line in page.items for name in line.can} == set()
    assert minutes.figures(assembly, OVER) == before


def test_a_draft_that_was_not_convened_in_session_is_not_convened_afterwards(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    moved = amendment(hall, make.items(assembly)[0])
    vote = reviewed(hall, moved, LATER)
    assemblies.close(assembly.id, reason="Es tarde.", by=hall.president, at=OVER)
    assert codes(lambda: agenda_votes.convene(vote.id, by=hall.president, at=OVER)) == ["assembly_over"]


def test_of_an_assembly_that_was_called_off_no_vote_is_prepared(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.convened(hall)
    assemblies.call_off(assembly.id, reason="Huracán.", by=hall.president, at=CALLED)
    assert codes(lambda: reviewed(hall, make.items(assembly)[0])) == ["assembly_over", "item_settled"]


def test_the_same_request_twice_makes_one_item_one_amendment_and_one_action_point(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.prepared(hall)
    said: dict[str, Any] = {
        "kind": "information",
        "titles": {"es": "Informe"},
        "by": hall.secretary,
        "at": CALLED,
    }
    one, again = (agenda.add(assembly.id, request_id="r-1", **said) for _ in range(2))
    other = agenda.add(assembly.id, request_id="r-2", **said)
    assert (one.id, other.position) == (again.id, 2)
    assembly = make.installed(hall, code="A-2")
    item = make.items(assembly)[0]
    assert amendment(hall, item, request_id="r-1").id == amendment(hall, item, request_id="r-1").id
    point = {"words": "Escribir.", "responsible": "Ana", "by": hall.secretary, "at": LATER}
    assert action_points.note(item.id, **point).id == action_points.note(item.id, **point).id  # type: ignore[arg-type]
    assert len(make.items(assembly)) == 2


def test_an_item_that_is_sent_twice_at_once_is_one(app: Flask) -> None:
    hall = make.hall(1)
    id, by = make.prepared(hall).id, hall.secretary
    db.session.commit()
    answers = overlapping(
        app,
        lambda: (
            agenda.add(
                id, kind="information", titles={"es": "Informe"}, request_id="r-1", by=by, at=CALLED
            ).position
        ),
    )
    assert (answers, count(AgendaItem)) == (["1", "1"], 1)


@pytest.mark.parametrize("leave", [agenda.defer, agenda.withdraw])
def test_an_item_that_leaves_alone_takes_its_convened_vote_with_it_and_who_was_invited_is_told(
    app: Flask, leave: Callable[..., AgendaItem]
) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    main, other = make.items(assembly)
    vote, stays = (db.session.get_one(Vote, item.vote_id) for item in (main, other))
    leave(main.id, reason="Falta el informe.", by=hall.president, at=LATER)
    assert (vote.state, main.state in ("deferred", "withdrawn"), stays.state) == ("voided", True, "convened")
    told = db.session.query(Notice).filter_by(kind="vote_called_off", subject_id=vote.id)
    assert {(one.person_id, one.params["reason"]) for one in told} == {
        (delegate.person_id, "Falta el informe.") for delegate in hall.delegates
    }
    shown = sessions.page(assembly.id, by=hall.president, at=LATER)
    assert shown is not None
    assert "put" not in shown.items[0].can
