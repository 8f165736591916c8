"""What is generated of a synopsis from its cover and from counts besides comments: dates, ways of answering, topics."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext, lazy_gettext

from consultations import moments, wording_participation
from consultations.documents.synopsis_blocks import Block, Table
from consultations.queries.synopsis_tables import number

CHANGES = {
    "paused": lazy_gettext("Paused"),
    "resumed": lazy_gettext("Went on"),
    "extended": lazy_gettext("Extended"),
    "reopened": lazy_gettext("Opened again"),
}


def dates(cover: Mapping[str, Any]) -> Iterator[Block]:
    """The dates of the round in their order. An opening is the instant itself, a closing the end of the day before."""
    zone = cover["zone"]
    rows = []
    if cover["opens_at"]:
        rows.append((gettext("Opened"), moments.instant(datetime.fromisoformat(cover["opens_at"]), zone)))
    if cover["first_closes_at"]:
        rows.append((gettext("First closing date"), _closing(cover["first_closes_at"], zone)))
    rows += [(str(CHANGES[one["what"]]), _change(one, zone)) for one in cover.get("changes", [])]
    if cover["closes_at"]:
        rows.append((gettext("Closed"), _closing(cover["closes_at"], zone)))
    rows.append((gettext("Times extended"), str(cover["extensions"])))
    yield Table(gettext("Dates of the round"), (gettext("What"), gettext("When")), tuple(rows))


def ways(told: list[list[Any]]) -> Iterator[Block]:
    """Organisations by exactly the ways they used, so that no organisation is counted twice."""
    rows = tuple((wording_participation.ways(tuple(part)), number(count)) for part, count in told)
    if rows:
        heads = (gettext("Ways of answering"), gettext("Organisations"))
        counted = gettext(
            "Counted: organisations that answered, each in one row only, by all the ways that it used."
        )
        yield Table(gettext("By which ways organisations answered"), heads, rows, (1,), counted)


def topics(told: Mapping[str, Any]) -> Iterator[Block]:
    """The codebook's topics; they overlap and are not added up."""
    rows = tuple(
        (f"{row['code']}: {row['meaning']}", number(row["points"]), number(row["comments"]), number(row["organisations"]))
        for row in told["rows"]
    )  # fmt: skip
    if rows:
        heads = (gettext("Topic"), gettext("Points"), gettext("Comments"), gettext("Organisations"))
        counted = gettext("Counted: the %(count)s points of comments received that were coded. A point may have several topics or none, so that the rows are not added up.", count=told["coded"])  # fmt: skip
        yield Table(gettext("Topics"), heads, rows, (1, 2, 3), counted)


def _closing(iso: str, zone: str) -> str:
    return moments.deadline(datetime.fromisoformat(iso), zone)


def _change(told: Mapping[str, str], zone: str) -> str:
    when = moments.instant(datetime.fromisoformat(told["at"]), zone)
    if not told["closes_at"]:
        return when
    return str(gettext("%(when)s; until %(closes)s", when=when, closes=_closing(told["closes_at"], zone)))
