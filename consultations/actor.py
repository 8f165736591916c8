"""Who acts, as plain values: the engine never sees a session or a user object."""

from dataclasses import dataclass

from workflows.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person in one capacity (one mandate), or nobody in particular.

    `role` is the mandate's role; `organisation_id` the organisation acted for (delegates, approvers);
    `network_id` the body acted in (Standards Unit, CECLAC, an assembly, a network). All four ids are None
    for SYSTEM and PUBLIC.
    """

    role: Role
    person_id: int | None = None
    mandate_id: int | None = None
    organisation_id: int | None = None
    network_id: int | None = None


SYSTEM = Actor(Role.SYSTEM)
PUBLIC = Actor(Role.PUBLIC)
