"""A codebook of two codes, and a sample that two people of the Unit code."""

from consultations.engine import codebook, coding
from consultations.models.coding import CodingSample
from consultations.models.points import Tag
from tests.factories.comments import AFTER, Scene, answering, comment, scene

WATER = "water"


def code(here: Scene, words: str) -> Tag:
    """A code of the round's codebook."""
    return codebook.write_code(here.round.id, words, f"What is said of {words}.", by=here.unit, at=AFTER)


def draw(here: Scene, size: int = 10, *, seed: str = "seed") -> CodingSample:
    """A sample for the scene's two people of the Unit."""
    who = {"first_id": here.unit.person_id, "second_id": here.second.person_id}
    return coding.draw_sample(here.round.id, size=size, seed=seed, by=here.unit, at=AFTER, **who)


def sampled(comments: int = 2) -> tuple[Scene, CodingSample, tuple[Tag, Tag]]:
    """A round being answered with so many comments, all of them in a sample, and its two codes."""
    here = scene()
    for number in range(comments):
        comment(here, text=f"Comentario {number + 1}.")
    answering(here)
    codes = code(here, WATER), code(here, "cost")
    return here, draw(here), codes
