"""What has changed in the register since the roll of a vote was frozen, and the roll as it would be amended."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from consultations.facts import rolls
from consultations.facts.rolls import Elector
from consultations.models.votes import Vote


@dataclass(frozen=True)
class Change:
    """One organisation whose place on the roll is another in the register: `before` None: it came, `now` None: it went."""

    before: Elector | None
    now: Elector | None

    @property
    def elector(self) -> Elector:
        """The organisation as it is known last."""
        found = self.now or self.before
        assert found is not None
        return found

    @property
    def kind(self) -> str:
        """added, removed or changed."""
        if self.before is None:
            return "added"
        return "changed" if self.now else "removed"


def changes(vote: Vote, at: datetime) -> tuple[Change, ...]:
    """Where the register of the day of `at` differs from the frozen roll, by code; a new name alone is no difference."""
    day = at.astimezone(ZoneInfo(vote.zone)).date()
    return between(rolls.frozen(vote.id), rolls.members(vote.body_id, vote.weight_field, day))


def amended(vote: Vote, chosen: Collection[Change]) -> tuple[Elector, ...]:
    """The frozen roll with these changes, sorted by code."""
    return applied(rolls.frozen(vote.id), chosen)


def between(frozen: Iterable[Elector], today: Iterable[Elector]) -> tuple[Change, ...]:
    """Where two rolls differ, by code; a new name alone is no difference."""
    was, now = ({elector.elector: elector for elector in of} for of in (frozen, today))
    found = (Change(was.get(code), now.get(code)) for code in sorted({*was, *now}))
    return tuple(change for change in found if _differs(change))


def applied(frozen: Iterable[Elector], chosen: Collection[Change]) -> tuple[Elector, ...]:
    """A roll with these changes, sorted by code."""
    kept = {elector.elector: elector for elector in frozen}
    for change in chosen:
        kept.pop(change.elector.elector, None)
        if change.now:
            kept[change.elector.elector] = change.now
    return tuple(kept[code] for code in sorted(kept))


def _differs(change: Change) -> bool:
    before, now = change.before, change.now
    if before is None or now is None:
        return True
    return replace(before, name=now.name, present=now.present) != now
