"""An organisation's answers to the questions of a round, saved in part as often as it likes until closing."""

from collections.abc import Mapping
from datetime import datetime

from consultations.actor import Actor
from consultations.documents.attached import AttachedFile
from consultations.engine import journal
from consultations.engine.comment_entry import Entering
from consultations.engine.comments import entering
from consultations.engine.work import add
from consultations.facts.question_sheets import sheet
from consultations.facts.questionnaires import newest_answers
from consultations.facts.questions import asking, of_round
from consultations.models.remarks import Attachment
from consultations.models.rounds import Question, QuestionAnswer
from workflows.questions import canonical
from workflows.refusals import Refusal, Refused, refusal


def answer(
    round_id: int, answers: Mapping[int, tuple[str, str]], *, files: Mapping[int, AttachedFile] | None = None,
    by: Actor, at: datetime,
) -> int:  # fmt: skip
    """Keep answers {question id: (value, words)}; each that differs from the last one is a new revision.

    `files` {question id: file} answer questions that ask for one: each takes the place of the file before it.

    Values are as in workflows.questions; "" for words alone or none. Questions left out stay as they are, and so do
    old answers to questions that are not asked any more. Returns how many revisions were written. Errors: Refused with
    every reason; once the sheet is sent also for each required question that would be left without an answer.
    """
    here = entering(round_id, by=by, at=at)
    questions = {row.id: row for row in of_round(round_id)}
    files = files or {}
    answers = {**answers, **{id: (file.sha256, answers.get(id, ("", ""))[1]) for id, file in files.items()}}
    before = newest_answers(round_id, by.organisation_id)
    if odd := (*_odd(questions, answers), *_fileless(questions, answers, before, files)):
        raise Refused(*odd)
    written = {
        id: _revision(questions[id], said, before.get(id), by=by, at=at)
        for id, said in sorted(answers.items())
    }
    _keep_files(written, before, files, by=by, at=at)
    count = sum(1 for row in written.values() if row is not None)
    if count:
        journal.record("questions_answered", here.entry, by=by, at=at, revisions=count)
        _still_whole(round_id, here, by)
    return count


def unanswered(missing: tuple[int, ...]) -> tuple[Refusal, ...]:
    """The reasons against sending a sheet: one for each required question without an answer."""
    return tuple(refusal("question_unanswered", position=position) for position in missing)


def _still_whole(round_id: int, here: Entering, by: Actor) -> None:
    sent = here.entry is not None and here.entry.sheet_sent_at is not None
    if sent and (missing := sheet(round_id, by.organisation_id).missing):
        raise Refused(*unanswered(missing))


def _odd(questions: Mapping[int, Question], answers: Mapping[int, tuple[str, str]]) -> tuple[Refusal, ...]:
    return tuple(
        refusal("value_unknown", value=value or str(id))
        for id, (value, _) in answers.items()
        if id not in questions or canonical(asking(questions[id]), value) is None
    )


def _fileless(
    questions: Mapping[int, Question], answers: Mapping[int, tuple[str, str]], before: Mapping[int, QuestionAnswer],
    files: Mapping[int, AttachedFile],
) -> tuple[Refusal, ...]:  # fmt: skip
    """A file that is named must be here: sent now, or the one that stands. And only some questions ask for one."""
    strange = [id for id in files if id in questions and questions[id].kind != "file"]
    missing = [
        id for id, (value, _) in answers.items()
        if id in questions and questions[id].kind == "file" and value and id not in files
        and (id not in before or before[id].value != value)
    ]  # fmt: skip
    return tuple(refusal("answer_file_missing", position=questions[id].position) for id in strange + missing)


def _keep_files(
    written: Mapping[int, QuestionAnswer | None], before: Mapping[int, QuestionAnswer],
    files: Mapping[int, AttachedFile], *, by: Actor, at: datetime,
) -> None:  # fmt: skip
    """Beside the revision that brought it; the same file once more, with other words, is there already."""
    for id, file in files.items():
        row = written.get(id)
        if row is not None and (id not in before or before[id].value != file.sha256):
            add(
                Attachment(
                    question_answer_id=row.id, name=file.name, media_type=file.media_type, size=len(file.content),
                    sha256=file.sha256, content=file.content, kept_at=at, kept_by_id=by.person_id,
                )
            )  # fmt: skip


def _revision(
    question: Question, said: tuple[str, str], before: QuestionAnswer | None, *, by: Actor, at: datetime
) -> QuestionAnswer | None:
    value, text = canonical(asking(question), said[0]) or "", said[1].strip()
    if (value, text) == ((before.value, before.text) if before else ("", "")):
        return None
    return add(
        QuestionAnswer(
            question_id=question.id, organisation_id=by.organisation_id, revision=before.revision + 1 if before else 1,
            value=value, text=text, answered_at=at, person_id=by.person_id,
        )
    )  # fmt: skip
