"""The synopsis while the Unit writes it: its sections per language, the figures to name, and those that are stale."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts import figures as named
from consultations.facts import synopsis_words as words_of
from consultations.facts.figures import Value
from consultations.facts.synopsis_cover import is_decided
from consultations.facts.synopsis_figures import figures
from consultations.models.rounds import Round
from consultations.queries.delegate_rounds import Head, head
from consultations.queries.synopsis_tables import filled
from consultations.wording import LANGUAGES
from consultations.wording_synopsis import PARTS, figure_sentence, figure_title
from workflows.machine import possible
from workflows.round import ROUND, RoundState


@dataclass(frozen=True)
class Named:
    """A figure to choose: the name that the words use, what it counts, and how it stands now."""

    name: str
    title: str
    sentence: str
    now: Value


@dataclass(frozen=True)
class Stale:
    """A figure named in the words that is no longer what it was when it was taken."""

    name: str
    title: str
    then: Value
    now: Value


@dataclass(frozen=True)
class Section:
    """A section in the list: in which languages it is written."""

    key: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """What the desk's pages say of a synopsis being written. `can`: write, take_figures, reissue."""

    head: Head
    reference: str
    parts: tuple[tuple[Any, tuple[Section, ...]], ...]
    words: Mapping[str, str]
    known: str
    stale: tuple[Stale, ...]
    offered: tuple[Named, ...]
    can: frozenset[str]
    written: bool

    def text(self, section: str, language: str) -> str:
        """The words of a section as they are kept."""
        return self.words.get(words_of.place(section, language), "")

    def known_of(self, section: str, language: str) -> str:
        """By which the form knows the words that it was shown."""
        return words_of.fingerprint(self.text(section, language))


def writing(round_id: int, *, by: Actor, at: datetime) -> Writing | None:
    """How far the synopsis is; None when there is no such round."""
    round_, top = db.session.get(Round, round_id), head(round_id, by=by, at=at)
    if round_ is None or top is None:
        return None
    words, exact = words_of.writing(round_), figures(round_id)
    own = [words.get(words_of.place(section, top.reference), "") for section in words_of.OWN_COLUMNS]
    stale = words_of.stale(words, words_of.taken(round_), exact)
    return Writing(
        top, top.reference,
        tuple((title, tuple(_section(key, words) for key in sections)) for title, sections in PARTS),
        words, words_of.fingerprint("\n".join(own)),
        tuple(Stale(name, figure_title(name), then, now) for name, (then, now) in stale.items()),
        tuple(_named(name, exact) for name in named.offered(exact)),
        _can(round_, by), bool(words_of.kept(round_)),
    )  # fmt: skip


def with_figures(round_id: int, *texts: str) -> tuple[str, ...]:
    """Words as they read with the exact figures of this moment in them, as they would be frozen."""
    exact = figures(round_id)
    return tuple(filled(text, exact) for text in texts)


def _section(key: str, words: words_of.Words) -> Section:
    return Section(key, tuple(code for code in LANGUAGES if words.get(words_of.place(key, code))))


def _named(name: str, exact: Mapping[str, Any]) -> Named:
    return Named(name, figure_title(name), figure_sentence(name), named.value(exact, name) or Value(None))


def _can(round_: Round, by: Actor) -> frozenset[str]:
    again = round_.published_at is not None and is_decided(round_.dossier)
    unit = "submit_synopsis" in possible(ROUND, RoundState.ANSWERING, by.role)
    write = unit and round_.state == RoundState.ANSWERING
    issue = again and "publish" in possible(ROUND, RoundState.SYNOPSIS_REVIEW, by.role)
    may = (("write", write), ("take_figures", write or (unit and again)), ("reissue", issue))
    return frozenset(name for name, holds in may if holds)
