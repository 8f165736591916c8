"""Files as they come from a form: judged one by one, and what is wrong said in words."""

from typing import Any

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from consultations.documents.attached import AttachedFile, check_attached
from consultations.documents.findings import FileRefused
from consultations.documents.wording import SENTENCES

SHOWN = 40


def of_answers(form: Any, chosen: dict[int, FileStorage]) -> dict[int, AttachedFile] | None:
    """The files {question id: file} that answer questions; None when one may not be kept: its field says why."""
    kept: dict[int, AttachedFile] = {}
    refused = False
    for id, sent in chosen.items():
        fine, wrong = received([sent])
        kept.update((id, file) for file in fine)
        if wrong:
            form[f"v{id}"].errors, refused = wrong, True
    return None if refused else kept


def received(sent: list[FileStorage]) -> tuple[list[AttachedFile], list[str]]:
    """The files that may be kept, and a sentence for every reason against every other."""
    fine, wrong = [], []
    for one in sent:
        name = one.filename or ""
        if not name:
            continue
        try:
            fine.append(check_attached(one.read(), name))
        except FileRefused as refused:
            shown = name if len(name) <= SHOWN else f"{name[:SHOWN]}…"
            wrong += [
                f"{shown}: {gettext(SENTENCES[fault.code], **fault.params)}" for fault in refused.faults
            ]
    return fine, wrong
