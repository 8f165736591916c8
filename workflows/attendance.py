"""Who is there and when: intervals of attendance, so that quorum can be asked at any instant (decision-rules.md).

An interval is [came_at, left_at): at the instant of leaving one is no longer there. Its mode is how one takes part.
`proxy` is the record of a representation on an attendance list: it counts only while its holder is there, in person or
online. Where proxies are kept one by one, ask `workflows.representation` instead, which knows their terms.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from workflows.deadlines import reached
from workflows.refusals import Refusal, Refused, refusal

Mode = Literal["in_person", "online", "proxy"]
MODES: tuple[Mode, ...] = ("in_person", "online", "proxy")
OWN_MODES: tuple[Mode, ...] = ("in_person", "online")


@dataclass(frozen=True, slots=True)
class Interval:
    """One stay. `person` is who attends for the elector; `holder` the elector that represents it (mode proxy only)."""

    elector: str
    came_at: datetime
    left_at: datetime | None = None  # None: still there
    mode: Mode = "in_person"
    person: str | None = None
    holder: str | None = None

    def covers(self, at: datetime) -> bool:
        """Whether it is running at `at`."""
        return reached(self.came_at, at) and (self.left_at is None or not reached(self.left_at, at))

    @property
    def own(self) -> bool:
        """Whether the elector attends itself, and not by proxy."""
        return self.mode in OWN_MODES


def running(attendance: Iterable[Interval], at: datetime) -> tuple[Interval, ...]:
    """The intervals that cover `at`, in the order given."""
    return tuple(interval for interval in attendance if interval.covers(at))


def presence_at(attendance: Iterable[Interval], at: datetime) -> dict[str, str]:
    """Elector -> "yes" (there itself) or "proxy" (its holder is there) at `at`; the others are not named.

    The words are those of the roll's column `present`. Attending oneself outdoes being represented.
    """
    there = running(attendance, at)
    own = {interval.elector: "yes" for interval in there if interval.own}
    held = {interval.elector: "proxy" for interval in there if not interval.own and interval.holder in own}
    return held | own


def in_the_room(attendance: Iterable[Interval]) -> tuple[Interval, ...]:
    """The list without those online, for a body whose statutes do not count them."""
    return tuple(interval for interval in attendance if interval.mode != "online")


def effective_at(attendance: Iterable[Interval], at: datetime) -> datetime:
    """The instant at which something that is recorded now takes effect: `at`, but never before what is recorded.

    So a clock that jumps backwards cannot end a stay before it began, nor undo a count: until the clock has caught up,
    all that happens falls on the latest recorded instant, in the order in which it is recorded.
    """
    known = [instant for i in attendance for instant in (i.came_at, i.left_at) if instant is not None]
    return max([at, *known])


def objections_to_arrival(attendance: Sequence[Interval], arriving: Interval) -> tuple[Refusal, ...]:
    """Everything that speaks against adding this interval to the list; empty when it may be added.

    Two people of one elector may be there at once (delegate and alternate); one person is nowhere twice, and stands for
    one elector; an elector that is represented has one holder.
    """
    return tuple(dict.fromkeys(_against(attendance, arriving)))


def arrived(attendance: Sequence[Interval], arriving: Interval) -> tuple[Interval, ...]:
    """The list with one more interval, which begins at `effective_at`. Raises Refused with every reason."""
    begun = replace(arriving, came_at=effective_at(attendance, arriving.came_at))
    if reasons := objections_to_arrival(attendance, begun):
        raise Refused(*reasons)
    return (*attendance, begun)


def left(
    attendance: Sequence[Interval], elector: str, at: datetime, person: str | None = None
) -> tuple[Interval, ...]:
    """The list after the elector's open stay has ended (that of `person`, if given; else all its open stays).

    Raises Refused (not_present) where there is none.
    """
    end = effective_at(attendance, at)
    ends = [_leaves(interval, elector, person) for interval in attendance]
    if not any(ends):
        raise Refused(refusal("not_present"))
    return tuple(
        replace(interval, left_at=end) if gone else interval
        for interval, gone in zip(attendance, ends, strict=True)
    )


def _leaves(interval: Interval, elector: str, person: str | None) -> bool:
    named = person is None or interval.person == person
    return interval.elector == elector and interval.left_at is None and named


def _against(attendance: Sequence[Interval], arriving: Interval) -> Iterable[Refusal]:
    if arriving.left_at is not None and arriving.left_at < arriving.came_at:
        yield refusal("stay_ends_before_it_begins", elector=arriving.elector)
    if arriving.own == (arriving.holder is not None) or arriving.holder == arriving.elector:
        yield refusal("stay_of_unclear_holder", elector=arriving.elector)
    for other in attendance:
        if _overlap(other, arriving):
            yield from _collisions(other, arriving)


def _collisions(other: Interval, arriving: Interval) -> Iterable[Refusal]:
    if other.elector == arriving.elector and other.own == arriving.own and _maybe_one(other, arriving):
        yield refusal("stay_overlaps", elector=arriving.elector, since_at=other.came_at.isoformat())
    same_person = (
        arriving.own and other.own and arriving.person is not None and other.person == arriving.person
    )
    if same_person and other.elector != arriving.elector:
        yield refusal("person_attends_for_another", elector=arriving.elector, other=other.elector)


def _maybe_one(one: Interval, other: Interval) -> bool:
    """Whether two stays of one elector, of one sort, may be one and the same: known to be two are only two people of it.

    Whoever represents it, it has one holder; who attends without a name may be anybody.
    """
    return not one.own or one.person is None or other.person is None or one.person == other.person


def _overlap(one: Interval, other: Interval) -> bool:
    """Half-open intervals overlap when each begins before the other ends; an empty one overlaps nothing."""
    first, second = sorted((one, other), key=lambda interval: interval.came_at)
    empty = any(i.left_at is not None and i.left_at <= i.came_at for i in (one, other))
    return not empty and (first.left_at is None or second.came_at < first.left_at)
