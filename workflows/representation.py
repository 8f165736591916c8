"""Who may vote for each elector now: its delegate, the first alternate who is there, or the holder of its proxy.

The answer is for one instant and one item. One elector has one voter, so that nobody votes twice for it, from whatever
device or channel; the ballot of whoever could vote when it was cast stands (decision-rules.md, "Proxies and presence").
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from workflows.attendance import Interval, Mode, running
from workflows.deadlines import reached
from workflows.proxies import Proxy
from workflows.refusals import Refusal, refusal
from workflows.representation_rules import RepresentationRule
from workflows.rolls import Roll

Capacity = Literal["self", "delegate", "alternate", "holder"]
DELEGATE = 1  # the rank of a delegate; alternates follow in their order


@dataclass(frozen=True, slots=True)
class Mandate:
    """That a person acts for an elector in [since, until): rank 1 is the delegate, 2 and up the alternates in order."""

    person: str
    elector: str
    rank: int
    since: datetime
    until: datetime | None = None  # None: without end

    def runs(self, at: datetime) -> bool:
        """Whether it is in force at `at`."""
        return reached(self.since, at) and (self.until is None or not reached(self.until, at))


@dataclass(frozen=True, slots=True)
class Voter:
    """Who may vote for `elector` now. Without a person nobody may, and `reasons` says why."""

    elector: str
    person: str | None = None
    capacity: Capacity | None = None
    mode: Mode | None = None  # how that person attends; None in a written procedure
    holder: str | None = None  # the elector that holds the proxy, when it is used
    proxy: str | None = None  # the id of the proxy that is used
    reasons: tuple[Refusal, ...] = ()

    @property
    def present(self) -> str:
        """The word of the roll's column `present`."""
        if self.person is None:
            return "no"
        return "proxy" if self.capacity == "holder" else "yes"


def who_votes(
    rule: RepresentationRule,
    roll: Roll,
    mandates: Iterable[Mandate],
    proxies: Sequence[Proxy],
    attendance: Sequence[Interval] | None,
    at: datetime,
    *,
    item: str | None = None,
) -> dict[str, Voter]:
    """Say for every elector of the roll, in its order, who may vote for it at `at` on `item`.

    `item` None asks for the assembly as a whole (its quorum). `attendance` None is a written procedure: nobody needs to
    be there, and every mandate in force counts as presence.
    """
    own = _own_voters(rule, roll, mandates, attendance, at)
    if not rule.proxies.allowed:
        return own
    chosen = _chosen(rule, proxies, attendance or (), at, item)
    return {
        elector: voter if voter.person is not None else _represented(voter, chosen.get(elector), own)
        for elector, voter in own.items()
    }


def holder_in_writing(
    rule: RepresentationRule,
    roll: Roll,
    mandates: Iterable[Mandate],
    proxies: Sequence[Proxy],
    at: datetime,
    elector: str,
    *,
    item: str | None = None,
) -> Voter:
    """Who may vote for `elector` by its proxy in a written procedure, where nobody's arrival tells who votes.

    The proxy stands beside the principal's own mandate: casting its ballot itself is how a principal comes (who asks for
    the holder looks whether it has, `objections_to_standing_in`). Without a person there is no proxy that could be used.
    """
    chosen = _chosen(rule, proxies, (), at, item).get(elector) if rule.proxies.allowed else None
    return _represented(Voter(elector), chosen, _own_voters(rule, roll, mandates, None, at))


def objections_to_standing_in(elector: str, *, voted_itself: bool) -> tuple[Refusal, ...]:
    """What speaks against a holder's ballot in a written procedure: the principal has cast one itself."""
    return (refusal("principal_voted_itself", elector=elector),) if voted_itself else ()


def presences(voters: Mapping[str, Voter]) -> dict[str, str]:
    """Elector -> yes, proxy or no: what the quorum counts and the roll of a vote says in `present`."""
    return {elector: voter.present for elector, voter in voters.items()}


def objections_to_casting(
    voters: Mapping[str, Voter], elector: str, person: str, *, channel: str, used_channel: str | None = None
) -> tuple[Refusal, ...]:
    """Everything that speaks against `person` voting for `elector` by `channel` now; empty when they may.

    `used_channel` is where the elector's ballot already is (None: it has none): it is changed there and nowhere else.
    """
    voter = voters.get(elector)
    if voter is None:
        return (refusal("organisation_not_on_roll"),)
    against = list(voter.reasons)
    if voter.person is not None and voter.person != person:
        against.append(refusal("voter_is_another", elector=elector))
    if used_channel is not None and used_channel != channel:
        against.append(refusal("voted_in_other_channel", names=elector))
    return tuple(against)


def _own_voters(
    rule: RepresentationRule,
    roll: Roll,
    mandates: Iterable[Mandate],
    attendance: Sequence[Interval] | None,
    at: datetime,
) -> dict[str, Voter]:
    given: dict[str, list[Mandate]] = {}
    for mandate in mandates:
        if mandate.runs(at) and mandate.rank <= DELEGATE + rule.alternates:
            given.setdefault(mandate.elector, []).append(mandate)
    there: dict[str, list[Interval]] = {}
    for interval in running(attendance or (), at):
        if interval.own:
            there.setdefault(interval.elector, []).append(interval)
    find = _by_mandate if rule.delegate else _by_oneself
    return {
        elector: find(elector, given.get(elector, []), None if attendance is None else there.get(elector, []))
        for elector in roll.electors
    }


def _by_mandate(elector: str, mandates: list[Mandate], there: list[Interval] | None) -> Voter:
    """The first of those who hold a mandate and are there; with `there` None, the first who holds one."""
    modes = None if there is None else {stay.person: stay.mode for stay in there}
    for mandate in sorted(mandates, key=lambda mandate: (mandate.rank, mandate.since, mandate.person)):
        if modes is None or mandate.person in modes:
            capacity: Capacity = "delegate" if mandate.rank == DELEGATE else "alternate"
            return Voter(elector, mandate.person, capacity, modes[mandate.person] if modes else None)
    code = "voter_without_mandate" if there or there is None else "voter_absent"
    return Voter(elector, reasons=(refusal(code, elector=elector),))


def _by_oneself(elector: str, _mandates: list[Mandate], there: list[Interval] | None) -> Voter:
    """The elector is a person, who needs no mandate."""
    if there is None:
        return Voter(elector, elector, "self")
    stay = next((stay for stay in there if stay.person in (None, elector)), None)
    if stay is None:
        return Voter(elector, reasons=(refusal("voter_absent", elector=elector),))
    return Voter(elector, elector, "self", stay.mode)


def _chosen(
    rule: RepresentationRule,
    proxies: Iterable[Proxy],
    attendance: Sequence[Interval],
    at: datetime,
    item: str | None,
) -> dict[str, Proxy]:
    """Principal -> the proxy that applies: one for the item before one for the assembly, then the newest."""
    applying = [
        proxy
        for proxy in proxies
        if proxy.stands(at) and proxy.applies_to(item) and not _ended_by_coming(rule, proxy, attendance, at)
    ]
    applying.sort(key=lambda proxy: (proxy.item is not None, proxy.given_at, proxy.id))
    return {proxy.principal: proxy for proxy in applying}


def _ended_by_coming(
    rule: RepresentationRule, proxy: Proxy, attendance: Iterable[Interval], at: datetime
) -> bool:
    """Where the rule says so, the principal's first arrival after the proxy was given has ended it."""
    return rule.proxies.presence == "withdraws" and any(
        stay.elector == proxy.principal and stay.own and proxy.given_at < stay.came_at <= at
        for stay in attendance
    )


def _represented(absent: Voter, proxy: Proxy | None, own: Mapping[str, Voter]) -> Voter:
    """The holder's own voter, if there is one now: a holder that is absent, or represented itself, passes nothing on."""
    if proxy is None:
        return absent
    holder = own.get(proxy.holder)
    if holder is None or holder.person is None:
        reason = refusal("proxy_holder_absent", elector=absent.elector, holder=proxy.holder)
        return Voter(absent.elector, reasons=(*absent.reasons, reason))
    return Voter(absent.elector, holder.person, "holder", holder.mode, proxy.holder, proxy.id)
