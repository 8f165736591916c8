"""The terms of an election from a template: what a body's rule book says of a kind of election, without who stands.

A template has the keys of terms that do not hang on the occasion: {"method": "stv", "seats": 3, "tie": "lots", …}. What it
says cannot be said otherwise for one election; what it leaves open can, as the number of seats.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from workflows.conditions import BLANK, INVALID
from workflows.elections.reading import terms_from
from workflows.elections.terms import Terms
from workflows.faults import InputRefusedError
from workflows.json_fields import Faults

KEYS = (
    "method", "seats", "most", "measure", "majority", "majority_of", "run_off", "quorum", "tie", "allow_blank",
)  # fmt: skip
"""What a template may say."""

STAMPS = ("id", "version", "title", "cites")
"""What a rule book may write on a template: it is that of the version, and the terms get their own."""

Names = Mapping[str, str]
"""What an option is called, by language."""

_TAKEN = (BLANK, INVALID, "named")
_LONGEST = 20
_OTHER = re.compile(r"[^a-z0-9]+")
_SAMPLE = [{"id": f"option-{n}", "names": {"es": str(n)}} for n in range(1, 31)]


def template_from(content: object) -> Terms:
    """The terms that a template makes, with sample options. Raises InputRefusedError with every fault."""
    faults = Faults()
    read = faults.fields(content, "rule", (), (*KEYS, *STAMPS))
    if not isinstance(content, dict):
        raise InputRefusedError(faults.found)
    said = {key: value for key, value in read.items() if key in KEYS}
    sample = {"seats": 1, **said, "id": "template", "version": 1, "options": _SAMPLE}
    return terms_from(sample, "rule", list(faults.found))


def compose(
    template: Mapping[str, object],
    given: Mapping[str, object],
    *,
    id: str,
    title: Names,
    cites: str,
    options: Sequence[Names],
) -> dict[str, object]:
    """Return the terms, as JSON to be read, of one election: `given` adds what the template leaves open."""
    named = [
        {"id": key, "names": dict(names)} for key, names in zip(option_ids(options), options, strict=True)
    ]
    said = {key: value for key, value in given.items() if value is not None}
    return {
        **said,
        **template,
        "id": id,
        "version": 1,
        "title": dict(title),
        "cites": cites,
        "options": named,
    }


def keeps_to(terms: Mapping[str, object], template: Mapping[str, object]) -> bool:
    """Say whether terms say everything that a template says, and in the same words."""
    return all(terms.get(key) == value for key, value in _said(template).items())


def option_ids(options: Sequence[Names]) -> tuple[str, ...]:
    """Give every option an id for its ballots, made of its first name that was given: `ana-perez`, `ana-perez-2`."""
    found: list[str] = []
    for number, names in enumerate(options, 1):
        stem = _plain(next(iter(names.values()), "")) or f"option-{number}"
        found.append(_free(stem, found))
    return tuple(found)


def _said(template: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in template.items() if key not in STAMPS}


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return _OTHER.sub("-", letters).strip("-")[:_LONGEST].strip("-")


def _free(stem: str, taken: Sequence[str]) -> str:
    number, text = 1, stem
    while text in taken or text in _TAKEN:
        number += 1
        text = f"{stem[: _LONGEST - 1 - len(str(number))]}-{number}"
    return text
