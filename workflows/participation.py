"""Where each organisation of a round's register stands: one status from its facts (consultation-model.md, "Register and
participation"); and by which steps its size is counted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Standing(StrEnum):
    """From the first step to the last, then what ended it otherwise, then what stood in the way."""

    INVITED = "invited"
    DELIVERED = "delivered"
    SEEN = "seen"
    DRAFTING = "drafting"
    ANSWERED = "answered"
    NO_COMMENT = "no_comment"
    DECLINED = "declined"
    BOUNCED = "bounced"
    NOT_REACHED = "not_reached"


SPOKEN = frozenset({Standing.ANSWERED, Standing.NO_COMMENT})
"""It has answered: "no comment" is an answer."""

DONE = SPOKEN | {Standing.DECLINED}
"""Nothing more is expected of it: nobody reminds it."""

CHANNELS = ("phone", "visit", "radio", "messaging", "letter", "assembly", "other")
"""How organisations are reached beside the mail that the application sends."""

AGAIN_AFTER = timedelta(hours=48)
"""The Unit does not remind the same organisations twice within this time."""

STEPS = (50, 200, 500, 2000)
"""Where one class of sizes ends and the next begins, in members of the organisation."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One line of the outreach log as it concerns an organisation; `level` how closely: organisation, network, or all."""

    level: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one organisation in one round.

    `answered`: a comment that was sent and not withdrawn, or its sheet of answers. `drafting`: something written and
    kept, not sent. `addressed`: somebody acts for it to whom mail can go. `attempts`: the outreach log.
    """

    answered: bool = False
    no_comment: bool = False
    declined: bool = False
    drafting: bool = False
    seen: bool = False
    delivered: bool = False
    bounced: bool = False
    addressed: bool = True
    attempts: tuple[Attempt, ...] = ()


def standing(facts: Facts) -> Standing:
    """The furthest that the organisation has come.

    What it did itself counts before what was done to reach it: an answer before "declined", a draft before having
    seen the page. A letter that arrived stays so although a later one came back or a call was not taken. Where no
    letter arrived, being reached by a call or a visit counts the same; else a call that was not taken says more than a
    letter that came back, and without an address nobody was reached.
    """
    own = (
        (facts.answered, Standing.ANSWERED),
        (facts.no_comment, Standing.NO_COMMENT),
        (facts.declined, Standing.DECLINED),
        (facts.drafting, Standing.DRAFTING),
        (facts.seen, Standing.SEEN),
        (facts.delivered, Standing.DELIVERED),
    )
    for holds, status in own:
        if holds:
            return status
    met = contact(facts.attempts)
    if met is not None:
        return Standing.DELIVERED if met else Standing.NOT_REACHED
    if facts.bounced:
        return Standing.BOUNCED
    return Standing.INVITED if facts.addressed else Standing.NOT_REACHED


def contact(attempts: Iterable[Attempt]) -> bool | None:
    """Whether it was reached: what was tried with it alone outweighs its network's, and that what was for all; among
    the same once reached is reached. None: nothing was tried."""
    tried = list(attempts)
    for level in ("organisation", "network", "all"):
        same = [attempt.reached for attempt in tried if attempt.level == level]
        if same:
            return any(same)
    return None


def may_remind_again(last: datetime | None, at: datetime, wait: timedelta = AGAIN_AFTER) -> bool:
    """Whether the last reminder to an organisation is long enough ago."""
    return last is None or at - last >= wait


def size_class(members: int | None) -> str:
    """The class of an organisation with so many members: "1-49", "50-199" …, "2000-"; "" when nobody said."""
    if members is None:
        return ""
    below = [step for step in STEPS if step <= members]
    first = below[-1] if below else 1
    after = next((step for step in STEPS if step > members), None)
    return f"{first}-{after - 1}" if after else f"{first}-"
