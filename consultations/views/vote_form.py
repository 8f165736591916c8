"""The form of a vote's terms: which rules it offers, and how a draft fills it."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from consultations import wording
from consultations.facts.rule_words import in_words
from consultations.forms.assembly import VoteForm
from consultations.queries.vote_drafts import Draft
from workflows.canonical import read_json
from workflows.faults import InputRefusedError
from workflows.presets import preset, preset_names, preset_text

PRESENT = "present"


def rule_options(present: Any = None, *, hints: bool = False) -> list[tuple[str, str]]:
    """The presets by title (or, as hints, by what they ask and what they cite), and a draft's present rule."""
    rules = [(name, preset(name)) for name in preset_names()]
    if hints:
        return [
            (name, f"{' '.join(wording.local(_lines(rule)).split())} {rule.cites}") for name, rule in rules
        ]
    kept = (
        [(PRESENT, _("The rule of this draft: %(title)s", title=wording.local(present.get("title", {}))))]
        if present
        else []
    )
    return [*kept, *((name, wording.local(dict(rule.title))) for name, rule in rules)]


def _lines(rule: Any) -> dict[str, str]:
    return {lang: " ".join(sentences) for lang, sentences in in_words(rule).items()}


def rule_of_form(form: VoteForm, upload: str, present: Any) -> Any:
    """The rule as parsed JSON. Raises InputRefusedError when the file is none."""
    if form.rule.data == PRESENT and present:
        return present
    if form.rule.data != upload:
        return read_json(preset_text(form.rule.data), form.rule.data)[0]
    given = form.rule_file.data
    if not given:
        raise InputRefusedError([_("No rule file was chosen.")])
    value, faults = read_json(given.read(), "rule.json")
    if faults:
        raise InputRefusedError(faults)
    return value


def filled(draft: Draft) -> dict[str, Any]:
    """A draft's terms as the form shows them, in the vote's zone."""
    zone = ZoneInfo(draft.zone)
    opens, closes = draft.opens_at.astimezone(zone), draft.closes_at.astimezone(zone)
    whole_day = (closes.hour, closes.minute) == (0, 0)
    return {
        "version_id": draft.version_id, "question_es": draft.questions.get("es", ""),
        "question_en": draft.questions.get("en", ""), "rule": PRESENT, "weight_field": draft.weight_field,
        "call": draft.call, "zone": draft.zone, "opens_on": opens.date(),
        "opens_time": None if (opens.hour, opens.minute) == (0, 0) else opens.time(),
        "closes_on": (closes - timedelta(minutes=1)).date() if whole_day else closes.date(),
        "closes_time": None if whole_day else closes.time(),
        "notice_days": draft.notice_days, "contest_days": draft.contest_days, "president_may_close": draft.president_may_close,
        "show_turnout": draft.show_turnout,
    }  # fmt: skip
