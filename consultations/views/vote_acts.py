"""The binding acts on a vote: which verb, which form, and the sentence that says what will happen."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _

from consultations.engine import counts, election_lots, voidings, votes
from consultations.forms.assembly import ActForm, ExtendForm, ReasonForm, SignForm, TieForm
from consultations.forms.session_elections import CommitForm, SeedForm, TiedForm
from consultations.queries.votes import VotePage
from workflows.deadlines import end_of_day, start_of_day
from workflows.elections.lots import commitment


@dataclass(frozen=True)
class VoteAct:
    """One act. `given` makes the verb's arguments of the form and the page, `shown` what the form keeps of the page.

    `clock`: done by the system when asked. `…_while_sheets_wait`: what is said instead while sheets of paper wait.
    """

    verb: Callable[..., Any]
    label: Any
    sentence: Any
    done: Any
    consequences: tuple[Any, ...] = ()
    form: type[ActForm] | type[ReasonForm] | type[TieForm] = ActForm
    given: Callable[[Any, VotePage], dict[str, Any]] = field(default=lambda form, page: {})
    shown: Callable[[VotePage], dict[str, Any]] = field(default=lambda page: {})
    clock: bool = False
    warn: bool = False
    of_election: type[ActForm] | None = None
    sentence_while_sheets_wait: Any = None
    done_while_sheets_wait: Any = None

    def form_of(self, page: VotePage) -> Any:
        """Its form on this page; of an election `of_election`, where there is one."""
        kind = self.of_election if self.of_election and page.line.is_election else self.form
        form = kind(data=self.shown(page))
        if isinstance(form, CommitForm | TiedForm):
            form.offer(page)
        return form


def _reason(form: Any, page: VotePage) -> dict[str, Any]:
    return {"reason": form.reason.data}


def _extension(form: Any, page: VotePage) -> dict[str, Any]:
    closes_at = closing(form.closes_on.data, form.closes_time.data, page.line.zone)
    return {"reason": form.reason.data, "closes_at": closes_at}


def _tie(form: Any, page: VotePage) -> dict[str, Any]:
    return {"casting_vote": form.text if page.line.is_election else form.casting_vote.data}


def _commitment(form: Any, page: VotePage) -> dict[str, Any]:
    return {"commitment": form.commitment.data}


def _seed(form: Any, page: VotePage) -> dict[str, Any]:
    return {"seed": form.seed.data}


def _seed_made(page: VotePage) -> dict[str, Any]:
    """A seed that nobody knew before, for whoever wants one; the page shows it once."""
    seed = secrets.token_hex(16)
    return {"proposed": seed, "commitment": commitment(seed)}


def _signature(form: Any, page: VotePage) -> dict[str, Any]:
    number = form.count_number.data or ""
    return {"number": int(number) if number.isdecimal() else None}


def _incident_shown(page: VotePage) -> dict[str, Any]:
    """The second of the two reads, and may keep, what the first wrote."""
    return {"reason": page.void_signed[0].reason} if page.void_signed else {}


def _count_shown(page: VotePage) -> dict[str, Any]:
    return {"count_number": page.count_number}


def opening(day: date, at: time | None, zone: str) -> datetime:
    """The instant of a local day and time; the beginning of the day without a time."""
    return start_of_day(day, zone) if at is None else datetime.combine(day, at, ZoneInfo(zone))


def closing(day: date, at: time | None, zone: str) -> datetime:
    """The instant of a local day and time; the end of the day without a time."""
    return end_of_day(day, zone) if at is None else datetime.combine(day, at, ZoneInfo(zone))


ACTS: dict[str, VoteAct] = {
    "send_back": VoteAct(
        votes.send_back, _("Send back"), _("The vote goes back to being a draft, with your reason."),
        _("Sent back."), form=ReasonForm, given=_reason,
    ),
    "convene": VoteAct(
        votes.convene, _("Convene the vote"),
        _("You are about to call the members to this vote and freeze its roll."), _("Convened: everyone on the roll is told."),
        (
            _("Question, text, rule, dates and roll can no longer be changed."),
            _("Every delegate and alternate of the roll gets a mail."),
            _("Voting opens and closes by itself at the times above."),
        ),
    ),
    "call_off": VoteAct(
        votes.call_off, _("Call the vote off"), _("This vote will not take place."), _("Called off."),
        (_("It stays on record with your reason, which everybody can read; the matter can be put to a new vote."),),
        form=ReasonForm, given=_reason, warn=True,
    ),
    "open": VoteAct(
        votes.open_vote, _("Open the vote"), _("Delegates can vote from now on."), _("The vote is open."),
        (_("The roll is compared with the one that was frozen first."),),
    ),
    "suspend": VoteAct(
        votes.suspend, _("Suspend the vote"), _("No ballot is taken until you resume the vote."), _("The vote is suspended."),
        (_("Ballots cast so far stay as they are."), _("The closing time moves by as long as the suspension lasts.")),
        form=ReasonForm, given=_reason, warn=True,
    ),
    "sign_void": VoteAct(
        voidings.sign_void, _("Stop the vote for good"),
        _("This vote will decide nothing. It takes two: president and scrutineer sign, as two persons."), _("Signed."),
        (
            _("Until the other one has signed, the vote goes on; once it is resumed after a suspension, both sign anew."),
            _("The ballots stay sealed: nobody counts or reads them."),
            _("It stays on record with your reason, which everybody can read; the matter can be put to a new vote."),
        ),
        form=ReasonForm, given=_reason, shown=_incident_shown, warn=True,
    ),
    "resume": VoteAct(
        votes.resume, _("Resume the vote"), _("Delegates can vote again, with all the time the suspension took."),
        _("The vote is open again."), form=ReasonForm, given=_reason,
    ),
    "extend": VoteAct(
        votes.extend, _("Extend the vote"), _("The vote closes later. This is possible once."), _("The closing time is later now."),
        (_("Every delegate on the roll is told the new closing time."),), form=ExtendForm, given=_extension,
    ),
    "close": VoteAct(
        votes.close_vote, _("Close the vote now"), _("No further ballot is taken and the ballots are counted at once."),
        _("Closed and counted."), (_("A closed vote is never opened again."),), warn=True,
        sentence_while_sheets_wait=_("No further ballot on line is taken. The ballots are counted when no sheet waits any more."),
        done_while_sheets_wait=_("Closed. The count waits for the sheets of ballots on paper."),
    ),
    "count": VoteAct(
        counts.count, _("Count now"), _("The ballots are counted by the frozen rule on the frozen roll."),
        _("Counted."), clock=True,
    ),
    "break_tie": VoteAct(
        counts.break_tie, _("Give the casting vote"), _("The votes are equal and the rule asks for your casting vote."),
        _("The casting vote is on record."), (_("The count is made again with it; the first one stays."),), form=TieForm, given=_tie,
        warn=True, of_election=TiedForm,
    ),
    "commit_seed": VoteAct(
        election_lots.commit_seed, _("Publish the hash of a seed"),
        _("If there is a tie, lots are drawn from a seed. Its hash is published now, so that nobody can choose it afterwards."),
        _("The hash is published."),
        (
            _("Whoever publishes it keeps the seed, and reveals it after the count if lots are needed."),
            _("It must not be whoever wrote the options."),
        ),
        form=CommitForm, given=_commitment, shown=_seed_made,
    ),
    "draw_lots": VoteAct(
        election_lots.draw_lots, _("Draw lots"), _("The seed is revealed and settles the tie; everybody can draw the lots again with it."),
        _("The lots are drawn."), (_("The count is made again with it; the first one stays."),), form=SeedForm, given=_seed, warn=True,
    ),
    "sign": VoteAct(
        counts.sign, _("Sign the result"), _("You confirm that the minutes state what the data say."), _("Signed."),
        (
            _("President, secretary and scrutineer sign, as three persons; the third signature proclaims the result."),
            _("From then on it is provisional and may be contested."),
        ),
        form=SignForm, given=_signature, shown=_count_shown,
    ),
}  # fmt: skip
