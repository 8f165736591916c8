"""A PDF of minutes held against itself and against the data: its bytes, what a person reads, what is attached, what the rows say.

First whether it is, byte for byte, a file that was made and handed out here. If it is not, the document is written again
from the figures attached and compared word for word and page for page. Either way the figures attached are computed again
from the rows as of the same instant, and the votes counted again from the roll call attached: so a figure that was changed
in the text, in the attachment or in the database differs from the others.
"""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from consultations import wording
from consultations.documents import minutes_drawing
from consultations.documents import minutes_reading as reading
from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_document import Signed, Version, document
from consultations.documents.minutes_of_vote import vote_document
from consultations.documents.minutes_pdf import write_pdf
from consultations.extensions import db
from consultations.facts import minutes, minutes_of_vote
from consultations.facts.minutes_versions import file_of, numbered
from consultations.facts.minutes_votes import count_at
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote
from consultations.queries import minutes_recount
from consultations.queries.minutes_standing import Standing, signed, standing


@dataclass(frozen=True)
class Line:
    """One thing compared. `part`: text, pages, figures, ballots, minutes, names or signatures; `pdf` and `data` what each has."""

    part: str
    place: str
    ok: bool
    pdf: str
    data: str


@dataclass(frozen=True)
class Checked:
    """What came of it. `made_at`: when a file of these very bytes was first handed out here; None: never."""

    sha256: str
    made_at: datetime | None
    standing: Standing
    lines: tuple[Line, ...]

    @property
    def differing(self) -> tuple[Line, ...]:
        """What is not equal."""
        return tuple(line for line in self.lines if not line.ok)


def check(data: bytes) -> Checked:
    """Every comparison. Raises reading.UnreadableError where the file is no minutes, or of no vote or assembly here."""
    read, made = reading.read_pdf(data), file_of(data)
    told = read.attached["figures"]
    row = _subject(told)
    try:
        own = () if made else (*_pages(read), *_names(read.attached, row))
        lines = (
            *own, *_figures(told, _again(row, told)), *_ballots(told), *_minutes(read.attached, row),
            *_signatures(read.attached, row, named=made is None),
        )  # fmt: skip
        return Checked(
            hashlib.sha256(data).hexdigest(),
            made.made_at if made else None,
            standing(read.attached, row),
            lines,
        )
    # Whoever changes the attachment may leave it without what minutes have, or with something else in its place.
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        raise reading.UnreadableError(f"the figures attached are not those of minutes ({error})") from None


def _subject(told: dict[str, Any]) -> Assembly | Vote:
    table = {"assembly": Assembly, "vote": Vote}.get(str(told.get("kind")))
    if told.get("format") != minutes.FORMAT or table is None:
        raise reading.UnreadableError("minutes of a kind or a format that is not known here")
    row = db.session.scalar(select(table).where(table.code == str(told.get("code", ""))))
    if row is None or row.convened_at is None:
        raise reading.UnreadableError(f"no {told['kind']} {told.get('code', '')} is convened here")
    return row  # type: ignore[no-any-return]


def _again(row: Assembly | Vote, told: dict[str, Any]) -> dict[str, Any]:
    """The figures from the rows, as of the instant of the PDF's."""
    at = datetime.fromisoformat(told["as_of"])
    if isinstance(row, Assembly):
        return minutes.figures(row, at)
    if count_at(row.id, at) is None:
        raise reading.UnreadableError(f"vote {row.code} was not counted by {told['as_of']}")
    return minutes_of_vote.figures(row, at)


def _pages(read: reading.Read) -> Iterator[Line]:
    """What is read, what is drawn, and that nothing was laid over it."""
    yield Line("text", "tagged", read.tagged, "", "")
    yield from (Line("pages", what.partition(":")[0], False, what, "") for what in read.added)
    written = _written(read.attached)
    lines = tuple(_text(read, written))
    yield from lines
    if all(line.ok for line in lines):
        yield from _drawn(read, written)


def _text(read: reading.Read, written: Minutes) -> Iterator[Line]:
    for n, line in enumerate(reading.compare(read, written), 1):
        found = line.found or line.expected if line.ok else line.found
        yield Line("text", f"line {n}", line.ok, found, line.expected)


def _drawn(read: reading.Read, written: Minutes) -> Iterator[Line]:
    """Each page against the same made again: words that are the same may be hidden, or drawn as others."""
    from pypdf import PdfReader

    with force_locale(written.language):
        again = minutes_drawing.drawn(PdfReader(io.BytesIO(write_pdf(written))))
    yield Line("pages", "how many", len(read.drawn) == len(again), str(len(read.drawn)), str(len(again)))
    for n, (one, other) in enumerate(zip(read.drawn, again, strict=False), 1):
        yield Line("pages", f"drawing of page {n}", one == other, one, other)


def _written(attached: dict[str, Any]) -> Minutes:
    """The document again, from what is attached and in its language."""
    language = attached["language"] if attached["language"] in wording.LANGUAGES else "es"
    signed = tuple(Signed(one["role"], one["name"], one["at"]) for one in attached["signatures"])
    with force_locale(language):
        if attached["figures"]["kind"] == "vote":
            return vote_document(attached["figures"], signed)
        told = (attached[key] for key in ("minutes", "figures", "words", "sha256"))
        return document(Version(*told, signed))


def _figures(told: dict[str, Any], found: dict[str, Any]) -> Iterator[Line]:
    differing = {place: (one, other) for place, one, other in minutes.differing(told, found)}
    for place, value in _leaves(found):
        if place not in differing:
            yield Line("figures", place, True, str(value), str(value))
    for place, (one, other) in differing.items():
        yield Line("figures", place, False, _short(one), _short(other))


def _ballots(told: dict[str, Any]) -> Iterator[Line]:
    """Each vote counted again from the roll call attached."""
    votes = (
        [told["vote"]] if told["kind"] == "vote" else [one for item in told["items"] for one in item["votes"]]
    )
    for vote in (vote for vote in votes if vote["count"]):
        different = tuple(minutes_recount.differences(vote))
        for one in different:
            place = f"vote {vote['code']}, {one.place}"
            yield Line("ballots", place, False, _short(one.stated), _short(one.found))
        if not different:
            yield Line("ballots", f"vote {vote['code']}, counted again", True, vote["status"], vote["status"])


def _minutes(attached: dict[str, Any], row: Assembly | Vote) -> Iterator[Line]:
    """The hash that is signed: of what is attached, as it says itself, and as it is stored."""
    said, told = str(attached["sha256"]), attached["figures"]
    if isinstance(row, Vote):
        yield Line("minutes", "sha256", said == told["minutes_sha256"], said, str(told["minutes_sha256"]))
        return
    again = minutes.sha256(told, attached["words"])
    yield Line("minutes", "sha256 of the figures and words attached", said == again, said, again)
    stored = numbered(row.id, attached["minutes"])
    kept = stored.sha256 if stored else ""
    yield Line("minutes", f"sha256 of version {attached['minutes']}", said == kept, said, kept)
    if stored:
        again = minutes.sha256(stored.figures, stored.words)
        yield Line(
            "minutes", f"figures and words stored with version {stored.number}", kept == again, kept, again
        )


def _names(attached: dict[str, Any], row: Assembly | Vote) -> Iterator[Line]:
    """Who prepared and reviewed a vote, which no hash is over; the names in minutes of an assembly are signed with them."""
    if not isinstance(row, Vote):
        return
    told, found = attached["figures"], _again(row, attached["figures"])
    for key in ("prepared_by", "reviewed_by"):
        yield Line("names", key, told[key] == found[key], str(told[key]), str(found[key]))


def _signatures(attached: dict[str, Any], row: Assembly | Vote, *, named: bool) -> Iterator[Line]:
    """Each signature in the PDF stands in the data; later ones may stand there besides.

    `named`: by the same name. In a file that was made here it may be one that the register has corrected since.
    """
    known = {(one["role"], one["at"]): one["name"] for one in signed(attached, row)}
    for one in attached["signatures"]:
        name = known.get((one["role"], one["at"]))
        there = name is not None and (not named or name == one["name"])
        yield Line("signatures", one["role"], there, f"{one['name']}, {one['at']}", name or "")


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    parts = (
        value.items() if isinstance(value, dict) else enumerate(value, 1) if isinstance(value, list) else ()
    )
    if not isinstance(value, dict | list):
        yield place, value
    for key, part in parts:
        if key not in minutes.PEOPLE:
            yield from _leaves(part, f"{place}/{key}" if place else str(key))


def _short(value: Any) -> str:
    said = "" if value is None else str(value)
    return said if len(said) <= 120 else f"{said[:120]}…"
