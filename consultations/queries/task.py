"""One thing that waits for somebody, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Task:
    """What to do, until when, and on which page.

    `titles` name the dossier per language; `params` are the figures of the sentence; `rank` puts the binding
    before the optional (lower comes first); `quiet` is what may be done rather than must; `begins` says that
    `due_at` is when it starts instead of when it ends.
    """

    kind: str
    endpoint: str
    args: Mapping[str, str | int]
    titles: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str | int] = field(default_factory=dict)
    due_at: datetime | None = None
    zone: str = "UTC"
    rank: int = 1
    quiet: bool = False
    begins: bool = False
