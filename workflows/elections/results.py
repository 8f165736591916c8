"""What an election gives: the result, and under it the count of its method. Amounts are exact; JSON has them as text."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal

from workflows.decisions import Quorum
from workflows.elections.lots import Lots
from workflows.elections.schulze import SchulzeCount
from workflows.elections.scores import ScoreCount
from workflows.elections.sentences import sentences
from workflows.elections.stages import StvCount
from workflows.elections.ties import Drawn, Tie
from workflows.exact import exact_text

Status = Literal["elected", "incomplete", "tie_pending", "run_off_needed", "no_quorum"]
"""elected: every seat is filled. incomplete: seats stay empty, and no further vote follows from the terms.
tie_pending: lots, a second vote or a casting vote must settle `tie`. run_off_needed: `run_off` goes on.
no_quorum: counted, but nobody is elected."""


@dataclass(frozen=True)
class Result:
    """The result and everything it rests on.

    `elected` in order of election; `tie` what is still to be settled; `run_off` the options that go on; `drawn` every
    tie that lots settled, with `lots` their seed and order; `casting_vote` the options it chose, as a ballot's text.
    """

    status: Status
    method: str
    tie_rule: str
    seats: int
    terms_id: str
    terms_version: int
    terms_sha256: str
    names: Mapping[str, tuple[tuple[str, str], ...]]
    roll_sha256: str
    ballots_sha256: str
    electors: int
    heads: Mapping[str, int]
    weight: Mapping[str, Fraction]
    quorum: Quorum
    elected: tuple[str, ...]
    tie: Tie | None
    run_off: tuple[str, ...]
    drawn: tuple[Drawn, ...]
    lots: Lots | None
    casting_vote: str | None
    casting_counted: bool
    count: ScoreCount | StvCount | SchulzeCount

    @property
    def open_seats(self) -> int:
        """How many seats nobody is elected to."""
        return self.seats - len(self.elected)

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """The result in sentences per language: the quorum's lines, the count's steps, the outcome last."""
        return sentences(self)

    def to_dict(self) -> dict[str, object]:
        """Return the result, ready for JSON: integers, and exact fractions as text."""
        return {
            "status": self.status,
            "method": self.method,
            "terms": {"id": self.terms_id, "version": self.terms_version, "sha256": self.terms_sha256},
            "roll_sha256": self.roll_sha256,
            "ballots_sha256": self.ballots_sha256,
            "electors": self.electors,
            "heads": dict(self.heads),
            "weight": {kind: exact_text(weight) for kind, weight in self.weight.items()},
            "quorum": {
                "asked": self.quorum.asked,
                "met": self.quorum.met,
                "call": self.quorum.call,
                "conditions": [line.to_dict() for line in self.quorum.conditions],
            },
            "seats": self.seats,
            "elected": list(self.elected),
            "tie": self.tie.to_dict() if self.tie else None,
            "tie_rule": self.tie_rule,
            "casting_vote": self.casting_vote,
            "run_off": list(self.run_off),
            "drawn": [drawn.to_dict() for drawn in self.drawn],
            "lots": self.lots.to_dict() if self.lots else None,
            "count": self.count.to_dict(),
            "sentences": self.sentences,
        }

    def to_json(self) -> str:
        """Return the result as indented JSON text, the same for the same input."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2)
