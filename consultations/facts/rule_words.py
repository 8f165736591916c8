"""A rule, or the terms of an election, in words before anybody has voted: the sentences of a decision without figures."""

from collections.abc import Iterator

from workflows.elections.term_words import terms_in_words
from workflows.elections.terms import Terms
from workflows.rules import Rule
from workflows.sentence_words import LANGUAGES, WORDS
from workflows.sentences import condition_sentence


def in_words(rule: Rule | Terms, call: int | None = None) -> dict[str, list[str]]:
    """Per language: what is asked for a quorum (in this call, or in all), then what is asked to pass, one sentence each."""
    return {lang: list(_sentences(rule, call, lang)) for lang in LANGUAGES}


def _sentences(rule: Rule | Terms, asked_call: int | None, lang: str) -> Iterator[str]:
    words = WORDS[lang]
    if not rule.quorum:
        yield words.no_quorum_asked
    for call in (entry for entry in rule.quorum if asked_call in (None, entry.number)):
        for condition in call.require.conditions():
            yield words.quorum.format(call.number, condition_sentence(condition, lang))
    if isinstance(rule, Terms):
        yield from terms_in_words(rule, lang)
        return
    for condition in rule.require.conditions():
        yield condition_sentence(condition, lang)
