"""The line of the process, for a round and for a dossier: what is done, where it stands, who must act."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, lazy_gettext

from consultations import moments
from consultations.models.dossiers import Dossier
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from workflows.deadlines import shown


@dataclass(frozen=True)
class Step:
    """One step: past, now or next, with its date and who must act, in words."""

    label: str
    state: str
    date: str = ""
    who: str = ""


UNIT, COMMISSION = lazy_gettext("The Unit acts"), lazy_gettext("The Commission acts")
MEMBERS, ASSEMBLY = lazy_gettext("The organisations answer"), lazy_gettext("The assembly votes")

# Each place on the line with the states of a round that mean it is there, and who must act then.
ROUND_LINE = (
    (lazy_gettext("Draft"), ("draft",), UNIT),
    (lazy_gettext("Commission's review"), ("commission_review",), COMMISSION),
    (lazy_gettext("Announced"), ("approved", "scheduled"), UNIT),
    (lazy_gettext("Consultation"), ("open", "paused"), MEMBERS),
    (lazy_gettext("Answers"), ("closed", "answering"), UNIT),
    (lazy_gettext("Synopsis"), ("synopsis_review",), COMMISSION),
    (lazy_gettext("Published"), ("published", "superseded", "ready_for_vote"), UNIT),
)
DOSSIER_LINE = (
    (lazy_gettext("Request"), ("requested", "assessed"), UNIT),
    (lazy_gettext("Scope and draft"), ("scoped", "drafting"), UNIT),
    (lazy_gettext("Consultation"), ("in_round",), MEMBERS),
    (lazy_gettext("Final review"), ("final_review",), COMMISSION),
    (lazy_gettext("The vote"), ("convened",), ASSEMBLY),
    (lazy_gettext("Decision"), ("adopted", "not_adopted"), UNIT),
    (lazy_gettext("Position sent"), ("sent", "outcome_recorded"), UNIT),
    (lazy_gettext("In force"), ("in_force", "review_due"), UNIT),
)


def steps_of(round: Round, review: Review | None) -> tuple[Step, ...]:
    """Where a round stands; a withdrawn one stands nowhere on the line."""
    dates = _round_dates(round, review)
    return _line(ROUND_LINE, round.state, dates)


def steps_of_dossier(dossier: Dossier, round: Round | None) -> tuple[Step, ...]:
    """Where a dossier stands; in consultation its round says who must act."""
    dates: dict[int, str] = {}
    line = list(DOSSIER_LINE)
    if round is not None:
        inner = next(((label, who) for label, states, who in ROUND_LINE if round.state in states), None)
        if inner is not None:
            line[2] = (line[2][0], line[2][1], inner[1])
            dates[2] = gettext("round %(number)s: %(where)s", number=round.number, where=str(inner[0]))
    return _line(tuple(line), dossier.state, dates)


def _line(
    line: tuple[tuple[object, tuple[str, ...], object], ...], state: str, dates: dict[int, str]
) -> tuple[Step, ...]:
    here = next((place for place, (_, states, _) in enumerate(line) if state in states), None)
    steps = []
    for place, (label, _, who) in enumerate(line):
        where = "next" if here is None or place > here else "now" if place == here else "past"
        steps.append(Step(str(label), where, dates.get(place, ""), str(who) if where == "now" else ""))
    return tuple(steps)


def _round_dates(round: Round, review: Review | None) -> dict[int, str]:
    dates: dict[int, str] = {}
    if review is not None and review.subject == "draft":
        dates[1] = gettext("until %(date)s", date=_last_day(review.due_at, round.zone))
    if round.opens_at:
        dates[2] = gettext("opens %(date)s", date=_day(round.opens_at, round.zone))
    if round.closes_at:
        dates[3] = gettext("until %(date)s", date=_last_day(round.closes_at, round.zone))
    if round.published_at:
        dates[6] = _day(round.published_at, round.zone)
    return dates


def _day(at: datetime, zone: str) -> str:
    return moments.day(at, zone)


def _last_day(at: datetime, zone: str) -> str:
    """The day of a deadline as people say it: midnight belongs to the day before."""
    return moments.day(shown(at, zone), zone)
