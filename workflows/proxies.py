"""Proxies: what speaks against giving one, and against taking it back (decision-rules.md, "Proxies and presence").

A proxy is one hop: from an organisation on the roll to another on the same roll. Whoever gave one holds none, and whoever
holds one gives none, so there is no chain to follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from workflows.deadlines import reached
from workflows.durations import wait_before
from workflows.refusals import Refusal, refusal
from workflows.representation_rules import OPENING, ProxyRule, RepresentationRule
from workflows.rolls import Roll

COUNTRY = "country"  # the attribute of the roll that `same_country` compares


@dataclass(frozen=True, slots=True)
class Proxy:
    """The power that `principal` gives to `holder` (electors of the roll), for one item or for the whole assembly."""

    id: str
    principal: str
    holder: str
    given_at: datetime
    item: str | None = None  # None: the whole assembly
    withdrawn_at: datetime | None = None
    instrument_sha256: str | None = None  # of the signed instrument that is stored

    def stands(self, at: datetime) -> bool:
        """Whether it is given and not taken back at `at`."""
        return reached(self.given_at, at) and (
            self.withdrawn_at is None or not reached(self.withdrawn_at, at)
        )

    def meets(self, other: "Proxy") -> bool:
        """Whether both could apply to one item."""
        return self.item is None or other.item is None or self.item == other.item

    def applies_to(self, item: str | None) -> bool:
        """Whether it covers the item; None asks for the assembly as a whole, to which no proxy for one item applies."""
        return self.item is None or self.item == item


@dataclass(frozen=True, slots=True)
class Times:
    """The instants that deadlines are held against. `opened_at` and `closed_at` are None until it has happened."""

    starts_at: datetime | None = None
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    zone: str = "UTC"


def objections_to_proxy(
    rule: RepresentationRule,
    roll: Roll,
    proxies: Iterable[Proxy],
    proposed: Proxy,
    at: datetime,
    times: Times = Times(),
) -> tuple[Refusal, ...]:
    """Everything that speaks against giving `proposed` at `at`; empty when it may be given.

    `proxies` are those given before, taken back or not; one with the id of `proposed` is not held against it. The caps
    are asked here and not again when votes are cast: what was given in order stays in order.
    """
    terms = rule.proxies
    if not terms.allowed:
        return (refusal("proxies_not_allowed"),)
    others = [proxy for proxy in proxies if proxy.id != proposed.id and proxy.stands(at)]
    met = [proxy for proxy in others if proxy.meets(proposed)]
    return (
        *_of_form(terms, roll, proposed),
        *_of_time(terms, at, times),
        *_of_chains(met, proposed),
        *_of_caps(terms, roll, others, proposed),
    )


def objections_to_taking_back(
    rule: RepresentationRule,
    proxy: Proxy,
    by: str,
    at: datetime,
    times: Times = Times(),
) -> tuple[Refusal, ...]:
    """Everything that speaks against the elector `by` taking the proxy back at `at`.

    A ballot that the holder cast before stands (as in the Companies Act 2006, s. 330) until the principal casts another.
    """
    last = times.closed_at if rule.proxies.take_back_until == "closing" else times.opened_at
    found = (
        None if by == proxy.principal else refusal("proxy_of_another", principal=proxy.principal),
        None if proxy.stands(at) else refusal("proxy_not_standing"),
        refusal("proxy_take_back_over", until_at=last.isoformat()) if last and reached(last, at) else None,
    )
    return tuple(reason for reason in found if reason is not None)


def _of_form(terms: ProxyRule, roll: Roll, proposed: Proxy) -> Iterable[Refusal]:
    on_roll = set(roll.electors)
    if proposed.principal not in on_roll:
        yield refusal("proxy_principal_not_on_roll", principal=proposed.principal)
    if proposed.holder not in on_roll:
        yield refusal("proxy_holder_not_on_roll", holder=proposed.holder)
    if proposed.principal == proposed.holder:
        yield refusal("proxy_to_oneself")
    if ("item" if proposed.item else "assembly") not in terms.scope:
        yield refusal("proxy_scope_item" if proposed.item else "proxy_scope_assembly")
    if terms.instrument and not proposed.instrument_sha256:
        yield refusal("proxy_instrument_missing")
    if (
        terms.same_country
        and on_roll >= {proposed.principal, proposed.holder}
        and not _one_country(roll, proposed)
    ):
        yield refusal("proxy_other_country", principal=proposed.principal, holder=proposed.holder)


def _of_time(terms: ProxyRule, at: datetime, times: Times) -> Iterable[Refusal]:
    if times.closed_at is not None and reached(times.closed_at, at):
        yield refusal("proxy_after_closing")
    elif terms.deadline == OPENING:
        if times.opened_at is not None and reached(times.opened_at, at):
            yield refusal("proxy_too_late", deadline_at=times.opened_at.isoformat())
    elif times.starts_at is None:
        yield refusal("deadline_not_set")
    else:
        # "At least 24 hours before" is kept by what is given 24 hours before to the instant.
        last = wait_before(times.starts_at, terms.deadline, times.zone)
        if at > last:
            yield refusal("proxy_too_late", deadline_at=last.isoformat())


def _of_chains(met: Sequence[Proxy], proposed: Proxy) -> Iterable[Refusal]:
    """No second holder, and no chain from either end."""
    for proxy in met:
        if proxy.principal == proposed.principal:
            yield refusal("proxy_given_before", principal=proposed.principal, holder=proxy.holder)
        if proxy.principal == proposed.holder:
            yield refusal("proxy_holder_gave_one", holder=proposed.holder, other=proxy.holder)
        if proxy.holder == proposed.principal:
            yield refusal("proxy_principal_holds_one", principal=proposed.principal, other=proxy.principal)


def _of_caps(terms: ProxyRule, roll: Roll, others: Sequence[Proxy], proposed: Proxy) -> Iterable[Refusal]:
    held = [proxy for proxy in others if proxy.holder == proposed.holder]
    most = max(len(load) for load in _loads(held, proposed))
    if terms.per_holder is not None and most > terms.per_holder:
        yield refusal("proxies_too_many", holder=proposed.holder, allowed=terms.per_holder)
    if terms.share is None or not {proposed.principal, proposed.holder} <= set(roll.electors):
        return
    weights = dict(zip(roll.electors, roll.units, strict=True))
    own = weights[proposed.holder] if terms.own_weight else 0
    heaviest = own + max(sum(weights.get(name, 0) for name in load) for load in _loads(held, proposed))
    if heaviest > terms.share * sum(roll.units):
        have = Fraction(heaviest, roll.denominator)
        allowed = terms.share * Fraction(sum(roll.units), roll.denominator)
        yield refusal("proxies_too_heavy", holder=proposed.holder, weight=str(have), allowed=str(allowed))


def _loads(held: Sequence[Proxy], proposed: Proxy) -> list[set[str]]:
    """Whom the holder would stand for, at each of the items that the proposed proxy covers."""
    items = {proxy.item for proxy in held if proxy.meets(proposed)} | {proposed.item}
    return [
        {proposed.principal, *(proxy.principal for proxy in held if proxy.applies_to(item))}
        for item in sorted(items, key=lambda item: item or "")
    ]


def _one_country(roll: Roll, proposed: Proxy) -> bool:
    countries = roll.attributes.get(COUNTRY)
    if countries is None:
        return False
    principal, holder = (
        countries[roll.electors.index(name)] for name in (proposed.principal, proposed.holder)
    )
    return bool(principal) and principal == holder
