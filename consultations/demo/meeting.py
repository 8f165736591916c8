"""An assembly of the coffee network that is in session: second call, one item decided, one under discussion."""

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import uuid5

from sqlalchemy import select

from consultations.actor import Actor
from consultations.demo.calendar import Calendar, Story
from consultations.demo.cast import Cast
from consultations.demo.names import words
from consultations.demo.plan import SEED
from consultations.demo.stage import DEMO
from consultations.engine import (
    agenda,
    agenda_votes,
    assemblies,
    attendance,
    ballots,
    counts,
    proxies,
    rule_books,
    votes,
)
from consultations.engine.rule_books import Words
from consultations.extensions import db
from consultations.facts.assemblies import presence_words
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.rule_books import RuleVersion
from workflows.canonical import read_json
from workflows.presets import preset_text
from workflows.roles import Role

AGO = timedelta(hours=3)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
IN_THE_ROOM, ON_LINE, PROXIES = 52, 9, 4
CHOICES = ("yes",) * 14 + ("no",) * 2 + ("abstain",)


def in_session(cast: Cast, calendar: Calendar) -> Story:
    """Convened eighteen days ago; it began three hours ago, and the second call found its quorum."""
    said, cal = words("meeting"), calendar
    hall = _Hall(cast, said["body"])
    taken = yield from _book(hall, said, cal, -40)
    yield (at := cal.on(-30, 9))
    starts = cal.now - AGO
    assembly = assemblies.prepare(
        hall.body, code=said["code"], titles=said["titles"], kind="extraordinary", form="hybrid", zone=cal.zone, starts_at=starts,
        place=said["place"], link="", **taken, by=hall.secretary, at=at,
    )  # fmt: skip
    yield from _agenda(hall, said, assembly, cal, -29)
    yield (at := cal.on(-18, 10))
    assemblies.convene(assembly.id, by=hall.president, at=at)
    yield from _arriving(hall, assembly, starts)
    yield from _deciding(hall, assembly, starts + HOUR)


class _Hall:
    """Who leads, and where."""

    def __init__(self, cast: Cast, body: str) -> None:
        self.cast, self.code, self.body = cast, body, cast.networks[body]
        self.secretary, self.president, self.scrutineer = (
            cast.one(role, body) for role in (Role.SECRETARY, Role.PRESIDENT, Role.SCRUTINEER)
        )


def _book(hall: _Hall, said: Any, cal: Calendar, day: int) -> Generator[datetime, None, dict[str, int]]:
    """The three rules of its book, written by the secretary and approved by the president; their ids as `prepare` takes them."""
    found = {}
    for hour, (kind, rule) in enumerate(said["rules"].items(), 8):
        told = Words(rule["titles"], rule["cites"], rule["content"], cal.day(day))
        row = yield from _approved(hall, cal.on(day, hour), kind, f"demo-{kind}", told)
        found["roll_rule" if kind == "roll" else kind] = row.id
    return found


def _approved(
    hall: _Hall, at: datetime, kind: str, key: str, told: Words
) -> Generator[datetime, None, RuleVersion]:
    yield at
    row = rule_books.write(hall.body, kind=kind, key=key, words=told, by=hall.secretary, at=at)
    yield (at := at + HOUR / 2)
    return rule_books.approve(row.id, by=hall.president, at=at)


def _agenda(hall: _Hall, said: Any, assembly: Assembly, cal: Calendar, day: int) -> Story:
    preset = read_json(preset_text("simple-majority"), "simple-majority")[0]
    told = Words(preset["title"], preset["cites"], preset, cal.day(day))
    rule = yield from _approved(hall, cal.on(day, 9), "decision", "demo-simple-majority", told)
    yield (at := cal.on(day, 11))
    for item in said["items"]:
        added = agenda.add(assembly.id, **item, by=hall.secretary, at=at)
        if item["kind"] == "information":
            continue
        vote = agenda_votes.prepare(added.id, rule_version_id=rule.id, by=hall.secretary, at=at)
        votes.review(vote.id, samples_shown=3, by=hall.scrutineer, at=at)


def _arriving(hall: _Hall, assembly: Assembly, starts: datetime) -> Story:
    """Some come, some are on line, a few are represented; too few for the first call."""
    random = Random(SEED)  # noqa: S311 - invented data, not a secret
    lines = {
        row.elector: row
        for row in db.session.scalars(select(AssemblyElector).filter_by(assembly_id=assembly.id))
    }
    known = [code for code in sorted(lines) if code in hall.cast.delegates]
    listed = [code for code in known if code in hall.cast.shown]
    others = random.sample(
        [code for code in known if code not in listed], IN_THE_ROOM + ON_LINE + PROXIES - len(listed)
    )
    people: set[int | None] = set()
    coming = [code for code in [*listed, *others] if not _twice(hall.cast.delegates[code], people)]
    yield (at := starts - 20 * MINUTE)
    attendance.open_doors(assembly.id, by=hall.secretary, at=at)
    for number, code in enumerate(coming[:PROXIES]):
        proxies.give(
            assembly.id, principal_id=lines[coming[-1 - number]].id, holder_id=lines[code].id,
            request_id=str(uuid5(DEMO, f"proxy-{number}")), by=hall.cast.delegates[coming[-1 - number]], at=at,
        )  # fmt: skip
    for number, code in enumerate(coming[:-PROXIES]):
        yield (at := starts - 19 * MINUTE + number * timedelta(seconds=10))
        mode = "online" if number >= IN_THE_ROOM else "in_person"
        attendance.admit(
            assembly.id, lines[code].id, person_id=hall.cast.delegates[code].person_id or 0, mode=mode,  # type: ignore[arg-type]
            by=hall.secretary, at=at,
        )  # fmt: skip


def _twice(actor: Actor, people: set[int | None]) -> bool:
    """Whether this person comes for another organisation already: one is in one place."""
    there = actor.person_id in people
    people.add(actor.person_id)
    return there


def _deciding(hall: _Hall, assembly: Assembly, second_call: datetime) -> Story:
    yield (at := second_call - HOUR)
    assemblies.call_next(assembly.id, by=hall.president, at=at)
    yield (at := second_call)
    assemblies.call_next(assembly.id, by=hall.president, at=at)
    assemblies.install(assembly.id, by=hall.president, at=at + MINUTE)
    report, naming, fund = db.session.scalars(
        select(AgendaItem).where(AgendaItem.assembly_id == assembly.id).order_by(AgendaItem.position)
    ).all()
    yield (at := second_call + 2 * MINUTE)
    agenda.take_up(report.id, by=hall.president, at=at)
    agenda.note(report.id, by=hall.president, at=at + 20 * MINUTE)
    yield (at := second_call + 25 * MINUTE)
    agenda.take_up(naming.id, by=hall.president, at=at)
    vote = agenda_votes.open_vote(naming.vote_id or 0, minutes=5, by=hall.president, at=at)
    yield from _voting(hall, assembly, vote.id, at)
    for signer in (hall.secretary, hall.scrutineer, hall.president):
        yield (at := at + 10 * MINUTE)
        counts.sign(vote.id, by=signer, at=at)
    yield (at := second_call + 80 * MINUTE)
    agenda.take_up(fund.id, by=hall.president, at=at)


def _voting(hall: _Hall, assembly: Assembly, vote_id: int, opened: datetime) -> Story:
    """Whoever is there votes for their organisation, within four minutes."""
    random = Random(SEED + 1)  # noqa: S311 - invented data, not a secret
    there = [code for code, word in presence_words(assembly, opened).items() if word == "yes"]
    for number, code in enumerate(there):
        yield (at := opened + timedelta(seconds=20 + 3 * number))
        request_id = str(uuid5(DEMO, f"meeting-{code}"))
        ballots.cast(vote_id, random.choice(CHOICES), request_id, by=hall.cast.delegates[code], at=at)
