"""Dossiers: opened by hand, led by hand where people decide, and otherwise following their rounds and votes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import SYSTEM, Actor
from consultations.engine import journal, standards, turns
from consultations.engine.mandates import check_mandate
from consultations.engine.work import locked
from consultations.extensions import db
from consultations.facts.dossiers import dossier_facts, rules_of
from consultations.models.dossiers import Dossier
from consultations.models.organisations import Network, NetworkKind
from workflows.dossier import DOSSIER, KINDS, DossierFacts, DossierKind, DossierState
from workflows.machine import move_named, objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role

OPENING = ("assess", "scope", "draft")
VOTED = (
    DossierState.CONVENED, DossierState.ADOPTED, DossierState.NOT_ADOPTED, DossierState.SENT,
    DossierState.OUTCOME_RECORDED, DossierState.IN_FORCE, DossierState.REVIEW_DUE,
)  # fmt: skip


@dataclass(frozen=True)
class NewStandard:
    """A standard that has no text yet: its draft is imported later."""

    code: str
    titles: dict[str, str]


def open_dossier(
    *, code: str, titles: dict[str, str], kind: str, standard_id: int | None = None, new_standard: NewStandard | None = None,
    body_id: int, objectives: dict[str, str], by: Actor, at: datetime,
) -> Dossier:  # fmt: skip
    """Begin a dossier in `requested` (process.md, "Dossier"). Sent twice by one person it is one dossier.

    Arguments: `kind` of workflows.dossier.DossierKind; `standard_id`, or else `new_standard`, which is put in the list
    of standards; `body_id` where it will be decided.
    Errors: Refused: no title or kind, a code that is missing or taken.
    """
    check_mandate(by, at=at)
    turns.wait_turn("code")  # the second of two tabs finds the dossier, or its code taken
    code = code.strip()
    other = db.session.scalars(select(Dossier).where(Dossier.code == code)).first()
    if new_standard is not None:
        standard_id = standards.begin(
            new_standard.code, new_standard.titles, known=other.standard_id if other else None
        ).id
    dossier = Dossier(
        code=code, titles=titles, kind=kind, standard_id=standard_id, body_id=body_id, objectives=objectives,
        created_at=at, created_by_id=by.person_id,
    )  # fmt: skip
    if other is not None and other.state == DossierState.REQUESTED and _terms(other) == _terms(dossier):
        return other
    facts = dossier_facts(dossier, at=at)
    faults = (
        *_code_faults(code, taken=other is not None),
        *_body_faults(kind, body_id),
        *objections(DOSSIER, None, "request", by.role, facts),
    )
    if faults:
        raise Refused(*faults)
    journal.begin(dossier, DOSSIER, "request", by=by, at=at, facts=facts, kind=kind)
    return dossier


def advance_dossier(
    dossier_id: int, move: str, *, by: Actor, at: datetime, reason: str = "", **given: Any
) -> Dossier:
    """Make a move that a person decides on; the reason stays on record.

    Arguments: `given` facts that only the caller knows (assessment, effective_at …); an assessment is also the reason.
    Errors: Refused, NotFound.
    """
    check_mandate(by, at=at)
    dossier = locked(Dossier, dossier_id)
    facts = dossier_facts(dossier, at=at, reason=reason, **{"assessment": reason, **given})
    _check_grounds(dossier, move, reason, objections(DOSSIER, dossier.state, move, by.role, facts))
    journal.move(dossier, DOSSIER, move, by=by, at=at, facts=facts, reason=reason, was=dossier.state)
    return dossier


def start_drafting(dossier_id: int, *, assessment: str, by: Actor, at: datetime) -> Dossier:
    """Assess, scope and begin drafting in one go, as the head of the Unit may; stops nowhere in between.

    Errors: Refused, and then none of the three happened (the caller's unit of work).
    """
    for move in OPENING:
        dossier = advance_dossier(
            dossier_id, move, by=by, at=at, reason=assessment if move in ("assess", "scope") else ""
        )
    return dossier


def follow(
    dossier: Dossier | None, move: str, *, by: Actor, at: datetime, reason: str = "", **facts: Any
) -> bool:
    """Have a locked dossier follow its round or vote; returns whether it moved. None (a vote of an agenda) stays.

    The move is made as `by`, else as the clock, else as the role that the table names: then the event carries that
    role and no person, because nobody acted on the dossier itself. `facts` as for dossier_facts.
    Nothing happens, and nothing is raised, where the table does not let it move.
    """
    if dossier is None:
        return False
    known = dossier_facts(dossier, at=at, reason=reason, **facts)
    actor = _who_may(dossier, move, by, known)
    if actor is None:
        return False
    journal.move(dossier, DOSSIER, move, by=actor, at=at, facts=known, reason=reason, was=dossier.state)
    return True


def convene(dossier: Dossier, *, by: Actor, at: datetime) -> None:
    """The locked dossier is convened with its vote.

    Errors: Refused with what speaks against it for the clock: its text was not handed over, or another vote of this matter
    runs or has decided it (two results would contend for one dossier).
    """
    if dossier.state in VOTED:
        raise Refused(refusal("matter_voted_before"))
    if not follow(dossier, "convene", by=by, at=at):
        facts = dossier_facts(dossier, at=at)
        raise Refused(*objections(DOSSIER, dossier.state, "convene", Role.SYSTEM, facts))


def enter_round(dossier: Dossier, round_id: int, *, by: Actor, at: datetime) -> None:
    """The locked dossier enters a round that was just created. Errors: Refused with every objection."""
    facts = dossier_facts(dossier, at=at, round_id=round_id)
    journal.move(
        dossier,
        DOSSIER,
        "enter_round",
        by=by,
        at=at,
        facts=facts,
        was=dossier.state,
        round=f"round/{round_id}",
    )


def _who_may(dossier: Dossier, move: str, by: Actor, facts: DossierFacts) -> Actor | None:
    roles = dict.fromkeys(role for row in move_named(DOSSIER, move) for role in row.actors)
    stand_ins = [SYSTEM] if Role.SYSTEM in roles else [replace(SYSTEM, role=role) for role in roles]
    return next(
        (who for who in (by, *stand_ins) if not objections(DOSSIER, dossier.state, move, who.role, facts)),
        None,
    )


def _terms(dossier: Dossier) -> tuple[object, ...]:
    return (
        dossier.created_by_id, dossier.titles, dossier.kind, dossier.standard_id, dossier.body_id, dossier.objectives,
    )  # fmt: skip


def _check_grounds(dossier: Dossier, move: str, reason: str, others: tuple[Refusal, ...]) -> None:
    """Who sets the scope of an urgent, limited or suspending matter writes why it is one (workflows.dossier_kinds)."""
    if move == "scope" and rules_of(dossier.kind).grounds and not reason.strip():
        raise Refused(*others, refusal("grounds_missing"))


def _body_faults(kind: str, body_id: int) -> tuple[Refusal, ...]:
    """A network's own matter is not put to the whole body."""
    if kind not in set(DossierKind) or not KINDS[DossierKind(kind)].network_alone:
        return ()
    body = db.session.get(Network, body_id)
    alone = body is not None and body.kind in (NetworkKind.COUNTRY, NetworkKind.PRODUCT, NetworkKind.WORKERS)
    return () if alone else (refusal("body_not_network"),)


def _code_faults(code: str, *, taken: bool) -> tuple[Refusal, ...]:
    if not code:
        return (refusal("code_missing"),)
    return (refusal("code_taken", taken=code),) if taken else ()
