"""What a file is, by its content, and refusing it before anything is parsed."""

from consultations.documents.findings import FileRefused, refuse

MAX_FILE_BYTES = 20 * 1024 * 1024
"""Largest file read: the longest real standards with pictures stay under 10 MB; a 50 MB file is refused."""

MAX_NAME_CHARS = 255

_SIGNATURES = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def check_size(data: bytes, limit: int = MAX_FILE_BYTES) -> None:
    """Refuse an empty file and one over the limit (bytes)."""
    if not data:
        raise refuse("empty_file")
    if len(data) > limit:
        raise refuse("file_too_large", size=_megabytes(len(data)), limit=_megabytes(limit))


def kind_of(data: bytes) -> str:
    """Return zip, ole, pdf, rtf, image, archive, markup or text, from the first bytes only."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) or (kind == "pdf" and start.startswith(signature)):
            return kind
    return "markup" if start[:16].lower().startswith(_MARKUP) else "text"


def wrong_type(data: bytes, kind: str) -> FileRefused:
    """Return the refusal of a file whose content is not what was asked for, naming what it is."""
    if kind == "ole":
        return refuse("encrypted_office" if _ENCRYPTED in data else "old_office")
    return refuse("wrong_type", kind=kind)


def decode_utf8(data: bytes) -> str:
    """Return the text of a UTF-8 file, with or without byte order mark; refuse every other encoding.

    Nothing is guessed: a text decoded with the wrong table looks right in part and is voted on.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("utf16")
    if (at := data.find(b"\x00")) >= 0:
        raise refuse("nul_bytes", offset=at, line=_line(data, at))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts after a byte order mark it has taken off.
        at = error.start + (3 if data.startswith(b"\xef\xbb\xbf") and len(error.object) < len(data) else 0)
        raise refuse("not_utf8", offset=at, line=_line(data, at), byte=f"0x{data[at]:02X}") from None


def _line(data: bytes, offset: int) -> int:
    return data.count(b"\n", 0, offset) + 1


def _megabytes(size: int) -> int:
    return -(-size // (1024 * 1024))
