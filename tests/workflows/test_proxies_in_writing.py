"""A proxy in a written procedure, as pure rules: it stands beside the principal's mandate until the principal has voted."""

from tests.workflows.assemblies import at, mandate, proxy, representation, roll
from workflows.representation import holder_in_writing, objections_to_standing_in

ROLL, RULE = roll("A", "B", "C"), representation()
BOTH = (mandate("a1"), mandate("b1"), mandate("c1"))
AB = proxy("A", "B")


def who(*mandates: object, rule: object = RULE, proxies: tuple[object, ...] = (AB,)) -> tuple[object, ...]:
    voter = holder_in_writing(rule, ROLL, mandates or BOTH, proxies, at(1), "A")  # type: ignore[arg-type]
    return (voter.person, voter.capacity, voter.holder, tuple(reason.code for reason in voter.reasons))


def test_the_holders_delegate_votes_whether_the_principals_mandate_runs_or_not():
    assert who() == who(mandate("b1")) == ("b1", "holder", "B", ())


def test_without_a_proxy_or_where_the_statutes_know_none_nobody_does():
    none = (None, None, None, ())
    assert who(proxies=()) == none
    assert who(rule=representation({"allowed": False, "per_holder": None})) == none


def test_a_holder_without_a_mandate_passes_nothing_on():
    assert who(mandate("a1")) == (None, None, None, ("proxy_holder_absent",))


def test_the_principals_own_ballot_is_not_replaced():
    assert [one.code for one in objections_to_standing_in("A", voted_itself=True)] == [
        "principal_voted_itself"
    ]
    assert objections_to_standing_in("A", voted_itself=False) == ()
