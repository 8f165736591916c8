"""The editors of the rule book, one for each kind that is written in sentences: form, page, and the way to and from JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from consultations import wording
from consultations.documents.wording import weight
from consultations.forms import rule_calls, rule_representation, rule_roll, rule_sentences
from consultations.forms.rule_books import HeadForm, RuleForm
from consultations.queries import roll_trials
from workflows import call_builder, representation_builder, roll_builder, rule_builder
from workflows.canonical import read_json
from workflows.kind_presets import kind_preset, kind_preset_names
from workflows.presets import preset_names, preset_text
from workflows.rule_book import RuleKind

Content = dict[str, Any]


@dataclass(frozen=True)
class Editor:
    """`said` makes sentences of a rule's JSON (None: it says more than they can), `content` JSON of sentences, `shown` the
    data of the form; `begun` are the sentences of a new rule."""

    form: type[HeadForm]
    page: str
    said: Callable[[Content], Any]
    content: Callable[[Any], Content]
    shown: Callable[[Any], dict[str, Any]]
    begun: Any


EDITORS: dict[str, Editor] = {
    RuleKind.DECISION: Editor(
        RuleForm, "rule_desk/rule.html", rule_builder.from_json, rule_builder.to_json, rule_sentences.shown, rule_builder.Said(),
    ),
    RuleKind.CALLS: Editor(
        rule_calls.CallsForm, "rule_desk/calls.html", call_builder.from_json, call_builder.to_json, rule_calls.shown,
        call_builder.CallsSaid(),
    ),
    RuleKind.REPRESENTATION: Editor(
        rule_representation.RepresentationForm, "rule_desk/representation.html", representation_builder.from_json,
        representation_builder.to_json, rule_representation.shown, representation_builder.RepresentationSaid(),
    ),
    RuleKind.ROLL: Editor(
        rule_roll.RollRuleForm, "rule_desk/roll.html", roll_builder.from_json, roll_builder.to_json, rule_roll.shown,
        roll_builder.RollSaid(),
    ),
}  # fmt: skip


def form_of(kind: str, body_id: int, data: dict[str, Any]) -> Any:
    """The form of a kind, with what the register offers to it."""
    form = EDITORS[kind].form(data=data)
    if isinstance(form, rule_roll.RollRuleForm):
        form.offer((code, f"{wording.local(names)} ({code})") for code, names in roll_trials.networks())
        numbers = ", ".join(f"{name} ({weight(name, _)})" for name in roll_trials.numbers(body_id))
        if numbers:
            known = _("In the register are: %(numbers)s.", numbers=numbers)
            form.field.description = f"{form.field.description} {known}"
    return form


def shipped(kind: str) -> dict[str, Content]:
    """The rules of a kind that ship, by their names."""
    if kind == RuleKind.DECISION:
        return {name: _decision(name) for name in preset_names()}
    return {name: kind_preset(kind, name) for name in kind_preset_names(kind)}


def asked_preset(kind: str) -> Content | None:
    """The rule that ships and that the address asks for as a beginning."""
    name = request.args.get("preset", "")
    found = shipped(kind).get(name)
    if found is None:
        return None
    named = {"key": name, "titles": found["title"], "cites": found["cites"]}
    return {**named, "content": found, "shipped": True, "version_id": None}


def _decision(name: str) -> Content:
    content: Any = read_json(preset_text(name), name)[0]
    return dict(content)
