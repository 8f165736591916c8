"""What every rule of a body begins with: id, version, title per language, and the article that it cites."""

import hashlib
from dataclasses import dataclass

from workflows.canonical import canonical_json
from workflows.json_fields import Faults

REQUIRED = ("id", "version", "cites")
OPTIONAL = ("title",)


@dataclass(frozen=True, slots=True)
class Heading:
    """Which rule it is. `canonical` is the RFC 8785 form of the whole rule as given, and what `sha256` hashes."""

    id: str
    version: int
    title: tuple[tuple[str, str], ...]
    cites: str
    canonical: str

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON of the rule as it was given."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()


def heading_of(content: dict[str, object], name: str, faults: Faults) -> Heading:
    """Read the heading; what is wrong goes to `faults`, and then the canonical form stays empty."""
    titles = faults.mapping(content["title"], f"{name}.title") if "title" in content else {}
    return Heading(
        id=faults.text(content["id"], f"{name}.id") if "id" in content else "",
        version=faults.integer(content["version"], f"{name}.version") if "version" in content else 1,
        title=tuple(
            sorted((lang, faults.text(text, f"{name}.title.{lang}")) for lang, text in titles.items())
        ),
        cites=faults.text(content["cites"], f"{name}.cites") if "cites" in content else "",
        canonical=_canonical(content),
    )


def _canonical(content: dict[str, object]) -> str:
    try:
        return canonical_json(content)
    except (
        TypeError
    ):  # a number that is not exact, a key that is not ASCII: a fault of its own wherever it is read
        return ""
