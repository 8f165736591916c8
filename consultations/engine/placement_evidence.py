"""What speaks for the place of each comment on a later version: read once for all comments of a round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from consultations.documents.clause_likeness import likenesses
from consultations.documents.clause_map import map_lines
from consultations.facts import clause_links, placements
from consultations.facts.placements import Anchored
from consultations.models.standards import StandardVersion
from workflows.placement import Evidence


@dataclass(frozen=True)
class Known:
    """Both versions as the rule asks of them; `old` and `new` are words by clause, `near` what was compared already."""

    stable_before: Mapping[int, str]
    by_stable_id: Mapping[str, int]
    mapped: Mapping[int, frozenset[int]]
    quoting: Mapping[str, frozenset[int]]
    old: Mapping[int, str]
    new: Mapping[int, str]
    near: dict[int, dict[int, Fraction]] = field(default_factory=dict)

    def of(self, one: Anchored) -> Evidence:
        """The evidence for one comment; words are compared only where nothing before them decides."""
        same = self.by_stable_id.get(self.stable_before.get(one.node_id, ""))
        mapped = self.mapped.get(one.node_id)
        decided = same is not None or (mapped is not None and len(mapped) < 2)
        likeness = {} if decided else self._likeness(one.node_id)
        return Evidence(same, mapped, self.quoting.get(one.quote, frozenset()), likeness)

    def there(self, node_id: int | None) -> bool:
        """Whether a place still stands: its clause is in the version, or it needs none."""
        return node_id is None or node_id in self.by_stable_id.values()

    def _likeness(self, node_id: int) -> dict[int, Fraction]:
        if node_id not in self.near:
            self.near[node_id] = likenesses(self.old.get(node_id, ""), self.new)
        return self.near[node_id]


def gather(before: StandardVersion, after: StandardVersion, asked: Sequence[Anchored]) -> Known:
    """Everything that is known of both versions for the comments that are asked about."""
    stable = clause_links.stable_ids([before.id, after.id])
    return Known(
        stable[before.id],
        {stable_id: node_id for node_id, stable_id in stable[after.id].items()},
        _mapped(before.id, after.id),
        placements.holding(after.id, [one.quote for one in asked if one.quote]),
        placements.words_of(before.id, before.reference_language),
        placements.words_of(after.id, before.reference_language),
    )


def _mapped(before_id: int, after_id: int) -> dict[int, frozenset[int]]:
    """What persons said became of each clause they spoke of: none when it was deleted, several when it was split."""
    found: dict[int, frozenset[int]] = {}
    for line in map_lines(before_id, after_id):
        if line.before is not None:
            image = frozenset() if line.after is None else frozenset({line.after})
            found[line.before] = found.get(line.before, frozenset()) | image
    return found
