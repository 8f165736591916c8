"""The pages of the Standards Unit: one blueprint, its routes in unit_*.py."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, render_template
from flask_wtf import FlaskForm

from consultations import wording
from consultations.engine.dossiers import NewStandard
from consultations.forms.unit import NEW, DossierForm
from workflows.refusals import Refusal, Refused

pages = Blueprint("unit", __name__, url_prefix="/unit")
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


def dossier_terms(form: DossierForm) -> dict[str, Any]:
    """What a dossier is opened with; a new standard takes the dossier's title."""
    titles = in_languages(form, "title")
    new = NewStandard(form.standard_code.data, titles) if form.standard_id.data == NEW else None
    return {
        "code": form.code.data, "kind": form.kind.data, "titles": titles, "body_id": form.body_id.data,
        "objectives": in_languages(form, "objectives"),
        **({"new_standard": new} if new else {"standard_id": form.standard_id.data}),
    }  # fmt: skip


def in_languages(form: FlaskForm, name: str) -> dict[str, str]:
    """What was written of a text that is asked in every language: the fields `name`_es, `name`_pt …"""
    return either({code: form[f"{name}_{code}"].data for code in wording.LANGUAGES})
