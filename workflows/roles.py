"""Who may act: one enum, and who may stand in for whom."""

from enum import StrEnum


class Role(StrEnum):
    """The capacity in which somebody acts (process.md, "Actors")."""

    UNIT = "unit"  # staff of the Standards Unit
    UNIT_HEAD = "unit_head"
    COMMISSION = "commission"  # member of CECLAC
    CHAIR = "chair"  # of CECLAC
    DELEGATE = "delegate"
    ORGANISATION = "organisation"  # who approves in the organisation's name
    NETWORK = "network"  # country, product or workers' network, or a regional facilitator
    SECRETARY = "secretary"  # of an assembly
    PRESIDENT = "president"  # of an assembly
    SCRUTINEER = "scrutineer"
    COMMITTEE = "committee"  # hears what is contested in an assembly
    AUDITOR = "auditor"  # reads all, moves nothing
    ADMIN = "admin"  # operates the register, moves nothing
    SYSTEM = "system"  # the clock
    PUBLIC = "public"


_STANDS_IN = {Role.UNIT_HEAD: Role.UNIT, Role.CHAIR: Role.COMMISSION}


def implies(role: Role) -> frozenset[Role]:
    """The roles that `role` may act in: itself, and for a head the body that it heads.

    The head of the Unit acts wherever the Unit may, CECLAC's chair wherever a member may; nothing else
    follows from anything (separation of duties: process.md).
    """
    return frozenset({role, _STANDS_IN.get(role, role)})
