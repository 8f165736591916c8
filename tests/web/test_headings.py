"""Boxes keep their names when all there is left of a form is what it sent."""

import pkgutil
from importlib import import_module

import pytest
from flask import Flask
from flask_wtf import FlaskForm

from consultations import forms
from consultations.forms.headings import MODULES, headings


@pytest.mark.parametrize(
    ("names", "called"),
    [
        (["client_uuid", "version", "stance", "text"], {"text": "Your comment"}),
        (["known", "reason", "response", "decide"], {"reason": "Reason, for the record", "response": "Response to the organisation"}),
        (["reason"], {"reason": "Reason"}),
        (["kind", "reason"], {"reason": "Reason or comment"}),
        (["recipient", "letter"], {"recipient": "Recipient", "letter": "Position as it is sent"}),
        (["t1", "v1"], {}),
        ([], {}),
    ],
)  # fmt: skip
def test_a_text_box_is_called_as_on_its_page(app: Flask, names: list[str], called: dict[str, str]) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert headings(names) == called


def test_every_module_whose_forms_are_posted_is_looked_into(app: Flask) -> None:
    found = {import_module(f"consultations.forms.{one.name}") for one in pkgutil.iter_modules(forms.__path__)}
    with_forms = {module.__name__.rpartition(".")[2] for module in found if posted(module)}
    # Of one's own account and of a receipt nothing is carried; kept and sure hold what other forms are built on.
    others = {"account", "kept", "receipts", "sure"}
    assert with_forms == {module.__name__.rpartition(".")[2] for module in MODULES} | others


def posted(module: object) -> bool:
    return any(
        isinstance(kind, type)
        and issubclass(kind, FlaskForm)
        and kind.__module__ == module.__name__  # type: ignore[attr-defined]
        and getattr(kind.Meta, "csrf", True) is not False
        for kind in vars(module).values()
    )
