"""Minutes as one sequence of blocks, from which the page and the PDF are both made, so that they say the same."""

from dataclasses import dataclass, field
from typing import Any

from consultations.documents.synopsis_blocks import Heading, Items, Paragraph, Table


@dataclass(frozen=True, slots=True)
class Threshold:
    """A condition drawn with its sentence: `reached` and `limit` in thousandths of the bar, both as printed too."""

    sentence: str
    reached: int
    limit: int
    have: str
    needed: str
    passes: bool


Block = Heading | Paragraph | Items | Table | Threshold


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes in one language. `date`: the day they are of, as ISO text; `foot`: what stands under every page.

    `figures`: the canonical JSON that goes with them, from which they can be written again.
    """

    title: str
    language: str
    date: str
    foot: str
    blocks: tuple[Block, ...]
    figures: dict[str, Any] = field(default_factory=dict)
