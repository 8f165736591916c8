"""Items of an agenda that are put to one vote: by which of them a proxy is known, and what the vote says of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from consultations.extensions import db
from consultations.models.assemblies import AgendaItem

ITEM, _other = aliased(AgendaItem), aliased(AgendaItem)


@dataclass(frozen=True)
class Motion:
    """One of the motions that are put to one vote: the place of its item on the agenda, its title, its words."""

    position: int
    titles: dict[str, str]
    motion: dict[str, str]


def stands_for(condition: ColumnElement[bool]) -> Select[Any]:
    """The id of the item that stands for the block of the one that `condition` (over ITEM) picks; without a block itself.

    It is the first of the block that was written, settled or not: whoever gives a proxy for an item of a block gives it for
    the block, since there is one ballot for all of it.
    """
    of_its_block = (_other.id == ITEM.id) | ((ITEM.block != "") & (_other.block == ITEM.block))
    query = select(func.min(_other.id)).select_from(ITEM)
    return query.join(_other, (_other.assembly_id == ITEM.assembly_id) & of_its_block).where(condition)


def item_of_vote(vote_id: int) -> int | None:
    """The item by which proxies for what a vote is about are known; None where no item is put to it."""
    found: int | None = db.session.scalar(stands_for(ITEM.vote_id == vote_id))
    return found


def standing_for(item_id: int) -> int | None:
    """The item by which proxies for this one are known."""
    found: int | None = db.session.scalar(stands_for(ITEM.id == item_id))
    return found


def titles(item: AgendaItem, first: str) -> dict[str, str]:
    """What a proxy for an item is for: its title, or those of its block. `first`: the language that is always there."""
    if not item.block:
        return item.titles
    query = select(AgendaItem.titles).filter_by(assembly_id=item.assembly_id, block=item.block)
    named = query.where(AgendaItem.state != "withdrawn").order_by(AgendaItem.position)
    return said_together(db.session.scalars(named).all() or [item.titles], first, parted_by="; ")


def motions(vote_id: int) -> tuple[Motion, ...]:
    """What is put to one vote together, in the order of the agenda; empty where it is one motion or none."""
    query = select(AgendaItem).where(AgendaItem.vote_id == vote_id).order_by(AgendaItem.position)
    found = tuple(Motion(row.position, row.titles, row.motion) for row in db.session.scalars(query))
    return found if len(found) > 1 else ()


def said_together(
    texts: Sequence[dict[str, str]], first: str, *, parted_by: str, numbers: Sequence[int] = ()
) -> dict[str, str]:
    """The words of several items as one text, in every language that all of them have, and in `first`.

    Arguments: `numbers` go before them, if given. One item's words stay as they are.
    """
    if len(texts) == 1:
        return texts[0]
    spoken = {lang for lang in {first, *texts[0]} if lang == first or all(text.get(lang) for text in texts)}
    return {
        lang: parted_by.join(
            (f"{numbers[n]}. " if numbers else "") + (text.get(lang) or next(iter(text.values()), ""))
            for n, text in enumerate(texts)
        )
        for lang in sorted(spoken)
    }
