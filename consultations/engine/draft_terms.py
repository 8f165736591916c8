"""What holds of a clause beside its words: number, kind, kind of requirement, year, to whom it applies."""

from dataclasses import dataclass
from datetime import datetime

from consultations.actor import Actor
from consultations.documents.characters import clean_line
from consultations.documents.standard_tree import KINDS, REQUIREMENT_KINDS
from consultations.engine import journal
from consultations.engine.drafts import changed_meanwhile, take_clause
from consultations.extensions import db
from consultations.facts.drafts import terms_sha256
from consultations.models.standards import Node
from workflows.refusals import Refusal, Refused, refusal


@dataclass(frozen=True)
class Terms:
    """`from_year`: years after certification from which a requirement counts; None: nothing is said."""

    kind: str = "requirement"
    number: str = ""
    requirement_kind: str | None = None
    from_year: int | None = None
    applies_to: str = ""

    def put(self, node: Node) -> None:
        """Write the terms to a clause; only a requirement has a kind of requirement and a year."""
        required = self.kind == "requirement"
        node.kind, node.number = self.kind, clean_line(self.number)
        node.requirement_kind = self.requirement_kind or None if required else None
        node.years = str(self.from_year) if required and self.from_year is not None else None
        node.applies_to = clean_line(self.applies_to)

    def odd(self) -> tuple[Refusal, ...]:
        """Values that are not offered."""
        kinds = [self.kind] if self.kind not in KINDS else []
        kinds += (
            [self.requirement_kind] if self.requirement_kind not in (None, "", *REQUIREMENT_KINDS) else []
        )
        return tuple(refusal("clause_kind_unknown", kind=kind) for kind in kinds)


def change_terms(node_id: int, *, terms: Terms, known: str, by: Actor, at: datetime) -> Node:
    """Change what holds of a clause beside its words.

    `known`: terms_sha256 of what the form was shown. The same terms again change nothing. A number that stands twice is
    no reason against: two clauses may be about to exchange theirs; the round is not submitted with it.
    Errors: Refused `edited_meanwhile`, `clause_kind_unknown`, frozen, under review; NotFound.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if odd := terms.odd():
        raise Refused(*odd)
    before = terms_sha256(node)
    former = {"kind": node.kind, "number": node.number, "requirement_kind": node.requirement_kind or "", "years": node.years or "", "applies_to": node.applies_to}  # fmt: skip
    terms.put(node)
    if terms_sha256(node) == before:
        return node
    if known != before:
        db.session.refresh(node)
        raise changed_meanwhile(version, node)
    db.session.flush()
    journal.record(
        "clause_terms_changed", node, by=by, at=at, former=former, version=f"standardversion/{version.id}"
    )
    return node
