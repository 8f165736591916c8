"""Forms that lose nothing when their reader changes the language half-way.

Without JavaScript a link would drop what was typed. On their pages the header's languages are buttons that send the form
(templates/base.html); the view then finds nothing to do and shows it again, filled in as it was.
"""

from typing import Any

from flask import request
from flask_wtf import FlaskForm

READ_IN = "read_in"
"""The name of the buttons: their value is the language to read on in."""


class KeptForm(FlaskForm):
    """A form that only comes back, unjudged, when a language was asked for. Its page sets `keeps_typed` and the id "typed"."""

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether the form may be acted on: never when only the language changes."""
        return READ_IN not in request.form and super().validate(extra_validators)
