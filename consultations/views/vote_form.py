"""The form of a vote's terms: which rules it offers, and how a draft fills it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from consultations import moments, wording
from consultations.queries.vote_drafts import BookRule, Draft


@dataclass(frozen=True)
class RuleChoices:
    """The rules of the body's book that a form offers, each value and title; `hints` say what a rule asks, what it cites
    and from when it is in force, by value."""

    choices: list[tuple[str, str]]
    hints: dict[str, str]


def rule_choices(rules: Sequence[BookRule], present: BookRule | None = None) -> RuleChoices:
    """The rules of the book; the draft's `present` one stands first if it is none of them any more."""
    offered = [*([present] if present and present.id not in {rule.id for rule in rules} else []), *rules]
    return RuleChoices(
        [(str(rule.id), wording.local(rule.titles)) for rule in offered],
        {str(rule.id): _hint(rule) for rule in offered},
    )


def _hint(rule: BookRule) -> str:
    said = " ".join(
        " ".join(wording.local({lang: " ".join(lines) for lang, lines in rule.words.items()}).split()).split()
    )
    return f"{said} {rule.cites} · {days(rule)}"


def days(rule: Any) -> str:
    """From when to when a version is in force, or a draft would be, in words. `rule`: anything with in_force_from and
    in_force_until; what has no `state` is approved."""
    begins = moments.long_date(rule.in_force_from)
    if getattr(rule, "state", "") == "draft":
        return _days_of_draft(rule, begins)
    if rule.in_force_until is None:
        return _("version %(version)s, in force from %(begins)s", version=rule.version, begins=begins)
    last = moments.long_date(rule.in_force_until - timedelta(days=1))
    return _(
        "version %(version)s, in force from %(begins)s to %(ends)s",
        version=rule.version, begins=begins, ends=last,
    )  # fmt: skip


def _days_of_draft(rule: Any, begins: str) -> str:
    if rule.in_force_until is None:
        return _(
            "version %(version)s, would be in force from %(begins)s", version=rule.version, begins=begins
        )
    return _(
        "version %(version)s, would be in force from %(begins)s to %(ends)s",
        version=rule.version, begins=begins, ends=moments.long_date(rule.in_force_until - timedelta(days=1)),
    )  # fmt: skip


def following(draft: Draft, next_call: bool) -> dict[str, Any]:
    """The terms of the vote that a new one follows, with the next call where it is one; its days are chosen anew."""
    dates = ("opens_on", "opens_time", "closes_on", "closes_time")
    kept = {name: value for name, value in filled(draft).items() if name not in dates}
    return {**kept, "call": draft.call + next_call}


def filled(draft: Draft) -> dict[str, Any]:
    """A draft's terms as the form shows them, in the vote's zone."""
    zone = ZoneInfo(draft.zone)
    opens, closes = draft.opens_at.astimezone(zone), draft.closes_at.astimezone(zone)
    whole_day = (closes.hour, closes.minute) == (0, 0)
    return {
        "version_id": draft.version_id, **{f"question_{lang}": draft.questions.get(lang, "") for lang in wording.LANGUAGES},
        "rule": str(draft.rule_version_id or ""), "weight_field": draft.weight_field,
        "call": draft.call, "zone": draft.zone, "opens_on": opens.date(),
        "opens_time": None if (opens.hour, opens.minute) == (0, 0) else opens.time(),
        "closes_on": (closes - timedelta(minutes=1)).date() if whole_day else closes.date(),
        "closes_time": None if whole_day else closes.time(),
        "notice_days": draft.notice_days, "contest_days": draft.contest_days, "president_may_close": draft.president_may_close,
        "show_turnout": draft.show_turnout,
    }  # fmt: skip
