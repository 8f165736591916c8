"""Whether the questions of a round can be answered as they are written."""

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from consultations.extensions import db
from consultations.models.rounds import Question, Round
from consultations.wording import LANGUAGES
from workflows.refusals import Refusal, refusal

KINDS = ("agree", "single", "text")
OPTIONS_LEAST = 2


def invalid(round: Round) -> tuple[int, ...]:
    """The positions of questions that cannot be answered as they are (consultation-model.md, "Questionnaire")."""
    reference = round.version.reference_language
    rows = db.session.scalars(
        select(Question).where(Question.round_id == round.id).order_by(Question.position)
    )
    return tuple(row.position for row in rows if any(faults(row.kind, row.texts, row.options, reference)))


def faults(
    kind: str, texts: Mapping[str, str], options: Sequence[Mapping[str, str]], reference: str
) -> Iterator[Refusal]:
    """Everything that speaks against a question: no words in the text's `reference` language, an unknown kind, and for
    one of several options fewer than two, one without words in that language, or the same one twice."""
    language = LANGUAGES.get(reference, reference)
    if not texts.get(reference, "").strip():
        yield refusal("question_unworded", language=language)
    if kind not in KINDS:
        yield refusal("value_unknown", value=kind)
    if kind == "single":
        yield from _option_faults([option.get(reference, "").strip() for option in options], language)


def _option_faults(words: Sequence[str], language: str) -> Iterator[Refusal]:
    if len(words) < OPTIONS_LEAST:
        yield refusal("options_too_few")
    if not all(words):
        yield refusal("options_unworded", language=language)
    worded = [word for word in words if word]
    if len(set(worded)) < len(worded):
        yield refusal("options_repeated")
