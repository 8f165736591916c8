"""The terms of an election: immutable, versioned, hashed data, as a decision rule is (workflows/rules.py).

{"id": "committee", "version": 1, "title": {"es": "…"}, "cites": "Estatutos, art. 40", "method": "stv",
 "options": [{"id": "ana", "names": {"es": "Ana"}}, …], "seats": 3, "most": 5, "measure": "weight",
 "majority": null, "quorum": [{"call": 1, "all": [COND]}], "tie": "lots", "allow_blank": true}

method: choose_one (most votes), approval (up to `most` options, most approvals), stv, schulze.
most: how many options a ballot may name; 1 for choose_one, otherwise all of them when left out.
measure: heads or weight (weight when left out): what one ballot counts for.
majority: null, or "absolute": more than half of `majority_of` is needed, and `run_off` options for each seat that
    stays open go on to a second round (2 when left out). For choose_one and approval alone.
majority_of: named (ballots that name an option; when left out), or a base of decision-rules.md: valid (blank ones
    too), voted (spoilt ones too), present, represented, roll.
quorum: the ladder of decision-rules.md; its conditions count voted, present, represented, blank and invalid.
tie: lots, second_vote or casting_vote; for stv lots alone, as its published rules have it.
allow_blank: whether a blank ballot may be cast (true when left out).
turn, follows: for a run-off or second vote: its number, and the SHA-256 of the terms it follows.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.conditions import Condition
from workflows.rules import Call

METHODS = ("choose_one", "approval", "stv", "schulze")
RANKED = frozenset({"stv", "schulze"})
TIES = ("lots", "second_vote", "casting_vote")
MEASURES = ("weight", "heads")
MAJORITY_BASES = ("named", "valid", "voted", "present", "represented", "roll")
LONGEST_BALLOT = 1000
"""The characters that the longest ballot of an election may take."""


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody or something to be chosen: an id for ballots ([a-z0-9-], 20 characters at most), names by language."""

    id: str
    names: tuple[tuple[str, str], ...]

    def name(self, lang: str) -> str:
        """The name in this language, else in the first language given, else the id."""
        return dict(self.names).get(lang) or next((name for _, name in self.names), self.id)


@dataclass(frozen=True, slots=True)
class Majority:
    """More than half of `base` is needed; otherwise `run_off` options per open seat go on."""

    base: str
    run_off: int


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms as data. `canonical` is their RFC 8785 form as given, and what `sha256` hashes."""

    id: str
    version: int
    title: tuple[tuple[str, str], ...]
    cites: str
    method: str
    options: tuple[Option, ...]
    seats: int
    most: int
    measure: str
    majority: Majority | None
    quorum: tuple[Call, ...]
    tie: str
    allow_blank: bool
    turn: int
    follows: str
    canonical: str

    @property
    def sha256(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON of the terms as they were given."""
        return hashlib.sha256(self.canonical.encode()).hexdigest()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the options, in their order."""
        return tuple(option.id for option in self.options)

    def call(self, number: int) -> Call | None:
        """Return the quorum ladder's entry for this call, if there is one."""
        return next((call for call in self.quorum if call.number == number), None)

    def conditions(self) -> Iterator[Condition]:
        """Yield every condition of the quorum ladder."""
        for call in self.quorum:
            yield from call.require.conditions()

    def longest_ballot(self) -> int:
        """The number of characters of the longest ballot that can be cast."""
        lengths = sorted(map(len, self.ids), reverse=True)[: self.most]
        return max(sum(lengths) + len(lengths) - 1, len("invalid"))
