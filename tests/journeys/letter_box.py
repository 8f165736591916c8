"""The mails of a journey, as they lie under var/mail/."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path


@dataclass(frozen=True)
class Mail:
    """One mail: its kind, to whom, in which language, what it says."""

    kind: str
    to: str
    language: str
    subject: str
    text: str


def mails(var: Path) -> tuple[Mail, ...]:
    """Every mail sent, oldest first."""
    return tuple(_mail(file) for file in sorted((var / "mail").glob("*.eml")))


def kinds(found: tuple[Mail, ...]) -> dict[str, dict[str, int]]:
    """Whoever got mail (the name before @example.org) -> how many of each kind."""
    got: dict[str, dict[str, int]] = defaultdict(Counter)
    for mail in found:
        got[mail.to][mail.kind] += 1
    return dict(got)


def _mail(file: Path) -> Mail:
    with file.open("rb") as opened:
        message: EmailMessage = BytesParser(policy=policy.default).parse(opened)  # type: ignore[assignment]
    plain = message.get_body(("plain",))
    assert plain is not None
    to = message["To"].addresses[0].username
    return Mail(
        file.stem.partition("-")[2], to, message["Content-Language"], message["Subject"], plain.get_content()
    )
