"""The order of an agenda: items one after another, amendments before the text that they change, blocks as one."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `amends`: the item whose text it would change, which stands before it; `block`: items with the same word
    are taken up and put to the vote as one; `settled`: it was decided, put off or withdrawn."""

    id: int
    position: int
    amends: int | None = None
    block: str = ""
    settled: bool = False


def together(items: Iterable[Item], wanted: int) -> tuple[Item, ...]:
    """The items that are dealt with as one: those of its block that are not settled, by position; it alone without one."""
    known = _known(items)
    item = known[wanted]
    return tuple(one for one in known.values() if one is item or (_one_block(one, item) and not one.settled))


def before(items: Iterable[Item], wanted: int) -> tuple[Item, ...]:
    """What has to be settled before the item is taken up, by position.

    A block stands where the first of its items does. An amendment comes in the turn of its text, and after the amendments
    to the same text that were moved before it; it never holds up another text.
    """
    known = _known(items)
    item = known[wanted]
    text = _text(item, known)
    if text is None:
        place = _place(item, known)
        found = {
            one for one in known.values()
            if _text(one, known) is None and not _one_block(one, item) and _place(one, known) < place
        }  # fmt: skip
    else:
        earlier = (one for one in known.values() if one.amends == text.id and one.position < item.position)
        found = {*before(known.values(), text.id), *earlier}
    return tuple(one for one in known.values() if one in found and not one.settled)


def amendments(items: Iterable[Item], wanted: int) -> tuple[Item, ...]:
    """The amendments to the item that are not settled, in the order in which they are voted on."""
    return tuple(one for one in _known(items).values() if one.amends == wanted and not one.settled)


def _known(items: Iterable[Item]) -> dict[int, Item]:
    return {item.id: item for item in sorted(items, key=lambda item: (item.position, item.id))}


def _text(item: Item, known: dict[int, Item]) -> Item | None:
    """What it amends. What stands after it is no text of it, so that none amends itself over others."""
    text = known.get(item.amends) if item.amends is not None else None
    return text if text is not None and text.position < item.position else None


def _one_block(one: Item, other: Item) -> bool:
    return one.block != "" and one.block == other.block


def _place(item: Item, known: dict[int, Item]) -> int:
    standing = (one.position for one in known.values() if _one_block(one, item) and not one.settled)
    return min((item.position, *standing))
