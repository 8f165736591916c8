"""The text of a matter without a round: frozen and hashed by a second person, so that it may be voted on.

Locks: the dossier before the version.
"""

from datetime import datetime

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.drafts import changed_meanwhile
from consultations.engine.mandates import check_body, check_mandate
from consultations.engine.standards import freeze, lock_version
from consultations.engine.work import locked
from consultations.facts import texts
from consultations.facts.commission import commission_of
from consultations.facts.text_freezes import freezing_objections, frozen_text
from consultations.models.dossiers import Dossier
from workflows.refusals import Refused
from workflows.roles import Role


def freeze_text(dossier_id: int, version_id: int, *, reason: str, known: str, by: Actor, at: datetime) -> str:
    """Freeze a version as the text of a dossier whose kind needs no round; returns its SHA-256 (hex).

    Who does it is data of the kind (workflows.dossier_kinds: `frozen_by`), and never who wrote the text. `known`: the
    hash of the text that was read. Frozen before, nothing happens. Errors: Refused with every reason; NotFound.
    """
    check_mandate(by, at=at)
    dossier, version = locked(Dossier, dossier_id), lock_version(version_id)
    if by.role is Role.CHAIR:
        body = commission_of(dossier, at=at)
        check_body(by, body.id if body else None)
    there = frozen_text(dossier_id)
    if there is not None and (there.version_id, there.sha256) == (version_id, known):
        return there.sha256
    if reasons := freezing_objections(dossier, version, reason=reason, by=by):
        raise Refused(*reasons)
    if texts.text_sha256(version_id) != known:
        raise changed_meanwhile(version)
    sha256 = freeze(version, at=at)
    journal.record(
        "dossier_text_frozen", dossier, by=by, at=at, reason=reason.strip(), version=f"standardversion/{version_id}",
        text_sha256=sha256,
    )  # fmt: skip
    return sha256
