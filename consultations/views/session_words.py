"""The words of assemblies in the templates of every actor who meets them."""

import json
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from consultations import wording, wording_assemblies
from consultations.queries.session_rules import Offer
from consultations.views import vote_words
from workflows.refusals import refusal


def dress(pages: Blueprint) -> None:
    """Give the templates of a blueprint the words of assemblies, and those of votes."""
    vote_words.dress(pages)
    pages.context_processor(_words)


def _words() -> dict[str, Any]:
    return {
        "assembly_states": wording_assemblies.ASSEMBLY_STATES,
        "sheet_states": wording_assemblies.SHEET_STATES,
        "item_states": wording_assemblies.ITEM_STATES,
        "item_kinds": wording_assemblies.ITEM_KINDS,
        "assembly_kinds": wording_assemblies.KINDS,
        "assembly_forms": wording_assemblies.FORMS,
        "presence_words": wording_assemblies.PRESENCE,
        "attendance_modes": wording_assemblies.MODES,
        "unit_words": wording_assemblies.UNITS,
        "quorum_sentence": quorum_sentence,
        "roll_reason": roll_reason,
    }


def quorum_sentence(line: Any) -> str:
    """One condition of a quorum, and what is missing: "Represented: 98 of the 111 that are needed; 13 are missing."."""
    said = {"have": line.have, "needed": line.needed, "missing": line.missing}
    if line.passes:
        return gettext("%(have)s are there, and %(needed)s are needed.", **said)
    return gettext("%(have)s are there, and %(needed)s are needed: %(missing)s are missing.", **said)


def roll_reason(one: Any) -> str:
    """Why an organisation is off the roll: the rule's reasons in the reader's language, or the words of who decided."""
    if one.kind != "excluded":
        return str(one.reason)
    return " ".join(
        wording.refusal(refusal(code, **params))["sentence"] for code, params in json.loads(one.reason)
    )


def rule_choices(offers: dict[str, list[Offer]]) -> dict[str, list[tuple[int, str]]]:
    """Versions of a rule book as options: title and the article that is cited."""
    return {
        kind: [(id, f"{wording.local(titles)} · {cites}") for id, titles, cites in found]
        for kind, found in offers.items()
    }
