"""What a synopsis counts besides comments and answers: the topics of its codebook, and the ways of answering with their overlap."""

from collections.abc import Mapping
from typing import Any

from consultations.facts.on_behalf import overlap, ways_of
from consultations.facts.small_cells import hidden, part_shown
from consultations.facts.topics import topics


def parts(round_id: int) -> dict[str, Any]:
    """Exact: "topics" ({"coded", "rows"}, no rows where nothing was coded) and "ways" ([[ways, organisations], …])."""
    found = topics(round_id)
    rows = [
        {"code": one.code, "meaning": one.meaning, "points": one.points, "comments": one.comments, "organisations": one.organisations}
        for one in found.rows
    ]  # fmt: skip
    ways = [[list(part), count] for part, count in overlap(ways_of(round_id).values()).parts.items()]
    return {"topics": {"coded": found.coded, "rows": rows if found.coded else []}, "ways": ways}


def parts_published(exact: Mapping[str, Any], *, few: bool) -> dict[str, Any]:
    """The same without what would point at somebody; `few`: how many answered at all is hidden.

    Of a topic all three figures are shown or none: each divides all of its kind in those that have it and the others.
    Ways are shown as on the page of participation: their sum is that of who answered. Figures frozen before these were
    counted have none.
    """
    told, ways = exact.get("topics") or {"coded": 0, "rows": []}, exact.get("ways") or []
    of = {
        "points": told["coded"],
        "comments": exact["received"],
        "organisations": exact["organisations"]["commented"],
    }
    rows = [
        row if all(part_shown(row[key], total - row[key]) is not None for key, total in of.items())
        else {**row, **dict.fromkeys(of)}
        for row in told["rows"]
    ]  # fmt: skip
    gone = hidden({"+".join(part): (count,) for part, count in ways})
    shown = [[part, None if few or "+".join(part) in gone else count] for part, count in ways]
    return {"topics": {**told, "rows": rows}, "ways": shown}
