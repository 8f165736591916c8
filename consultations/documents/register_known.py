"""What the register has already, and how the networks and people of a row fit it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from consultations.documents.characters import unaccented

FIELD_OF = {
    "country": "country_network", "product": "product_networks", "workers": "workers_network", "regional": "regional",
}  # fmt: skip
"""Kind of network -> the field that names it. An organisation has one of each, and any number of product networks."""

Told = tuple[str, dict[str, str | int]]


@dataclass(frozen=True, slots=True)
class Known:
    """The register as it stands: the kinds of network by name or code, who belongs to one, and names by address.

    Names and codes of networks are unaccented, codes of organisations casefolded, addresses in lower case.
    """

    networks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    members: frozenset[str] = frozenset()
    people: Mapping[str, str] = field(default_factory=dict)


def placed(values: dict[str, Any], known: Known) -> list[Told]:
    """Move every name of the column `networks` to the field of its kind; return what does not fit, each reason.

    Only a network of the register has a kind: a new one is named in the column of its kind.
    """
    faults: list[Told] = []
    for name in values.pop("networks", None) or ():
        kinds = known.networks.get(unaccented(name), frozenset()) & FIELD_OF.keys()
        if len(kinds) != 1:
            faults.append(("ambiguous_network" if kinds else "unknown_network", {"network": name}))
            continue
        faults += _put(values, FIELD_OF[next(iter(kinds))], name)
    return faults


def _put(values: dict[str, Any], target: str, name: str) -> Iterator[Told]:
    present = values.get(target)
    if target == "product_networks":
        values[target] = tuple(dict.fromkeys((*(present or ()), name)))
    elif not present:
        values[target] = name
    elif unaccented(present) != unaccented(name):
        yield "second_network", {"column": target, "first": present, "network": name}


def new_networks(values: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    """Yield field and name of each network that the import would make."""
    for kind, target in FIELD_OF.items():
        told = values.get(target) or ()
        for name in (told,) if isinstance(told, str) else told:
            if kind not in known.networks.get(unaccented(name), ()):
                yield target, name


def name_on_record(name: str | None, email: str | None, known: Known) -> str | None:
    """Return the name of who has this address already, when the file gives another one: the person's own stays."""
    there = known.people.get((email or "").lower())
    return there if name and there and there != name else None
