"""Builders for the tests of elections: terms, rolls and ballots in a line each."""

from typing import Any

from workflows.elections.counting import elect
from workflows.elections.reading import terms_from
from workflows.elections.results import Result
from workflows.elections.terms import Terms
from workflows.rolls import roll_of

WORDS = ("blank", "invalid")


def terms_json(method: str, options: Any, seats: int = 1, **more: Any) -> dict[str, Any]:
    """Terms as JSON; the options are ids, named as they are in capitals, or ids with their names in Spanish."""
    names = options if isinstance(options, dict) else {option: option.title() for option in options}
    named = [{"id": option, "names": {"es": name}} for option, name in names.items()]
    start = {"id": "t", "version": 1, "cites": "Estatutos, art. 40"}
    return {**start, "method": method, "options": named, "seats": seats, **more}


def terms(method: str, options: Any, seats: int = 1, **more: Any) -> Terms:
    """Terms."""
    return terms_from(terms_json(method, options, seats, **more))


def elected(used: Terms, votes: Any, **more: Any) -> Result:
    """Count votes {text or None: how many}, each of weight 1; text may have a weight behind it: (text, "1/2")."""
    rows: list[tuple[str, ...]] = []
    ballots: list[tuple[str, str]] = []
    for vote, times in votes.items():
        text, weight = vote if isinstance(vote, tuple) else (vote, "1")
        for _ in range(times):
            rows.append((f"e{len(rows):06}", weight, "yes" if text else "no"))
            if text is not None:
                ballots.append((rows[-1][0], text))
    return elect(used, roll_of(rows), ballots, **more)


def counted(method: str, seats: int, votes: dict[str, int], **more: Any) -> Result:
    """Count votes {text: how many} among the options that they name, in alphabetical order."""
    found = {o for text in votes for o in text.replace(">", "+").replace("=", "+").split("+")} - set(WORDS)
    given = {key: more.pop(key) for key in ("seed", "committed", "casting_vote", "call") if key in more}
    return elected(terms(method, sorted(found), seats, **more), votes, **given)


def ranked(*votes: tuple[int, str]) -> dict[str, int]:
    """Votes as the literature writes them: (5, "ACBED") is five times a>c>b>e>d."""
    return {">".join(letters.lower()): times for times, letters in votes}
