"""The pages of the Standards Unit: one blueprint, its routes in unit_*.py."""

from typing import Any

from flask import Blueprint, render_template

from consultations import wording
from workflows.refusals import Refused

pages = Blueprint("unit", __name__, url_prefix="/unit")
Answer = Any  # str, (str, status) or a redirect


def again(template: str, refused: Refused | None = None, **values: Any) -> Answer:
    """The page once more with what was typed: 409 and every reason when refused, else 400."""
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    return render_template(template, reasons=reasons, **values), 409 if refused else 400


def either(texts: dict[str, str | None]) -> dict[str, str]:
    """The texts that were written."""
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}
