"""A PDF of minutes held against itself and against the data: what a person reads, what is attached, what the rows say.

The figures attached are computed again from the rows as of the same instant, and the document is written again from the
figures attached: so a figure that was changed in the text, in the attachment or in the database differs from the others.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from consultations import wording
from consultations.documents import minutes_reading as reading
from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_document import Signed, Version, document
from consultations.documents.minutes_of_vote import vote_document
from consultations.extensions import db
from consultations.facts import minutes, minutes_of_vote
from consultations.facts.minutes_versions import numbered, signatures
from consultations.facts.minutes_votes import count_at, iso
from consultations.models.assemblies import Assembly
from consultations.models.votes import Vote


@dataclass(frozen=True)
class Line:
    """One thing compared. `part`: text, figures, ballots, minutes or signatures; `pdf` and `data` what each has."""

    part: str
    place: str
    ok: bool
    pdf: str
    data: str


def check(data: bytes) -> tuple[Line, ...]:
    """Every comparison. Raises reading.UnreadableError where the file is no minutes, or of no vote or assembly here."""
    read = reading.read_pdf(data)
    told = read.attached["figures"]
    row = _subject(told)
    try:
        found = _again(row, told)
        return (
            Line("text", "tagged", read.tagged, "", ""), *_text(read), *_figures(told, found), *_ballots(found),
            *_minutes(read.attached, row), *_signatures(read.attached, row),
        )  # fmt: skip
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


def _text(read: reading.Read) -> Iterator[Line]:
    for n, line in enumerate(reading.compare(read, _written(read.attached)), 1):
        yield Line(
            "text",
            f"line {n}",
            line.ok,
            line.found or line.expected if line.ok else line.found,
            line.expected,
        )


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


def _ballots(found: dict[str, Any]) -> Iterator[Line]:
    """Each count against the ballots: a count that was changed in the database differs from what it was made of."""
    items = [found] if found["kind"] == "vote" else found["items"]
    for vote in (item["vote"] for item in items if item["vote"]):
        if not vote["count"] or vote["method"] != "rule":
            continue
        cast = Counter(row["choice"] for row in vote["roll_call"])
        for one in vote["heads"]:
            place = f"vote {vote['code']}, {one['choice']}"
            yield Line(
                "ballots",
                place,
                cast[one["choice"]] == one["heads"],
                str(one["heads"]),
                str(cast[one["choice"]]),
            )


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


def _signatures(attached: dict[str, Any], row: Assembly | Vote) -> Iterator[Line]:
    """Each signature in the PDF stands in the data; later ones may stand there besides."""
    known = {(one["role"], one["at"]): one["name"] for one in _signed(attached, row)}
    for one in attached["signatures"]:
        there = (one["role"], one["at"]) in known
        yield Line(
            "signatures",
            one["role"],
            there,
            f"{one['name']}, {one['at']}",
            known.get((one["role"], one["at"]), ""),
        )


def _signed(attached: dict[str, Any], row: Assembly | Vote) -> list[dict[str, Any]]:
    if isinstance(row, Vote):
        at = datetime.fromisoformat(attached["figures"]["as_of"])
        count = count_at(row.id, at)
        return minutes_of_vote.signatures(count, at) if count else []
    stored = numbered(row.id, attached["minutes"])
    rows = signatures([stored.id]) if stored else ()
    return [{"role": one.role, "name": one.person.name, "at": iso(one.signed_at)} for one in rows]


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
