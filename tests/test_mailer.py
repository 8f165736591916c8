"""Mails as they leave: both forms, one link, the person's language, nothing in a header that does not belong there."""

import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select

from consultations import jobs, mailer
from consultations.actor import PUBLIC
from consultations.engine import accounts, notices, outbox
from consultations.engine.recipients import Recipient
from consultations.extensions import db
from consultations.letters import LETTERS, VARIANTS, known, letter_of, names
from consultations.models.rounds import RegisterEntry
from consultations.models.timers import Notice
from consultations.queries import outbox as letters
from tests.factories import comments, people

AT = comments.DURING
KINDS = (
    "round_opened", "round_closing_soon", "round_extended", "round_closed", "review_opened", "review_decided",
    "answers_published", "objection_answered", "synopsis_reissued", "comment_received", "vote_convened", "vote_opened", "vote_closing_soon", "ballot_receipt",
    "vote_closed", "vote_resumed", "vote_result", "quorum_missed", "signature_wanted", "contest_raised", "login_link",
    "vote_sent_back", "vote_called_off", "vote_annulled", "approval_requested", "approval_refused", "approval_missed",
    "approved_withdrawn", "support_ended", "declined_for", "comment_hidden", "comment_shown", "words_removed", "petition_received", "remark_received", "remark_arrived", "petition_arrived",
    "petition_acknowledged", "petition_taken_up", "petition_answered", "ballot_by_proxy",
    "vote_extended", "proxy_given", "assembly_convened", "assembly_postponed", "assembly_adjourned", "assembly_called_off",
    "assembly_roll_added", "assembly_roll_removed", "assembly_roll_changed", "assembly_proxy_ended", "assembly_second_wanted",
    "mandate_ended", "roll_added", "roll_removed", "roll_changed", "second_signature_wanted", "vote_voided", "casting_vote_wanted", "second_vote_wanted", "vote_tied",
)  # fmt: skip


class Box:
    """A mail server that keeps what it gets; `answer` is what it says to each recipient."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"


@pytest.fixture(name="box")
def _box() -> Iterator[tuple[Box, str]]:
    box = Box()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


def told(kind: str = "round_closing_soon", **changed: str) -> comments.Scene:
    """A round that is open, and a notice about it to the delegate of the first organisation."""
    scene = comments.scene()
    who = scene.delegates[0]
    person = db.session.get_one(people.Person, who.person_id)
    person.email, person.language = "ana@example.org", changed.get("language", "es")
    person.name = changed.get("name", "Ana Díaz")
    notices.notify(kind, [Recipient(person.id, who.organisation_id)], scene.round, due_at=AT)
    db.session.commit()
    return scene


def through(app: Flask, url: str) -> None:
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"smtp_url": SecretStr(url)})


def notice() -> Notice:
    db.session.rollback()
    return db.session.scalars(select(Notice)).one()


def files(app: Flask) -> list[Path]:
    return sorted((app.extensions["settings"].var / "mail").iterdir())


def test_every_kind_has_its_letter() -> None:
    assert set(LETTERS) == set(KINDS)


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_every_letter_is_short_complete_and_has_one_link(app: Flask, language: str) -> None:
    for kind in KINDS:
        if kind != "login_link":
            written(kind, language)


def written(kind: str, language: str) -> None:
    ids = {
        "round_id": 7,
        "vote_id": 8,
        "review_id": 9,
        "comment_id": 10,
        "dossier_id": 11,
        "petition_id": 12,
        "assembly_id": 13,
    }
    about = letters.Subject(
        titles={"es": "Criterio <café>"}, questions={"es": "¿Lo aprueba?"}, number="2", opens_at=AT, closes_at=AT,
        until=AT, zone="America/Managua", receipt="ABCD", ids=ids,
    )  # fmt: skip
    claimed = outbox.Claimed(1, "k:1", kind, 3, None, "round", 7, {"reason": "Huracán"}, 1)
    to = letters.Addressee("Ana", "ana@example.org", language, True)
    mail = mailer.message(claimed, about, to, at=AT)
    assert len(mail.as_bytes()) < 20_000
    plain, html = (mail.get_body((form,)).get_content() for form in ("plain", "html"))  # type: ignore[union-attr]
    assert mail["Content-Language"] == language
    assert "%(" not in mail["Subject"] + plain + html
    assert "<café>" not in html
    assert f'lang="{language}"' in html
    links = [word for word in plain.split() if word.startswith("http") and "/reminders/" not in word]
    assert len(links) == 1
    assert html.count('<a href="http') - html.count("/reminders/") == 1


def test_a_mail_goes_into_a_file_of_its_own_for_its_owner_alone(app: Flask) -> None:
    told()
    assert jobs.send_mail(AT) == 1
    (path,) = files(app)
    assert path.suffix == ".eml"
    assert path.stat().st_mode & 0o777 == 0o600
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert (mail["To"], mail["Auto-Submitted"]) == ("Ana Díaz <ana@example.org>", "auto-generated")
    assert notice().sent_at == AT
    assert jobs.send_mail(AT + timedelta(days=1)) == 0


def test_a_mail_goes_through_a_mail_server(app: Flask, box: tuple[Box, str]) -> None:
    told()
    through(app, box[1])
    assert jobs.send_mail(AT) == 1
    (mail,) = box[0].mails
    assert mail["Message-ID"] == mailer.message_id(notice().key, "plenaria@localhost")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].startswith("<http://127.0.0.1:8000/reminders/")


def test_what_the_rules_oblige_us_to_send_cannot_be_unsubscribed(app: Flask, box: tuple[Box, str]) -> None:
    told("round_opened")
    through(app, box[1])
    jobs.send_mail(AT)
    assert box[0].mails[0]["List-Unsubscribe"] is None


def test_a_server_that_is_away_is_tried_again(app: Flask, box: tuple[Box, str]) -> None:
    told()
    through(app, "smtp://127.0.0.1:1")
    assert jobs.send_mail(AT) == 0
    assert (notice().attempts, notice().sent_at) == (1, None)
    assert "Refused" in notice().last_error
    through(app, box[1])
    assert jobs.send_mail(AT + timedelta(minutes=4)) == 0
    assert jobs.send_mail(AT + timedelta(minutes=5)) == 1


@pytest.mark.parametrize(
    ("answer", "attempts"), [("550 no such user", outbox.MOST_ATTEMPTS), ("451 later", 1)]
)
def test_an_address_refused_for_good_is_given_up(
    app: Flask, box: tuple[Box, str], answer: str, attempts: int
) -> None:
    told()
    through(app, box[1])
    box[0].answer = answer
    assert jobs.send_mail(AT) == 0
    assert (notice().attempts, notice().sent_at) == (attempts, None)


def test_after_a_crash_before_marking_one_duplicate_bears_the_same_id(
    app: Flask, box: tuple[Box, str]
) -> None:
    told()
    through(app, box[1])
    jobs.send_mail(AT)
    notice().sent_at = None  # as if the process had died after the server said OK
    db.session.commit()
    jobs.send_mail(AT + timedelta(minutes=5))
    jobs.send_mail(AT + timedelta(days=1))
    assert len(box[0].mails) == 2
    assert len({mail["Message-ID"] for mail in box[0].mails}) == 1


def test_a_name_cannot_add_a_header(app: Flask, box: tuple[Box, str]) -> None:
    scene = told(name="Ana\r\nBcc: eva@example.org")
    scene.round.dossier.titles = {"es": "Café\r\nX-Evil: 1"}
    db.session.commit()
    through(app, box[1])
    assert jobs.send_mail(AT) == 1
    (mail,) = box[0].mails
    assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
    assert mail["To"] == '"Ana Bcc: eva@example.org" <ana@example.org>'


def test_who_has_answered_is_not_reminded(app: Flask) -> None:
    scene = told()
    entry = db.session.scalars(
        select(RegisterEntry).where(RegisterEntry.organisation_id == scene.delegates[0].organisation_id)
    ).one()
    entry.no_comment_at = AT
    db.session.commit()
    assert jobs.send_mail(AT) == 0
    assert (notice().dropped_at, notice().last_error) == (AT, "answered")


def test_a_comment_is_an_answer_and_a_draft_is_none(app: Flask) -> None:
    scene = told()
    comments.comment(scene, 0, submit=False)
    db.session.commit()
    about = letters.subject("round", scene.round.id)
    who = scene.delegates[0]

    def why(at: datetime = AT) -> str:
        return letters.unwanted("round_closing_soon", about, who.person_id, who.organisation_id, at=at)  # type: ignore[arg-type]

    assert why() == ""
    comments.comment(scene, 0)
    db.session.commit()
    assert why() == "answered"
    assert letters.unwanted("round_opened", about, who.person_id, who.organisation_id, at=AT) == ""  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["round_closing_soon", "round_opened"])
def test_of_reminders_that_come_late_together_only_the_newest_goes(app: Flask, kind: str) -> None:
    scene = told(kind)
    one, other = scene.delegates[:2]
    both = [Recipient(who.person_id, who.organisation_id) for who in (one, other)]
    notices.notify(kind, both[:1], scene.round, due_at=AT, once="three days")
    notices.notify(kind, both, scene.round, due_at=AT, once="one day")
    db.session.commit()
    reminds = kind == "round_closing_soon"
    assert jobs.send_mail(AT) == (2 if reminds else 4)
    rows = db.session.scalars(select(Notice).order_by(Notice.id)).all()
    assert [row.dropped_at for row in rows] == ([AT, AT, None, None] if reminds else [None] * 4)
    assert {row.person_id for row in rows if row.sent_at} == {one.person_id, other.person_id}


def test_no_reminder_after_closing_nor_to_who_no_longer_acts(app: Flask) -> None:
    scene = told()
    about = letters.subject("round", scene.round.id)
    who = scene.delegates[0]
    assert about is not None
    ask = [
        (who.person_id, who.organisation_id, scene.round.closes_at - timedelta(microseconds=1), ""),
        (who.person_id, who.organisation_id, scene.round.closes_at, "no longer open"),
        (scene.delegates[1].person_id, who.organisation_id, AT, "mandate over"),
    ]
    for person, organisation, at, why in ask:
        assert letters.unwanted("round_closing_soon", about, person or 0, organisation, at=at) == why


def test_a_closed_account_gets_no_mail(app: Flask) -> None:
    scene = told("round_opened")
    db.session.get_one(people.Person, scene.delegates[0].person_id).active = False
    db.session.commit()
    assert jobs.send_mail(AT) == 0
    assert notice().last_error == "person closed"


@pytest.mark.parametrize(
    ("text", "line"), [("a\r\nb", "a b"), ("  a\tb ", "a b"), ("a\x00\u2028b", "a b"), ("x" * 300, "x" * 250)]
)
def test_one_line_is_one_line(text: str, line: str) -> None:
    assert mailer.one_line(text) == line


def test_a_paragraph_whose_values_are_unknown_is_left_out() -> None:
    assert names("until %(closes)s, %(number)s") == {"closes", "number"}
    assert known("until %(closes)s", {"closes": "x"}) is True
    assert known("until %(closes)s", {"closes": ""}) is False


@pytest.mark.parametrize(
    ("zone", "said"), [("America/Managua", "07:00 (Managua)"), ("Europe/Berlin", "14:00 (Berlín)")]
)
def test_a_link_to_sign_in_says_its_end_in_the_zone_of_its_reader(app: Flask, zone: str, said: str) -> None:
    reader = people.person(email="ana@example.org")
    reader.zone = zone
    accounts.ask_link("ana@example.org", secret="s", lifetime=timedelta(hours=1), by=PUBLIC, at=AT)
    db.session.commit()
    assert jobs.send_mail(AT) == 1
    body = message_from_bytes(files(app)[0].read_bytes(), policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert said in body


def test_a_withdrawn_round_promises_no_answers_and_says_why(app: Flask) -> None:
    scene = told("round_closed")
    row = notice()
    row.params = {"withdrawn": "Falta un estudio."}
    db.session.commit()
    assert jobs.send_mail(AT) == 1
    assert [file.name for file in files(app)] != []
    body = message_from_bytes(files(app)[0].read_bytes(), policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Falta un estudio." in body
    assert scene.organisations[0].name in body
    assert len(letter_of("round_closed", row.params).paragraphs) == 4


def test_a_missed_quorum_says_which_vote_follows_and_proclaims_nothing() -> None:
    last, followed = (letter_of("quorum_missed", params) for params in ({}, {"next_vote": "CAFE-V2"}))
    assert "decides nothing" in last.paragraphs[0]
    assert last.paragraphs[0] == followed.paragraphs[0]
    assert "It was the last call." in last.paragraphs[1]
    assert "%(next_vote)s" in followed.paragraphs[1]
    said = " ".join((*last.paragraphs, *followed.paragraphs))
    assert ("proclaimed" in said, "contested" in said) == (False, False)


@pytest.mark.parametrize(
    ("kind", "params", "variant"),
    [
        ("round_closed", {"withdrawn": "Falta un estudio."}, "round_closed.withdrawn"), ("round_closed", {}, ""),
        ("answers_published", {"uncommented": "1"}, "answers_published.uncommented"), ("answers_published", {"until": "x"}, ""),
        ("round_extended", {"granted": "1"}, "round_extended.granted"), ("round_extended", {}, ""),
        ("round_closed", {"drafts": "3"}, ""), ("review_decided", {"decision": "approved"}, ""),
        ("review_decided", {"decision": "returned"}, "review_decided.returned"),
        ("review_opened", {"subject": "synopsis"}, "review_opened.synopsis"), ("review_opened", {"subject": "draft"}, ""),
        ("quorum_missed", {"code": "V1"}, ""), ("quorum_missed", {"code": "V1", "next_vote": "V2"}, "quorum_missed.next_call"),
    ],
)  # fmt: skip
def test_other_news_has_another_letter(kind: str, params: dict[str, str], variant: str) -> None:
    assert letter_of(kind, params) == (VARIANTS[variant] if variant else LETTERS[kind])
