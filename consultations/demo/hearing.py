"""The open round: comments of many organisations in four languages, answers to its questions, and "no comment"."""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import select

from consultations.actor import Actor
from consultations.demo.names import words
from consultations.demo.plan import SEED, Member
from consultations.demo.reaching import calls
from consultations.demo.stage import Stage, nodes_by_number
from consultations.engine import comments, question_sheets, questionnaires
from consultations.extensions import db
from consultations.models.rounds import Question, Round
from consultations.models.standards import Node, NodeText

COMMENTS, COMMENTERS, NO_COMMENT, QUESTIONNAIRES = 300, 132, 26, 70
AGREEMENTS = ("agree", "agree", "agree", "partly", "partly", "disagree")
LOCAL_HOURS = (13, 25)  # of UTC: from seven in the morning to seven in the evening in Managua
ON_A_SECTION = 12  # one comment in so many is on a whole section


@dataclass(frozen=True)
class Clauses:
    """The text commented on: nodes and Spanish headings by number."""

    nodes: dict[str, Node]
    headings: dict[str, str]

    def of_section(self, section: str) -> list[str]:
        """The numbers of a section's requirements."""
        return [number for number in self.nodes if number.startswith(f"{section}.")]


def heard(stage: Stage, round: Round, *, until: datetime) -> Generator[datetime, None, None]:
    """Everything that organisations enter between the opening and `until`, in the order of time."""
    random = Random(SEED)  # noqa: S311 - invented data, not a secret
    clauses = _clauses(round)
    entered = (*_acts(stage, round, clauses, until, random), *calls(stage, round, until=until))
    acts = sorted(entered, key=lambda act: act[0])
    for at, act in acts:
        yield at
        act(at)


Act = tuple[datetime, Callable[[datetime], Any]]


def _acts(stage: Stage, round: Round, clauses: Clauses, until: datetime, random: Random) -> Iterator[Act]:
    codes = [code for code in stage.cast.delegates if code not in stage.cast.fresh]
    random.shuffle(codes)
    codes.sort(
        key=lambda code: stage.cast.members[code].language == "es"
    )  # everyone of the smaller languages speaks
    speaking, silent = codes[:COMMENTERS], codes[COMMENTERS : COMMENTERS + NO_COMMENT]
    said: set[str] = set()
    for number in range(COMMENTS):
        code = speaking[number] if number < COMMENTERS else random.choice(speaking)
        by, member = stage.cast.delegates[code], stage.cast.members[code]
        remark = _remark(random, member, clauses, said)
        yield (
            _instant(random, round, until),
            _commenting(round.id, remark, by, UUID(int=random.getrandbits(128), version=4)),
        )
    for code in silent:
        yield _instant(random, round, until), _declining(round.id, stage.cast.delegates[code])
    asked = db.session.scalars(
        select(Question).where(Question.round_id == round.id).order_by(Question.position)
    ).all()
    for code in random.sample(speaking, QUESTIONNAIRES):
        replies = _replies(random, asked, stage.cast.members[code].language)
        yield _instant(random, round, until), _replying(round.id, replies, stage.cast.delegates[code])


def _commenting(round_id: int, remark: dict[str, Any], by: Actor, uuid: UUID) -> Callable[[datetime], Any]:
    return lambda at: comments.enter(round_id, client_uuid=str(uuid), by=by, at=at, **remark)


def _declining(round_id: int, by: Actor) -> Callable[[datetime], Any]:
    return lambda at: comments.declare_no_comment(round_id, by=by, at=at)


def _replying(round_id: int, replies: dict[int, tuple[str, str]], by: Actor) -> Callable[[datetime], Any]:
    def replied(at: datetime) -> None:
        questionnaires.answer(round_id, replies, by=by, at=at)
        question_sheets.send(round_id, by=by, at=at)

    return replied


def _remark(random: Random, member: Member, clauses: Clauses, said: set[str]) -> dict[str, Any]:
    """A comment that nobody has made in the same words."""
    while True:
        remark = _composed(random, member, clauses)
        if remark["text"] not in said:
            said.add(remark["text"])
            return remark


def _composed(random: Random, member: Member, clauses: Clauses) -> dict[str, Any]:
    phrases = words(f"comments.{member.language}")
    section = random.choice(sorted(phrases["points"]))
    kind, stance, point, proposal = random.choice(phrases["points"][section])
    number = section if random.randrange(ON_A_SECTION) == 0 else random.choice(clauses.of_section(section))
    parts = (random.choice(phrases["opening"]), point, random.choice(phrases["closing"]))
    values = {
        "members": member.members, "villages": random.randint(3, 24), "years": random.randint(2, 9),
        "cost": 50 * random.randint(8, 90), "heading": clauses.headings[number],
    }  # fmt: skip
    return {
        "node_id": clauses.nodes[number].id, "language": member.language, "type": kind, "stance": stance, "proposal": proposal,
        "text": " ".join(part for part in parts if part).format(**values),
        "would_vote_no": stance == "against" and random.randrange(4) == 0,
        "consent_to_name": random.randrange(3) == 0,
    }  # fmt: skip


def _replies(random: Random, asked: Any, language: str) -> dict[int, tuple[str, str]]:
    choices = {
        "single": lambda: str(random.randrange(3)),
        "agree": lambda: random.choice(AGREEMENTS),
        "text": lambda: "",
    }
    support = words("support")[language]
    return {
        question.id: (choices[question.kind](), random.choice(support) if question.kind == "text" else "")
        for question in asked
    }


def _clauses(round: Round) -> Clauses:
    nodes = nodes_by_number(round.version_id)
    query = select(Node.number, NodeText.heading).join(NodeText)
    headings = query.where(Node.version_id == round.version_id, NodeText.language == "es")
    return Clauses(nodes, dict(db.session.execute(headings).all()))


def _instant(random: Random, round: Round, until: datetime) -> datetime:
    """Some instant by day between the opening and `until`."""
    assert round.opens_at is not None
    while True:
        day = round.opens_at + timedelta(days=random.randrange((until - round.opens_at).days + 1))
        at = day.replace(hour=0, minute=0) + timedelta(
            seconds=random.randrange(*(3600 * hour for hour in LOCAL_HOURS))
        )
        if round.opens_at < at < until:
            return at
