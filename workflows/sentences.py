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


def line_sentence(line: Line, lang: str) -> str:
    """Return one line as a sentence: what was asked, how much that is, how much there was, and whether it is met.

    `lang` is es, en, pt or fr; any other raises KeyError.
    """
    words = WORDS[lang]
    asked = _sentence(line.condition, words)
    return f"{asked}{_colon(lang)} {_amounts(line, words)}. {words.verdicts[not line.passes]}"


def condition_sentence(condition: Condition, lang: str) -> str:
    """Return what a condition asks, as a sentence without figures: a rule read before anybody has voted.

    `lang` is es, en, pt or fr; any other raises KeyError.
    """
    return f"{_sentence(condition, WORDS[lang])}."


def quorum_sentence(line: Line, call: int, lang: str) -> str:
    """Return a line of the quorum as a sentence that names the call."""
    return WORDS[lang].quorum.format(call, line_sentence(line, lang))


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


def _sentence(condition: Condition, words: Words) -> str:
    asked = _condition(condition, words)
    return f"{asked[0].upper()}{asked[1:]}"


def _condition(condition: Condition, words: Words) -> str:
    """Who or what, the verb, and how much: "the votes in favour must be more than half of …"."""
    one = isinstance(condition.count, str) and condition.count in words.singular and not condition.groups
    return f"{_counted(condition, words)} {words.must[one]} {_asked(condition, words)}"


def _counted(condition: Condition, words: Words) -> str:
    notes = [words.by_weight] if condition.measure == "weight" else []
    notes += [words.only.format(words.attributes.get(name, name), value) for name, value in condition.where]
    if condition.groups:
        counted = words.passing.format(_groups(condition.groups.by, words)[0])
        notes.append(words.in_each.format(_condition(condition.groups.passes, words)))
    else:
        counted = _side(condition.count, words)
    return f"{counted} ({'; '.join(notes)})" if notes else counted


def _groups(by: str, words: Words) -> tuple[str, str]:
    """What groups by an attribute are called: the usual ones have a word, any other goes by its own name."""
    noun, of = words.groups
    return words.kinds.get(by) or (noun.format(by), of.format(by))


def _base(condition: Condition, words: Words, *, of: bool = False) -> str:
    """What something is held against, as a noun or after "of"."""
    assert not isinstance(condition.base, Fraction)
    if condition.groups and isinstance(condition.base, str):
        return words.bases[condition.base][of].format(_groups(condition.groups.by, words)[of])
    return _side(condition.base, words, of=of)


def _side(side: tuple[str, ...] | str, words: Words, *, of: bool = False) -> str:
    """A known base, or the votes for some choices together; those in favour and against are one noun."""
    if isinstance(side, str):
        return words.bases[side][of]
    both = {"yes", "no"} <= set(side)
    rest = [_votes(choice, words) for choice in side if not (both and choice in ("yes", "no"))]
    first, *others = [words.both, *rest] if both else rest
    said = first[of]
    for other in others:
        said = words.also.format(said, other[0])
    return said


def _votes(choice: str, words: Words) -> tuple[str, str]:
    noun, of = words.votes_for
    return words.votes.get(choice) or (noun.format(choice), of.format(choice))


def _asked(condition: Condition, words: Words) -> str:
    asked = _compared(condition, words)
    if condition.at_least is None:
        return asked
    return f"{asked}, {words.floor.format(exact_text(condition.at_least))}"


def _compared(condition: Condition, words: Words) -> str:
    base, bounds = condition.base, words.bounds
    if isinstance(base, Fraction):
        # A share of a fixed number is a number: "at most 2", not "at most 1/4 of 8".
        return bounds[condition.cmp].format(exact_text(condition.share * base))
    if condition.share == 1:
        return words.whole_bounds[condition.cmp].format(_base(condition, words))
    amount = (
        f"{_share(condition.share, words)} {_base(condition, words, of=True)}" if condition.share else "0"
    )
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
        return f"{needed} {have}"
    template, point = words.percent
    return f"{needed} {have} ({template.format(display.replace('.', point))})"


def _colon(lang: str) -> str:
    return "\u00a0:" if lang == "fr" else ":"
