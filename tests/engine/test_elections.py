"""Elections from the ballot to the signatures: every method, ties settled in every way, run-offs."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import (
    agenda_votes,
    ballots,
    counts,
    election_lots,
    election_votes,
    interests,
    sheets,
    votes,
)
from consultations.extensions import db
from consultations.facts.votes import awaited, newest_count
from consultations.models.ballots import Count
from consultations.models.presence import Interest
from consultations.models.votes import Vote
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import elections, rules
from tests.factories import votes as vote_factory
from tests.factories.elections import SEED, VOTED
from workflows.elections.lots import commitment
from workflows.faults import InputRefusedError

ANA, EVA, IRIS = "ana-perez", "eva-luz", "iris"
LATER = elections.OPENED + timedelta(hours=1)


def result(vote: Vote) -> dict[str, Any]:
    found = newest_count(vote.id)
    assert found is not None
    return found.decision


def said(vote: Vote) -> tuple[str, list[str]]:
    """The status of the newest count, and who is elected."""
    return result(vote)["status"], result(vote)["elected"]


METHODS = [
    ({"method": "choose_one"}, [ANA, ANA, EVA, "blank"], ("elected", [ANA])),
    ({"method": "choose_one", "seats": 2}, [ANA, ANA, EVA, None], ("elected", [ANA, EVA])),
    ({"method": "choose_one"}, ["blank", "blank", None, None], ("incomplete", [])),
    ({"method": "choose_one", "majority": "absolute"}, [ANA, ANA, ANA, EVA], ("elected", [ANA])),
    ({"method": "choose_one", "majority": "absolute"}, [ANA, ANA, EVA, IRIS], ("run_off_needed", [])),
    ({"method": "approval", "seats": 2, "most": 2}, [f"{ANA}+{EVA}", f"{ANA}+{EVA}", f"{ANA}+{IRIS}", "blank"], ("elected", [ANA, EVA])),
    ({"method": "stv", "seats": 2, "tie": "lots"}, [f"{ANA}>{EVA}", f"{ANA}>{EVA}", f"{IRIS}>{ANA}", IRIS], ("elected", [ANA, IRIS])),
    ({"method": "schulze"}, [f"{ANA}>{EVA}", f"{ANA}={IRIS}>{EVA}", f"{EVA}>{ANA}", ANA], ("elected", [ANA])),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "given", "expected"), METHODS)
def test_every_method_is_cast_counted_signed_and_made_final(
    app: Flask, terms: dict[str, Any], given: list[str | None], expected: tuple[str, list[str]]
) -> None:
    hall = make.hall(4)
    vote = elections.counted(hall, *given, **terms)
    assert (vote.state, said(vote)) == ("counted", expected)
    vote_factory.signing(vote, hall, LATER)
    assert vote.state == "provisional"
    counts.finalise(vote.id, by=SYSTEM, at=vote.contest_until)
    item = make.items(elections.assembly_of(vote))[0]
    open_still = expected[0] == "run_off_needed"
    assert (vote.state, item.state) == ("final", "voted" if open_still else "decided")


CHOICES = [
    ({"method": "choose_one"}, "nobody", ["option_unknown"]),
    ({"method": "choose_one"}, f"{ANA}+{EVA}", ["option_unknown"]),
    ({"method": "choose_one"}, "yes", ["option_unknown"]),
    ({"method": "choose_one"}, "invalid", ["choice_unknown"]),
    ({"method": "choose_one", "allow_blank": False}, "blank", ["blank_not_taken"]),
    ({"method": "approval", "most": 2}, f"{ANA}+{EVA}+{IRIS}", ["options_too_many"]),
    ({"method": "approval", "most": 2}, f"{EVA}+{ANA}", ["ballot_not_canonical"]),
    ({"method": "stv", "tie": "lots"}, f"{ANA}={EVA}", ["ranks_equal"]),
    ({"method": "stv", "tie": "lots"}, f"{ANA}>{ANA}", ["option_twice"]),
    ({"method": "schulze"}, f"{ANA}>>{EVA}", ["ballot_names_nothing"]),
]


@pytest.mark.parametrize(("terms", "choice", "refused"), CHOICES)
def test_what_no_ballot_of_this_election_can_hold_is_refused(
    app: Flask, terms: dict[str, Any], choice: str, refused: list[str]
) -> None:
    hall = make.hall(2)
    vote = elections.opened(hall, **terms)
    cast = lambda: ballots.cast(vote.id, choice, "once", by=hall.delegates[0], at=VOTED)  # noqa: E731
    assert codes(cast) == [*refused, "no_ballot_stands"]


def test_two_devices_cast_one_after_the_other_and_the_last_counts(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.opened(hall)
    first = ballots.cast(vote.id, ANA, "phone", by=hall.delegates[0], at=VOTED)
    second = ballots.cast(vote.id, EVA, "laptop", by=hall.delegates[0], at=VOTED)
    again = ballots.cast(vote.id, ANA, "phone", by=hall.delegates[0], at=VOTED)
    assert (first.revision, second.revision, again.repeated, again.code) == (1, 2, True, first.code)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert said(vote) == ("elected", [EVA])


def test_a_casting_vote_takes_the_seats_of_a_tie(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, ANA, EVA, tie="casting_vote")
    assert (said(vote), awaited(vote, "tie_pending")) == (("tie_pending", []), "casting_vote")
    for wrong in ("yes", IRIS, f"{ANA}+{EVA}"):
        assert codes(
            lambda w=wrong: counts.break_tie(vote.id, casting_vote=w, by=hall.president, at=LATER)
        ) == ["casting_vote_misfit"]
    counts.break_tie(vote.id, casting_vote=EVA, by=hall.president, at=LATER)
    assert (said(vote), result(vote)["casting_vote"]) == (("elected", [EVA]), EVA)
    vote_factory.signing(vote, hall, LATER)
    assert vote.state == "provisional"


def test_lots_are_drawn_from_the_seed_whose_hash_was_published_before(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, ANA, EVA, tie="lots")
    assert (said(vote), awaited(vote, "tie_pending")) == (("tie_pending", []), "lots")
    drawn = lambda seed: lambda: election_lots.draw_lots(vote.id, seed=seed, by=hall.scrutineer, at=LATER)  # noqa: E731
    assert codes(drawn("another seed altogether")) == ["seed_not_committed"]
    assert codes(drawn("short")) == ["seed_unfit"]
    assert codes(lambda: counts.sign(vote.id, by=hall.president, at=LATER)) == ["minutes_missing"]
    second = drawn(SEED)()
    assert (second.number, second.status, result(vote)["lots"]["seed"]) == (2, "elected", SEED)
    assert result(vote)["elected"] == [next(o for o in result(vote)["lots"]["order"] if o in (ANA, EVA))]
    assert codes(drawn(SEED)) == ["no_tie_pending"]
    vote_factory.signing(vote, hall, LATER)
    assert vote.state == "provisional"


def test_the_seed_is_bound_by_somebody_else_and_before_the_vote_opens(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.prepared(hall)
    item = elections.item(assembly, hall, tie="lots")
    vote_id = item.vote_id or 0
    bind = lambda text, by: lambda: election_lots.commit_seed(vote_id, commitment=text, by=by, at=make.CALLED)  # noqa: E731
    assert codes(bind(commitment(SEED + "2"), hall.secretary))[0] == "role_may_not"
    assert codes(bind("abc", hall.president)) == ["seed_commitment_unfit"]
    bind(commitment(SEED + "2"), hall.president)()
    assert db.session.get_one(Vote, vote_id).seed_commitment == commitment(SEED + "2")
    db.session.get_one(Vote, vote_id).seed_commitment = ""
    make.assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)
    make.arrive(assembly, hall, 0, 1)
    make.assemblies.call_next(assembly.id, by=hall.president, at=make.STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=make.STARTS)
    assert codes(lambda: make.opened(assembly, hall)) == ["seed_commitment_missing"]


def test_a_vote_without_lots_takes_no_seed(app: Flask) -> None:
    hall = make.hall(2)
    item = elections.item(make.prepared(hall), hall, reviewed=False)
    vote = elections.prepared(item, hall)
    refused = codes(
        lambda: election_lots.commit_seed(vote.id, commitment="a" * 64, by=hall.scrutineer, at=make.CALLED)
    )
    assert refused == ["lots_not_asked_for"]


def followed_by(vote: Vote, hall: make.Hall, *choices: str) -> Vote:
    """The next vote on the same item, held."""
    assembly = elections.assembly_of(vote)
    item = make.items(assembly)[0]
    later = election_votes.prepare_next(item.id, by=hall.secretary, at=LATER)
    assert election_votes.prepare_next(item.id, by=hall.secretary, at=LATER).id == later.id
    votes.review(later.id, samples_shown=3, by=hall.scrutineer, at=LATER)
    agenda_votes.convene(later.id, by=hall.president, at=LATER)
    agenda_votes.open_vote(later.id, minutes=10, by=hall.president, at=LATER)
    elections.cast(later, hall, *choices)
    votes.close_vote(later.id, by=SYSTEM, at=later.closes_at)
    return later


def test_a_run_off_is_held_by_the_same_terms_among_those_who_go_on(app: Flask) -> None:
    hall = make.hall(4)
    vote = elections.counted(hall, ANA, ANA, EVA, IRIS, majority="absolute")
    later = followed_by(vote, hall, EVA, EVA, EVA, ANA)
    assert [option["id"] for option in later.rule["options"]] == [ANA, EVA, IRIS]
    assert (later.rule["turn"], later.rule["follows"]) == (2, vote.rule_sha256)
    assert (said(later), make.items(elections.assembly_of(vote))[0].state) == (("elected", [EVA]), "decided")
    vote_factory.signing(vote, hall, LATER)
    vote_factory.signing(later, hall, LATER)
    assert (vote.state, later.state) == ("provisional", "provisional")


def test_a_second_vote_ends_the_tie_before_it(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, ANA, EVA)
    later = followed_by(vote, hall, EVA, EVA)
    assert (vote.state, said(later)) == ("tied", ("elected", [EVA]))


def test_whom_a_tied_election_has_elected_all_the_same_is_proclaimed(app: Flask) -> None:
    hall = make.hall(4)
    vote = elections.counted(hall, ANA, ANA, EVA, IRIS, seats=2)
    assert said(vote) == ("tie_pending", [ANA])
    assert codes(lambda: counts.sign(vote.id, by=hall.president, at=LATER)) == ["minutes_missing"]
    later = followed_by(vote, hall, EVA, EVA, EVA, IRIS)
    vote_factory.signing(vote, hall, LATER)
    assert (vote.state, later.rule["seats"], said(later)) == ("provisional", 1, ("elected", [EVA]))


def test_a_second_vote_asks_for_the_seats_that_are_left(app: Flask) -> None:
    hall = make.hall(4)
    both = f"{ANA}+{EVA}"
    vote = elections.counted(hall, both, f"{ANA}+{IRIS}", ANA, ANA, method="approval", seats=2, most=2)
    later = followed_by(vote, hall, EVA, EVA, EVA, IRIS)
    assert (said(vote), said(later)) == (("tie_pending", [ANA]), ("elected", [EVA]))
    assert (later.rule["seats"], later.rule["most"], vote.questions["es"]) == (1, 1, "Se elige.")
    assert later.questions["es"] == "Nueva votación sobre «Elección». Puestos por cubrir: 1. Opciones: 2."


def test_nothing_follows_an_election_that_is_decided(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, ANA, ANA)
    item = make.items(elections.assembly_of(vote))[0]
    assert codes(lambda: election_votes.prepare_next(item.id, by=hall.secretary, at=LATER)) == [
        "no_vote_follows"
    ]


def test_a_second_vote_by_a_rule_follows_a_tie_in_session_too(app: Flask) -> None:
    hall = make.hall(2)
    rule = {**vote_factory.rule(), "id": "second", "tie": "second_vote"}
    rules.in_book(hall.body, rule)
    assembly = make.prepared(hall)
    item = make.item(assembly, hall, rule=rule)
    make.assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)
    make.arrive(assembly, hall, 0, 1)
    make.assemblies.call_next(assembly.id, by=hall.president, at=make.STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=make.STARTS)
    vote = make.opened(assembly, hall)
    elections.cast(vote, hall, "yes", "no")
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert newest_count(vote.id).status == "tie_pending"  # type: ignore[union-attr]
    later = agenda_votes.prepare(item.id, rule=rule, by=hall.secretary, at=LATER)
    assert (vote.state, item.state, item.vote_id) == ("tied", "discussed", later.id)


def test_the_terms_of_the_rule_book_cannot_be_said_otherwise(app: Flask) -> None:
    hall = make.hall(2)
    book = rules.in_book(
        hall.body,
        {"method": "stv", "seats": 2, "tie": "lots", "cites": "Estatutos, art. 40"},
        kind="election",
    )
    item = elections.item(make.prepared(hall), hall, reviewed=False)
    options = [{"es": "Ana"}, {"es": "Eva"}, {"es": "Ana"}]
    vote = election_votes.prepare(
        item.id, options=options, template_id=book.id, terms={"seats": 1, "most": 2}, by=hall.secretary, at=make.CALLED
    )  # fmt: skip
    assert (vote.method, vote.rule["seats"], vote.rule["most"], vote.rule["cites"]) == (
        "stv",
        2,
        2,
        "Estatutos, art. 40",
    )
    assert [option["id"] for option in vote.rule["options"]] == ["ana", "eva", "ana-2"]
    election_lots.commit_seed(vote.id, commitment=commitment(SEED), by=hall.scrutineer, at=make.CALLED)
    votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=make.CALLED)
    assert vote.state == "reviewed"


PREPARED = [
    ({"options": [{"es": "Ana"}]}, ["options_missing"]),
    ({"cites": " "}, ["election_cites_missing"]),
    ({"options": [], "cites": ""}, ["options_missing", "election_cites_missing"]),
    ({"template_id": 987654}, ["rule_not_in_book"]),
]


@pytest.mark.parametrize(("changed", "refused"), PREPARED)
def test_an_election_that_cannot_be_prepared_says_every_reason(
    app: Flask, changed: dict[str, Any], refused: list[str]
) -> None:
    hall = make.hall(2)
    item = elections.item(make.prepared(hall), hall, reviewed=False)
    said = {
        "options": [{"es": "Ana"}, {"es": "Eva"}],
        "terms": {"method": "choose_one", "seats": 1},
        "cites": "x",
        **changed,
    }
    assert (
        codes(lambda: election_votes.prepare(item.id, by=hall.secretary, at=make.CALLED, **said)) == refused
    )


def test_terms_that_cannot_be_meant_are_refused_with_every_fault(app: Flask) -> None:
    hall = make.hall(2)
    item = elections.item(make.prepared(hall), hall, reviewed=False)
    with pytest.raises(InputRefusedError) as refused:
        elections.prepared(item, hall, method="stv", tie="casting_vote", majority="absolute", seats=0)
    assert len(refused.value.faults) == 3


def test_an_interest_takes_its_organisation_off_both_sides_of_an_election(app: Flask) -> None:
    hall = make.hall(4)
    assembly = make.prepared(hall)
    item = elections.item(assembly, hall, majority="absolute", majority_of="roll")
    make.assemblies.convene(assembly.id, by=hall.president, at=make.CALLED)
    make.arrive(assembly, hall, 0, 1, 2, 3)
    make.assemblies.call_next(assembly.id, by=hall.president, at=make.STARTS)
    make.assemblies.install(assembly.id, by=hall.president, at=make.STARTS)
    mine = make.elector(assembly, 0, hall).id
    interests.declare(item.id, mine, words="Es su hermana.", by=hall.delegates[0], at=make.STARTS)
    vote = make.opened(assembly, hall)
    assert codes(lambda: elections.cast(vote, hall, ANA)) == ["interest_excludes", "no_ballot_stands"]
    elections.cast(vote, hall, None, ANA, ANA, EVA)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    majority = result(vote)["count"]["majority"]
    assert (said(vote), result(vote)["electors"], majority["amount"], majority["needed"]) == (
        ("elected", [ANA]),
        3,
        "3",
        "2",
    )


DECLARED = [
    (0, "Es socia.", True, []),
    (1, "Es socia.", True, ["not_your_organisation"]),
    (0, "  ", True, ["interest_words_missing"]),
]


@pytest.mark.parametrize(("by", "words", "excluded", "refused"), DECLARED)
def test_who_may_declare_an_interest(
    app: Flask, by: int, words: str, excluded: bool, refused: list[str]
) -> None:
    hall = make.hall(2)
    assembly = make.convened(hall)
    item, elector = make.items(assembly)[0], make.elector(assembly, 0, hall)

    def declare() -> Interest:
        return interests.declare(
            item.id, elector.id, words=words, excluded=False, by=hall.delegates[by], at=make.CALLED
        )

    if refused:
        assert codes(declare) == refused
    else:
        # An organisation that declares one itself takes no part; only the desk may record one that the statutes let vote.
        assert (declare().excluded, declare().id) == (excluded, declare().id)


def test_an_interest_is_declared_before_the_vote_opens_and_the_desk_may_let_it_vote(app: Flask) -> None:
    hall = make.hall(2)
    assembly = make.installed(hall)
    item, elector = make.items(assembly)[0], make.elector(assembly, 0, hall)
    kept = interests.declare(
        item.id, elector.id, words="Compra café.", excluded=False, by=hall.secretary, at=make.STARTS
    )
    assert kept.excluded is False
    vote = make.opened(assembly, hall)
    vote_factory.cast(vote, hall.delegates[0], "yes", at=VOTED)
    late = codes(
        lambda: interests.declare(item.id, elector.id, words="Es socia.", by=hall.delegates[0], at=LATER)
    )
    assert late == ["interest_after_opening"]


def test_a_recount_gives_the_same_result_with_seed_and_casting_vote(app: Flask) -> None:
    hall = make.hall(2)
    vote = elections.counted(hall, ANA, EVA, tie="lots")
    election_lots.draw_lots(vote.id, seed=SEED, by=hall.president, at=LATER)
    assert counts.decided(vote).to_dict() == result(vote)
    assert [row.number for row in db.session.query(Count).order_by(Count.number)] == [1, 2]


PAPERS = [
    ({"method": "choose_one"}, [ANA, "blank"], [], ("elected", [ANA])),
    ({"method": "stv", "tie": "lots"}, [f"{ANA}>{EVA}", "invalid"], [], ("elected", [ANA])),
    ({"method": "schulze"}, [f"{ANA}={EVA}>{IRIS}", ANA], [], ("elected", [ANA])),
    ({"method": "approval", "most": 2}, [f"{EVA}+{ANA}", ANA], ["paper_unknown_choice"], ()),
    ({"method": "choose_one", "allow_blank": False}, [ANA, "blank"], ["paper_unknown_choice"], ()),
    ({"method": "choose_one"}, [ANA, "yes"], ["paper_unknown_choice"], ()),
]


@pytest.mark.parametrize(("terms", "papers", "refused", "expected"), PAPERS)
def test_papers_of_an_election_are_entered_as_its_ballots_are(
    app: Flask, terms: dict[str, Any], papers: list[str], refused: list[str], expected: Any
) -> None:
    hall = make.hall(3)
    vote = elections.opened(hall, **terms)
    sheet = sheets.open_sheet(
        vote.id, serial="1", issued=2, first_counter="Ana", second_counter="Luis", by=hall.secretary, at=VOTED
    )
    lines = {hall.members[n].code: text for n, text in enumerate(papers)}
    enter = lambda by: lambda: sheets.enter(sheet.id, lines=lines, by=by, at=VOTED)  # noqa: E731
    if refused:
        assert len(codes(enter(hall.secretary))) == len(refused)
        return
    enter(hall.secretary)()
    enter(hall.scrutineer)()
    sheets.merge(sheet.id, by=hall.secretary, at=VOTED)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    assert said(vote) == expected
