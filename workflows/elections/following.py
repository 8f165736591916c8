"""The vote that follows an election: a run-off or a second vote, by the same terms among the options that remain."""

import json
from collections.abc import Iterable, Mapping

from workflows.elections.reading import terms_from
from workflows.elections.results import Result
from workflows.elections.terms import Terms

_QUESTION = {
    "es": "Nueva votación sobre «{title}». Puestos por cubrir: {seats}. Opciones: {options}.",
    "en": "Another vote on “{title}”. Seats left: {seats}. Options: {options}.",
    "pt": "Nova votação sobre «{title}». Lugares por preencher: {seats}. Opções: {options}.",
    "fr": "Nouveau vote sur « {title} ». Sièges à pourvoir : {seats}. Options : {options}.",
}
_MAJORITY = ("majority", "majority_of", "run_off")


def next_terms(terms: Terms, result: Result) -> Terms | None:
    """Return the terms of the vote that the result asks for, or None where it asks for none.

    run_off_needed: the options that go on, for the seats that are open; most votes are then enough. tie_pending under
    second_vote: the tied options, for the seats they are tied for; most votes decide among them, too. `follows` is the
    hash of these terms, and `turn` one more than theirs. Raises ValueError for the result of other terms.
    """
    if result.terms_sha256 != terms.sha256:
        raise ValueError("the result is not one of these terms")
    if result.status == "run_off_needed":
        return _among(terms, result.run_off, result.open_seats)
    if result.status == "tie_pending" and terms.tie == "second_vote" and result.tie is not None:
        return _among(terms, result.tie.options, result.tie.places)
    return None


def question(terms: Terms, titles: Mapping[str, str], languages: Iterable[str]) -> dict[str, str]:
    """Return what a following vote asks, by language: the words of the first one name its seats, not those that are left."""
    first = next(iter(titles.values()), "")
    return {
        lang: _QUESTION[lang].format(
            title=titles.get(lang) or first, seats=terms.seats, options=len(terms.options)
        )
        for lang in languages
        if lang in _QUESTION
    }


def _among(terms: Terms, remaining: tuple[str, ...], seats: int) -> Terms:
    content = json.loads(terms.canonical)
    kept = {key: value for key, value in content.items() if key not in _MAJORITY}
    options = [option for option in content["options"] if option["id"] in remaining]
    if "most" in kept:
        # As many as there were seats stays as many as there are seats.
        kept["most"] = min(kept["most"], seats if kept["most"] <= terms.seats else len(options))
    follows = {"seats": seats, "turn": terms.turn + 1, "follows": terms.sha256}
    return terms_from({**kept, "options": options, **follows})
