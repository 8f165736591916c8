"""The line of the process as the public sees it: only the stages that a matter of its kind passes."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext

from consultations import moments, wording_process
from consultations.queries.public import DossierPage

COMMISSION, OUTSIDE = "commission", "outside"
Stage = tuple[str, str, tuple[str, ...]]


def steps(page: DossierPage, zone: str) -> list[dict[str, Any]]:
    """The stages with the present one marked; dates in the reader's zone. A withdrawn matter has none."""
    stages = list(_stages(page))
    state = page.dossier.state
    present = next((i for i, (_, _, states) in enumerate(stages) if state in states), None)
    if present is None:
        return []
    return [
        {
            "label": label, "who": who if i >= present else "", "state": _place(i, present),
            "date": _date(states, page.reached, zone) if i <= present else "",
        }
        for i, (label, who, states) in enumerate(stages)
    ]  # fmt: skip


def _stages(page: DossierPage) -> Iterator[Stage]:
    """Those of the kind (workflows/dossier_kinds.py): without the Commission's gate the final text waits for the vote."""
    reviewed, outside = COMMISSION in page.gates, OUTSIDE in page.gates
    for label, who, states in wording_process.STAGES:
        if "in_round" in states and not page.consults:
            continue
        if ("final_review" in states and not reviewed) or ("sent" in states and not outside):
            continue
        if "convened" in states and not reviewed:
            states = ("final_review", *states)
        if "in_force" in states and not outside:
            yield gettext("In force"), "", states
        else:
            yield str(label), str(who), states


def _date(states: tuple[str, ...], reached: Mapping[str, datetime], zone: str) -> str:
    at = next((reached[state] for state in states if state in reached), None)
    return moments.day(at, zone) if at else ""


def _place(i: int, present: int) -> str:
    return "past" if i < present else "now" if i == present else "next"
