"""The order of an agenda: items one after another, amendments before the text that they change, blocks as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workflows.refusals import Refusal, refusal


@dataclass(frozen=True, slots=True)
class Item:
    """One item, in the order of its position. `amends` is the item whose text it would change; `block` the item that
    votes on it together with others; `settled` when it was decided, withdrawn or fell away."""

    id: str
    position: int
    amends: str | None = None
    block: str | None = None
    settled: bool = False


def in_order(items: Iterable[Item]) -> tuple[Item, ...]:
    """The items as they are taken up: by position, but amendments (and theirs) before the text that they change."""
    known = sorted(items, key=lambda item: (item.position, item.id))
    taken: dict[str, Item] = {}
    for item in known:
        if item.amends is None or item.amends not in {other.id for other in known}:
            _take(item, known, taken, frozenset())
    # Two items that amend each other lead from no text: they come last, in their position.
    return (*taken.values(), *(item for item in known if item.id not in taken))


def before(items: Sequence[Item], wanted: str) -> tuple[Item, ...]:
    """What has to be dealt with before the item: everything ahead of it that is neither settled nor in a block."""
    order = in_order(items)
    place = next((at for at, item in enumerate(order) if item.id == wanted), 0)
    return tuple(item for item in order[:place] if not item.settled and item.block is None)


def objections_to_taking_up(items: Sequence[Item], wanted: str) -> tuple[Refusal, ...]:
    """Everything that speaks against taking the item up now."""
    item = next((item for item in items if item.id == wanted), None)
    if item is None:
        return (refusal("item_unknown", item=wanted),)
    found = [refusal("item_settled")] if item.settled else []
    if item.block is not None:
        found.append(refusal("item_in_block", block=item.block))
    if waiting := before(items, wanted):
        found.append(refusal("items_before_it", names=", ".join(other.id for other in waiting)))
    return tuple(found)


def _take(item: Item, known: Sequence[Item], taken: dict[str, Item], above: frozenset[str]) -> None:
    for amendment in known:
        if amendment.amends == item.id and amendment.id not in above | {item.id}:
            _take(amendment, known, taken, above | {item.id})
    taken.setdefault(item.id, item)
