"""Who reads the words of comments.

public: everyone; members: whoever acts for an organisation; unit: the Unit, the Commission and auditors alone (and its own organisation).
"""

from sqlalchemy import ColumnElement, or_

from consultations.actor import Actor
from consultations.models.comments import Comment
from workflows.roles import Role, implies

READS_ALL = frozenset({Role.UNIT, Role.COMMISSION, Role.AUDITOR})


def visible_to(by: Actor) -> ColumnElement[bool]:
    """The condition that the words of a comment may be read by this viewer."""
    if not READS_ALL.isdisjoint(implies(by.role)):
        return Comment.id.is_not(None)
    if by.organisation_id is None:
        return Comment.visibility == "public"
    return or_(Comment.visibility.in_(("public", "members")), Comment.organisation_id == by.organisation_id)
