"""Who may vote for an organisation, and which proxies can be given: the table of decision-rules.md, row by row."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.assemblies import at, mandate, proxy, representation, roll, stay
from workflows.attendance import Interval
from workflows.proxies import Proxy, Times, objections_to_proxy, objections_to_taking_back
from workflows.representation import (
    Mandate,
    objections_to_casting,
    presences,
    who_votes,
)
from workflows.representation_rules import RepresentationRule

INSTANT = timedelta(microseconds=1)
A_AND_B = roll("A", "B", "C")
DELEGATES = (
    mandate("a1"),
    mandate("a2", 2),
    mandate("a3", 3),
    mandate("b1"),
    mandate("b2", 2),
    mandate("c1"),
)
SUSPENDS, WITHDRAWS = representation(), representation({"presence": "withdraws"})
NO_PROXIES = representation({"allowed": False, "per_holder": None})
AB = proxy("A", "B")


@dataclass(frozen=True)
class Row:
    """Who votes for A at hour `hour` (on `item`): the person and capacity, or the codes of why nobody does."""

    name: str
    expected: tuple[str, ...]
    there: tuple[Interval, ...] | None = ()
    proxies: tuple[Proxy, ...] = ()
    mandates: tuple[Mandate, ...] = DELEGATES
    rule: RepresentationRule = field(default=SUSPENDS)
    hour: int = 1
    item: str | None = None


ABSENT = ("voter_absent",)
HOLDER_ABSENT = ("voter_absent", "proxy_holder_absent")
VOTES = [
    Row("the delegate is there", ("a1", "delegate"), (stay("a1"),)),
    Row("the delegate is there online", ("a1", "delegate"), (stay("a1", mode="online"),)),
    Row("nobody is there", ABSENT),
    Row("the delegate left before", ABSENT, (stay("a1", 0, 1),)),
    Row("the delegate comes later", ABSENT, (stay("a1", 2),)),
    Row("the delegate comes at this instant", ("a1", "delegate"), (stay("a1", 1),)),
    Row("the first alternate stands in", ("a2", "alternate"), (stay("a2"),)),
    Row("the second alternate stands in", ("a3", "alternate"), (stay("a3"),)),
    Row("the alternates go in their order", ("a2", "alternate"), (stay("a3"), stay("a2"))),
    Row("the delegate goes before an alternate who came first", ("a1", "delegate"), (stay("a2"), stay("a1", 1))),
    Row("the alternate takes over when the delegate leaves", ("a2", "alternate"), (stay("a1", 0, 1), stay("a2"))),
    Row("the delegate takes it back on return", ("a1", "delegate"), (stay("a1", 0, 1), stay("a2"), stay("a1", 1))),
    Row("delegate online, alternate in the room", ("a1", "delegate"), (stay("a2"), stay("a1", mode="online"))),
    Row("more alternates than the rule allows", ("voter_without_mandate",), (stay("a3"),), rule=representation(alternates=1)),
    Row("no alternates at all", ("voter_without_mandate",), (stay("a2"),), rule=representation(alternates=0)),
    Row("somebody without a mandate", ("voter_without_mandate",), (stay("a9"),)),
    Row("a mandate that ended at this instant", ("voter_without_mandate",), (stay("a1"),), mandates=(mandate("a1", until=at(1)),)),
    Row("a mandate that ends an instant later", ("a1", "delegate"), (stay("a1"),), mandates=(mandate("a1", until=at(2)),)),
    Row("a mandate that begins at this instant", ("a1", "delegate"), (stay("a1"),), mandates=(mandate("a1", since=at(1)),)),
    Row("a mandate that begins later", ("voter_without_mandate",), (stay("a1"),), mandates=(mandate("a1", since=at(2)),)),
    Row("the delegate's mandate ended at noon, the alternate's runs", ("a2", "alternate"), (stay("a1"), stay("a2")), mandates=(mandate("a1", until=at(1)), mandate("a2", 2))),
    Row("the holder of the proxy is there", ("b1", "holder"), (stay("b1"),), (AB,)),
    Row("the holder is there online", ("b1", "holder"), (stay("b1", mode="online"),), (AB,)),
    Row("the holder's alternate is there", ("b2", "holder"), (stay("b2"),), (AB,)),
    Row("the holder is absent", HOLDER_ABSENT, (stay("c1"),), (AB,)),
    Row("the holder left", HOLDER_ABSENT, (stay("b1", 0, 1),), (AB,)),
    Row("the holder's mandate ended", HOLDER_ABSENT, (stay("b1"),), (AB,), (mandate("b1", until=at(1)),)),
    Row("the holder is off the roll", HOLDER_ABSENT, (stay("d1"),), (proxy("A", "D"),), (mandate("d1"),)),
    Row("the holder is represented itself: no chain", HOLDER_ABSENT, (stay("c1"),), (AB, proxy("B", "C"))),
    Row("a proxy to each other, nobody there", HOLDER_ABSENT, (), (AB, proxy("B", "A"))),
    Row("the principal is there too", ("a1", "delegate"), (stay("a1"), stay("b1")), (AB,)),
    Row("the principal's alternate is there too", ("a2", "alternate"), (stay("a2"), stay("b1")), (AB,)),
    Row("the principal is there online too", ("a1", "delegate"), (stay("a1", mode="online"), stay("b1")), (AB,)),
    Row("the principal is there without a mandate", ("b1", "holder"), (stay("a9"), stay("b1")), (AB,)),
    Row("suspended: in force again when the principal has left", ("b1", "holder"), (stay("a1", 0, 1), stay("b1")), (AB,)),
    Row("withdrawn: the principal came and left", ABSENT, (stay("a1", 0, 1), stay("b1")), (AB,), rule=WITHDRAWS),
    Row("withdrawn: not by who was there when giving it", ("b1", "holder"), (stay("a1", -25, 0), stay("b1")), (AB,), rule=WITHDRAWS),
    Row("withdrawn: not by who came at the instant of giving it", ("b1", "holder"), (stay("a1", 0, 1), stay("b1")), (proxy("A", "B", given_at=at(0)),), rule=WITHDRAWS),
    Row("withdrawn: not by a coming that is still ahead", ("b1", "holder"), (stay("a1", 2), stay("b1")), (AB,), rule=WITHDRAWS),
    Row("taken back before", ABSENT, (stay("b1"),), (proxy("A", "B", withdrawn_at=at(0)),)),
    Row("taken back at this instant, while the vote is open", ABSENT, (stay("b1"),), (proxy("A", "B", withdrawn_at=at(1)),)),
    Row("taken back an hour later", ("b1", "holder"), (stay("b1"),), (proxy("A", "B", withdrawn_at=at(2)),)),
    Row("given at this instant", ("b1", "holder"), (stay("b1"),), (proxy("A", "B", given_at=at(1)),)),
    Row("given an hour later", ABSENT, (stay("b1"),), (proxy("A", "B", given_at=at(2)),)),
    Row("given to another after taking back", ("c1", "holder"), (stay("b1"), stay("c1")), (proxy("A", "B", withdrawn_at=at(0)), proxy("A", "C", given_at=at(0)))),
    Row("for the assembly, asked on an item", ("b1", "holder"), (stay("b1"),), (AB,), item="7"),
    Row("for this item", ("b1", "holder"), (stay("b1"),), (proxy("A", "B", item="7"),), item="7"),
    Row("for another item", ABSENT, (stay("b1"),), (proxy("A", "B", item="8"),), item="7"),
    Row("for one item, asked for the whole assembly", ABSENT, (stay("b1"),), (proxy("A", "B", item="7"),)),
    Row("for two items to two holders", ("c1", "holder"), (stay("b1"), stay("c1")), (proxy("A", "B", item="7"), proxy("A", "C", item="8")), item="8"),
    Row("two at once, by whatever mishap: the one for the item", ("b1", "holder"), (stay("b1"), stay("c1")), (proxy("A", "B", item="7", given_at=at(-9)), proxy("A", "C", given_at=at(-8))), item="7"),
    Row("two at once, by whatever mishap: the newest", ("b1", "holder"), (stay("b1"), stay("c1")), (proxy("A", "B", given_at=at(-8)), proxy("A", "C", given_at=at(-9)))),
    Row("proxies are not allowed", ABSENT, (stay("b1"),), (AB,), rule=NO_PROXIES),
    Row("a stay by proxy is no coming of one's own", ("b1", "holder"), (stay("a1", mode="proxy", holder="B"), stay("b1")), (AB,)),
    Row("in writing: the delegate", ("a1", "delegate"), None),
    Row("in writing: the alternate of an ended delegate", ("a2", "alternate"), None, mandates=(mandate("a1", until=at(1)), mandate("a2", 2))),
    Row("in writing: no mandate", ("voter_without_mandate",), None, mandates=()),
    Row("in writing: the holder, for want of an own mandate", ("b1", "holder"), None, (AB,), (mandate("b1"),)),
    Row("persons vote themselves: there", ("A", "self"), (stay("A"),), rule=representation(delegate=False, alternates=0)),
    Row("persons vote themselves: absent", ABSENT, (stay("b1"),), rule=representation(delegate=False, alternates=0)),
    Row("persons vote themselves: in writing", ("A", "self"), None, rule=representation(delegate=False, alternates=0)),
]  # fmt: skip


@pytest.mark.parametrize("row", VOTES, ids=lambda row: row.name)
def test_who_votes_for_a(row: Row) -> None:
    voter = who_votes(row.rule, A_AND_B, row.mandates, row.proxies, row.there, at(row.hour), item=row.item)[
        "A"
    ]
    said = (voter.person, voter.capacity) if voter.person else tuple(reason.code for reason in voter.reasons)
    assert said == row.expected


BEFORE_START, NEW = Times(starts_at=at(0)), proxy("A", "B", id="new")
HOUR_BEFORE = at(-1)


@dataclass(frozen=True)
class Asked:
    """Whether a proxy can be given at `when`, and the codes of what speaks against it."""

    name: str
    expected: list[str]
    terms: dict[str, Any] = field(default_factory=dict)
    proposed: Proxy = NEW
    before: tuple[Proxy, ...] = ()
    times: Times = BEFORE_START
    when: datetime = HOUR_BEFORE


WEIGHED = roll("A", "B", "C", "D", "E", weights={"A": "3", "B": "2"}, country={"C": "SV", "E": ""})
TOO_MANY, TOO_HEAVY = ["proxies_too_many"], ["proxies_too_heavy"]
TWO_HELD = (proxy("C", "B"), proxy("D", "B"))
GIVING = [
    Asked("nothing against it", []),
    Asked("not allowed", ["proxies_not_allowed"], {"allowed": False, "per_holder": None}),
    Asked("the principal is off the roll", ["proxy_principal_not_on_roll"], proposed=proxy("X", "B")),
    Asked("the holder is off the roll", ["proxy_holder_not_on_roll"], proposed=proxy("A", "X")),
    Asked("to oneself", ["proxy_to_oneself"], proposed=proxy("A", "A")),
    Asked("for an item, items not in scope", ["proxy_scope_item"], {"scope": ["assembly"]}, proxy("A", "B", item="1")),
    Asked("for the assembly, only items in scope", ["proxy_scope_assembly"], {"scope": ["item"]}),
    Asked("without the instrument", ["proxy_instrument_missing"], {"instrument": True}),
    Asked("with the instrument", [], {"instrument": True}, proxy("A", "B", instrument_sha256="ab")),
    Asked("same country", [], {"same_country": True}),
    Asked("another country", ["proxy_other_country"], {"same_country": True}, proxy("A", "C")),
    Asked("a country nobody knows", ["proxy_other_country"], {"same_country": True}, proxy("E", "A")),
    Asked("a second holder", ["proxy_given_before"], before=(proxy("A", "C"),)),
    Asked("a second holder, the first taken back", [], before=(proxy("A", "C", withdrawn_at=at(-2)),)),
    Asked("a second holder for another item", [], proposed=proxy("A", "B", item="1"), before=(proxy("A", "C", item="2"),)),
    Asked("a second holder for the same item", ["proxy_given_before"], proposed=proxy("A", "B", item="1"), before=(proxy("A", "C", item="1"),)),
    Asked("for an item, when given for the assembly", ["proxy_given_before"], proposed=proxy("A", "B", item="1"), before=(proxy("A", "C"),)),
    Asked("chain: the holder gave its own", ["proxy_holder_gave_one"], before=(proxy("B", "C"),)),
    Asked("chain: the holder gave its own for another item", [], proposed=proxy("A", "B", item="1"), before=(proxy("B", "C", item="2"),)),
    Asked("chain: the principal holds one", ["proxy_principal_holds_one"], before=(proxy("C", "A"),)),
    Asked("to each other: both chains", ["proxy_holder_gave_one", "proxy_principal_holds_one"], before=(proxy("B", "A"),)),
    Asked("the last that the holder may hold", [], before=TWO_HELD[:1]),
    Asked("one more than the holder may hold", TOO_MANY, before=TWO_HELD),
    Asked("no bound on the number", [], {"per_holder": None}, before=TWO_HELD),
    Asked("one more, but on another item", [], {"per_holder": 1}, proxy("A", "B", item="1"), (proxy("C", "B", item="2"),)),
    Asked("one more, on one of the items", TOO_MANY, {"per_holder": 1}, before=(proxy("C", "B", item="2"),)),
    Asked("taken back ones do not count", [], before=(TWO_HELD[0], proxy("D", "B", withdrawn_at=at(-2)))),
    Asked("the same one again is not counted twice", [], before=(proxy("A", "B", id="new"), TWO_HELD[0])),
    Asked("exactly the share", [], {"share": "3/8"}),
    Asked("above the share", TOO_HEAVY, {"share": "1/3"}),
    Asked("with the own weight above the share", TOO_HEAVY, {"share": "3/8", "own_weight": True}),
    Asked("with the own weight exactly the share", [], {"share": "5/8", "own_weight": True}),
    Asked("others held count to the share", TOO_HEAVY, {"share": "3/8"}, before=TWO_HELD[:1]),
    Asked("too many and too heavy: all reasons", TOO_MANY + TOO_HEAVY, {"share": "1/2"}, before=TWO_HELD),
    Asked("a day before, asked a day before: just in time", [], {"deadline": "P1D"}, when=at(-25)),
    Asked("a day before, at the deadline", [], {"deadline": "P1D"}, when=at(-24)),
    Asked("at least 24 hours before, at the deadline", [], {"deadline": "PT24H"}, when=at(-24)),
    Asked("a day before, an instant late", ["proxy_too_late"], {"deadline": "P1D"}, when=at(-24) + INSTANT),
    Asked("a day before, too late", ["proxy_too_late"], {"deadline": "PT24H"}),
    Asked("a day before what begins when nobody knows", ["deadline_not_set"], {"deadline": "P1D"}, times=Times()),
    Asked("until opening, not opened", [], times=Times()),
    Asked("until opening, opened at this instant", ["proxy_too_late"], times=Times(opened_at=at(-1))),
    Asked("after closing", ["proxy_after_closing"], times=Times(opened_at=at(-3), closed_at=at(-2))),
    Asked("everything at once", ["proxy_holder_not_on_roll", "proxy_scope_item", "proxy_instrument_missing", "proxy_too_late", "proxy_given_before"], {"scope": ["assembly"], "instrument": True, "deadline": "PT2H"}, proxy("A", "X", item="1"), (proxy("A", "C"),)),
]  # fmt: skip


@pytest.mark.parametrize("asked", GIVING, ids=lambda asked: asked.name)
def test_giving_a_proxy(asked: Asked) -> None:
    rule = representation(asked.terms)
    said = objections_to_proxy(rule, WEIGHED, asked.before, asked.proposed, asked.when, asked.times)
    assert [reason.code for reason in said] == asked.expected


@pytest.mark.parametrize(
    ("name", "until", "taken", "by", "times", "expected"),
    [
        ("while nothing is closed", "closing", AB, "A", Times(opened_at=at(0)), []),
        ("just before closing", "closing", AB, "A", Times(closed_at=at(2)), []),
        ("at closing", "closing", AB, "A", Times(closed_at=at(1)), ["proxy_take_back_over"]),
        ("after opening, where that is the end", "opening", AB, "A", Times(opened_at=at(1)), ["proxy_take_back_over"]),
        ("before opening", "opening", AB, "A", Times(), []),
        ("by the holder", "closing", AB, "B", Times(), ["proxy_of_another"]),
        ("twice", "closing", proxy("A", "B", withdrawn_at=at(1)), "A", Times(), ["proxy_not_standing"]),
        ("before it was given", "closing", proxy("A", "B", given_at=at(2)), "A", Times(), ["proxy_not_standing"]),
        ("all at once", "closing", proxy("A", "B", withdrawn_at=at(0)), "B", Times(closed_at=at(1)), ["proxy_of_another", "proxy_not_standing", "proxy_take_back_over"]),
    ],
)  # fmt: skip
def test_taking_a_proxy_back(
    name: str, until: str, taken: Proxy, by: str, times: Times, expected: list[str]
) -> None:
    rule = representation({"take_back_until": until})
    assert [r.code for r in objections_to_taking_back(rule, taken, by, at(1), times)] == expected


def everyone(*there: Interval, proxies: tuple[Proxy, ...] = (AB,)) -> Any:
    return who_votes(SUSPENDS, A_AND_B, DELEGATES, proxies, there, at(1))


def test_presence_is_what_the_roll_calls_it() -> None:
    assert presences(everyone(stay("b1"))) == {"A": "proxy", "B": "yes", "C": "no"}


def test_a_holder_votes_for_itself_and_for_everyone_whom_it_represents() -> None:
    voters = everyone(stay("b1"), proxies=(AB, proxy("C", "B")))
    assert [(voter.elector, voter.person, voter.capacity, voter.proxy) for voter in voters.values()] == [
        ("A", "b1", "holder", "A>B"),
        ("B", "b1", "delegate", None),
        ("C", "b1", "holder", "C>B"),
    ]


@pytest.mark.parametrize(
    ("elector", "person", "used", "expected"),
    [
        ("A", "b1", None, []),
        ("A", "b1", "online", []),
        ("A", "b1", "paper", ["voted_in_other_channel"]),
        ("A", "a1", None, ["voter_is_another"]),
        ("C", "c1", None, ["voter_absent"]),
        ("C", "c1", "paper", ["voter_absent", "voted_in_other_channel"]),
        ("X", "b1", None, ["organisation_not_on_roll"]),
    ],
)
def test_casting(elector: str, person: str, used: str | None, expected: list[str]) -> None:
    said = objections_to_casting(everyone(stay("b1")), elector, person, channel="online", used_channel=used)
    assert [reason.code for reason in said] == expected


def test_two_devices_of_two_people_of_one_organisation_are_one_voter() -> None:
    voters = everyone(stay("a1"), stay("a2", mode="online"))
    assert objections_to_casting(voters, "A", "a1", channel="online") == ()
    refused = objections_to_casting(voters, "A", "a2", channel="online")
    assert [reason.code for reason in refused] == ["voter_is_another"]


NAMES = ("A", "B", "C", "D", "E", "F")
MANDATES = tuple(mandate(f"{name.lower()}1") for name in NAMES)
pairs = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=12)


@given(pairs, st.sets(st.sampled_from(NAMES)), st.integers(1, 3))
def test_whatever_is_given_in_order_makes_no_chain_and_keeps_the_cap(
    wanted: list[tuple[str, str]], there: set[str], cap: int
) -> None:
    rule, electors = representation({"per_holder": cap}), roll(*NAMES)
    kept: list[Proxy] = []
    for number, (principal, holder) in enumerate(wanted):
        proposed = proxy(principal, holder, id=str(number), given_at=at(-2))
        if not objections_to_proxy(rule, electors, kept, proposed, at(-1)):
            kept.append(proposed)
    assert not {p.principal for p in kept} & {p.holder for p in kept}
    assert len({p.principal for p in kept}) == len(kept)
    attendance = [stay(f"{name.lower()}1") for name in sorted(there)]
    voters = who_votes(rule, electors, MANDATES, kept, attendance, at(1))
    # Whoever votes is there, for itself or for a principal that is not; and for as many as the cap lets it.
    assert {v.elector for v in voters.values() if v.present == "yes"} == there
    assert {v.elector for v in voters.values() if v.present == "proxy"} == {
        p.principal for p in kept if p.holder in there and p.principal not in there
    }
    assert (
        max(Counter(voter.person for voter in voters.values() if voter.person).values(), default=0) <= 1 + cap
    )
