"""Comment sheets of standards bodies brought into a round: by the Unit's staff, or the operator for it.

All rows or none in one transaction, unless only those without error are asked for; the same sheet again changes nothing.
Locks: the round for itself (public numbers are counted up), then each organisation's register entry.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from consultations.actor import Actor
from consultations.documents.comment_sheet_outcomes import response_of
from consultations.documents.comment_sheet_report import Sheet
from consultations.engine import comments, journal
from consultations.engine.comment_entry import (
    Entering,
    Words,
    begin,
    facts_of,
    is_late,
    is_operator,
    odd_values,
    receipt,
    round_objects,
)
from consultations.engine.comment_import_plan import (
    ByHand,
    Placing,
    Plan,
    PlannedRow,
    answering,
    place_in_clause,
    recognised,
)
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts import comment_sheets as facts
from consultations.facts.comments import comment_facts, entry_facts
from consultations.facts.points import last_number
from consultations.facts.rounds import grace_until
from consultations.models.comments import Answer, Comment
from consultations.models.rounds import Round
from consultations.wording import LANGUAGES
from workflows.comment import COMMENT, CommentState
from workflows.machine import objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies
from workflows.round import RoundFacts, RoundState

OPERATOR = Actor(Role.UNIT)
"""Who imports at the server's own shell: for the Unit, as nobody in particular."""

CHANNEL, VISIBILITY, STANCE = "offline", "members", "neutral"
BY_NOBODY = ByHand()


@dataclass(frozen=True)
class Imported:
    """What was done, and the plan it was done by."""

    plan: Plan
    comments: int
    answers: int


def plan(round_id: int, sheet: Sheet, by_hand: ByHand = BY_NOBODY, *, by: Actor, at: datetime) -> Plan:
    """What an import would make of the sheet now, row by row; nothing is written. Errors: Refused, NotFound."""
    _check(by, at)
    round_ = db.session.get(Round, round_id)
    if round_ is None:
        raise NotFound(f"Round {round_id}")
    return _plan(round_, sheet, by_hand, by=by, at=at)


def import_sheet(
    round_id: int, sheet: Sheet, by_hand: ByHand = BY_NOBODY, *, only_valid: bool = False, by: Actor, at: datetime
) -> Imported:  # fmt: skip
    """Enter and send the sheet's comments for their organisations, and propose the answers of its observations.

    What the round has already is left as it is. Errors: Refused (`sheet_has_errors` while a row is in error, unless
    `only_valid` says that the others are to be imported), NotFound.
    """
    _check(by, at)
    round_ = locked(Round, round_id)
    made = _plan(round_, sheet, by_hand, by=by, at=at)
    if made.errors and not only_valid:
        raise Refused(refusal("sheet_has_errors", count=made.errors))
    here: dict[int, Entering] = {}
    for row in made.new:
        _enter(row, here, round_, by=by, at=at)
    for row in made.answers:
        _propose(row, round_, by=by, at=at)
    db.session.flush()
    return Imported(made, len(made.new), len(made.answers))


def _check(by: Actor, at: datetime) -> None:
    if Role.UNIT not in implies(by.role):
        raise Refused(refusal("role_may_not", move="import_sheet", role=by.role.value))
    if not is_operator(by):
        check_mandate(by, at=at)


def _plan(round_: Round, sheet: Sheet, by_hand: ByHand, *, by: Actor, at: datetime) -> Plan:
    remarks = facts.remarks(round_.id)
    placing = Placing(facts.clauses(round_.id), facts.organisations(), by_hand)
    rows = recognised([placing.place(row) for row in sheet.rows], round_.id, remarks)
    known = {remark.id: remark for remark in remarks}
    is_answering = round_.state == RoundState.ANSWERING
    against = _Against(round_, by=by, at=at)
    return Plan(
        sheet,
        tuple(
            answering(replace(row, refusals=against.row(row)), known.get(row.comment_id or 0), is_answering)
            for row in rows
        ),
    )


class _Against:
    """What the tables of the round and of its comments say against rows; asked once for each organisation."""

    def __init__(self, round_: Round, *, by: Actor, at: datetime) -> None:
        self._round, self._by, self._at = round_, by, at
        self._organisations: dict[int, tuple[Refusal, ...]] = {}
        self._types: dict[str, tuple[Refusal, ...]] = {}

    def row(self, row: PlannedRow) -> tuple[Refusal, ...]:
        """The refusals of a new row; none for one that is in error or in the round already."""
        if row.comment_id is not None or row.organisation_id is None:
            return ()
        said = _words(row)
        if row.organisation_id not in self._organisations:
            self._organisations[row.organisation_id] = self._organisation(row.organisation_id, said)
        if said.type not in self._types:
            self._types[said.type] = odd_values(said, None, self._round, VISIBILITY, "es")
        return (*self._organisations[row.organisation_id], *self._types[said.type])

    def _organisation(self, organisation_id: int, said: Words) -> tuple[Refusal, ...]:
        acting = replace(self._by, organisation_id=organisation_id)
        known = entry_facts(self._round, organisation_id=organisation_id, at=self._at)
        here = Entering(self._round, None, replace(known, grace_until=grace_until(self._round)))
        of = facts_of(Comment(organisation_id=organisation_id), here, said, by=acting, at=self._at)
        reasons = (
            *round_objects(here, "comment", acting),
            *objections(COMMENT, None, "draft", acting.role, of),
            *objections(COMMENT, CommentState.DRAFT, "submit", acting.role, of),
        )
        # Rows without words say so themselves.
        return tuple(dict.fromkeys(reason for reason in reasons if reason.code != "text_missing"))


def _enter(row: PlannedRow, here: dict[int, Entering], round_: Round, *, by: Actor, at: datetime) -> None:
    """Write the comment and send it, without a mail for each: whoever sent the sheet has it before them."""
    organisation_id = row.organisation_id or 0
    acting = replace(by, organisation_id=organisation_id)
    if organisation_id not in here:
        here[organisation_id] = begin(round_.id, exclusive=True, by=acting, at=at)
    entering, said = here[organisation_id], _words(row)
    language = entering.entry.language if entering.entry and entering.entry.language in LANGUAGES else "es"
    comment = Comment(
        round_id=round_.id, node_id=row.node_id, organisation_id=organisation_id, entered_by_id=by.person_id,
        client_uuid=row.client_uuid, channel=CHANNEL, language=language, visibility=VISIBILITY, consent_to_name=False,
        receipt=receipt(), created_at=at, version=1, late=is_late(entering, at), quote=place_in_clause(row.row),
    )  # fmt: skip
    known = facts_of(comment, entering, said, by=acting, at=at)
    journal.begin(comment, COMMENT, "draft", by=acting, at=at, facts=known, version=1)
    comments.write(comment, said, by=acting, at=at)
    if entering.entry:
        comments.forget_no_comment(entering.entry, by=acting, at=at)
    round_.last_public_number += 1
    comment.public_number, comment.submitted_at = round_.last_public_number, at
    journal.move(
        comment, COMMENT, "submit", by=acting, at=at, facts=known, version=1, number=comment.public_number
    )


def _propose(row: PlannedRow, round_: Round, *, by: Actor, at: datetime) -> None:
    """The observation becomes the first answer, proposed and not decided."""
    comment = locked(Comment, row.comment_id or 0)
    response = response_of(row.row.observation)
    answer = Answer(
        comment_id=comment.id, number=(number := last_number(comment.id) + 1), outcome=row.row.outcome, reason=response, response=response,
        proposed_by_id=by.person_id, answered_at=at,
    )  # fmt: skip
    known = comment_facts(comment, round_, RoundFacts(), by=by, at=at, reason=response, answer=answer)
    if comment.state == CommentState.SUBMITTED:
        journal.move(comment, COMMENT, "triage", by=by, at=at, facts=known)
    add(answer)
    journal.move(comment, COMMENT, "propose", by=by, at=at, facts=known, answer=number)


def _words(row: PlannedRow) -> Words:
    return Words(row.row.type or "general", STANCE, row.words, proposal=row.row.proposed_change)
