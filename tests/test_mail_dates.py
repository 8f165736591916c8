"""Calendar files that come with letters: what they say, and that they are those of the public calendar."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from consultations import mail_dates, mailer
from consultations.engine import outbox
from consultations.extensions import db
from consultations.letters import LETTERS
from consultations.queries import outbox as letters
from tests.factories import rounds as make
from tests.factories import votes

AT = make.OPENS_AT
TO = letters.Addressee("Ana", "ana@example.org", "en", True)


def dates(kind: str, subject: str, id: int) -> list[tuple[str, datetime, int, str]]:
    """Summary, instant, sequence and uid of what is attached to a letter."""
    about = letters.subject(subject, id)
    assert about is not None
    mail = mailer.message(outbox.Claimed(1, "k:1", kind, 3, 4, subject, id, {}, 1), about, TO, at=AT)
    assert len(mail.as_bytes()) < 20_000
    found = list(mail.iter_attachments())
    assert [one.get_content_type() for one in found] == (
        ["text/calendar"] if kind in mail_dates.DATES else []
    )
    if not found:
        return []
    assert (found[0].get_filename(), found[0].get_param("method")) == ("plenaria.ics", "PUBLISH")
    read = Calendar.from_ical(found[0].get_payload(decode=True))
    return [
        (str(one["SUMMARY"]), one["DTSTART"].dt, int(one["SEQUENCE"]), str(one["UID"]))
        for one in read.walk("VEVENT")
    ]


@pytest.mark.sqlite
def test_a_round_that_opens_comes_with_its_closing_as_the_public_calendar_has_it(
    app: Flask, client: FlaskClient
) -> None:
    round_ = make.at_stage(make.house(), "open")
    db.session.commit()
    ((summary, at, sequence, uid),) = dates("round_opened", "round", round_.id)
    assert summary == "Round 1: last moment to comment · Coffee, revision"
    assert (at, sequence) == (datetime(2026, 5, 31, 5, 59, tzinfo=UTC), 2)  # announced, opened
    public = client.get(f"/public/dossiers/{round_.dossier_id}/calendar.ics?in=en").data
    assert uid in [str(one["UID"]) for one in Calendar.from_ical(public).walk("VEVENT")]


@pytest.mark.sqlite
def test_a_vote_that_is_convened_comes_with_both_its_dates(app: Flask) -> None:
    hall = votes.hall(1)
    vote = votes.convened(hall)
    db.session.commit()
    found = dates("vote_convened", "vote", vote.id)
    assert [(summary.partition(" ·")[0], at) for summary, at, *_ in found] == [
        (f"Vote {vote.code} opens", votes.OPENS),
        (f"Vote {vote.code}: last moment to vote", datetime(2026, 11, 22, 5, 59, tzinfo=UTC)),
    ]


@pytest.mark.sqlite
def test_a_letter_without_a_deadline_has_no_file(app: Flask) -> None:
    round_ = make.at_stage(make.house(), "closed")
    db.session.commit()
    assert dates("round_closed", "round", round_.id) == []


def test_every_kind_with_dates_is_a_letter() -> None:
    assert set(mail_dates.DATES) <= set(LETTERS)
