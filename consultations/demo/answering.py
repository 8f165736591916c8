"""A small round heard and answered: comments, replies, synopsis, and the text that is handed to the assembly."""

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid5

from consultations.actor import Actor
from consultations.demo.consulting import reviewed
from consultations.demo.names import words
from consultations.demo.stage import DEMO, Stage, nodes_by_number
from consultations.engine import answers, comments, satisfaction, synopses
from consultations.models.rounds import Round

SPAN = 32  # days over which the comments of a small round come in
OPENINGS = {
    "es": ("", "Lo vemos igual que otras organizaciones. ", "En nuestra asamblea se dijo lo siguiente. "),
    "pt": ("", "Vemos isso como outras organizações. ", "Em nossa assembleia foi dito o seguinte. "),
    "en": ("", "We see this as others do. ", "Our assembly said this. "),
    "fr": ("", "Nous le voyons comme d'autres. ", "Notre assemblée a dit ceci. "),
}


@dataclass(frozen=True)
class Heard:
    """A comment that was sent, by whom, and its row of words/answered.json, which answers it or does not yet."""

    comment_id: int
    by: Actor
    row: list[Any]


def heard(stage: Stage, round: Round, *, day: int, times: int) -> Generator[datetime, None, list[Heard]]:
    """The comments that words/answered.json holds, each by `times` organisations (at most 3) that speak its language."""
    nodes, authors = nodes_by_number(round.version_id), stage.authors()
    rows = [(row, opening) for opening in range(times) for row in words("answered")[stage.name]]
    found = []
    for number, (row, opening) in enumerate(rows):
        yield (at := stage.calendar.on(day + number * SPAN // len(rows), 8 + number % 9, 7 * number % 60))
        language, clause, kind, stance, text, proposal = row[:6]
        by = next(authors[language])
        comment = comments.enter(
            round.id, nodes[clause].id, client_uuid=str(uuid5(DEMO, f"{stage.name}-{number}")), language=language, type=kind,
            stance=stance, text=OPENINGS[language][opening] + text, proposal=proposal, by=by, at=at,
        )  # fmt: skip
        found.append(Heard(comment.id, by, row))
    return found


def answered(stage: Stage, round: Round, said: list[Heard], *, day: int) -> Generator[datetime, None, None]:
    """Every comment answered from `day` on, the synopsis reviewed and published, the text ready for the vote."""
    cal, words_of = stage.calendar, stage.words
    for number, comment in enumerate(said):
        yield (at := cal.on(day + number // 8, 9 + number % 8))
        _answer(stage, comment, at)
    yield (at := cal.on(day + 6, 12))
    synopses.submit(round.id, words_of["introduction"], words_of["way_forward"], by=stage.unit, at=at)
    yield from reviewed(stage, round, day + 7, blocked=False)
    yield (at := cal.on(day + 15, 10))
    synopses.publish(round.id, by=stage.head, at=at)
    for number, comment in enumerate(said[:4]):
        yield (at := cal.on(day + 16 + number, 13))
        satisfaction.declare(comment.comment_id, "satisfied", by=comment.by, at=at)
    yield (at := cal.on(day + 32, 10))
    synopses.ready_for_vote(round.id, by=stage.chair, at=at)


def half_answered(stage: Stage, said: list[Heard], *, day: int) -> Generator[datetime, None, None]:
    """Those with an answer in words/answered.json get it from `day` on; the last of these waits for the head to decide it."""
    *decided, proposed = (comment for comment in said if comment.row[6:])
    for number, comment in enumerate(decided):
        yield (at := stage.calendar.on(day, 9 + number))
        _answer(stage, comment, at)
    yield (at := stage.calendar.on(day + 1, 9))
    _propose(stage, proposed, at)


def _answer(stage: Stage, comment: Heard, at: datetime) -> None:
    """The Unit proposes, its head decides: a second person, as for everything of weight."""
    answers.decide(comment.comment_id, known=_propose(stage, comment, at), by=stage.head, at=at)


def _propose(stage: Stage, comment: Heard, at: datetime) -> int:
    """The number of the answer proposed."""
    outcome, reason, response, change, substantive = comment.row[6:]
    return answers.propose(
        comment.comment_id, outcome=outcome, reason=reason, response=response, change=change, substantive=substantive,
        by=stage.unit, at=at,
    ).number  # fmt: skip
