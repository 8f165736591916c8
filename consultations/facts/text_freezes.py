"""A text frozen without a round: whether it was, who wrote it, and what speaks against freezing it."""

import json
from dataclasses import dataclass

from sqlalchemy import or_, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import texts
from consultations.facts.drafts import editing_objections
from consultations.models.dossiers import Dossier
from consultations.models.events import Event
from consultations.models.rounds import Round
from consultations.models.standards import Node, StandardVersion
from workflows.dossier import KINDS, DossierKind, DossierState
from workflows.refusals import Refusal, refusal
from workflows.round import RoundState

FROZEN, BACK = "dossier_text_frozen", "dossier_redrafted"
NO_WORDS = ("clause_linked", "clause_unlinked")


@dataclass(frozen=True)
class Frozen:
    """The text that was frozen for a dossier: the version's id and the hash."""

    version_id: int
    sha256: str


def frozen_text(dossier_id: int) -> Frozen | None:
    """The text frozen without a round since the dossier was last taken back to drafting; None when there is none."""
    query = select(Event.name, Event.payload).where(
        Event.dossier_id == dossier_id, Event.subject_kind == "dossier", Event.name.in_((FROZEN, BACK))
    )
    last = db.session.execute(query.order_by(Event.id.desc()).limit(1)).one_or_none()
    if last is None or last.name == BACK:
        return None
    said = json.loads(last.payload)
    return Frozen(int(said["version"].rpartition("/")[2]), said["text_sha256"])


def writers_of(version_id: int) -> frozenset[int]:
    """Everybody who wrote a version: who imported it or drew it up, and who changed, added or confirmed a clause."""
    clauses = select(Node.id).where(Node.version_id == version_id)
    of_version = (Event.subject_kind == "standardversion") & (Event.subject_id == version_id)
    of_clause = (Event.subject_kind == "node") & Event.subject_id.in_(clauses)
    query = select(Event.person_id).where(
        or_(of_version, of_clause), Event.name.not_in(NO_WORDS), Event.person_id.is_not(None)
    )
    began = db.session.scalar(select(StandardVersion.imported_by_id).where(StandardVersion.id == version_id))
    return frozenset({*db.session.scalars(query), *([began] if began else [])})


def freezing_objections(
    dossier: Dossier, version: StandardVersion, *, reason: str, by: Actor
) -> tuple[Refusal, ...]:
    """Everything that speaks against freezing a version for a dossier without a round."""
    kind = DossierKind(dossier.kind) if dossier.kind in set(DossierKind) else DossierKind.NEW_STANDARD
    freezer, there = KINDS[kind].frozen_by, frozen_text(dossier.id)
    found = (
        refusal("round_freezes_text") if freezer is None else None,
        refusal("frozen_by_other", role=freezer.value) if freezer not in (None, by.role) else None,
        None if dossier.state == DossierState.FINAL_REVIEW
        else refusal("move_not_from_here", move="freeze_text", state=dossier.state),
        refusal("text_of_other_standard") if version.standard_id != dossier.standard_id else None,
        refusal("text_empty") if not texts.canonical_text(version.id)["nodes"] else None,
        refusal("approver_is_author") if by.person_id in writers_of(version.id) else None,
        refusal("text_frozen_before") if _other(dossier, version, there) else None,
        None if reason.strip() else refusal("reason_missing"),
        *(editing_objections(version) if version.text_sha256 is None else ()),
    )  # fmt: skip
    return tuple(one for one in found if one)


def _other(dossier: Dossier, version: StandardVersion, there: Frozen | None) -> bool:
    """Whether another text of the dossier stands for the vote: frozen so before, or handed over by a round."""
    handed_over = select(Round.id).where(
        Round.dossier_id == dossier.id,
        Round.state == RoundState.READY_FOR_VOTE,
        Round.version_id != version.id,
    )
    if there is not None:
        return there.version_id != version.id
    return db.session.scalars(handed_over.limit(1)).first() is not None
