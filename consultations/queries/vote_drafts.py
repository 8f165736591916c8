"""What a secretary needs to write a vote: the dossiers that wait, their frozen texts, a draft's terms."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.dossiers import text_ready
from consultations.facts.rule_words import in_words
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.rule_books import RuleVersion
from consultations.models.standards import StandardVersion
from consultations.models.votes import Vote
from consultations.queries import rule_books
from workflows.dossier import DossierState
from workflows.roles import Role
from workflows.rules import rule_from
from workflows.vote import VoteState


def ready(actor: Actor) -> tuple[tuple[int, str, dict[str, str]], ...]:
    """The dossiers of a body for which its secretary may prepare a vote now: id, code, titles; none for anybody else."""
    if actor.role is not Role.SECRETARY:
        return ()
    begun = select(Vote.dossier_id).where(Vote.state.in_((VoteState.DRAFT, VoteState.REVIEWED)))
    query = select(Dossier).where(
        Dossier.body_id == actor.network_id,
        Dossier.state == DossierState.FINAL_REVIEW,
        Dossier.id.not_in(begun),
    )
    waiting = db.session.scalars(query.order_by(Dossier.id))
    return tuple((d.id, d.code, d.titles) for d in waiting if text_ready(d) is not None)


@dataclass(frozen=True)
class BookRule:
    """A decision rule of the book, in words per language, with its days."""

    id: int
    titles: dict[str, str]
    version: int
    cites: str
    words: dict[str, list[str]]
    in_force_from: date
    in_force_until: date | None


@dataclass(frozen=True)
class Matter:
    """What a draft needs to know of its dossier: the frozen texts, newest first, the next code, and the decision rules of
    the body's book that are not over."""

    dossier_id: int
    code: str
    titles: dict[str, str]
    zone: str
    body: dict[str, str]
    texts: tuple[tuple[int, str, str], ...]
    weight_fields: tuple[str, ...]
    rules: tuple[BookRule, ...]


def matter(dossier_id: int, *, by: Actor, at: datetime) -> Matter | None:
    """The dossier to prepare a vote on, for the secretary of its body; None for anybody else."""
    dossier = db.session.get(Dossier, dossier_id)
    if dossier is None or dossier.body_id != by.network_id:
        return None
    query = select(StandardVersion).where(
        StandardVersion.standard_id == dossier.standard_id, StandardVersion.text_sha256.is_not(None)
    )
    texts = tuple(
        (v.id, v.label, str(v.text_sha256))
        for v in db.session.scalars(query.order_by(StandardVersion.id.desc()))
    )
    made = db.session.scalars(select(Vote.id).where(Vote.dossier_id == dossier_id)).all()
    code = f"{dossier.code[:34]}-V{len(made) + 1}"
    return Matter(
        dossier.id, code, dossier.titles, dossier.body.zone, dossier.body.names, texts, _weights(dossier),
        _rules(dossier.body, at),
    )  # fmt: skip


def book_rule(version_id: int | None) -> BookRule | None:
    """One version as the form offers it."""
    row = db.session.get(RuleVersion, version_id) if version_id else None
    return _book_rule(row) if row else None


def _rules(body: Network, at: datetime) -> tuple[BookRule, ...]:
    day = at.astimezone(ZoneInfo(body.zone)).date()
    return tuple(_book_rule(row) for row in rule_books.offered(body.id, day))


def _book_rule(row: RuleVersion) -> BookRule:
    words = in_words(rule_from(row.content))
    return BookRule(row.id, row.titles, row.version, row.cites, words, row.in_force_from, row.in_force_until)


def _weights(dossier: Dossier) -> tuple[str, ...]:
    """The named weights that members of the body have in the register, the commonest first."""
    query = select(Organisation.weights).join(Membership).where(Membership.network_id == dossier.body_id)
    found = Counter(name for weights in db.session.scalars(query) for name in weights)
    return tuple(name for name, _ in found.most_common())


@dataclass(frozen=True)
class Draft:
    """The terms of a draft, to be edited."""

    vote_id: int
    dossier_id: int
    version_id: int
    questions: dict[str, str]
    rule_version_id: int | None
    weight_field: str
    zone: str
    opens_at: datetime
    closes_at: datetime
    notice_days: int
    contest_days: int
    call: int
    president_may_close: bool
    show_turnout: bool


def draft(vote_id: int, *, by: Actor) -> Draft | None:
    """A vote's terms, for an officer of its body."""
    v = db.session.get(Vote, vote_id)
    if v is None or v.body_id != by.network_id:
        return None
    return Draft(
        v.id, v.dossier_id, v.version_id, v.questions, v.rule_version_id, v.weight_field, v.zone, v.opens_at, v.closes_at,
        v.notice_days, v.contest_days, v.call, v.president_may_close, v.show_turnout,
    )  # fmt: skip
