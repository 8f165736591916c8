"""Ready-made answers of the Unit's body: written, changed while nobody else did, removed. Lock: the body, then the template."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.comment_entry import refuse
from consultations.engine.mandates import check_mandate
from consultations.engine.meanwhile import check_unchanged
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts.answer_templates import templates_of, unknown_places
from consultations.models.organisations import Network
from consultations.models.points import AnswerTemplate
from consultations.wording import LANGUAGES
from workflows.comment import CommentOutcome
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies

LONGEST = 100  # characters of a name; its column holds no more


@dataclass(frozen=True)
class Ready:
    """A ready-made answer: its name at the desk, and what it fills in; responses by language, none of them empty."""

    name: str
    outcome: str
    reason: str
    responses: Mapping[str, str]

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", " ".join(self.name.split()))
        object.__setattr__(self, "reason", self.reason.strip())
        said = {code: text.strip() for code, text in self.responses.items() if text and text.strip()}
        object.__setattr__(self, "responses", said)


def write_template(ready: Ready, *, by: Actor, at: datetime) -> AnswerTemplate:
    """Keep a ready-made answer in the writer's body; the very same again is the one that is there.

    Errors: Refused with every reason.
    """
    body = _body(by, at=at)
    same = next((row for row in templates_of(body.id) if row.name.casefold() == ready.name.casefold()), None)
    if same and _ready(same) == ready:
        return same
    refuse(_faults(ready), (refusal("template_taken", name=same.name),) if same else ())
    row = AnswerTemplate(body_id=body.id, written_at=at, written_by_id=by.person_id)
    _write(row, ready)
    journal.record("answer_template_written", add(row), by=by, at=at, body=f"network/{body.id}")
    return row


def change_template(
    template_id: int, ready: Ready, *, known: int | None = None, by: Actor, at: datetime
) -> AnswerTemplate:
    """Change one; the same again changes nothing. `known`: its last event when the form was shown.

    Errors: Refused with every reason, `edited_meanwhile` among them; NotFound, also for another body's.
    """
    body = _body(by, at=at)
    row = _own(template_id, body)
    if row is None:
        raise NotFound(f"AnswerTemplate {template_id}")
    if _ready(row) == ready:
        return row
    others = (one for one in templates_of(body.id) if one.id != row.id)
    same = next((one for one in others if one.name.casefold() == ready.name.casefold()), None)
    refuse(_faults(ready), (refusal("template_taken", name=same.name),) if same else ())
    check_unchanged(row, known)
    _write(row, ready)
    row.written_at, row.written_by_id = at, by.person_id
    db.session.flush()
    journal.record("answer_template_changed", row, by=by, at=at, body=f"network/{body.id}")
    return row


def remove_template(template_id: int, *, by: Actor, at: datetime) -> bool:
    """Remove one of the body's; answers written with it stay. False when it was gone before. Errors: Refused."""
    body = _body(by, at=at)
    row = _own(template_id, body)
    if row is None:
        return False
    journal.record("answer_template_removed", row, by=by, at=at, body=f"network/{body.id}")
    db.session.delete(row)
    db.session.flush()
    return True


def _body(by: Actor, *, at: datetime) -> Network:
    check_mandate(by, at=at)
    if Role.UNIT not in implies(by.role) or by.network_id is None:
        raise Refused(refusal("role_may_not", move="write_template", role=by.role.value))
    return locked(Network, by.network_id)


def _own(template_id: int, body: Network) -> AnswerTemplate | None:
    return db.session.scalar(select(AnswerTemplate).filter_by(id=template_id, body_id=body.id))


def _faults(ready: Ready) -> tuple[Refusal, ...]:
    texts = (ready.reason, *ready.responses.values())
    unknown = dict.fromkeys(place for text in texts for place in unknown_places(text))
    strange = [code for code in ready.responses if code not in LANGUAGES]
    reasons = (
        None if ready.name else refusal("template_name_missing"),
        refusal("template_name_long", most=LONGEST) if len(ready.name) > LONGEST else None,
        None if ready.outcome in set(CommentOutcome) else refusal("outcome_missing"),
        None if ready.responses else refusal("response_missing"),
        *(refusal("value_unknown", value=code) for code in strange),
        *(refusal("place_unknown", place=place) for place in unknown),
    )
    return tuple(filter(None, reasons))


def _ready(row: AnswerTemplate) -> Ready:
    return Ready(row.name, row.outcome, row.reason, row.responses)


def _write(row: AnswerTemplate, ready: Ready) -> None:
    row.name, row.outcome, row.reason, row.responses = (
        ready.name,
        ready.outcome,
        ready.reason,
        dict(ready.responses),
    )
