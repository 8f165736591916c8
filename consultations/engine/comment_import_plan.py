"""What an import of a comment sheet would make of each row: whose it is, on which clause, and what speaks against it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from consultations.documents.characters import clean, clean_line
from consultations.documents.comment_sheet_clauses import ClauseIndex
from consultations.documents.comment_sheet_outcomes import response_of
from consultations.documents.comment_sheet_report import Sheet, SheetRow, gravest
from consultations.documents.findings import Doubt, Fault, Finding
from consultations.engine.journal import canonical
from consultations.facts.comment_sheets import Remark
from workflows.comment import CommentState
from workflows.refusals import Refusal

WHOSE = ("body_missing", "body_unknown", "body_ambiguous")
WHERE = ("clause_unmatched", "clause_of_several", "clause_ambiguous")
_UNANSWERED = (CommentState.SUBMITTED, CommentState.TRIAGED)


@dataclass(frozen=True)
class ByHand:
    """What a person has decided: {clause cell: number of the clause}, {member body cell: code of the organisation}."""

    clauses: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PlannedRow:
    """A row with what it comes to; `comment_id` when it is in the round already, `answers` when its observation is kept."""

    row: SheetRow
    organisation_id: int | None = None
    node_id: int | None = None
    number: str | None = None
    client_uuid: str = ""
    comment_id: int | None = None
    answers: bool = False
    findings: tuple[Finding, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def told(self) -> tuple[Finding, ...]:
        """Everything to say of the row; refusals of the rules as faults with their own sentence."""
        refused = (Fault(reason.code, None, {"text": str(reason)}) for reason in self.refusals)
        return (*self.row.findings, *self.findings, *refused)

    @property
    def status(self) -> str:
        """ok, warning or error."""
        return gravest(self.told)

    @property
    def is_new(self) -> bool:
        """Whether it would become a comment."""
        return self.comment_id is None and self.status != "error"

    @property
    def words(self) -> str:
        """The comment, or the proposed change where there is only that."""
        return self.row.comment or self.row.proposed_change


@dataclass(frozen=True)
class Plan:
    """The rows of a sheet in a round."""

    sheet: Sheet
    rows: tuple[PlannedRow, ...]

    @property
    def errors(self) -> int:
        """How many rows are in error."""
        return sum(row.status == "error" for row in self.rows)

    @property
    def new(self) -> tuple[PlannedRow, ...]:
        """What would be imported."""
        return tuple(row for row in self.rows if row.is_new)

    @property
    def answers(self) -> tuple[PlannedRow, ...]:
        """What would become a proposed answer."""
        return tuple(row for row in self.rows if row.answers)

    @property
    def unmatched_clauses(self) -> tuple[str, ...]:
        """Clause cells that match nothing, each once."""
        return self._cells(WHERE, "clause")

    @property
    def unknown_bodies(self) -> tuple[str, ...]:
        """Member body cells that name no organisation, each once."""
        return self._cells(WHOSE, "member_body")

    def to_dict(self, **more: Any) -> dict[str, Any]:
        """The report for JSON; `more` goes into the summary."""
        rows = [
            one.row.to_dict(matched=one.number, more=one.told[len(one.row.findings) :]) for one in self.rows
        ]
        counts = {
            "new": len(self.new), "already_there": sum(row.comment_id is not None for row in self.rows),
            "answers": len(self.answers), "unknown_organisations": list(self.unknown_bodies),
        }  # fmt: skip
        return {
            "rows": rows,
            "summary": {**self.sheet.summary(rows, self.unmatched_clauses), **counts, **more},
        }

    def _cells(self, codes: tuple[str, ...], column: str) -> tuple[str, ...]:
        found = (
            getattr(one.row, column) for one in self.rows for finding in one.findings if finding.code in codes
        )
        return tuple(dict.fromkeys(found))


class Placing:
    """Finds the organisation and the clause of a row."""

    def __init__(
        self,
        clauses: Iterable[tuple[int, str]],
        organisations: Iterable[tuple[int, str, str]],
        by_hand: ByHand,
    ) -> None:
        self._index = ClauseIndex(clauses)
        self._codes: dict[str, int] = {}
        self._names: dict[str, list[int]] = {}
        for id, code, name in organisations:
            self._codes[code.casefold()] = id
            self._names.setdefault(clean_line(name), []).append(id)
        self._by_hand = by_hand

    def place(self, row: SheetRow) -> PlannedRow:
        """The row with its organisation and clause, or why there is none."""
        organisation_id, whose = self._organisation(row.member_body)
        said = self._by_hand.clauses.get(row.clause, "").strip() or row.clause
        match = self._index.match(said)
        number = self._index.numbers.get(match.key) if match.key is not None else None
        where: list[Finding] = [Fault(match.fault, None, {"text": row.clause[:60]})] if match.fault else []
        if match.rest and number:
            where.append(Doubt("clause_words", None, {"number": number, "text": match.rest[:60]}))
        return PlannedRow(row, organisation_id, match.key, number, findings=(*whose, *where))

    def _organisation(self, body: str) -> tuple[int | None, list[Finding]]:
        said = clean_line(self._by_hand.organisations.get(body, "")) or body
        if not said:
            return None, [Fault("body_missing")]
        if (known := self._codes.get(said.casefold())) is not None:
            return known, []
        named = self._names.get(said, [])
        if len(named) == 1:
            return named[0], []
        return None, [Fault("body_ambiguous" if named else "body_unknown", None, {"text": said[:60]})]


def recognised(rows: Sequence[PlannedRow], round_id: int, remarks: Sequence[Remark]) -> list[PlannedRow]:
    """The rows, those that are comments of the round already with their id: by what the import named them, else by content.

    The first finds a comment again that its organisation has changed since; the second one that came another way, as
    when our own export comes back with the secretariat's observations.
    """
    by_uuid = {(remark.organisation_id, remark.client_uuid): remark for remark in remarks}
    named = list(_named(rows, round_id))
    found = [by_uuid.get((row.organisation_id or 0, row.client_uuid)) for row in named]
    used = {remark.id for remark in found if remark}
    alike: dict[object, list[Remark]] = {}
    for remark in remarks:
        if remark.received and remark.id not in used:
            # With words removed it was handed on without them: it comes back as it was handed on.
            alike.setdefault(_content_of(remark.for_others()), []).append(remark)
            if not remark.kept.whole:
                alike.setdefault(_content_of(remark), []).append(remark)
    for index, row in enumerate(named):
        if found[index] is None and (same := alike.get(_content(row))):
            found[index] = same.pop(0)
    return [_there(row, remark) if remark else row for row, remark in zip(named, found, strict=True)]


def answering(row: PlannedRow, remark: Remark | None, is_answering: bool) -> PlannedRow:
    """The row with what becomes of its observation: a proposed answer, or told and not lost."""
    said = row.row
    if said.outcome is None or row.status == "error":
        return row
    if remark is not None and (remark.outcome is not None or remark.points > 1):
        told = {clean(remark.response), clean(remark.for_others().response)}
        same = remark.outcome == said.outcome and response_of(said.observation) in told
        return row if same else _and(row, Doubt("answer_kept_out"))
    if not is_answering or remark is None or remark.state not in _UNANSWERED:
        return _and(row, Doubt("observation_kept_out"))
    return replace(_and(row, Finding("answer_proposed")), answers=True)


def place_in_clause(row: SheetRow) -> str:
    """Where in its clause a comment stands: the paragraph, figure or table, and the line."""
    line = f"line {row.line}" if row.line.isdecimal() else row.line
    return ", ".join(part for part in (row.paragraph, line) if part)


def _named(rows: Sequence[PlannedRow], round_id: int) -> Iterable[PlannedRow]:
    """Each row with its uuid: made of what it says, whose and where, and which of several equal ones it is."""
    seen: Counter[str] = Counter()
    for row in rows:
        said = row.row
        key = canonical(
            {
                "round": round_id, "organisation": row.organisation_id or 0, "clause": said.clause, "place": place_in_clause(said),
                "type": said.type or "general", "comment": said.comment, "change": said.proposed_change,
            }
        )  # fmt: skip
        yield replace(row, client_uuid=str(uuid5(NAMESPACE_URL, f"{key}#{seen[key]}")))
        seen[key] += 1


def _there(row: PlannedRow, remark: Remark) -> PlannedRow:
    changed = _content(row)[4:6] not in (_content_of(remark)[4:6], _content_of(remark.for_others())[4:6])
    findings = tuple(finding for finding in row.findings if finding.code not in WHERE)
    note = Doubt("changed_since") if changed else Finding("already_there")
    return replace(row, comment_id=remark.id, number=remark.clause or None, findings=(*findings, note))


def _content(row: PlannedRow) -> tuple[object, ...]:
    said = row.row
    place = place_in_clause(said)
    return (row.organisation_id, row.node_id, place, said.type or "general", row.words, said.proposed_change)


def _content_of(remark: Remark) -> tuple[object, ...]:
    return (
        remark.organisation_id, remark.node_id, clean(remark.place), remark.type, clean(remark.words), clean(remark.proposal),
    )  # fmt: skip


def _and(row: PlannedRow, finding: Finding) -> PlannedRow:
    return replace(row, findings=(*row.findings, finding))
