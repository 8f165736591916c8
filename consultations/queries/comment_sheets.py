"""A round's comments as a comment sheet to hand on: for the Unit, auditors and the operator."""

from dataclasses import dataclass

from sqlalchemy import select

from consultations.documents.comment_sheet_writing import FORMATS, Said, rows_to_write, written
from consultations.extensions import db
from consultations.facts.comment_sheets import Remark, remarks
from consultations.models.base import NotFound
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Round

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}


@dataclass(frozen=True)
class SheetFile:
    """A file to download."""

    name: str
    mimetype: str
    body: bytes


def export(round_id: int, form: str) -> SheetFile:
    """Every comment of the round that was sent and not withdrawn, with the answer that stands, in one of FORMATS.

    Whoever asks must be allowed to read all: the Unit, auditors, the operator (the page and the command see to it).
    Raises NotFound, and FileRefused for a cell that XLSX cannot hold.
    """
    if form not in FORMATS:
        raise NotFound(f"Format {form}")
    found = db.session.execute(
        select(Dossier.code, Round.number)
        .join(Round, Round.dossier_id == Dossier.id)
        .where(Round.id == round_id)
    ).one_or_none()
    if found is None:
        raise NotFound(f"Round {round_id}")
    rows = rows_to_write([_said(remark.for_others()) for remark in remarks(round_id) if remark.received])
    name = f"{found.code}-R{found.number}"
    return SheetFile(f"{name}-comments.{form}", _MEDIA[form], written(rows, form, name))


def _said(remark: Remark) -> Said:
    return Said(
        remark.organisation, remark.clause, remark.place, remark.type, remark.words, remark.proposal, remark.outcome,
        remark.response,
    )  # fmt: skip
