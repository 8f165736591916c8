"""The acts on an assembly and on its items: which verb, which form, and the sentence that says what will happen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from consultations.engine import agenda, assemblies, attendance
from consultations.forms.assembly import ActForm, ReasonForm
from consultations.forms.kept import KeptForm
from consultations.forms.session import LeftOverForm, UntilForm
from consultations.queries.sessions import SessionPage, left_over


@dataclass(frozen=True)
class SessionAct:
    """One act. `move` is what the table calls it; `given` makes the verb's arguments of the form, `filled` what stands in it."""

    move: str
    verb: Callable[..., Any]
    label: Any
    sentence: Any
    done: Any
    consequences: tuple[Any, ...] = ()
    form: type[KeptForm] = ActForm
    given: Callable[[Any, SessionPage], dict[str, Any]] = field(default=lambda form, page: {})
    warn: bool = False
    filled: Callable[[SessionPage], dict[str, Any]] = field(default=lambda page: {})


def _not_installed(page: SessionPage) -> dict[str, Any]:
    return _left(page, _("The assembly could not be installed: it had no quorum."))


def _ended(page: SessionPage) -> dict[str, Any]:
    return _left(page, _("The assembly ended before this was dealt with."))


def _left(page: SessionPage, said: Any) -> dict[str, Any]:
    """The usual reason in the language of the assembly, where something is left."""
    if not left_over(page):
        return {}
    with force_locale(page.language):
        return {"reason": str(said)}


def _call(number: int) -> Callable[[Any, SessionPage], dict[str, Any]]:
    return lambda form, page: {"call": number}


def _reason(form: Any, page: SessionPage) -> dict[str, Any]:
    return {"reason": form.reason.data or ""}


def _until(form: Any, page: SessionPage) -> dict[str, Any]:
    return {"reason": form.reason.data, "until": _instant(form, page)}


def _start(form: Any, page: SessionPage) -> dict[str, Any]:
    return {"reason": form.reason.data, "starts_at": _instant(form, page)}


def _instant(form: Any, page: SessionPage) -> datetime:
    return datetime.combine(form.day.data, form.hour.data, ZoneInfo(page.line.zone))


_LEFT = _(
    "What is left of the agenda is put off; votes that were not opened are called off, and members are told why."
)

ACTS: dict[str, SessionAct] = {
    "convene": SessionAct(
        "convene", assemblies.convene, _("Convene the assembly"),
        _("You are about to call the members to this assembly and freeze its roll."), _("Convened: everyone on the roll is told."),
        (
            _("Agenda, motions, rules and roll can no longer be changed."),
            _("Every delegate and alternate of the roll gets a mail."),
        ),
    ),
    "postpone": SessionAct(
        "postpone", assemblies.postpone, _("Put it off"), _("The assembly begins later; everybody on the roll is told."), _("Put off."),
        (_("A written procedure ends later by as much, so that it is open as long as it was to be."),),
        form=UntilForm, given=_start,
    ),
    "open-written": SessionAct(
        "open_written", assemblies.open_written, _("Open the written procedure"),
        _("Its hour has come and it has not opened by itself. Its votes open now and close when they were to close."),
        _("Open: members can vote until it closes."),
    ),
    "call_off": SessionAct(
        "call_off", assemblies.call_off, _("Call the assembly off"), _("This assembly will not take place, and none of its votes."),
        _("Called off."), form=ReasonForm, given=_reason, warn=True,
    ),
    "open-doors": SessionAct(
        "open_attendance", attendance.open_doors, _("Open the doors"), _("From now on who comes is recorded."), _("The doors are open."),
    ),
    "close-doors": SessionAct(
        "close_attendance", attendance.close_doors, _("Close the doors"),
        _("Nobody who comes later is recorded; who leaves still is."), _("The doors are closed."),
    ),
    "first-call": SessionAct(
        "first_call", assemblies.call_next, _("Make the first call"), _("The quorum of the first call is asked from now on."), _("First call."),
        given=_call(1),
    ),
    "second-call": SessionAct(
        "second_call", assemblies.call_next, _("Make the second call"), _("The quorum of the second call is asked from now on."), _("Second call."),
        given=_call(2),
    ),
    "third-call": SessionAct(
        "third_call", assemblies.call_next, _("Make the third call"), _("The quorum of the third call is asked from now on."), _("Third call."),
        given=_call(3),
    ),
    "install": SessionAct(
        "install", assemblies.install, _("Declare the assembly installed"),
        _("You declare that the quorum of this call is there. How many are there is put on record."), _("Installed: the assembly is in session."),
    ),
    "not-install": SessionAct(
        "not_install", assemblies.not_install, _("Declare that it cannot be installed"),
        _("The last call has no quorum: nothing is decided today."), _("Put on record: not installed."), (_LEFT,),
        form=LeftOverForm, given=_reason, warn=True, filled=_not_installed,
    ),
    "suspend": SessionAct(
        "suspend", assemblies.suspend, _("Suspend for a break"), _("Nothing is taken up until the assembly goes on."), _("Suspended."),
        (
            _("A vote that is open is suspended with it, and gets back all its time when the assembly goes on."),
            _("People still come and go: the door records it."),
            _("Only a president goes on."),
        ),
        form=ReasonForm, given=_reason,
    ),
    "adjourn": SessionAct(
        "adjourn", assemblies.adjourn, _("Adjourn to another day"), _("The assembly goes on at another time; everybody on the roll is told."),
        _("Adjourned."),
        (
            _("Whoever is there is recorded as leaving now, and the doors close."),
            _("Who comes to the next sitting is recorded anew; the quorum is asked of them before it goes on."),
        ),
        form=UntilForm, given=_until, warn=True,
    ),
    "resume": SessionAct(
        "resume", assemblies.resume, _("Go on"), _("The assembly is in session again."), _("In session again."),
        (_("A vote that was suspended with it goes on, with exactly the time it had left."),),
    ),
    "close": SessionAct(
        "close", assemblies.close, _("Close the assembly"), _("The assembly ends; whoever is still there is recorded as leaving now."),
        _("Closed. Its minutes can be made and signed."), (_LEFT,), form=LeftOverForm, given=_reason, warn=True, filled=_ended,
    ),
}  # fmt: skip

ITEM_ACTS: dict[str, SessionAct] = {
    "take-off": SessionAct(
        "take_off", agenda.take_off, _("Take it off the agenda"), _("This item is not dealt with; it stays on record."), _("Taken off."),
    ),
    "take-up": SessionAct(
        "take_up", agenda.take_up, _("Take it up"), _("The assembly discusses this item now."), _("Under discussion."),
    ),
    "note": SessionAct(
        "note", agenda.note, _("It was heard"), _("The report was heard; nothing is decided on it."), _("Put on record."),
    ),
    "defer": SessionAct(
        "defer", agenda.defer, _("Put it off"), _("This item is not decided today."), _("Put off."), form=ReasonForm, given=_reason,
    ),
    "withdraw": SessionAct(
        "withdraw", agenda.withdraw, _("Withdraw it"), _("This item is not dealt with any more."), _("Withdrawn."), form=ReasonForm,
        given=_reason, warn=True,
    ),
    "give-back": SessionAct(
        "return", agenda.give_back, _("Discuss it again"), _("Its vote ended without a result: the item goes back to discussion."),
        _("Under discussion again."), form=ReasonForm, given=_reason,
    ),
}  # fmt: skip
