"""Files that organisations add to what they say: judged by their content, named so that nothing can go wrong.

They are kept as they came and handed on to others, so what is not on the list is refused, and nothing is opened further
than it takes to know what it is.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from consultations.documents.docx_package import elsewhere, macros, with_dtd
from consultations.documents.findings import Fault, FileRefused, refuse
from consultations.documents.safe_archive import read_entries
from consultations.documents.safe_files import check_size, kind_of

LARGEST = 5 * 1024 * 1024
"""Bytes of one file; on a slow line more takes too long to send, and to fetch."""

LONGEST_NAME = 180
"""Characters: with an extension added it still fits into the 200 of a kept name."""

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
ENDINGS = {**{kind: (kind,) for kind in MEDIA_TYPES}, "jpg": ("jpg", "jpeg")}

_SIGNATURES = ((b"%PDF-", "pdf"), (b"\xff\xd8\xff", "jpg"), (b"\x89PNG\r\n\x1a\n", "png"))
_MAIN_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_TYPES = "[Content_Types].xml"
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# Programs and other files inside an Office file: whoever opens it opens them too. The numbers of a chart are none.
_INSIDE = re.compile(
    r"/activeX/|/embeddings/(?!.*\.xlsx$)|oleObject|\.(exe|dll|js|vbs|hta|lnk|scr|bat|cmd|ps1)$",
    re.IGNORECASE,
)
_UNFIT = re.compile(r'[<>:"/\\|?*]')


@dataclass(frozen=True)
class AttachedFile:
    """A file that may be kept: a clean name with the ending of its content, its type, and its bytes."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The hash that it is recognised by, in 64 hexadecimal digits."""
        return sha256(self.content).hexdigest()


def check_attached(content: bytes, name: str) -> AttachedFile:
    """The file under its clean name. Errors: FileRefused with every reason (empty, too large, type, macros, name)."""
    faults: list[Fault] = []
    if len(name) > LONGEST_NAME:
        faults.append(Fault("name_too_long", None, {"limit": LONGEST_NAME}))
    kind = ""
    try:
        check_size(content, LARGEST)
        kind = _kind(content, name)
    except FileRefused as refused:
        faults += refused.faults
    if faults:
        raise FileRefused(faults)
    return AttachedFile(clean_name(name, kind), MEDIA_TYPES[kind], content)


def clean_name(name: str, kind: str) -> str:
    """The name without folders, controls, marks of direction and what other systems forbid, and with a fitting ending."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = " ".join(_UNFIT.sub("_", plain).split()).strip(". ") or "file"
    ending = plain.rpartition(".")[2].lower() if "." in plain else ""
    return plain if ending in ENDINGS[kind] else f"{plain}.{kind}"


def _kind(content: bytes, name: str) -> str:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    found = kind_of(content)
    if found == "zip":
        return _office(content)
    if found == "ole":
        raise refuse("attached_old_office")
    if found != "text" or _CONTROLS.search(content):
        raise refuse("attached_type")
    # Words are words: which of the two they are meant as only the name says, and neither is ever run.
    return "csv" if name.lower().endswith(".csv") else "txt"


def _office(content: bytes) -> str:
    entries = read_entries(content)
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in entries]
    if _TYPES not in entries or len(kinds) != 1:
        raise refuse("attached_type")
    if macros(entries) or any(name.startswith("xl/macrosheets/") for name in entries):
        raise refuse("attached_macros")
    if with_dtd(entries) or _unread(entries) or elsewhere(entries) or any(map(_INSIDE.search, entries)):
        raise refuse("attached_active")
    return kinds[0]


def _unread(entries: dict[str, bytes]) -> bool:
    """Whether what says how parts belong together is in an encoding in which its words were not looked for."""
    return any(
        b"\0" in content for name, content in entries.items() if name == _TYPES or name.endswith(".rels")
    )
