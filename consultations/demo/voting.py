"""A vote from its preparation to its ballots, and on to the final result."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import uuid5

from sqlalchemy import select

from consultations.actor import Actor
from consultations.demo.plan import SEED
from consultations.demo.rules import KEY, two_thirds_and_countries
from consultations.demo.stage import DEMO, Stage
from consultations.engine import ballots, counts, dispatches, rule_books, votes
from consultations.engine.rule_books import Words
from consultations.extensions import db
from consultations.facts.rules_in_force import in_force
from consultations.models.rounds import Round
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import RollEntry, Vote
from workflows.roles import Role
from workflows.rule_book import RuleKind

CHOICES = ("yes",) * 17 + ("no",) * 2 + ("abstain",)
CHANGE_EVERY = 20


@dataclass(frozen=True)
class Cast:
    """One ballot that will be cast."""

    at: datetime
    by: Actor
    choice: str
    request_id: str


def convened(stage: Stage, round: Round, *, opens: int, closes: int) -> Generator[datetime, None, Vote]:
    """A vote prepared, reviewed by a second person and called; it opens on day `opens`, closes with day `closes`."""
    cal, body = stage.calendar, stage.words["body"]
    secretary, president = stage.cast.one(Role.SECRETARY, body), stage.cast.one(Role.PRESIDENT, body)
    rule = yield from _rule_in_book(stage, opens - 22)
    yield (at := cal.on(opens - 20, 9))
    vote = votes.prepare(
        round.dossier_id, round.version_id, stage.body, questions=stage.words["question"], rule_version_id=rule.id,
        zone=cal.zone, opens_at=cal.on(opens, 8), closes_at=cal.on(closes + 1, 0), notice_days=15, contest_days=5,
        by=secretary, at=at,
    )  # fmt: skip
    yield (at := cal.on(opens - 18, 11))
    votes.review(vote.id, samples_shown=3, by=stage.cast.one(Role.SCRUTINEER, body), at=at)
    yield (at := cal.on(opens - 16, 10))
    votes.convene(vote.id, by=president, at=at)
    return vote


def _rule_in_book(stage: Stage, day: int) -> Generator[datetime, None, RuleVersion]:
    """The rule of the demonstration in the book of the body: written by its secretary, approved by its president, once."""
    cal, body = stage.calendar, stage.words["body"]
    if there := in_force(stage.body, RuleKind.DECISION, cal.on(day, 9).date(), key=KEY):
        return there[0]
    content = two_thirds_and_countries()
    words = Words(content["title"], content["cites"], content, cal.on(day, 9).date())
    yield (at := cal.on(day, 9))
    row = rule_books.write(
        stage.body, kind=RuleKind.DECISION, key=KEY, words=words, by=stage.cast.one(Role.SECRETARY, body), at=at
    )  # fmt: skip
    yield (at := cal.on(day + 1, 9))
    return rule_books.approve(row.id, by=stage.cast.one(Role.PRESIDENT, body), at=at)


def cast_ballots(
    stage: Stage, vote: Vote, *, voters: int, until: datetime
) -> Generator[datetime, None, None]:
    """`voters` organisations vote between the opening and `until`; every twentieth changes its ballot once."""
    yield vote.opens_at + timedelta(minutes=1)
    for ballot in sorted(
        _planned(stage, vote, voters, until), key=lambda ballot: (ballot.at, ballot.request_id)
    ):
        yield ballot.at
        ballots.cast(vote.id, ballot.choice, ballot.request_id, by=ballot.by, at=ballot.at)


def concluded(stage: Stage, vote: Vote, *, day: int) -> Generator[datetime, None, None]:
    """Signed by three on day `day`, final after its contest window, sent, and answered from outside."""
    cal, said, body = stage.calendar, stage.words, stage.words["body"]
    for hour, role in enumerate((Role.SECRETARY, Role.SCRUTINEER, Role.PRESIDENT), 9):
        yield (at := cal.on(day, hour))
        counts.sign(vote.id, by=stage.cast.one(role, body), at=at)
    yield (at := cal.on(day + 10, 10))
    dispatches.send_position(
        vote.dossier_id, recipient=said["recipient"], letter=said["letter"], by=stage.head, at=at
    )
    yield (at := cal.on(day + 70, 10))
    dispatches.record_outcome(
        vote.dossier_id, outcome=said["outcome"], note=said["outcome_note"], by=stage.unit, at=at
    )


def _planned(stage: Stage, vote: Vote, voters: int, until: datetime) -> Iterator[Cast]:
    random = Random(SEED)  # noqa: S311 - invented data, not a secret
    on_roll = set(db.session.scalars(select(RollEntry.elector).where(RollEntry.vote_id == vote.id)))
    first = sorted(on_roll & stage.cast.shown)
    willing = sorted(on_roll & set(stage.cast.delegates) - stage.cast.fresh - stage.cast.shown)
    seconds = int((until - vote.opens_at).total_seconds()) - 7200
    for number, elector in enumerate([*first, *random.sample(willing, voters - len(first))]):
        at = vote.opens_at + timedelta(seconds=random.randint(120, seconds))
        by, name = stage.cast.delegates[elector], f"{vote.code}-{elector}"
        choice = random.choice(CHOICES)
        yield Cast(at.astimezone(UTC), by, choice, str(uuid5(DEMO, name)))
        if number % CHANGE_EVERY == 0:
            later = at + timedelta(seconds=random.randint(600, 7000))
            yield Cast(later, by, "no" if choice == "yes" else "yes", str(uuid5(DEMO, f"{name}-2")))
