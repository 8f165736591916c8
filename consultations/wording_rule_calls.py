"""A rule of calls and notice in sentences, in the reader's language."""

from collections.abc import Iterator
from datetime import date

from flask_babel import format_date, gettext

from consultations import wording
from consultations.wording_spans import span
from workflows.call_reading import CONVENERS
from workflows.calls import Annual, CallRule, MonthDay
from workflows.conditions import Branch, Condition
from workflows.exact import exact_text
from workflows.rules import Call
from workflows.sentences import condition_sentence

_LEAP_YEAR = 2000


def sentences(rule: CallRule) -> list[str]:
    """What the rule says, a sentence each: who convenes, notice, calls, and the rest."""
    return [*_convening(rule), *(_call(call) for call in rule.calls), *_meeting(rule), *_annual(rule.annual)]


def _convening(rule: CallRule) -> Iterator[str]:
    who = ", ".join(str(wording.ROLES[role]) for role in CONVENERS if role in rule.convened_by)
    yield gettext("Convened by: %(who)s.", who=who)
    if rule.on_request is not None:
        yield gettext(
            "Members who are %(part)s of all may ask for an assembly.", part=exact_text(rule.on_request)
        )
    ordinary, extraordinary = rule.notice_days
    yield gettext(
        "Days of notice: %(ordinary)s for an ordinary assembly, %(extraordinary)s for an extraordinary one.",
        ordinary=ordinary,
        extraordinary=extraordinary,
    )
    if rule.clear_days:
        yield gettext("Neither the day of the call nor that of the assembly counts.")
    else:
        yield gettext("The day of the call does not count, that of the assembly does.")


def _call(call: Call) -> str:
    after = "" if call.after is None else gettext("%(span)s after the call before it.", span=span(call.after))
    asked = _asked(call.require)
    return " ".join(part for part in (gettext("Call %(number)s.", number=call.number), after, asked) if part)


def _asked(branch: Branch) -> str:
    """What a call asks. Alternatives among other conditions come last, so that it is clear what they end with."""
    if not branch.parts:
        return gettext("It goes on with whoever is there.")
    plain = [one for one in branch.parts if isinstance(one, Condition)]
    said = [condition_sentence(one, wording.language()) for one in plain]
    said += [_asked(one) for one in branch.parts if isinstance(one, Branch)]
    if branch.kind == "any" and len(said) > 1:
        return " ".join([gettext("One of these is enough:"), *said])
    return " ".join(said)


def _meeting(rule: CallRule) -> Iterator[str]:
    again = gettext("The quorum is asked again for every item.")
    yield again if rule.quorum_again else gettext("The quorum is asked when the assembly begins.")
    yield (
        gettext("It may be held on line; whoever is there on line counts as present.")
        if rule.online
        else gettext("It is not held on line.")
    )
    yield (
        gettext("It may decide in writing, without a meeting.")
        if rule.written
        else gettext("It does not decide in writing.")
    )
    if rule.max_postponement is not None:
        yield gettext("It may be put off by at most %(span)s.", span=span(rule.max_postponement))


def _annual(annual: Annual | None) -> Iterator[str]:
    if annual is None:
        return
    every = span(annual.every)
    if annual.window is None:
        yield gettext("An ordinary assembly is owed every %(span)s.", span=every)
        return
    first, last = (_day(one) for one in annual.window)
    yield gettext(
        "An ordinary assembly is owed every %(span)s, from %(first)s to %(last)s.",
        span=every,
        first=first,
        last=last,
    )


def _day(of: MonthDay) -> str:
    """A day of the year, as the reader's language says it."""
    pattern = {"en": "d MMMM", "fr": "d MMMM"}.get(wording.language(), "d 'de' MMMM")
    return format_date(date(_LEAP_YEAR, *of), pattern)
