"""Options of a form, as WTForms takes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from wtforms.fields.choices import SelectChoice


def offered(options: Mapping[Any, Any] | Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Values and their labels, in order; labels may be lazy texts."""
    pairs = options.items() if isinstance(options, Mapping) else options
    return [SelectChoice(value=value, label=label) for value, label in pairs]
