"""A dossier from its request to the opening of its round."""

from collections.abc import Generator
from datetime import datetime
from importlib import resources

from sqlalchemy import select

from consultations.actor import Actor
from consultations.demo.names import words
from consultations.demo.register import COMMISSION
from consultations.demo.stage import Stage
from consultations.documents.standard import read_standard
from consultations.engine import dossiers, reviews, rounds, standards, text_freezes
from consultations.extensions import db
from consultations.facts import texts
from consultations.models.dossiers import Dossier
from consultations.models.reviews import Review
from consultations.models.rounds import Round
from consultations.models.standards import StandardVersion
from workflows.roles import Role

WAIVERS = {
    "pt": "La traducción al portugués se publica con la norma adoptada; los comentarios se reciben también en portugués.",
    "fr": "La traducción al francés se publica con la norma adoptada; los comentarios se reciben también en francés.",
}
POSITIONS = ("approve", "approve", "no_objection", "approve", "comment", "approve", "approve")
SAID_SO_FAR = ("approve", "comment", "no_objection")
REMARK = "El texto es claro. Sugiero que la Unidad explique los plazos en los talleres."
BLOCK = "Falta decir en qué lenguas se reciben los comentarios."
LIFTED = "La Unidad aclaró que se reciben en las cuatro lenguas."


def requested(stage: Stage, day: int) -> Generator[datetime, None, tuple[Dossier, StandardVersion]]:
    """Requested, assessed and drafted: the text is imported in Spanish and in English."""
    cal, said = stage.calendar, stage.words
    yield (at := cal.on(day, 9))
    version = _imported(stage, "es", at)
    yield (at := cal.on(day, 9, 40))
    _imported(stage, "en", at)
    yield (at := cal.on(day, 11))
    dossier = dossiers.open_dossier(
        code=said["code"], titles=said["titles"], kind=said["kind"], standard_id=version.standard_id, body_id=stage.body,
        objectives=said["objectives"], by=stage.unit, at=at,
    )  # fmt: skip
    yield (at := cal.on(day + 2, 15))
    dossiers.start_drafting(dossier.id, assessment=said["assessment"], by=stage.head, at=at)
    return dossier, version


def opened(
    stage: Stage, dossier: Dossier, version: StandardVersion, *, opens: int, days: int
) -> Generator[datetime, None, Round]:
    """A round written, reviewed by CECLAC, announced and opened on day `opens`, for `days` days."""
    round = yield from submitted(stage, dossier, version, opens=opens, days=days)
    yield from reviewed(stage, round, opens - 23, blocked=True)
    yield (at := stage.calendar.on(opens - 10, 9))
    rounds.schedule(round.id, by=stage.head, at=at)
    return round


def submitted(
    stage: Stage, dossier: Dossier, version: StandardVersion, *, opens: int, days: int
) -> Generator[datetime, None, Round]:
    """A round that is to open on day `opens` for `days` days, written and handed to CECLAC."""
    cal = stage.calendar
    yield (at := cal.on(opens - 27, 10))
    round = rounds.create(
        dossier.id, version.id, objectives=stage.words["objectives"], zone=cal.zone, day_count="inclusive",
        opens_on=cal.day(opens), days=days, languages=("es", "en", "pt", "fr"), waivers=WAIVERS, by=stage.unit, at=at,
    )  # fmt: skip
    yield (at := cal.on(opens - 27, 16))
    rounds.set_questions(
        round.id, [rounds.QuestionText(**q) for q in words("questions")], by=stage.unit, at=at
    )
    yield (at := cal.on(opens - 25, 11))
    rounds.submit(round.id, due=cal.on(opens - 12, 18), by=stage.unit, at=at)
    return round


def reviewed(stage: Stage, round: Round, day: int, *, blocked: bool) -> Generator[datetime, None, None]:
    """CECLAC's members take positions from `day` on, one blocks at first where `blocked`, and the chair approves."""
    cal, members, review_id = stage.calendar, stage.cast.all(Role.COMMISSION, COMMISSION), _review_of(round)
    block = None
    if blocked:
        yield (at := cal.on(day, 9))
        block = reviews.take_position(review_id, "block", reason=BLOCK, by=members[-1], at=at)
    yield from _positions(stage, review_id, day + 1, members, POSITIONS)
    if block:
        yield (at := cal.on(day + 5, 10))
        reviews.lift_block(block.id, reason=LIFTED, by=members[-1], at=at)
    yield (at := cal.on(day + 6, 15))
    reviews.approve(review_id, by=stage.chair, at=at)


def handed_over(
    stage: Stage, dossier: Dossier, version: StandardVersion, day: int
) -> Generator[datetime, None, None]:
    """The head of the Unit begins the final review of a matter without a round and freezes its text on day `day`."""
    yield (at := stage.calendar.on(day, 10))
    dossiers.advance_dossier(dossier.id, "start_final_review", by=stage.head, at=at)
    yield (at := stage.calendar.on(day, 11))
    known = texts.text_sha256(version.id)
    text_freezes.freeze_text(
        dossier.id, version.id, reason=stage.words["frozen"], known=known, by=stage.head, at=at
    )


def half_reviewed(stage: Stage, round: Round, day: int) -> Generator[datetime, None, None]:
    """Three of CECLAC's members take positions from `day` on; those with a listed account are left to say theirs."""
    members = stage.cast.all(Role.COMMISSION, COMMISSION)[1:]
    yield from _positions(stage, _review_of(round), day, members, SAID_SO_FAR)


def _positions(
    stage: Stage, review_id: int, day: int, members: list[Actor], kinds: tuple[str, ...]
) -> Generator[datetime, None, None]:
    """The first of these members take positions of these kinds, two a day."""
    for number, (member, kind) in enumerate(zip(members, kinds, strict=False)):
        yield (at := stage.calendar.on(day + number // 2, 11 + number))
        reviews.take_position(review_id, kind, reason=REMARK if kind == "comment" else "", by=member, at=at)


def _review_of(round: Round) -> int:
    """The newest review of a round."""
    newest = select(Review.id).where(Review.round_id == round.id).order_by(Review.id.desc()).limit(1)
    return db.session.scalars(newest).one()


def _imported(stage: Stage, language: str, at: datetime) -> StandardVersion:
    name = f"{stage.name}.{language}.md"
    report = read_standard((resources.files(__package__) / "texts" / name).read_bytes(), name)
    if report.doubts:
        raise ValueError(f"{name}: {report.doubts}")
    return standards.import_version(
        report, code=stage.words["standard"], titles=stage.words["standard_titles"], label=stage.words["label"],
        language=language, source_name=name, by=stage.unit, at=at,
    )  # fmt: skip
