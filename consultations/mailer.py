"""From a notice to a letter, and from a letter to a mail server or a file under var/mail/."""

import hashlib
import os
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app, url_for
from flask_babel import force_locale, gettext

from consultations import mail_dates, moments, wording
from consultations.config import Settings
from consultations.engine import accounts
from consultations.engine.outbox import Claimed
from consultations.letter import Letter
from consultations.letters import known, letter_of
from consultations.queries import outbox

Deliver = Callable[[EmailMessage, str], None]
TIMEOUT = 10
LOCAL = ("localhost", "127.0.0.1", "::1")


class Undeliverable(Exception):  # noqa: N818  (an answer of the mail server)
    """The address is refused for good."""


@dataclass(frozen=True)
class Written:
    """A letter in words."""

    subject: str
    paragraphs: tuple[str, ...]
    button: str
    url: str
    unsubscribe: str = ""


def message(notice: Claimed, about: outbox.Subject, to: outbox.Addressee, *, at: datetime) -> EmailMessage:
    """The mail for one notice, plain and HTML, in the person's language; needs an application context."""
    settings: Settings = current_app.extensions["settings"]
    with current_app.test_request_context(base_url=settings.address), force_locale(to.language):
        written = write(notice, about, settings)
        bodies = {
            kind: current_app.jinja_env.get_template(f"email/letter.{kind}").render(
                letter=written, name=to.name, lang=to.language, help_email=settings.help_email
            )
            for kind in ("txt", "html")
        }
        dates = mail_dates.attached(notice, about, written.url, settings, at=at)
    mail = EmailMessage(policy=SMTP.clone(max_line_length=400))  # a folded List-Unsubscribe is missed by some
    sender = parseaddr(one_line(settings.mail_from))
    mail["From"] = Address(sender[0] or "Plenaria", addr_spec=sender[1])
    mail["To"] = Address(one_line(to.name), addr_spec=one_line(to.email))
    mail["Subject"] = one_line(written.subject)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(notice.key, sender[1])
    mail["Reply-To"] = settings.help_email
    mail["Auto-Submitted"] = "auto-generated"
    if written.unsubscribe:
        mail["List-Unsubscribe"] = f"<{written.unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(bodies["txt"])
    mail.add_alternative(bodies["html"], subtype="html")
    if dates:
        how = {"charset": "utf-8", "method": "PUBLISH"}
        mail.add_attachment(dates, maintype="text", subtype="calendar", filename="plenaria.ics", params=how)
    mail["Content-Language"] = to.language  # after the content: setting that takes headers of this kind away
    return mail


def write(notice: Claimed, about: outbox.Subject, settings: Settings) -> Written:
    """The words of a notice in the language in force; within a request context."""
    letter = letter_of(notice.kind, notice.params)
    values = _values(notice, about)
    paragraphs = tuple(gettext(text, **values) for text in letter.paragraphs if known(text, values))
    unsubscribe = ""
    if notice.kind in outbox.REMINDERS:
        token = accounts.reader_token(notice.person_id, settings.secret())
        unsubscribe = url_for("links.unsubscribe", token=token, _external=True)
    url = _url(letter, notice, about, settings)
    return Written(gettext(letter.subject, **values), paragraphs, gettext(letter.button), url, unsubscribe)


def message_id(key: str, sender: str) -> str:
    """The same for every try of one notice, so that a second delivery can be recognised and dropped."""
    domain = sender.rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def one_line(text: str) -> str:
    """A text fit for a header: no line breaks, no control characters, not endless."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:250]


@contextmanager
def post(settings: Settings) -> Iterator[Deliver]:
    """A way to deliver: the mail server of the settings, held open, or files under var/mail/."""
    url = settings.smtp_url.get_secret_value()
    if not url:
        yield lambda mail, name: to_file(mail, settings.var / "mail", name)
        return
    with _server(url) as server:
        yield lambda mail, _name: _send(server, mail)


def to_file(mail: EmailMessage, folder: Path, name: str) -> None:
    """Write a mail to a file of its own, whole or not at all, for its owner's eyes (it may hold a sign-in link)."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f".{name}.part"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(mail.as_bytes())
    beside.replace(folder / f"{name}.eml")


def _values(notice: Claimed, about: outbox.Subject) -> dict[str, str]:
    def moment(at: datetime | None, say: Callable[[datetime, str], str]) -> str:
        return say(at, about.zone) if at else ""

    return {
        **notice.params,
        "title": wording.local(about.titles),
        "question": wording.local(about.questions),
        "number": about.number,
        "opens": moment(about.opens_at, moments.instant),
        "closes": moment(about.closes_at, moments.deadline),
        "until": moment(about.until, moments.deadline),
        "receipt": notice.params.get("receipt") or about.receipt,
        "organisation": outbox.organisation_name(notice.organisation_id),
    }


def _url(letter: Letter, notice: Claimed, about: outbox.Subject, settings: Settings) -> str:
    page = letter.page if notice.organisation_id or not letter.body_page else letter.body_page
    ids: dict[str, object] = dict(about.ids)
    if "seed" in notice.params:
        ids["given"] = accounts.nonce(notice.params["seed"], settings.secret())
    rules = current_app.url_map.iter_rules(page)
    return url_for(page, **{name: ids[name] for name in next(rules).arguments}, _external=True)


@contextmanager
def _server(url: str) -> Iterator[smtplib.SMTP]:
    """smtp://user:password@host:port (STARTTLS where offered; never a password in the clear) or smtps://."""
    parts = urlsplit(url)
    host, secure = parts.hostname or "localhost", parts.scheme == "smtps"
    context = ssl.create_default_context()
    if secure:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=TIMEOUT)
    with server:
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            secure = True
        if parts.username:
            if not secure and host not in LOCAL:
                raise smtplib.SMTPNotSupportedError(
                    "The mail server offers no encryption: the password is not sent."
                )
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server


def _send(server: smtplib.SMTP, mail: EmailMessage) -> None:
    try:
        server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _ in refused.recipients.values()]
        if codes and min(codes) >= 500:
            raise Undeliverable(f"recipient refused: {codes}") from refused
        raise
