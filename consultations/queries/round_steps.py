"""The line of the process, for a round and for a dossier: what is done, where it stands, who must act."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext, lazy_gettext

from consultations import moments
from consultations.facts.dossiers import rules_of
from consultations.models.dossiers import Dossier
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from workflows.deadlines import shown
from workflows.dossier import Gate
from workflows.review import ReviewState


@dataclass(frozen=True)
class Step:
    """One step: past, now or next, with its date and who must act, in words."""

    label: str
    state: str
    date: str = ""
    who: str = ""


UNIT, HEAD = lazy_gettext("The Unit acts"), lazy_gettext("The head of the Unit acts")
COMMISSION, EITHER = (
    lazy_gettext("The Commission acts"),
    lazy_gettext("The Unit or the chair of the Commission acts"),
)
MEMBERS, OUTSIDE = lazy_gettext("The organisations answer"), lazy_gettext("The outside body answers")
ASSEMBLY, PREPARES = lazy_gettext("The assembly votes"), lazy_gettext("The assembly prepares the vote")
CLOCK, NOBODY = lazy_gettext("It opens by itself"), ""

# Each place on a line: its label, the states that mean it is there, and who must act in each (the moves' roles).
Place = tuple[object, dict[str, object]]
ROUND_LINE: tuple[Place, ...] = (
    (lazy_gettext("Draft"), {"draft": UNIT}),
    (lazy_gettext("Commission's review"), {"commission_review": COMMISSION}),
    (lazy_gettext("Announced"), {"approved": HEAD, "scheduled": CLOCK}),
    (lazy_gettext("Consultation"), {"open": MEMBERS, "paused": HEAD}),
    (lazy_gettext("Answers"), {"closed": UNIT, "answering": UNIT}),
    (lazy_gettext("Synopsis"), {"synopsis_review": COMMISSION}),
    (lazy_gettext("Published"), {"published": EITHER, "superseded": NOBODY, "ready_for_vote": PREPARES}),
)


def steps_of(round: Round, review: Review | None) -> tuple[Step, ...]:
    """Where a round stands; a withdrawn one stands nowhere on the line."""
    line = list(ROUND_LINE)
    if review is not None and (review.subject, review.state) == ("synopsis", ReviewState.APPROVED):
        line[5] = (line[5][0], {"synopsis_review": HEAD})
    return _line(line, round.state, _round_dates(round, review))


def steps_of_dossier(dossier: Dossier, round: Round | None, *, handed_over: bool = False) -> tuple[Step, ...]:
    """Where a dossier stands, by the steps that its kind has; in consultation its newest round says who must act.

    `handed_over`: its text stands for the vote, whether a round or a second person froze it.
    """
    inner = next((place for place in ROUND_LINE if round and round.state in place[1]), None)
    line = _dossier_line(dossier, inner, round, handed_over)
    consulting = next((n for n, (_, states) in enumerate(line) if "in_round" in states), None)
    dates = {}
    if round is not None and inner is not None and consulting is not None:
        dates[consulting] = gettext("round %(number)s: %(where)s", number=round.number, where=str(inner[0]))
    return _line(line, dossier.state, dates)


def _dossier_line(
    dossier: Dossier, inner: Place | None, round: Round | None, handed_over: bool
) -> list[Place]:
    """The steps of the dossier's kind (workflows/dossier_kinds.py); a round that is held is shown whatever the kind."""
    rules = rules_of(dossier.kind)
    consulted, reviewed = bool(rules.rounds_minimum or round), Gate.COMMISSION in rules.gates
    outside = Gate.OUTSIDE in rules.gates
    answers = inner[1][round.state] if inner and round else UNIT
    handed_over = handed_over or not reviewed or (round is not None and round.state == "ready_for_vote")
    final = {"final_review": PREPARES if handed_over else COMMISSION}
    steps: list[tuple[bool, Place]] = [
        (True, (lazy_gettext("Request"), {"requested": UNIT, "assessed": HEAD})),
        (True, (lazy_gettext("Scope and draft"), {"scoped": UNIT, "drafting": UNIT if consulted else HEAD})),
        (consulted, (lazy_gettext("Consultation"), {"in_round": answers})),
        (reviewed, (lazy_gettext("Final review"), final)),
        (True, (lazy_gettext("The vote"), {**({} if reviewed else final), "convened": ASSEMBLY})),
        (True, (lazy_gettext("Decision"), {"adopted": HEAD if outside else UNIT, "not_adopted": HEAD if outside else NOBODY})),
        (outside, (lazy_gettext("Position sent"), {"sent": OUTSIDE, "outcome_recorded": UNIT})),
        (True, (lazy_gettext("In force"), {"in_force": NOBODY, "review_due": UNIT})),
    ]  # fmt: skip
    return [place for is_asked, place in steps if is_asked]


def _line(line: Sequence[Place], state: str, dates: Mapping[int, str]) -> tuple[Step, ...]:
    here = next((place for place, (_, states) in enumerate(line) if state in states), None)
    steps = []
    for place, (label, states) in enumerate(line):
        where = "next" if here is None or place > here else "now" if place == here else "past"
        steps.append(
            Step(str(label), where, dates.get(place, ""), str(states[state]) if where == "now" else "")
        )
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
