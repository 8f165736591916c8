"""The pages of the Standards Unit: one blueprint, its routes in unit_*.py."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, render_template

from consultations import wording
from workflows.refusals import Refusal, Refused

pages = Blueprint("unit", __name__, url_prefix="/unit")
ASKED = ("es", "en")
Links = Mapping[str, Mapping[str, str]]
Answer = Any  # str, (str, status) or a redirect


def again(
    template: str, refused: Refused | None = None, *, links: Links | None = None, **values: Any
) -> Answer:
    """The page once more with what was typed: 409 and every reason when refused, else 400."""
    reasons = explained(refused.refusals, links) if refused else []
    return render_template(template, reasons=reasons, **values), 409 if refused else 400


def explained(refusals: Iterable[Refusal], links: Links | None = None) -> list[dict[str, str]]:
    """The reasons in words; `links` adds to some, by code, where they are mended."""
    return [{**wording.refusal(one), **(links or {}).get(one.code, {})} for one in refusals]


def either(texts: dict[str, str | None]) -> dict[str, str]:
    """The texts that were written."""
    return {language: text.strip() for language, text in texts.items() if text and text.strip()}


def with_other_languages(written: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The texts that were written, with those in languages that no form asks for, unless what they translate changed."""
    asked = {language: text for language, text in before.items() if language in ASKED}
    return dict(before) if dict(written) == asked else dict(written)
