"""A consultation in full: heard in every way, worked on at the desk, answered, published, and followed by a second round."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.journeys import heard_answering, heard_listening, heard_preparing
from tests.journeys.world import World

Step = Callable[[World], None]
STEPS: tuple[Step, ...] = (*heard_preparing.STEPS, *heard_listening.STEPS, *heard_answering.STEPS)
STARTS = datetime(2026, 3, 2, 15, tzinfo=UTC)


def walk(world: World) -> None:
    """Go through every step."""
    world.settle_in()
    for step in STEPS:
        step(world)
