"""Who is in the room now: presence, and each measure of the quorum drawn, with which of the missing would give it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.here import Here, here
from consultations.models.assemblies import Assembly
from consultations.queries.figures import scale_of
from consultations.queries.sessions import CALLED, AssemblyLine, line_of, meets
from workflows.calls import CallRule, next_call_at, schedule
from workflows.exact import exact_text
from workflows.faults import InputRefusedError
from workflows.lines import Line
from workflows.quorum import QuorumNow, quorum_now
from workflows.quorum_missing import Missing, MissingGroup, would_give_it
from workflows.roles import Role
from workflows.rolls import Roll
from workflows.sentence_words import LANGUAGES
from workflows.sentences import condition_sentence


@dataclass(frozen=True)
class Named:
    """An organisation of the roll."""

    elector: str
    name: str
    country: str


@dataclass(frozen=True)
class GroupNow:
    """A group of the roll: whether it counts as reached, and its weight on the figure's scale."""

    name: str
    passes: bool
    silent: bool
    weight: int


@dataclass(frozen=True)
class Winning:
    """A group that could be reached, by whom; `any_of`: any so many of these would do."""

    name: str
    who: tuple[Named, ...]
    any_of: tuple[Named, ...]


@dataclass(frozen=True)
class Measure:
    """One condition of a quorum. Texts are exact; `base`, `have_drawn`, `needed_drawn` are on one scale, to be drawn.

    `who`: a smallest set of those missing that would give it (None: nobody's coming would); `any_of`: any as many of these.
    """

    sentences: dict[str, str]
    unit: str
    have: str
    needed: str
    missing: str
    passes: bool
    base: int
    have_drawn: int
    needed_drawn: int
    by: str
    groups: tuple[GroupNow, ...]
    who: tuple[Named, ...] | None
    any_of: tuple[Named, ...]
    winning: tuple[Winning, ...]


@dataclass(frozen=True)
class CallNow:
    """A call of the ladder: whether it was made, when it is due at the earliest, and how its quorum stands now.

    `enough`: some who together would give the whole quorum; `smallest`: no fewer would. `readable` False: the roll lacks
    an attribute that the rule asks for.
    """

    number: int
    made: bool
    current: bool
    due_at: datetime | None
    asked: bool
    met: bool
    measures: tuple[Measure, ...]
    enough: tuple[Named, ...] | None
    smallest: bool
    readable: bool = True


@dataclass(frozen=True)
class RoomPage:
    """The quorum of an assembly, call by call. `away`: who is neither there nor represented."""

    line: AssemblyLine
    meets: bool
    there: int
    represented: int
    roll_size: int
    calls: tuple[CallNow, ...]
    away: tuple[Named, ...]


def page(assembly_id: int, *, by: Actor, at: datetime) -> RoomPage | None:
    """The quorum now, for an officer of the body (an auditor sees every body's); None for anybody else."""
    row = db.session.get(Assembly, assembly_id)
    if row is None or (row.body_id != by.network_id and by.role is not Role.AUDITOR):
        return None
    return of(row, here(row, at) if meets(row) else None)


def of(row: Assembly, there: Here | None) -> RoomPage:
    """The same, of an assembly that the caller may show; `there`: who is there, where it meets."""
    if there is None or not there.electors:
        return RoomPage(line_of(row), False, 0, 0, 0, (), ())
    told, names = list(there.words.values()), named(there)
    return RoomPage(
        line=line_of(row), meets=True, there=told.count("yes"), represented=told.count("proxy"), roll_size=len(told),
        calls=_calls(row, there.roll, there.words, names),
        away=by_country(names[elector] for elector, word in there.words.items() if word == "no"),
    )  # fmt: skip


def named(there: Here) -> dict[str, Named]:
    """Elector -> its name and country."""
    return {e.elector: Named(e.elector, e.name, e.attributes.get("country", "")) for e in there.electors}


def by_country(found: Iterable[Named]) -> tuple[Named, ...]:
    """By country, then name."""
    return tuple(sorted(found, key=lambda one: (one.country, one.name, one.elector)))


def drawn(line: Line, step: Fraction) -> dict[str, int]:
    """The three figures of a line on one scale of integers, fit for the figures' macros."""
    base = max(line.base, line.needed, line.have, Fraction(1))
    return {
        "base": int(base * step),
        "have_drawn": int(line.have * step),
        "needed_drawn": int(line.needed * step),
    }


def _scale(line: Line, *more: Fraction) -> Fraction:
    whole = max(line.base, line.needed, line.have, Fraction(1))
    return scale_of(whole, (line.base, line.needed, line.have, *more))


def _calls(
    row: Assembly, roll: Roll, words: Mapping[str, str], names: Mapping[str, Named]
) -> tuple[CallNow, ...]:
    rule = facts.calls_of(row)
    due = _due(row, rule)
    return tuple(
        _call(row, rule, call.number, due.get(call.number), roll, words, names) for call in rule.calls
    )


def _due(row: Assembly, rule: CallRule) -> dict[int, datetime]:
    """When the calls that are still to be made may be made: certain for the next, at the earliest for those after."""
    if row.state not in ("convened", *CALLED):
        return {}
    made = () if row.call_at is None else (row.call_at,) * row.call
    first = next_call_at(rule, made, row.starts_at, row.zone)
    if first is None:
        return {}
    planned = dict(enumerate(schedule(rule, row.starts_at, row.zone), 1))
    return {n: max(first, at) if n > row.call + 1 else first for n, at in planned.items() if n > row.call}


def _call(
    row: Assembly, rule: CallRule, number: int, due_at: datetime | None, roll: Roll, words: Mapping[str, str],
    names: Mapping[str, Named],
) -> CallNow:  # fmt: skip
    made, current = number <= row.call, number == max(1, row.call)
    try:
        now, gives = quorum_now(rule, number, roll, words), would_give_it(rule, number, roll, words)
    except InputRefusedError:
        return CallNow(number, made, current, due_at, True, False, (), None, False, readable=False)
    missing = {one.line.id: one for one in gives.lines}
    enough = None if gives.enough is None else by_country(names[e] for e in gives.enough)
    return CallNow(
        number, made, current, due_at, now.asked, now.met,
        tuple(_measure(line, now, missing.get(line.id), names) for line in now.lines), enough, gives.smallest,
    )  # fmt: skip


def _measure(line: Line, now: QuorumNow, missing: Missing | None, names: Mapping[str, Named]) -> Measure:
    condition = line.condition
    grouping = next((g for g in now.groupings if g.condition_id == line.id), None)
    weights = [group.weight for group in grouping.groups] if grouping else []
    scale = _scale(line, *weights)
    groups = tuple(
        GroupNow(g.name, g.passes, not g.line.have, int(g.weight * scale)) for g in (grouping.groups if grouping else ())
    )  # fmt: skip
    who = (
        None
        if missing is None or missing.electors is None
        else by_country(names[e] for e in missing.electors)
    )
    return Measure(
        sentences={lang: condition_sentence(condition, lang) for lang in LANGUAGES}, unit=line.unit,
        have=exact_text(line.have), needed=exact_text(line.needed), missing=exact_text(line.missing), passes=line.passes,
        **drawn(line, scale), by=condition.groups.by if condition.groups else "", groups=groups,
        who=() if line.passes else who,
        any_of=by_country(names[e] for e in missing.candidates) if missing and missing.any_of_them else (),
        winning=tuple(_winning(one, names) for one in (missing.groups if missing else ())),
    )  # fmt: skip


def _winning(one: MissingGroup, names: Mapping[str, Named]) -> Winning:
    return Winning(
        one.name, by_country(names[e] for e in one.electors),
        by_country(names[e] for e in one.candidates) if one.any_of_them else (),
    )  # fmt: skip
