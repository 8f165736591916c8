"""All tables, so that metadata is complete wherever a model is imported."""

from consultations.models import (
    ballots,
    comments,
    dossiers,
    events,
    mandates,
    organisations,
    people,
    reviews,
    rounds,
    standards,
    synopses,
    timers,
    votes,
)
from consultations.models.base import Base

__all__ = [
    "Base",
    "ballots",
    "comments",
    "dossiers",
    "events",
    "mandates",
    "organisations",
    "people",
    "reviews",
    "rounds",
    "standards",
    "synopses",
    "timers",
    "votes",
]
