"""The files that bear out a contest: kept as they came, never changed."""

from collections.abc import Sequence
from datetime import datetime

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import journal
from consultations.engine.work import add
from consultations.models.votes import Contest, ContestFile
from workflows.refusals import Refused, refusal

MOST = 3
"""Files beside one contest."""


def check_files(files: Sequence[AttachedFile]) -> None:
    """Refuse (contest_files_full) more files than are kept; the same content twice is one."""
    if len({file.sha256 for file in files}) > MOST:
        raise Refused(refusal("contest_files_full", limit=MOST))


def keep_files(contest: Contest, files: Sequence[AttachedFile], *, by: Actor, at: datetime) -> None:
    """Keep each of them once, and put its hash on record."""
    for digest, file in {file.sha256: file for file in files}.items():
        row = add(
            ContestFile(
                contest_id=contest.id, name=file.name, media_type=file.media_type, size=len(file.content), sha256=digest,
                kept_at=at, content=file.content,
            )
        )  # fmt: skip
        journal.record(
            "contest_file_kept",
            contest,
            by=by,
            at=at,
            file=row.id,
            sha256=digest,
            size=row.size,
            media_type=row.media_type,
        )
