"""The words of rules in the templates of those who read and write them."""

from fractions import Fraction
from typing import Any

from flask import Blueprint

from consultations import (
    wording,
    wording_assemblies,
    wording_rule_calls,
    wording_rule_representation,
    wording_rule_roll,
    wording_rules,
    wording_votes,
)
from consultations.facts.rule_words import in_words
from consultations.views.vote_form import days
from workflows.call_reading import calls_from
from workflows.decisions import Decision
from workflows.presets import preset
from workflows.representation_rules import representation_from
from workflows.roll_rule_reading import roll_rule_from
from workflows.rule_book import RuleKind
from workflows.rules import rule_from

HALF = Fraction(1, 2)


def dress(pages: Blueprint) -> None:
    """Give the templates of a blueprint the words of rules."""
    pages.context_processor(_words)


def sentences(kind: str, content: dict[str, Any]) -> dict[str, list[str]]:
    """What a rule says, a sentence each: a decision rule in every language, one of an assembly in the reader's; none for a
    kind without sentences. Errors: InputRefusedError: it cannot be read."""
    language = wording.language()
    match kind:
        case RuleKind.DECISION:
            return in_words(rule_from(content))
        case RuleKind.CALLS:
            return {language: wording_rule_calls.sentences(calls_from(content))}
        case RuleKind.REPRESENTATION:
            return {language: wording_rule_representation.sentences(representation_from(content))}
        case RuleKind.ROLL:
            return {language: wording_rule_roll.sentences(roll_rule_from(content))}
    return {}


def casting_adopts(decision: Decision) -> bool:
    """Whether a casting vote could adopt with exactly a part that must be exceeded; of a plain half everybody knows it."""
    if not decision.tied or decision.tie != "casting_vote":
        return False
    return any(line.tied and line.condition.share != HALF for line in decision.conditions)


def _words() -> dict[str, Any]:
    return {
        "rule_kinds": wording_rules.KINDS,
        "rule_sentences": sentences,
        "rule_new": wording_rules.NEW,
        "assembly_states": wording_assemblies.ASSEMBLY_STATES,
        "rule_standing": wording_rules.standing,
        "rule_ties": wording_rules.TIES,
        "casting_adopts": casting_adopts,
        "trial_samples": wording_rules.SAMPLES,
        "trial_effects": wording_rules.EFFECTS,
        "rule_days": days,
        "preset_title": lambda name: wording.local(dict(preset(name).title)),
        "outcome_words": wording_votes.OUTCOMES,
        "vote_states": wording_votes.STATES,
        "choice_word": wording_votes.choice,
    }
