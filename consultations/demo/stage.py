"""One dossier's place in the demonstration: who acts in it, what it says, and where its organisations are."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import cycle
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consultations.actor import Actor
from consultations.demo.calendar import Calendar
from consultations.demo.cast import Cast
from consultations.demo.names import words
from consultations.demo.register import ASSEMBLY, COMMISSION, UNIT
from consultations.extensions import db
from consultations.models.standards import Node
from workflows.roles import Role

DEMO = UUID("0b9c1d5e-6a5f-4c0e-9d6b-2f1f6f0a2026")
"""The namespace of the requests' ids."""


@dataclass(frozen=True)
class Stage:
    """One dossier's place in the demonstration: its words (words/dossiers.json), the cast and the calendar."""

    name: str
    cast: Cast
    calendar: Calendar

    @cached_property
    def words(self) -> dict[str, Any]:
        """Titles, objectives and so on."""
        return words("dossiers")[self.name]

    @property
    def head(self) -> Actor:
        """The head of the Standards Unit."""
        return self.cast.one(Role.UNIT_HEAD, UNIT)

    @property
    def unit(self) -> Actor:
        """Who does the Unit's writing."""
        return self.cast.one(Role.UNIT, UNIT)

    @property
    def chair(self) -> Actor:
        """CECLAC's chair."""
        return self.cast.one(Role.CHAIR, COMMISSION)

    @property
    def body(self) -> int:
        """The body that decides."""
        return self.cast.networks[self.words["body"]]

    def authors(self) -> dict[str, Iterator[Actor]]:
        """Delegates of the deciding body by the language of their organisation, in turn, fresh accounts left out."""
        body = self.words["body"]
        found: dict[str, list[Actor]] = {}
        for code, actor in self.cast.delegates.items():
            member = self.cast.members[code]
            if code not in self.cast.fresh and (body == ASSEMBLY or body in member.networks):
                found.setdefault(member.language, []).append(actor)
        return {language: cycle(actors[::3] or actors) for language, actors in found.items()}


def nodes_by_number(version_id: int) -> dict[str, Node]:
    """A version's nodes by their number; while they are held, the session asks the database for none of them again."""
    return {node.number: node for node in db.session.scalars(select(Node).filter_by(version_id=version_id))}
