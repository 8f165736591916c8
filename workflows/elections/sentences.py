"""The result of an election in sentences, in Spanish, English, Portuguese and French, as for decisions."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from workflows.elections.schulze import SchulzeCount
from workflows.elections.scores import ScoreCount
from workflows.elections.stages import Stage, StvCount
from workflows.elections.ties import Drawn, Tie
from workflows.elections.words import WORDS, Words
from workflows.exact import exact_text
from workflows.sentence_words import LANGUAGES
from workflows.sentence_words import WORDS as DECISION_WORDS
from workflows.sentences import QuorumLike, outcome_sentence, quorum_sentence

_SOUNDS_I = re.compile("h?[ií](?![aeo])", re.IGNORECASE)  # not Iago, nor Hielo


class ResultLike(Protocol):
    """What the sentences need of a result."""

    @property
    def status(self) -> str: ...
    @property
    def tie_rule(self) -> str: ...
    @property
    def names(self) -> Mapping[str, tuple[tuple[str, str], ...]]: ...
    @property
    def heads(self) -> Mapping[str, int]: ...
    @property
    def quorum(self) -> QuorumLike: ...
    @property
    def elected(self) -> tuple[str, ...]: ...
    @property
    def open_seats(self) -> int: ...
    @property
    def tie(self) -> Tie | None: ...
    @property
    def run_off(self) -> tuple[str, ...]: ...
    @property
    def drawn(self) -> tuple[Drawn, ...]: ...
    @property
    def casting_vote(self) -> str | None: ...
    @property
    def casting_counted(self) -> bool: ...
    @property
    def count(self) -> ScoreCount | StvCount | SchulzeCount: ...


def sentences(result: ResultLike) -> dict[str, list[str]]:
    """Return per language: the quorum's lines, the ballots, the steps of the count, how ties were settled, the outcome."""
    return {lang: list(_Telling(result, lang, WORDS[lang]).all()) for lang in LANGUAGES}


def outcome(result: ResultLike, lang: str) -> str:
    """Return the outcome alone as text of one to three sentences; `lang` is es, en, pt or fr, any other raises KeyError."""
    return " ".join(_Telling(result, lang, WORDS[lang]).outcome())


@dataclass(frozen=True, slots=True)
class _Telling:
    """One result told in one language."""

    result: ResultLike
    lang: str
    words: Words

    def all(self) -> Iterator[str]:
        """Every sentence, in order."""
        yield from self._quorum()
        yield self.words.ballots.format(**self.result.heads)
        yield from self._count()
        yield from map(self._drawn, self.result.drawn)
        yield from self._casting()
        yield " ".join(self.outcome())

    def outcome(self) -> Iterator[str]:
        """What came out: who is elected, which seats are open, and what is still to be done."""
        result, words = self.result, self.words
        if result.status == "no_quorum":
            yield outcome_sentence("no_quorum", self.lang)
            return
        yield self._several(words.elected, result.elected) if result.elected else words.nobody
        if result.open_seats:
            yield words.open_seats.format(result.open_seats)
        if result.tie is not None:
            about = words.stopped[result.tie.why].format(result.tie.places)
            yield words.ties[result.tie_rule].format(self._list(result.tie.options), about)
        if result.run_off:
            yield words.run_off.format(self._list(result.run_off))

    def _quorum(self) -> Iterator[str]:
        quorum = self.result.quorum
        if not quorum.asked:
            yield DECISION_WORDS[self.lang].no_quorum_asked
        for line in quorum.conditions:
            yield quorum_sentence(line, quorum.call, self.lang)

    def _count(self) -> Iterator[str]:
        match self.result.count:
            case StvCount() as count:
                yield self.words.quota.format(exact_text(count.quota), exact_text(count.total))
                yield from map(self._stage, count.stages)
            case SchulzeCount() as count:
                yield from self._ranking(count)
            case ScoreCount() as count:
                yield from self._scores(count)

    def _scores(self, count: ScoreCount) -> Iterator[str]:
        for option, votes in count.votes.items():
            yield self.words.votes[votes != 1].format(self._name(option), exact_text(votes))
        if asked := count.majority:
            base = self.words.bases[asked.base]
            yield self.words.majority.format(base, exact_text(asked.needed), exact_text(asked.amount))

    def _stage(self, stage: Stage) -> str:
        words = self.words
        if stage.option is None or stage.by is None:
            said = [words.first.format(stage.number)]
        else:
            action = words.actions[stage.action]
            said = [action.format(stage.number, self._name(stage.option), words.by[stage.by])]
        for forms, options in ((words.reached, stage.reached), (words.last, stage.last)):
            if options:
                said.append(self._several(forms, options))
        return " ".join(said)

    def _ranking(self, count: SchulzeCount) -> Iterator[str]:
        found, none = self.words.condorcet
        winner = count.condorcet_winner
        yield found.format(self._name(winner)) if winner else none
        yield self.words.ranking.format("; ".join(map(self._tier, count.ranking)))

    def _tier(self, tier: tuple[str, ...]) -> str:
        return self._name(tier[0]) if len(tier) == 1 else self.words.equal.format(self._list(tier))

    def _drawn(self, drawn: Drawn) -> str:
        taken = self.words.taken[drawn.tie.why].format(self._list(drawn.taken))
        return self.words.drawn.format(self._list(drawn.tie.options), taken)

    def _casting(self) -> Iterator[str]:
        vote = self.result.casting_vote
        if vote is not None and self.result.casting_counted:
            yield self.words.cast.format(self._list(vote.split("+")))
        elif vote is not None:
            yield self.words.cast_unneeded

    def _several(self, forms: tuple[str, str], options: tuple[str, ...]) -> str:
        return forms[len(options) > 1].format(self._list(options))

    def _list(self, options: Iterable[str]) -> str:
        """Names with commas and the word before the last, which yields in Spanish before an i: `e Inés`."""
        *first, last = map(self._name, options)
        if not first:
            return last
        also = "e" if self.lang == "es" and _SOUNDS_I.match(last) else self.words.also
        return f"{', '.join(first)} {also} {last}"

    def _name(self, option: str) -> str:
        names = self.result.names[option]
        return dict(names).get(self.lang) or next((name for _, name in names), option)
