"""Columns that every row with a state carries: the state and the definition it is pinned to."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column


class Stateful:
    """State as text, with the version and hash of the table of moves that governs this row."""

    state: Mapped[str] = mapped_column(String(30), index=True)
    definition_version: Mapped[int]
    definition_sha256: Mapped[str] = mapped_column(String(64))
