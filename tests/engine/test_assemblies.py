"""An assembly from its draft to its decisions: calls, quorum, who is there, who votes for whom."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import agenda, agenda_votes, assemblies, ballots, interests, proxies, votes
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts import rolls
from consultations.facts.votes import newest_count
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import rules as rule_factory
from tests.factories import votes as vote_factory
from tests.factories.assemblies import CALLED, HOUR, STARTS

LATER = STARTS + 2 * HOUR
MINUTE = timedelta(minutes=1)


def test_it_is_convened_on_a_roll_that_its_votes_share(app: Flask) -> None:
    hall = make.hall(4)
    hall.members[3].good_standing = False
    db.session.flush()
    assembly = make.convened(hall, ("Secretaría", "Presupuesto"))
    assert [row.elector for row in facts.electors(assembly.id)] == sorted(m.code for m in hall.members[:3])
    of_items = [item.vote_id for item in make.items(assembly)]
    assert [rolls.sha256(vote_id) for vote_id in of_items] == [assembly.roll_sha256] * 2
    assert facts.sha256(assembly.id) == assembly.roll_sha256


def test_convening_asks_for_notice_agenda_and_reviewed_votes(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.prepared(hall)
    late = STARTS - timedelta(days=29)
    assert codes(lambda: assemblies.convene(assembly.id, by=hall.president, at=late)) == [
        "agenda_missing",
        "notice_too_short",
    ]
    db.session.rollback()
    hall = make.hall(2)
    assembly = make.prepared(hall, code="A-2")
    make.item(assembly, hall, reviewed=False)
    assert codes(lambda: assemblies.convene(assembly.id, by=hall.president, at=CALLED)) == [
        "item_votes_unreviewed"
    ]


def test_a_code_that_another_has_taken_is_refused(app: Flask) -> None:
    make.prepared(make.hall(1))
    assert codes(lambda: make.prepared(make.hall(1))) == ["assembly_code_taken"]


def test_the_first_call_misses_its_quorum_and_the_second_comes_an_hour_later(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.convened(hall)
    make.arrive(assembly, hall, 0, 1)
    assert codes(lambda: assemblies.call_next(assembly.id, by=hall.president, at=STARTS - MINUTE)) == [
        "start_not_reached"
    ]
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assert codes(lambda: assemblies.install(assembly.id, by=hall.president, at=STARTS)) == ["quorum_missing"]
    early = STARTS + HOUR - MINUTE
    assert codes(lambda: assemblies.call_next(assembly.id, by=hall.president, at=early)) == [
        "next_call_not_due"
    ]
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS + HOUR)
    assemblies.install(assembly.id, by=hall.president, at=STARTS + HOUR)
    assert (assembly.state, assembly.call) == ("installed", 2)


def test_it_is_put_off_in_steps_no_further_than_at_once(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.convened(hall)

    def put_off(days: int) -> None:
        to = STARTS + timedelta(days=days)
        assemblies.postpone(assembly.id, starts_at=to, reason="Lluvias.", by=hall.president, at=CALLED)

    put_off(20)
    assert codes(lambda: put_off(31)) == ["postponement_too_long"]
    put_off(30)
    assert codes(lambda: put_off(29)) == ["postponement_not_later"]
    assert assembly.starts_at == STARTS + timedelta(days=30)


def test_an_assembly_that_was_put_off_is_adjourned_as_far_from_the_day_it_began(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.convened(hall)
    began = STARTS + timedelta(days=30)
    assemblies.postpone(assembly.id, starts_at=began, reason="Lluvias.", by=hall.president, at=CALLED)
    make.arrive(assembly, hall, 0, 1, at=began)
    assemblies.call_next(assembly.id, by=hall.president, at=began)
    assemblies.install(assembly.id, by=hall.president, at=began)
    until = began + timedelta(days=30)
    far = {"until": until + MINUTE, "reason": "Falta un informe."}
    assert codes(lambda: assemblies.adjourn(assembly.id, **far, by=hall.president, at=began)) == [  # type: ignore[arg-type]
        "postponement_too_long"
    ]
    assemblies.adjourn(assembly.id, until=until, reason="Falta un informe.", by=hall.president, at=began)
    assert assembly.adjourned_until == until


def test_a_proxy_counts_for_the_quorum_while_its_holder_is_there(app: Flask) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    now = facts.quorum(assembly, STARTS, 1)
    assert (now.met, [(line.have, line.needed) for line in now.lines]) == (True, [(3, 3)])
    make.leave(assembly, hall, 0, at=STARTS + MINUTE)
    assert facts.quorum(assembly, STARTS + MINUTE, 1).met is False


def test_the_holder_votes_for_the_principal_and_the_count_says_who_was_there(app: Flask) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    given = ballots.cast(vote.id, "yes", "for-3", for_id=hall.members[3].id, by=hall.delegates[0], at=LATER)
    vote_factory.cast(vote, hall.delegates[1], "no", at=LATER)
    assert given.choice == "yes"
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    count = newest_count(vote.id)
    assert count is not None
    assert (count.status, count.decision["heads"]["yes"], count.decision["heads"]["not_voted"]) == (
        "adopted",
        2,
        1,
    )
    there = {e.elector: e.present for e in rolls.frozen(vote.id)}
    assert [there[m.code] for m in hall.members] == ["yes", "yes", "no", "proxy"]
    assert make.items(assembly)[0].state == "decided"


@pytest.mark.parametrize(
    ("voter", "for_member", "refused"),
    [
        (0, 0, []),
        (0, 3, []),
        (1, 3, ["voter_is_another"]),
        (2, 2, ["voter_absent"]),
        (1, 2, ["voter_absent"]),
    ],
)
def test_who_may_cast_for_whom(app: Flask, voter: int, for_member: int, refused: list[str]) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)

    def cast() -> None:
        ballots.cast(
            vote.id, "yes", "once", for_id=hall.members[for_member].id, by=hall.delegates[voter], at=LATER
        )  # fmt: skip

    if refused:
        assert codes(cast) == [*refused, "no_ballot_stands"]
    else:
        cast()


def test_a_proxy_that_is_taken_back_while_the_vote_is_open_votes_no_more_and_its_ballot_stands(
    app: Flask,
) -> None:
    hall = make.hall(4)
    assembly = make.convened(hall)
    given = make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    ballots.cast(vote.id, "yes", "for-3", for_id=hall.members[3].id, by=hall.delegates[0], at=LATER)
    proxies.take_back(given.id, by=hall.delegates[3], at=LATER + MINUTE)
    refused = codes(
        lambda: ballots.cast(
            vote.id, "no", "for-3-again", for_id=hall.members[3].id, by=hall.delegates[0], at=LATER + MINUTE
        )
    )
    assert refused == ["voter_absent", "earlier_ballot_stands"]
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert newest_count(vote.id).decision["heads"]["yes"] == 1  # type: ignore[union-attr]


def test_an_interest_takes_its_organisation_off_both_sides_of_every_condition(app: Flask) -> None:
    hall = make.hall(4, weights={"members": "10"})
    for member, country in zip(hall.members, ("HN", "GT", "GT", "PE"), strict=True):
        member.country = country
    inner = {"measure": "heads", "count": ["yes"], "base": "valid", "cmp": ">", "share": "1/2"}
    over_all = {"measure": "heads", "count": ["yes"], "base": "roll", "cmp": ">", "share": "1/2"}
    conditions = [
        {"id": "heads", **over_all},
        {"id": "weight", **over_all, "measure": "weight"},
        {"id": "there", **over_all, "count": "represented"},
        {"id": "home", **over_all, "where": {"country": "HN"}},
        {"id": "countries", "measure": "groups", "by": "country", "group_passes": inner, "base": "groups_on_roll",
         "cmp": ">", "share": "1/2", "empty_group": "not_passed"},
    ]  # fmt: skip
    assembly = make.prepared(hall)
    strict = {**vote_factory.rule(), "id": "strict", "pass": {"all": conditions}}
    rule_factory.in_book(hall.body, strict)
    item = make.item(assembly, hall, rule=strict)
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    make.arrive(assembly, hall, 0, 1, 2, 3)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    mine = make.elector(assembly, 0, hall)
    interests.declare(item.id, mine.id, words="Vende a ella", by=hall.delegates[0], at=STARTS)
    vote = make.opened(assembly, hall)
    assert codes(lambda: vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)) == [
        "interest_excludes",
        "no_ballot_stands",
    ]
    for n, choice in ((1, "yes"), (2, "yes"), (3, "no")):
        vote_factory.cast(vote, hall.delegates[n], choice, at=LATER)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    count = newest_count(vote.id)
    assert count is not None
    assert count.decision["electors"] == 3
    assert {line["id"]: (line["have"], line["base"]) for line in count.decision["conditions"]} == {
        "heads": ("2", "3"), "weight": ("2", "3"), "there": ("3", "3"), "home": ("0", "0"), "countries": ("1", "2"),
    }  # fmt: skip


def test_amendments_are_voted_on_before_the_main_text_and_items_in_order(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall, titles=("Presupuesto", "Cuota"))
    main, later = make.items(assembly)
    assert codes(lambda: agenda.take_up(later.id, by=hall.president, at=LATER)) == ["items_unsettled"]
    agenda.take_up(main.id, by=hall.president, at=LATER)
    moved = agenda.move_amendment(
        main.id, titles={"es": "Menos"}, motion={"es": "Diez menos."}, by=hall.secretary, at=LATER
    )
    assert codes(
        lambda: agenda_votes.open_vote(main.vote_id or 0, minutes=5, by=hall.president, at=LATER)
    ) == ["amendments_before"]
    vote = agenda_votes.prepare(moved.id, rule=vote_factory.rule(), by=hall.secretary, at=LATER)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=LATER)
    agenda_votes.convene(vote.id, by=hall.president, at=LATER)
    agenda.take_up(moved.id, by=hall.president, at=LATER)
    agenda_votes.open_vote(vote.id, minutes=5, by=hall.president, at=LATER)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=LATER)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert moved.state == "decided"
    opened = agenda_votes.open_vote(main.vote_id or 0, minutes=5, by=hall.president, at=vote.closes_at)
    assert opened.state == "open"


def test_a_written_procedure_opens_and_closes_by_the_clock_without_a_door(app: Flask) -> None:
    hall = make.hall(3)
    ends = STARTS + timedelta(days=7)
    assembly = make.convened(hall, form="written", ends_at=ends, place="")
    assert assemblies.open_written(assembly.id, by=SYSTEM, at=STARTS) is True
    vote = db.session.get_one(vote_factory.Vote, make.items(assembly)[0].vote_id)
    assert (assembly.state, vote.state, vote.closes_at) == ("written", "open", ends)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=STARTS + HOUR)
    votes.close_vote(vote.id, by=SYSTEM, at=ends)
    assert assemblies.close_written(assembly.id, by=SYSTEM, at=ends) is True
    assert (assembly.state, make.items(assembly)[0].state) == ("closed", "decided")


def test_no_without_a_reason_is_refused_where_the_vote_asks_for_one(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.prepared(hall)
    make.item(assembly, hall, reason_on_no=True)
    assemblies.convene(assembly.id, by=hall.president, at=CALLED)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    assemblies.install(assembly.id, by=hall.president, at=STARTS)
    vote = make.opened(assembly, hall)
    assert codes(lambda: vote_factory.cast(vote, hall.delegates[0], "no", at=LATER)) == [
        "no_without_reason",
        "no_ballot_stands",
    ]
    given = ballots.cast(vote.id, "no", "why", reason="Es caro.", by=hall.delegates[0], at=LATER)
    assert given.revision == 1
