"""Freezing the text of a matter without a round: which versions there are, and what speaks against each."""

from dataclasses import dataclass

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.text_freezes import freezing_objections
from consultations.facts.texts import text_sha256
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.standards import StandardVersion
from consultations.queries.standards import versions_of
from workflows.refusals import Refusal


@dataclass(frozen=True)
class FreezePage:
    """The text that would be frozen, with its hash as it stands; None when the standard has no version."""

    dossier_id: int
    code: str
    titles: dict[str, str]
    versions: tuple[tuple[int, str], ...]
    version_id: int | None
    label: str
    sha256: str
    reasons: tuple[Refusal, ...]


def page(dossier_id: int, version_id: int | None, *, by: Actor) -> FreezePage:
    """The version named, or else the newest, held against the gates. Raises NotFound."""
    dossier = db.session.get(Dossier, dossier_id)
    if dossier is None:
        raise NotFound(f"Dossier {dossier_id}")
    versions = tuple((one.id, one.label) for one in versions_of(dossier.standard_id))
    chosen = next((one for one in versions if one[0] == version_id), versions[0] if versions else None)
    version = db.session.get(StandardVersion, chosen[0]) if chosen else None
    return FreezePage(
        dossier.id, dossier.code, dossier.titles, versions, *(chosen or (None, "")),
        text_sha256(version.id) if version else "",
        freezing_objections(dossier, version, reason="-", by=by) if version else (Refusal("draft_version_missing"),),
    )  # fmt: skip
