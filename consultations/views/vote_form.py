"""The form of a vote's terms: which rules it offers, and how a draft fills it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from consultations import wording
from consultations.facts.rule_words import in_words
from consultations.forms.assembly import UPLOAD, VoteForm
from consultations.queries.vote_drafts import Draft
from workflows.canonical import read_json, sha256_of
from workflows.faults import InputRefusedError
from workflows.presets import preset, preset_names, preset_text
from workflows.rules import Rule, rule_from

PRESENT, USED = "present", "used-"


@dataclass(frozen=True)
class RuleChoices:
    """The rules a form offers: the body's `own` before those of `others`, each value and title. `hints` say what a rule
    asks and what it cites, `heads` stand above the first of a group; both by value."""

    own: list[tuple[str, str]]
    others: list[tuple[str, str]]
    hints: dict[str, str]
    heads: dict[str, str]


def rule_choices(used: Sequence[Any], present: Any = None) -> RuleChoices:
    """The draft's present rule and those the body has voted by (`used`, parsed JSON), then the presets."""
    earlier = [(_value(rule), rule_from(rule)) for rule in used if rule != present]
    presets = [(name, preset(name)) for name in preset_names()]
    kept = (
        [(PRESENT, _("The rule of this draft: %(title)s", title=_title(rule_from(present))))]
        if present
        else []
    )
    own = [*kept, *((value, _title(rule)) for value, rule in earlier)]
    return RuleChoices(
        own=own,
        others=[(name, _title(rule)) for name, rule in presets],
        hints={value: _hint(rule) for value, rule in (*earlier, *presets)},
        heads={
            own[0][0] if own else UPLOAD: _("Rules of this body"),
            presets[0][0]: _("Rules of other bodies"),
        },
    )


def _value(rule: Any) -> str:
    return USED + sha256_of(rule)[:16]


def _title(rule: Rule) -> str:
    return wording.local(dict(rule.title))


def _hint(rule: Rule) -> str:
    sentences = wording.local({lang: " ".join(lines) for lang, lines in in_words(rule).items()})
    return f"{' '.join(sentences.split())} {rule.cites}"


def rule_of_form(form: VoteForm, used: Sequence[Any], present: Any) -> Any:
    """The rule as parsed JSON. Raises InputRefusedError when the file is none."""
    chosen = form.rule.data
    if chosen == PRESENT and present:
        return present
    if chosen.startswith(USED):
        return next(rule for rule in used if _value(rule) == chosen)
    if chosen != UPLOAD:
        return read_json(preset_text(chosen), chosen)[0]
    given = form.rule_file.data
    if not given:
        raise InputRefusedError([_("No rule file was chosen.")])
    value, faults = read_json(given.read(), "rule.json")
    if faults:
        raise InputRefusedError(faults)
    return value


def with_rule(used: Sequence[Any], rule: Any) -> tuple[Any, ...]:
    """The rules the body has voted by, and this one before them if it is none of them."""
    return tuple(used) if rule in used else (rule, *used)


def following(draft: Draft, next_call: bool) -> dict[str, Any]:
    """The terms of the vote that a new one follows, with the next call where it is one; its days are chosen anew."""
    dates = ("opens_on", "opens_time", "closes_on", "closes_time")
    kept = {name: value for name, value in filled(draft).items() if name not in dates}
    return {**kept, "rule": _value(draft.rule), "call": draft.call + next_call}


def filled(draft: Draft) -> dict[str, Any]:
    """A draft's terms as the form shows them, in the vote's zone."""
    zone = ZoneInfo(draft.zone)
    opens, closes = draft.opens_at.astimezone(zone), draft.closes_at.astimezone(zone)
    whole_day = (closes.hour, closes.minute) == (0, 0)
    return {
        "version_id": draft.version_id, **{f"question_{lang}": draft.questions.get(lang, "") for lang in wording.LANGUAGES},
        "rule": PRESENT, "weight_field": draft.weight_field,
        "call": draft.call, "zone": draft.zone, "opens_on": opens.date(),
        "opens_time": None if (opens.hour, opens.minute) == (0, 0) else opens.time(),
        "closes_on": (closes - timedelta(minutes=1)).date() if whole_day else closes.date(),
        "closes_time": None if whole_day else closes.time(),
        "notice_days": draft.notice_days, "contest_days": draft.contest_days, "president_may_close": draft.president_may_close,
        "show_turnout": draft.show_turnout,
    }  # fmt: skip
