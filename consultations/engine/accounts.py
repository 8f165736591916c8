"""How people prove who they are: passwords (argon2id), one-time links, and the end of sessions."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import delete, select, update

from consultations.actor import Actor
from consultations.engine import journal, notices
from consultations.engine.recipients import Recipient
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.models.people import EndedSession, LoginLink, Person

# OWASP's second profile: 19 MiB and two passes, so that eight threads fit a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


@dataclass(frozen=True)
class Proof:
    """Someone proved who they are. `new_hash` is to be kept when the parameters have changed since."""

    person_id: int
    new_hash: str | None = None


def tidy(email: str) -> str:
    """The form in which an address is kept and looked up."""
    return email.strip().lower()


def hashed(password: str) -> str:
    """The argon2id hash to keep of a password; slow on purpose, so never inside a unit of work."""
    return _HASHER.hash(_typed(password))


def authenticate(email: str, password: str) -> Proof | None:
    """Who this e-mail address and password belong to, or None without saying why.

    Reads only. Takes as long for an unknown address, a person without a password and a closed account as for a
    wrong password; no transaction is open meanwhile, because hashing inside one would hold up those who write.
    """
    row = db.session.execute(
        select(Person.id, Person.password_hash, Person.active).where(Person.email == tidy(email))
    ).one_or_none()
    db.session.rollback()
    kept = row.password_hash if row and row.password_hash else None
    matches = _matches(kept or _nobodys_hash(), password)
    if row is None or kept is None or not matches or not row.active:
        return None
    return Proof(row.id, hashed(password) if _HASHER.check_needs_rehash(kept) else None)


def keep_hash(person_id: int, new_hash: str, *, by: Actor, at: datetime) -> None:
    """Keep the hash of the same password under newer parameters; sessions go on."""
    locked(Person, person_id).password_hash = new_hash
    db.session.flush()


def change_password(new_hash: str, *, by: Actor, at: datetime) -> int:
    """Keep a new password's hash and end all sessions; returns the new session version."""
    person = _oneself(by)
    person.password_hash = new_hash
    return _end_sessions(person, "password_changed", by=by, at=at)


def sign_out_everywhere(*, by: Actor, at: datetime) -> int:
    """End all sessions of who asks; returns the new session version."""
    return _end_sessions(_oneself(by), "sessions_ended", by=by, at=at)


def end_session(key: str, *, longest: timedelta, by: Actor, at: datetime) -> None:
    """End the session with this key of who asks, wherever its cookie was copied to; twice is as good as once.

    `longest` is how long any session lives: what was ended before that could sign nobody in any more, and is forgotten.
    """
    _oneself(by)
    if db.session.get(EndedSession, key) is None:
        add(EndedSession(key=key, ended_at=at))
    db.session.execute(delete(EndedSession).where(EndedSession.ended_at <= at - longest))


def set_preferences(language: str, zone: str, *, by: Actor, at: datetime) -> None:
    """In which language one is written to, and in which zone one reads times."""
    person = _oneself(by)
    person.language, person.zone = language, zone
    db.session.flush()


def set_reminders(wanted: bool, *, by: Actor, at: datetime) -> None:
    """Whether reminders are mailed; what the rules oblige to send is sent anyway. The newest event counts."""
    journal.record("reminders_wanted" if wanted else "reminders_stopped", _oneself(by), by=by, at=at)


def stop_reminders_of(person_id: int, *, by: Actor, at: datetime) -> None:
    """Stop reminders to whoever holds the signed link of a mail (`reader_of`), signed in or not."""
    journal.record("reminders_stopped", locked(Person, person_id), by=by, at=at)


def reader_token(person_id: int, secret: str) -> str:
    """What the link in a reminder carries to stop reminders (RFC 8058)."""
    return URLSafeSerializer(secret, salt="reminders").dumps(person_id)


def reader_of(token: str, secret: str) -> int | None:
    """Whom a reminder was written to, or None for a token that is not ours."""
    try:
        return int(URLSafeSerializer(secret, salt="reminders").loads(token))
    except BadSignature:
        return None


def calendar_token(person_id: int, session_version: int, secret: str) -> str:
    """What the secret address of one's own calendar carries; it ends with the sessions (password, sign out everywhere)."""
    return URLSafeSerializer(secret, salt="calendar").dumps([person_id, session_version])


def calendar_of(token: str, secret: str) -> tuple[int, int] | None:
    """Whose calendar it is and with which session version it was given out; None for a token that is not ours."""
    try:
        person_id, version = URLSafeSerializer(secret, salt="calendar").loads(token)
        return int(person_id), int(version)
    except (BadSignature, TypeError, ValueError):
        return None


def ask_link(email: str, *, secret: str, lifetime: timedelta, by: Actor, at: datetime) -> None:
    """Mail a one-time link to whoever has this address; says nothing about whether somebody has.

    The nonce is nowhere in the database: the link's row keeps its hash, and the notice a seed that gives the
    nonce only together with the house's secret key.
    """
    person = db.session.scalar(select(Person).where(Person.email == tidy(email), Person.active))
    if person is None:
        return
    seed = secrets.token_hex(16)
    link = LoginLink(
        person_id=person.id,
        nonce_sha256=_sha256(nonce(seed, secret)),
        created_at=at,
        expires_at=at + lifetime,
    )
    notices.notify("login_link", [Recipient(person.id)], add(link), due_at=at, seed=seed)


def nonce(seed: str, secret: str) -> str:
    """What the mailed link carries."""
    return hmac.new(secret.encode(), f"login-link:{seed}".encode(), hashlib.sha256).hexdigest()


def use_link(given: str, *, by: Actor, at: datetime) -> Proof | None:
    """Who this link signs in, once; None when it is unknown, used or too old (expires_at is too late)."""
    link = db.session.scalar(
        select(LoginLink).where(LoginLink.nonce_sha256 == _sha256(given)).with_for_update()
    )
    if link is None or link.used_at is not None or link.expires_at <= at or not link.person.active:
        return None
    # The one that is used takes the others in the letter box with it.
    others = update(LoginLink).where(LoginLink.person_id == link.person_id, LoginLink.used_at.is_(None))
    db.session.execute(others.values(used_at=at))
    return Proof(link.person_id)


def _end_sessions(person: Person, event: str, *, by: Actor, at: datetime) -> int:
    person.session_version += 1
    journal.record(event, person, by=by, at=at)
    return person.session_version


def _oneself(by: Actor) -> Person:
    return locked(Person, by.person_id or 0)


def _matches(kept: str, password: str) -> bool:
    try:
        return _HASHER.verify(kept, _typed(password))
    except (VerificationError, InvalidHashError):
        return False


def _typed(password: str) -> str:
    """The same characters from every keyboard: an accent may come as one code point or as two."""
    return unicodedata.normalize("NFKC", password)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex(16))
