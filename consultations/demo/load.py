"""Loading the demonstration: everybody and everything of it in one transaction, by the verbs that people use."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update

from consultations.demo.answering import answered, half_answered
from consultations.demo.answering import heard as heard_a_few
from consultations.demo.calendar import Calendar, Story, play
from consultations.demo.cast import write_cast
from consultations.demo.consulting import half_reviewed, handed_over, opened, requested, submitted
from consultations.demo.emptying import empty
from consultations.demo.hearing import heard
from consultations.demo.meeting import in_session
from consultations.demo.register import is_empty, strangers
from consultations.demo.stage import Stage
from consultations.demo.voting import cast_ballots, concluded, convened
from consultations.engine.work import unit_of_work
from consultations.extensions import db
from consultations.models.organisations import Network
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice

Say = Callable[[str], None]
VOTED_IN_COFFEE, VOTED_IN_ASSEMBLY, VOTED_ON_PREMIUM = 60, 190, 90
QUIET = timedelta(minutes=30)  # nothing happens in the last half hour before the load


class NotEmptyError(Exception):
    """There is something in the database already."""


class OtherOrganisationsError(Exception):
    """The database holds organisations that are not the demonstration's own; the argument says how many."""


def load(at: datetime, say: Say) -> None:
    """Write the demonstration as of `at` into an empty database; all of it or nothing. Raises NotEmptyError."""
    with unit_of_work():
        if not is_empty():
            raise NotEmptyError
        write(at, say)


def reset(at: datetime, say: Say) -> None:
    """Empty a database that holds nothing but the demonstration, and write it anew as of `at`; all of it or nothing.

    Raises OtherOrganisationsError.
    """
    with unit_of_work():
        if count := strangers():
            raise OtherOrganisationsError(count)
        say("Emptying the database …")
        empty()
        write(at, say)


def write(at: datetime, say: Say) -> None:
    """Write everything inside the caller's transaction. `say` is told what is being done."""
    say("The register: 1,000 organisations, their networks and delegates …")
    cast = write_cast(at)
    calendar = Calendar(at)
    say(
        "Seven dossiers, one at every step from CECLAC's review to the recorded outcome, and an assembly in session …"
    )
    # Held until the end: whoever asks the session for a network gets it without asking the database.
    networks = db.session.scalars(select(Network)).all()
    meeting = in_session(cast, calendar)
    play((*(story(Stage(name, cast, calendar)) for name, story in STORIES.items()), meeting), at)
    _nothing_to_send_of_the_past(at)
    del networks


def in_review(stage: Stage) -> Story:
    """CECLAC reviews a round that is to open in three weeks: three of its members have taken a position, five are needed."""
    dossier, version = yield from requested(stage, -12)
    round = yield from submitted(stage, dossier, version, opens=21, days=45)
    yield from half_reviewed(stage, round, -3)


def in_consultation(stage: Stage) -> Story:
    """A revision: 60 days, of which 29 are over."""
    dossier, version = yield from requested(stage, -75)
    round = yield from opened(stage, dossier, version, opens=-29, days=60)
    yield round.opens_at + timedelta(minutes=1)
    yield from heard(stage, round, until=stage.calendar.now - QUIET)


def being_answered(stage: Stage) -> Story:
    """A round of the coffee network that closed ten days ago: some comments are answered, most are not."""
    dossier, version = yield from requested(stage, -80)
    round = yield from opened(stage, dossier, version, opens=-45, days=35)
    said = yield from heard_a_few(stage, round, day=-43, times=1)
    yield from half_answered(stage, said, day=-4)


def being_voted_on(stage: Stage) -> Story:
    """The coffee network votes: opened eight days ago, closes with the day after tomorrow."""
    dossier, version = yield from requested(stage, -225)
    round = yield from opened(stage, dossier, version, opens=-160, days=45)
    said = yield from heard_a_few(stage, round, day=-155, times=1)
    yield from answered(stage, round, said, day=-108)
    vote = yield from convened(stage, round, opens=-8, closes=2)
    yield from cast_ballots(stage, vote, voters=VOTED_IN_COFFEE, until=stage.calendar.now - QUIET)


def counted(stage: Stage) -> Story:
    """The general assembly voted until the day before yesterday; the count waits for its three signatures."""
    dossier, version = yield from requested(stage, -240)
    round = yield from opened(stage, dossier, version, opens=-175, days=45)
    said = yield from heard_a_few(stage, round, day=-170, times=1)
    yield from answered(stage, round, said, day=-123)
    vote = yield from convened(stage, round, opens=-16, closes=-2)
    yield from cast_ballots(stage, vote, voters=VOTED_ON_PREMIUM, until=vote.closes_at)


def finished(stage: Stage) -> Story:
    """The general assembly adopted, nobody contested, the position was sent and answered."""
    dossier, version = yield from requested(stage, -390)
    round = yield from opened(stage, dossier, version, opens=-340, days=45)
    said = yield from heard_a_few(stage, round, day=-335, times=2)
    yield from answered(stage, round, said, day=-288)
    vote = yield from convened(stage, round, opens=-200, closes=-190)
    yield from cast_ballots(stage, vote, voters=VOTED_IN_ASSEMBLY, until=vote.closes_at)
    yield from concluded(stage, vote, day=-188)


def to_be_put_to_the_vote(stage: Stage) -> Story:
    """A matter of the coffee network's own, without a round: its text is frozen and waits for a vote to be prepared."""
    dossier, version = yield from requested(stage, -20)
    yield from handed_over(stage, dossier, version, -6)


STORIES: dict[str, Callable[[Stage], Story]] = {
    "clima": in_review, "comun": in_consultation, "relevo": being_answered, "cafe": being_voted_on, "prima": counted,
    "trabajo": finished, "reglas": to_be_put_to_the_vote,
}  # fmt: skip
"""What each dossier of words/dossiers.json goes through, in the order of the path."""


def _nothing_to_send_of_the_past(at: datetime) -> None:
    """What was news in the past is marked as sent then, and as delivered in the registers: nothing of it is mailed now."""
    past = update(Notice).where(Notice.due_at <= at, Notice.sent_at.is_(None))
    db.session.execute(past.values(sent_at=Notice.due_at), execution_options={"synchronize_session": False})
    letters = select(Notice.subject_id, Notice.organisation_id, func.min(Notice.sent_at)).where(
        Notice.subject_kind == "round", Notice.organisation_id.is_not(None), Notice.sent_at.is_not(None)
    )
    came = db.session.execute(letters.group_by(Notice.subject_id, Notice.organisation_id)).all()
    entry = update(RegisterEntry.__table__).where(  # type: ignore[arg-type]
        RegisterEntry.round_id == bindparam("of"), RegisterEntry.organisation_id == bindparam("to")
    )
    db.session.execute(
        entry.values(delivered_at=bindparam("at")),
        [{"of": of, "to": to, "at": first} for of, to, first in came],
    )
