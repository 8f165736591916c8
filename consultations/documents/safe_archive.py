"""Opening a ZIP container from a stranger: nothing is handed on that was not read here within bounds."""

import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from consultations.documents.findings import Fault, FileRefused, refuse

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ENTRY_BYTES = 40 * 1024 * 1024
MAX_RATIO = 200
RATIO_FREE_BYTES = 1024 * 1024
"""An entry under this size may be as compressible as it likes."""

_CHUNK = 64 * 1024
_ENCRYPTED_BIT = 0x1
_DAMAGE = (
    BadZipFile,
    LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)


def read_entries(data: bytes) -> dict[str, bytes]:
    """Return name -> content of every entry; refuse bombs, lying headers, encryption, damage and double names.

    Sizes announced in the directory are checked before anything is unpacked, and what is unpacked is counted.
    """
    try:
        with ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if faults := _announced(infos):
                raise FileRefused(faults)
            return {info.filename: _read(archive, info) for info in infos}
    except FileRefused:
        raise
    except _DAMAGE:
        raise refuse("damaged_archive") from None


def entry_names(data: bytes) -> tuple[str, ...]:
    """Return the names in the directory, nothing unpacked; refuse a damaged one."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            return tuple(archive.namelist())
    except _DAMAGE:
        raise refuse("damaged_archive") from None


def packed_again(entries: dict[str, bytes]) -> BytesIO:
    """Return an uncompressed archive of entries already read, for a library that wants to open one itself."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for name, content in entries.items():
            archive.writestr(ZipInfo(name), content)
    target.seek(0)
    return target


def _announced(infos: list[ZipInfo]) -> list[Fault]:
    faults = []
    if len(infos) > MAX_ENTRIES:
        faults.append(Fault("too_many_entries", None, {"count": len(infos), "limit": MAX_ENTRIES}))
    if len({info.filename for info in infos}) < len(infos):
        faults.append(Fault("double_entries"))
    if any(info.flag_bits & _ENCRYPTED_BIT for info in infos):
        faults.append(Fault("encrypted_archive"))
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in infos):
        faults.append(Fault("unknown_compression"))
    if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES or any(map(_is_bomb, infos)):
        faults.append(_bomb())
    return faults


def _is_bomb(info: ZipInfo) -> bool:
    ratio = info.file_size > MAX_RATIO * max(info.compress_size, 1) and info.file_size > RATIO_FREE_BYTES
    return ratio or info.file_size > MAX_ENTRY_BYTES


def _bomb() -> Fault:
    return Fault("zip_bomb", None, {"limit": MAX_UNPACKED_BYTES // (1024 * 1024)})


def _read(archive: ZipFile, info: ZipInfo) -> bytes:
    content = bytearray()
    with archive.open(info) as entry:
        while chunk := entry.read(_CHUNK):
            content += chunk
            if len(content) > MAX_ENTRY_BYTES:
                raise FileRefused([_bomb()])
    if len(content) != info.file_size:
        raise refuse("damaged_archive")
    return bytes(content)
