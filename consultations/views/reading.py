"""Another language in the middle of a form (forms/kept.py)."""

from flask import request, session

from consultations import wording
from consultations.forms.kept import READ_IN


def in_language() -> None:
    """Read on in the language whose button sent the form; for this session alone, as with the links."""
    code = request.form.get(READ_IN)
    if code in wording.LANGUAGES:
        session["language"] = code
