"""The words of a synopsis per section and language, and the figures they name: while they are written, and frozen.

Kept as {"summary.es": "…", …}; the introduction and the way forward in the reference language have columns of their own.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import figures
from consultations.facts.figures import Value
from consultations.models.rounds import Round
from consultations.models.synopses import Synopsis

Words = dict[str, str]
OWN_COLUMNS = ("introduction", "way_forward")


def newest(round_id: int) -> Synopsis | None:
    """The synopsis that counts: the last one frozen."""
    query = select(Synopsis).where(Synopsis.round_id == round_id).order_by(Synopsis.number.desc()).limit(1)
    return db.session.scalar(query)


def place(section: str, language: str) -> str:
    """The name under which the words of a section in a language are kept."""
    return f"{section}.{language}"


def frozen(synopsis: Synopsis) -> Words:
    """Every word of a frozen synopsis."""
    reference = synopsis.round.version.reference_language
    return _all(synopsis.sections, synopsis.introduction, synopsis.way_forward, reference)


def kept(round_: Round) -> Words:
    """The words as they were kept while they are written; empty when nobody has begun since the last synopsis."""
    reference = round_.version.reference_language
    return _all(round_.draft_sections, round_.draft_introduction, round_.draft_way_forward, reference)


def writing(round_: Round) -> Words:
    """The words one goes on writing: as they were kept, or else those of the last synopsis."""
    last = newest(round_.id)
    return kept(round_) or (frozen(last) if last else {})


def taken(round_: Round) -> dict[str, Value]:
    """The figures as somebody last took them, with the words one goes on writing."""
    last = newest(round_.id)
    held: Mapping[str, Any] = round_.draft_figures
    if not kept(round_) and last:
        held = {name: found.pair() for name, found in of_figures(last.figures, frozen(last)).items()}
    return {name: Value.of(pair) for name, pair in held.items()}


def of_figures(exact: Mapping[str, Any], words: Words) -> dict[str, Value]:
    """The figures that these words name, as they stand in `exact`; names of no figure are left out."""
    found = ((name, figures.value(exact, name)) for name in figures.named_in(words.values()))
    return {name: held for name, held in found if held is not None}


def stale(
    words: Words, held: Mapping[str, Value], exact: Mapping[str, Any]
) -> dict[str, tuple[Value, Value]]:
    """The figures named in the words that are not what they were when they were taken: name -> (then, now)."""
    now = of_figures(exact, words)
    return {name: (held[name], now[name]) for name in now if name in held and held[name] != now[name]}


def unknown(words: Words) -> tuple[str, ...]:
    """Names in the words that are no figure: of those that any round has."""
    from_any = figures.EVERY
    return tuple(name for name in figures.named_in(words.values()) if name not in from_any)


def fingerprint(text: str) -> str:
    """By which a form knows the words that it was shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def _all(sections: Mapping[str, str], introduction: str, way_forward: str, reference: str) -> Words:
    own = {place("introduction", reference): introduction, place("way_forward", reference): way_forward}
    return {key: text for key, text in {**sections, **own}.items() if text}
