"""A decision in sentences, in Spanish, English, Portuguese and French. Numbers are exact text, as in the Decision."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from workflows.comparisons import CEILINGS
from workflows.conditions import Condition
from workflows.exact import exact_text
from workflows.lines import Line
from workflows.percent import percent
from workflows.sentence_words import LANGUAGES, WORDS, Words


class QuorumLike(Protocol):
    """What the sentences need of a quorum."""

    @property
    def asked(self) -> bool: ...
    @property
    def call(self) -> int: ...
    @property
    def conditions(self) -> Sequence[Line]: ...


class DecisionLike(Protocol):
    """What the sentences need of a decision."""

    @property
    def status(self) -> str: ...
    @property
    def tie(self) -> str: ...
    @property
    def tied(self) -> bool: ...
    @property
    def casting_vote(self) -> str | None: ...
    @property
    def quorum(self) -> QuorumLike: ...
    @property
    def conditions(self) -> Sequence[Line]: ...


def sentences(decision: DecisionLike) -> dict[str, list[str]]:
    """Return per language: one sentence per quorum condition, one per condition, and the outcome last."""
    return {lang: _in_language(decision, lang) for lang in LANGUAGES}


def line_sentence(line: Line, lang: str, *, after_colon: bool = False) -> str:
    """Return one line as a sentence: what was asked, how much that is, how much there was, and whether it is met.

    `lang` is es, en, pt or fr; any other raises KeyError. `after_colon`: it goes on from other words.
    """
    words = WORDS[lang]
    asked = _condition(line.condition, words, after_colon)
    return f"{asked}{_colon(lang)} {_amounts(line, words)}. {words.verdicts[not line.passes]}"


def condition_sentence(condition: Condition, lang: str, *, after_colon: bool = False) -> str:
    """Return what a condition asks, as a sentence without figures: a rule read before anybody has voted.

    `lang` is es, en, pt or fr; any other raises KeyError. `after_colon`: it goes on from other words.
    """
    return f"{_condition(condition, WORDS[lang], after_colon)}."


def quorum_sentence(line: Line, call: int, lang: str) -> str:
    """Return a line of the quorum as a sentence that names the call."""
    return WORDS[lang].quorum.format(call, line_sentence(line, lang, after_colon=True))


def outcome_sentence(status: str, lang: str, tie: str = "casting_vote") -> str:
    """Return the outcome as a sentence; `tie` is the rule's, and says what is awaited when the tie is pending."""
    return WORDS[lang].outcomes[tie if status == "tie_pending" else status]


def share_percent(line: Line, digits: int = 1) -> str | None:
    """Return have / base as a percentage on the right side of the threshold; None where it would not be a part."""
    if not 0 <= line.have <= line.base or not line.base:
        return None
    return percent(Fraction(line.have, line.base), line.condition.share, digits, line.condition.cmp)


def _in_language(decision: DecisionLike, lang: str) -> list[str]:
    words, quorum = WORDS[lang], decision.quorum
    asked = [quorum_sentence(line, quorum.call, lang) for line in quorum.conditions]
    said = [] if quorum.asked else [words.no_quorum_asked]
    said += [*asked, *(line_sentence(line, lang) for line in decision.conditions)]
    if decision.casting_vote is not None:
        settles = decision.tied and decision.tie == "casting_vote" and decision.status != "no_quorum"
        said.append(words.casting_decided if settles else words.casting_unneeded)
    return [*said, outcome_sentence(decision.status, lang, decision.tie)]


def _condition(condition: Condition, words: Words, after_colon: bool) -> str:
    asked = f"{_counted(condition, words)}, {_asked(condition, words)}"
    return asked if after_colon else f"{asked[0].upper()}{asked[1:]}"


def _counted(condition: Condition, words: Words) -> str:
    if condition.groups:
        counted = words.passing_groups.format(_attribute(condition.groups.by, words))
    else:
        counted = _named(condition.count, words)
    notes = [words.by_weight] if condition.measure == "weight" else []
    notes += [f"{_attribute(name, words)} = {value}" for name, value in condition.where]
    return f"{counted} ({'; '.join(notes)})" if notes else counted


def _attribute(name: str, words: Words) -> str:
    """The usual attributes have a word; any other goes by its own name."""
    return words.attributes.get(name, name)


def _named(side: tuple[str, ...] | str, words: Words) -> str:
    if isinstance(side, str):
        return words.bases[side][0]
    return f" {words.plus} ".join(words.choices.get(choice, choice) for choice in side)


def _base(side: tuple[str, ...] | str, words: Words, *, of: bool = False) -> str:
    """What something is held against, as a noun or after "of": a known base, or the votes for some choices together."""
    if isinstance(side, str):
        return words.bases[side][of]
    votes = [_votes(choice, words) for choice in side]
    said = [votes[0][of], *(one[of and words.repeats_of] for one in votes[1:])]
    if len(said) == 1:
        return said[0]
    return words.together.format(f"{', '.join(said[:-1])} {words.also} {said[-1]}")


def _votes(choice: str, words: Words) -> tuple[str, str]:
    noun, of = words.votes_for
    return words.votes.get(choice) or (noun.format(choice), of.format(choice))


def _asked(condition: Condition, words: Words) -> str:
    asked = _compared(condition, words)
    if condition.at_least is None:
        return asked
    return f"{asked} {words.floor.format(exact_text(condition.at_least))}"


def _compared(condition: Condition, words: Words) -> str:
    base, bounds = condition.base, words.bounds
    if isinstance(base, Fraction):
        # A share of a fixed number is a number: "at most 2", not "at most 1/4 of 8".
        return bounds[condition.cmp].format(exact_text(condition.share * base))
    if condition.share == 1:
        return words.whole_bounds[condition.cmp].format(_base(base, words))
    amount = f"{_share(condition.share, words)} {_base(base, words, of=True)}" if condition.share else "0"
    return (
        bounds[condition.cmp]
        .format(amount)
        .replace(" de un ", " d’un " if words is WORDS["fr"] else " de un ")
    )


def _share(share: Fraction, words: Words) -> str:
    text = exact_text(share)
    if text in words.shares:
        return words.shares[text]
    hundredths = share * 100
    return words.percent[0].format(hundredths) if hundredths.denominator == 1 else text


def _amounts(line: Line, words: Words) -> str:
    forms = words.allowed if line.condition.cmp in CEILINGS else words.needed
    needed = forms[line.needed != 1].format(exact_text(line.needed))
    have = words.have.format(exact_text(line.have))
    display = share_percent(line)
    if display is None:
        return f"{needed}, {have}"
    template, point = words.percent
    return f"{needed}, {have} ({template.format(display.replace('.', point))})"


def _colon(lang: str) -> str:
    return "\u00a0:" if lang == "fr" else ":"
