"""The rules as a program to take along: with Python alone it recounts a vote (verifiability.md)."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NAME = "plenaria-workflows.zip"
BEFORE_ALL = (1980, 1, 1, 0, 0, 0)  # the same file from every server that runs the same rules
KINDS = (".py", ".json")


@cache
def program() -> bytes:
    """A ZIP of the package `workflows`; `python -m workflows decide` runs where it is unpacked."""
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as into:
        for name, body in sorted(_parts(files("workflows"), "workflows")):
            entry = ZipInfo(name, BEFORE_ALL)
            entry.external_attr, entry.compress_type = 0o644 << 16, ZIP_DEFLATED
            into.writestr(entry, body)
    return made.getvalue()


def _parts(folder: Traversable, name: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        if one.is_dir():
            found += _parts(one, f"{name}/{one.name}") if one.name != "__pycache__" else []
        elif one.name.endswith(KINDS):
            found.append((f"{name}/{one.name}", one.read_bytes()))
    return found
