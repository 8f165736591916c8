"""The codebook of a round: codes with what they mean, written, reworded, and taken out while nothing hangs on them.

While two people code a sample the codebook rests: they must have had the same one. Lock: the round, for oneself.
"""

from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.mandates import check_mandate
from consultations.engine.work import NotFound, add, locked
from consultations.extensions import db
from consultations.facts import coding
from consultations.models.points import Tag
from consultations.models.rounds import Round
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies

LONGEST = 40  # characters of a code; its column holds no more


def write_code(round_id: int, code: str, meaning: str, *, by: Actor, at: datetime) -> Tag:
    """Add a code to the codebook; the same code with the same meaning again is the one that is there.

    Errors: Refused with every reason, NotFound.
    """
    round_, against = _taken(round_id, by=by, at=at)
    code, meaning = " ".join(code.split()), meaning.strip()
    same = next((tag for tag in coding.codes(round_id) if tag.code.casefold() == code.casefold()), None)
    if same and same.meaning == meaning and same.code == code:
        return same
    _refuse(
        *against,
        None if code else refusal("tag_missing"),
        refusal("tag_long", most=LONGEST) if len(code) > LONGEST else None,
        refusal("tag_taken", words=same.code) if same else None,
        None if meaning else refusal("meaning_missing"),
    )
    tag = add(Tag(round_id=round_.id, code=code, meaning=meaning))
    journal.record("code_written", round_, by=by, at=at, code=f"tag/{tag.id}")
    return tag


def reword_code(round_id: int, tag_id: int, meaning: str, *, by: Actor, at: datetime) -> Tag:
    """Say anew what a code means; the same words change nothing. Errors: Refused with every reason, NotFound."""
    round_, against = _taken(round_id, by=by, at=at)
    tag = _tag(round_id, tag_id)
    if tag is None:
        raise NotFound(f"Tag {tag_id}")
    meaning = meaning.strip()
    if tag.meaning == meaning:
        return tag
    _refuse(*against, None if meaning else refusal("meaning_missing"))
    tag.meaning = meaning
    journal.record("code_reworded", round_, by=by, at=at, code=f"tag/{tag.id}")
    return tag


def retire_code(round_id: int, tag_id: int, *, by: Actor, at: datetime) -> bool:
    """Take a code out that nobody has used; False when it was gone before. Errors: Refused, e.g. `tag_in_use`."""
    round_, against = _taken(round_id, by=by, at=at)
    tag = _tag(round_id, tag_id)
    if tag is None:
        return False
    in_use = tag.id in coding.used(round_id)
    _refuse(*against, refusal("tag_in_use", words=tag.code) if in_use else None)
    journal.record("code_retired", round_, by=by, at=at, code=f"tag/{tag.id}", words=tag.code)
    db.session.delete(tag)
    db.session.flush()
    return True


def _taken(round_id: int, *, by: Actor, at: datetime) -> tuple[Round, tuple[Refusal | None, ...]]:
    """The round, and what speaks against changing its codebook now."""
    check_mandate(by, at=at)
    if Role.UNIT not in implies(by.role):
        raise Refused(refusal("role_may_not", move="write_codebook", role=by.role.value))
    round_ = locked(Round, round_id)
    return round_, (
        None if round_.state in coding.CODEBOOK_IN else refusal("codebook_closed"),
        refusal("coding_under_way") if coding.open_sample(round_id) else None,
    )


def _tag(round_id: int, tag_id: int) -> Tag | None:
    return db.session.scalar(select(Tag).where(Tag.round_id == round_id, Tag.id == tag_id))


def _refuse(*reasons: Refusal | None) -> None:
    if said := tuple(filter(None, reasons)):
        raise Refused(*said)
