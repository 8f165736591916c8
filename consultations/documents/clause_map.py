"""The clause maps of versions that were drawn up one from another, as one map from the first to the last."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from consultations.documents.redline import Line
from consultations.facts import clause_links


@dataclass(frozen=True, slots=True)
class Step:
    """One version to the next: the stable id of each clause (by key) on both sides, and what persons said."""

    before: Mapping[int, str]
    after: Mapping[int, str]
    lines: tuple[Line, ...]


def map_lines(before_id: int, after_id: int) -> tuple[Line, ...]:
    """What persons said became of clauses: of this very pair, else step by step from one version to the next."""
    direct = (*_said(before_id, after_id), *reversed_lines(_said(after_id, before_id)))
    chain = clause_links.chain(before_id, after_id)
    back = [] if chain else clause_links.chain(after_id, before_id)
    followed = compose(_steps(chain)) if chain else reversed_lines(compose(_steps(back)))
    named = ({line.before for line in direct} - {None}, {line.after for line in direct} - {None})
    rest = (line for line in followed if line.before not in named[0] and line.after not in named[1])
    return (*direct, *rest)


def compose(steps: Sequence[Step]) -> tuple[Line, ...]:
    """Return the lines from the first version to the last that follow from what persons said on the way.

    What nobody spoke of follows from the stable ids and has no line.
    """
    reached = {key: {key} for key in steps[0].before} if steps else {}
    spoken: set[int] = set()
    added: set[int] = set()
    for step in steps:
        follow, said_new = _follow(step), {line.after for line in step.lines if line.before is None}
        said_old = {line.before for line in step.lines} - {None}
        spoken |= {key for key, images in reached.items() if images & said_old}
        reached = {key: set().union(*(follow[one] for one in images)) for key, images in reached.items()}
        added = set().union(*(follow[one] for one in added), (one for one in said_new if one is not None))
    return tuple(_lines(reached, spoken, added))


def reversed_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the map from the later version back to the earlier one."""
    return tuple(Line(line.after, line.before) for line in lines)


def _said(before_id: int, after_id: int) -> tuple[Line, ...]:
    return tuple(Line(*ends) for ends in clause_links.lines(before_id, after_id))


def _steps(chain: list[int]) -> list[Step]:
    stable = clause_links.stable_ids(chain)
    pairs = itertools.pairwise(chain)
    return [Step(stable[one], stable[other], _said(one, other)) for one, other in pairs]


def _follow(step: Step) -> dict[int, set[int]]:
    """What became of each clause in one step: what persons said, else the clause of the same stable id."""
    follow: dict[int, set[int]] = defaultdict(set)
    told_old = {line.before for line in step.lines}
    told_new = {line.after for line in step.lines}
    for line in step.lines:
        if line.before is not None and line.after is not None:
            follow[line.before].add(line.after)
    there = {stable_id: key for key, stable_id in step.after.items() if key not in told_new}
    for key, stable_id in step.before.items():
        if key not in told_old and stable_id in there:
            follow[key].add(there[stable_id])
    return follow


def _lines(reached: Mapping[int, set[int]], spoken: set[int], added: set[int]) -> Iterable[Line]:
    for key in sorted(spoken):
        images = sorted(reached[key])
        yield from (Line(key, image) for image in images or [None])
    come_from = {image for images in reached.values() for image in images}
    yield from (Line(None, key) for key in sorted(added - come_from))
