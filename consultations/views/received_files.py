"""Files as they come from a form: judged one by one, and what is wrong said in words."""

from flask_babel import gettext
from werkzeug.datastructures import FileStorage

from consultations.documents.attached import AttachedFile, check_attached
from consultations.documents.findings import FileRefused
from consultations.documents.wording import SENTENCES

SHOWN = 40


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
