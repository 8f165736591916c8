"""A form that came back: all of it in one transaction or nothing, twice the same, other rounds' refused."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from openpyxl import load_workbook
from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.cli import main
from consultations.cli_forms import OPERATOR
from consultations.documents.findings import FileRefused
from consultations.documents.form_xlsx_write import write_form
from consultations.engine import comments, form_imports, on_behalf, questionnaires
from consultations.extensions import db
from consultations.models.comments import Comment, CommentVersion
from consultations.models.events import Event
from consultations.models.organisations import NetworkKind
from consultations.models.rounds import Question, QuestionAnswer, RegisterEntry
from consultations.models.timers import Notice
from consultations.queries import form_drafts
from consultations.wording_forms import form_words, row_reason
from tests.engine.refusals import refused_with
from tests.factories import people
from tests.factories.comments import CLOSES, DURING, WORDS, Scene, question, scene
from workflows.roles import Role

COUNTED = (Comment, CommentVersion, QuestionAnswer, Event, Notice)


@pytest.fixture
def here(app: Flask) -> Scene:
    made = scene()
    question(made.round, 1, "agree")
    question(made.round, 2, "multiple", ("Uno", "Dos", "Tres"))
    db.session.flush()
    return made


def form(
    here: Scene, cells: dict[str, dict[str, object]], *, organisation: bool = True, by: Actor | None = None
) -> bytes:
    """A form of the round with these cells written, in Spanish: {"comments"|"questions"|"cover": {"F3": value}}."""
    chosen = here.organisations[0].id if organisation else None
    with force_locale("es"):
        draft = form_drafts.draft(here.round.id, chosen, language="es", by=by or here.unit, at=DURING)
    return changed(write_form(draft, form_words("es")), cells)


def changed(data: bytes, cells: dict[str, dict[str, object]]) -> bytes:
    book = load_workbook(BytesIO(data))
    marked = {sheet["A1"].value or "cover": sheet for sheet in book}
    for mark, values in cells.items():
        for where, value in values.items():
            marked[mark][where] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def sizes() -> list[int]:
    return [db.session.scalar(select(func.count()).select_from(model)) or 0 for model in COUNTED]


# rows of the sheets: 2 the whole text, 3 the first chapter, 4 its first requirement; questions from row 2 on
SAID = {
    "comments": {
        "F4": "No alcanza el agua.",
        "D4": "3. En contra",
        "F2": "En general bien.",
        "D2": "1. A favor",
    },
    "questions": {"D2": "1. De acuerdo", "D4": "x", "D6": "x"},
}


def test_a_form_is_tried_and_nothing_is_kept_then_brought_in_and_the_same_again_changes_nothing(
    here: Scene,
) -> None:
    data, before = form(here, SAID), sizes()
    read = form_imports.read(data)
    tried = form_imports.dry_run(read, by=here.unit, at=DURING)
    assert (tried.errors, tried.changes, sizes()) == (0, 4, before)
    done = form_imports.bring_in(read, by=here.unit, at=DURING)
    assert [(row.sheet, row.row, row.status, row.outcome) for row in done.rows] == [
        ("comments", 2, "ok", "entered"), ("comments", 4, "ok", "entered"), ("questions", 2, "ok", "entered"), ("questions", 4, "ok", "entered"),
    ]  # fmt: skip
    whole, clause = db.session.scalars(select(Comment).order_by(Comment.id))
    assert (whole.node_id, clause.node_id, clause.channel, clause.public_number) == (
        None,
        here.clauses[0].id,
        "paper",
        2,
    )
    assert db.session.scalars(select(QuestionAnswer.value).order_by(QuestionAnswer.question_id)).all() == [
        "agree",
        "0 2",
    ]
    assert db.session.scalars(select(RegisterEntry.sheet_sent_at).order_by(RegisterEntry.id)).all() == [
        DURING,
        None,
    ]
    after = sizes()
    again = form_imports.bring_in(form_imports.read(data), by=here.unit, at=DURING)
    assert (again.changes, {row.outcome for row in again.rows}, sizes()) == (0, {"same"}, after)


def test_the_words_that_the_form_prints_are_taken_without_their_numbers(here: Scene) -> None:
    cells = {
        "comments": {"F4": "No alcanza.", "D4": "En contra", "E4": "Género"}, "questions": {"D2": "De acuerdo"},
    }  # fmt: skip
    read = form_imports.read(form(here, cells))
    assert [(row.stance, row.type, row.findings) for row in read.read.comments] == [("against", "gender", ())]
    assert [(one.value, one.findings) for one in read.answers] == [("agree", ())]
    wrong = form_imports.read(form(here, {"comments": {"F4": "No.", "D4": "Tal vez"}})).read.comments[0]
    with force_locale("es"):
        assert row_reason(wrong.findings[0]) == (
            "“Tal vez” no es una de las opciones de “Su opinión”. Elija de la lista."
        )


def test_a_wrong_number_of_a_workshop_is_said_once_and_not_in_every_row(here: Scene) -> None:
    rows = {f"{column}{row}": said for row in (3, 4, 5) for column, said in (("F", "Sí"), ("D", "1. x"))}
    read = form_imports.read(form(here, {"cover": {"C11": "987654"}, "comments": rows}))
    tried = form_imports.dry_run(read, by=here.unit, at=DURING)
    assert [(row.sheet, [reason.code for reason in row.reasons]) for row in tried.rows] == [
        ("cover", ["workshop_missing"])
    ]


def test_two_forms_of_one_organisation_are_two_comments(here: Scene) -> None:
    for _ in range(2):
        read = form_imports.read(form(here, {"comments": {"F4": "Lo mismo.", "D4": "1. x"}}))
        form_imports.bring_in(read, by=here.unit, at=DURING)
    assert db.session.scalar(select(func.count(Comment.id))) == 2


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"comments": {"F4": "=1+1", "D4": "1. x"}}, ["row_formula"]), ({"comments": {"F4": "Sí", "D4": "9. x"}}, ["row_choice"]),
        ({"comments": {"A4": "n99", "F4": "Sí", "D4": "1. x"}}, ["row_id_edited"]), ({"comments": {"A4": "whole", "F4": "Sí", "D4": "1. x"}}, ["row_id_double"]),
        ({"comments": {"B4": "9.9", "F4": "Sí", "D4": "1. x"}}, ["row_id_edited"]), ({"comments": {"A4": None, "F4": "Sí"}}, ["row_id_edited"]),
        ({"questions": {"D2": "7. x"}}, ["row_choice"]), ({"questions": {"B2": "2", "D2": "1. x"}}, ["row_id_edited"]),
        ({"cover": {"C11": "doce"}}, ["workshop_number"]), ({"cover": {"C11": "987654"}, "comments": {"F4": "Sí", "D4": "1. x"}}, ["workshop_missing"]),
    ],
)  # fmt: skip
def test_one_row_in_error_keeps_all_of_it_out(
    here: Scene, cells: dict[str, dict[str, object]], codes: list[str]
) -> None:
    good = {"comments": {"F2": "Todo bien.", "D2": "1. x"}} if "cover" not in cells else {}
    both = {mark: {**good.get(mark, {}), **cells.get(mark, {})} for mark in {*good, *cells}}
    read, before = form_imports.read(form(here, both)), sizes()
    tried = form_imports.dry_run(read, by=here.unit, at=DURING)
    assert [reason.code for row in tried.rows if row.status == "error" for reason in row.reasons] == codes
    tried_again = pytest.raises(Exception, match="error")
    with tried_again:
        form_imports.bring_in(read, by=here.unit, at=DURING)
    db.session.rollback()
    assert before[0] == 0


def test_forms_of_other_rounds_texts_and_changed_marks_are_refused(here: Scene) -> None:
    other = scene()
    data = form(here, SAID)

    def refused(data: bytes, **more: int) -> list[str]:
        with pytest.raises(FileRefused) as told:
            form_imports.read(data, **more)
        return [fault.code for fault in told.value.faults]

    assert refused(data, round_id=other.round.id) == ["other_round_form"]
    assert refused(changed(data, {"marks": {"A4": "987654"}})) == ["other_round_form"]
    assert refused(changed(data, {"marks": {"A4": str(other.round.id)}})) == ["other_text_form"]
    for cell in ("A3", "A6", "A7", "A8"):
        assert refused(changed(data, {"marks": {cell: "x"}})) == ["form_ids_edited"]
    here.round.text_sha256 = "f" * 64
    assert refused(data) == ["other_text_form"]


def test_an_organisation_written_by_hand_is_looked_up_and_a_network_brings_in_its_own(here: Scene) -> None:
    cells = {"comments": {"F4": "Sí.", "D4": "1. x"}}
    one, other = here.organisations
    mine = people.actor(Role.NETWORK, network=people.network(NetworkKind.COUNTRY, members=(one,)))
    for code, codes in (
        ("NOBODY", ["organisation_unknown"]),
        (other.code, ["not_own_member"]),
        (one.code, []),
    ):
        data = form(here, {**cells, "cover": {"C8": code}}, organisation=False)
        tried = form_imports.dry_run(form_imports.read(data), by=mine, at=DURING)
        assert [reason.code for row in tried.rows for reason in row.reasons] == codes
    with pytest.raises(LookupError):
        form_drafts.draft(here.round.id, other.id, language="es", by=mine, at=DURING)


def test_required_questions_left_out_keep_the_sheet_unsent_and_say_so(here: Scene) -> None:
    asked = db.session.scalars(select(Question).filter_by(position=1)).one()
    asked.required = True
    read = form_imports.read(form(here, {"questions": {"D4": "x"}}))
    report = form_imports.bring_in(read, by=here.unit, at=DURING)
    assert [(row.id, row.status) for row in report.rows] == [("q2", "ok"), ("q1", "warning")]
    assert db.session.scalars(select(RegisterEntry.sheet_sent_at)).all() == [None, None]


def test_what_the_organisation_said_itself_is_not_written_over(here: Scene) -> None:
    asked = db.session.scalars(select(Question).filter_by(position=1)).one()
    data = form(here, SAID)
    form_imports.bring_in(form_imports.read(data), by=here.unit, at=DURING)
    made = db.session.scalars(select(Comment).where(Comment.node_id.is_not(None))).one()
    comments.edit(made.id, version=1, by=here.delegates[0], at=DURING, **{**WORDS, "text": "De otro modo."})
    on_behalf.confirm(here.round.id, by=here.delegates[0], at=DURING)
    questionnaires.answer(here.round.id, {asked.id: ("disagree", "")}, by=here.delegates[0], at=DURING)
    tried = form_imports.dry_run(form_imports.read(data), by=here.unit, at=DURING)
    said = [
        (row.sheet, [reason.code for reason in row.reasons]) for row in tried.rows if row.status == "error"
    ]
    assert ("questions", ["answered_by_itself"]) in said
    assert (
        db.session.scalars(select(CommentVersion.text).filter_by(comment_id=made.id, number=2)).one()
        == "De otro modo."
    )


def test_after_the_grace_nothing_comes_in(here: Scene) -> None:
    here.round.state = "answering"
    tried = form_imports.dry_run(form_imports.read(form(here, SAID)), by=here.unit, at=CLOSES)
    assert {row.status for row in tried.rows} == {"error"}
    with refused_with("form_has_faults"):
        form_imports.bring_in(form_imports.read(form(here, SAID)), by=here.unit, at=CLOSES)


def test_the_command_writes_a_form_and_brings_it_in(
    here: Scene, app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: DURING)
    monkeypatch.setattr("consultations.cli.create_app", lambda *_: app)
    round_id, code = here.round.id, here.organisations[0].code
    db.session.commit()
    runner, target = app.test_cli_runner(), tmp_path / "form.xlsx"
    from consultations.cli_forms import form as command

    done = runner.invoke(
        command,
        ["export", "--round", str(round_id), "--organisation", code, "--lang", "en", "--output", str(target)],
    )
    assert (done.exit_code, done.output.strip()) == (0, str(target))
    target.write_bytes(changed(target.read_bytes(), SAID))
    for args, imported, changes in ((["--dry-run"], False, 4), ([], True, 4), ([], True, 0)):
        done = runner.invoke(command, ["import", str(target), "--json", *args])
        summary = json.loads(done.output)["summary"]
        assert (done.exit_code, summary["imported"], summary["changes"], summary["organisation"]) == (
            0,
            imported,
            changes,
            code,
        )
    target.write_bytes(changed(target.read_bytes(), {"comments": {"F6": "=1+1"}}))
    done = runner.invoke(command, ["import", str(target), "--json"])
    told = json.loads(done.output)
    assert (done.exit_code, told["summary"]["error"], told["summary"]["imported"]) == (2, 1, False)
    wrong = runner.invoke(command, ["export", "--round", "987654", "--output", str(target)])
    assert wrong.exit_code == 2
    assert OPERATOR.person_id is None
    assert "form" in main.commands


def test_the_form_offers_the_types_that_the_round_asks(app: Flask) -> None:
    here = scene()
    here.round.comment_types = ["climate"]
    db.session.flush()
    with app.test_request_context():
        draft = form_drafts.draft(here.round.id, None, language="es", by=here.unit, at=DURING)
    assert draft.types == ("general", "technical", "editorial", "question", "climate")
