"""Migration 0009: comments that were hidden go back to where they stood, with every answer that they had."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade

from consultations.engine import points, removals
from consultations.extensions import db
from consultations.models.comments import Comment
from tests.factories.comments import AFTER, answered, answering, comment, scene

pytestmark = pytest.mark.sqlite


def test_hidden_comments_go_back_to_where_they_stood(app: Flask) -> None:
    here = scene()
    sent, decided, split, seen = (comment(here, who=n % 2, text="Uno. Dos.") for n in range(4))
    answering(here)
    answered(here, decided)
    points.split(split.id, ["Uno.", "Dos."], by=here.unit, at=AFTER)
    answered(here, split, point=1)
    answered(here, seen)
    seen.state = "satisfied"
    for made in (sent, decided, split):
        removals.hide(made.id, "ofende", by=here.head, at=AFTER)
    stood = {made.id: (made.state, made.hidden_at) for made in (sent, decided, split, seen)}
    db.session.commit()
    downgrade(revision="0008_synopsis_content")
    upgrade()
    db.session.expire_all()
    assert {made.id: (made.state, made.hidden_at) for made in db.session.query(Comment)} == stood
    assert [state for state, _ in stood.values()] == ["submitted", "decided", "triaged", "satisfied"]
