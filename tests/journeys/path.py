"""The whole path once, from the register to the outside answer: each step as the people of it see it."""

from collections.abc import Callable
from datetime import UTC, datetime

from tests.journeys import path_consulting, path_preparing, path_voting
from tests.journeys.world import World

Step = Callable[[World], None]
STEPS: tuple[Step, ...] = (*path_preparing.STEPS, *path_consulting.STEPS, *path_voting.STEPS)
STARTS = datetime(2026, 3, 2, 15, tzinfo=UTC)


def walk(world: World, after: Callable[[str], None] = lambda step: None) -> None:
    """Go through every step; `after` is told the name of each when it is done."""
    world.settle_in()
    for step in STEPS:
        step(world)
        after(step.__name__)
