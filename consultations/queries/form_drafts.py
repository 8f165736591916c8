"""The form of a round for one organisation, or for any: to be printed, or written as a workbook."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select

from consultations import moments
from consultations.actor import Actor
from consultations.documents.form_draft import LISTS, FormClause, FormDraft, FormQuestion
from consultations.extensions import db
from consultations.facts import forms
from consultations.facts.memberships import is_member
from consultations.facts.questions import asking, of_round
from consultations.models.base import NotFound
from consultations.models.organisations import Organisation
from consultations.models.rounds import Question, RegisterEntry, Round
from consultations.models.standards import Node, NodeText
from consultations.wording import local
from consultations.wording_questions import condition
from workflows.remarks import types_asked
from workflows.roles import Role

Texts = dict[str, str]


def draft(round_id: int, organisation_id: int | None, *, language: str, by: Actor, at: datetime) -> FormDraft:
    """The form in one language, which the caller has chosen for the page too. Raises NotFound: no such round, not asked
    in it, or no member of the network."""
    round = db.session.get(Round, round_id)
    if round is None:
        raise NotFound(f"Round {round_id}")
    code, name = _organisation(round_id, organisation_id, by=by, at=at) if organisation_id else ("", "")
    reference = round.version.reference_language
    return FormDraft(
        serial=str(uuid4()), round_id=round.id, text_sha256=forms.text_of(round), language=language,
        title=local(round.dossier.titles, reference), round_number=round.number,
        closes=moments.deadline(round.closes_at, round.zone) if round.closes_at else "—", code=code, organisation=name,
        clauses=_clauses(round, language, reference), questions=_questions(of_round(round.id), reference),
        types=types_asked(round.comment_types or (), LISTS["types"]), dossier=round.dossier.code,
    )  # fmt: skip


def by_code(round_id: int, code: str) -> int | None:
    """The organisation of the round's register with this code."""
    query = select(RegisterEntry.organisation_id).join(
        Organisation, Organisation.id == RegisterEntry.organisation_id
    )
    return db.session.scalar(query.where(RegisterEntry.round_id == round_id, Organisation.code == code))


def _organisation(round_id: int, organisation_id: int, *, by: Actor, at: datetime) -> tuple[str, str]:
    row = db.session.execute(
        select(Organisation.code, RegisterEntry.name)
        .join(RegisterEntry, RegisterEntry.organisation_id == Organisation.id)
        .where(RegisterEntry.round_id == round_id, Organisation.id == organisation_id)
    ).one_or_none()
    if row is None or (by.role is Role.NETWORK and not is_member(organisation_id, by.network_id, at=at)):
        raise NotFound(f"Organisation {organisation_id}")
    return row[0], row[1]


def _clauses(round: Round, language: str, reference: str) -> tuple[FormClause, ...]:
    """In the language where the text has it, else in the reference language: a form leaves no clause empty."""
    worded: dict[int, dict[str, NodeText]] = {}
    texts = select(NodeText).join(Node).where(Node.version_id == round.version_id)
    for text in db.session.scalars(texts):
        worded.setdefault(text.node_id, {})[text.language] = text
    return tuple(_clause(node, worded.get(node.id, {}), language, reference) for node in forms.clauses(round))


def _clause(node: Node, texts: dict[str, NodeText], language: str, reference: str) -> FormClause:
    best = texts.get(language) or texts.get(reference)
    return FormClause(node.stable_id, node.number, best.heading if best else "", best.text if best else "")


def _questions(rows: list[Question], reference: str) -> tuple[FormQuestion, ...]:
    by_position = {row.position: row for row in rows}
    return tuple(
        FormQuestion(
            asking(row), local(row.texts, reference), tuple(local(option, reference) for option in row.options),
            condition(row.asked_if, by_position, reference),
        )
        for row in rows
    )  # fmt: skip
