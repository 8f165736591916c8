"""Comment sheets brought into a round: whose each row is, on which clause, all or none, and the same again changes nothing."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from consultations.cli_comments import comments as command
from consultations.documents.comment_sheet import read_comment_sheet
from consultations.documents.comment_sheet_report import Sheet, SheetRow
from consultations.engine import comment_imports, comments
from consultations.engine.comment_import_plan import ByHand
from consultations.engine.comment_imports import BY_NOBODY, OPERATOR, import_sheet, plan
from consultations.extensions import db
from consultations.models.comments import Answer, Comment
from consultations.models.events import Event
from consultations.models.timers import Notice
from consultations.queries import comment_sheets
from tests.engine.refusals import refused_with
from tests.factories import comments as make
from tests.factories import people
from workflows.roles import Role

CLOSED_FOR_AN_HOUR = make.CLOSES + timedelta(hours=1)
GRACE_OVER = make.CLOSES + timedelta(days=3)


def row(number: int = 2, **values: object) -> SheetRow:
    given = {
        "member_body": "ORG",
        "clause": "1.1",
        "type": "technical",
        "comment": "Too long",
        "proposed_change": "Cut",
    }
    return SheetRow(number, **{**given, **values})  # type: ignore[arg-type]


def sheet(*rows: SheetRow) -> Sheet:
    return Sheet(rows, "csv", ("clause",), "0" * 64)


@pytest.fixture
def scene(app: Flask) -> make.Scene:
    """An open round with four requirements: 1.1, 1.2, 2.1, 2.2; the first organisation has the code ORG."""
    made = make.scene()
    made.organisations[0].code = "ORG"
    made.organisations[1].code, made.organisations[1].name = "OTHER", "Cooperativa Flor"
    db.session.flush()
    return made


def brought(scene: make.Scene, *rows: SheetRow, at=make.DURING, by=None, **more: object):
    return import_sheet(scene.round.id, sheet(*rows), by=by or scene.unit, at=at, **more)


def planned(scene: make.Scene, *rows: SheetRow, at=make.DURING, by_hand=BY_NOBODY):
    return plan(scene.round.id, sheet(*rows), by_hand, by=scene.unit, at=at)


def said_of(plan_: object) -> list[list[str]]:
    return [[finding.code for finding in one.told] for one in plan_.rows]  # type: ignore[attr-defined]


def stored() -> list[tuple[object, ...]]:
    query = select(Comment).order_by(Comment.public_number)
    return [
        (
            c.public_number,
            c.organisation.code,
            c.node.number if c.node else None,
            c.versions[0].text,
            c.quote,
            c.state,
        )
        for c in db.session.scalars(query)
    ]


def test_rows_become_sent_comments_of_their_organisations(scene: make.Scene) -> None:
    done = brought(
        scene, row(paragraph="Table 1", line="12"), row(3, member_body="other", clause="Clause 1.2 / 4", type=None),
        row(4, member_body="Cooperativa Flor", clause="", comment="", proposed_change="Cut"),
    )  # fmt: skip
    assert (done.comments, done.answers) == (3, 0)
    assert stored() == [
        (1, "ORG", "1.1", "Too long", "Table 1, line 12", "submitted"),
        (2, "OTHER", "1.2", "Too long", "", "submitted"),
        (3, "OTHER", None, "Cut", "", "submitted"),
    ]
    made = db.session.scalars(select(Comment).order_by(Comment.id)).first()
    words = made.versions[0]
    assert (made.channel, made.author_id, made.entered_by_id) == ("offline", None, scene.unit.person_id)
    assert (words.type, words.proposal, words.stance) == ("technical", "Cut", "neutral")
    events = (
        select(Event.name, Event.organisation_id, Event.role)
        .where(Event.subject_id == made.id)
        .order_by(Event.id)
    )
    assert db.session.execute(events.where(Event.subject_kind == "comment")).all() == [
        ("comment_drafted", made.organisation_id, "unit"), ("comment_submitted", made.organisation_id, "unit"),
    ]  # fmt: skip
    assert db.session.scalar(select(func.count(Notice.id))) == 0


def test_the_same_sheet_again_changes_nothing(scene: make.Scene) -> None:
    rows = (row(), row(3), row(4, clause="2.1"))  # two rows say the same: two comments, twice as well
    brought(scene, *rows)
    before, events = stored(), db.session.scalar(select(func.count(Event.id)))
    again = brought(scene, *rows)
    assert (again.comments, stored()) == (0, before)
    assert db.session.scalar(select(func.count(Event.id))) == events
    assert said_of(again.plan) == [["already_there"]] * 3
    assert brought(scene, *rows, at=GRACE_OVER).comments == 0


def test_a_comment_that_came_another_way_is_not_doubled(scene: make.Scene) -> None:
    there = make.comment(scene, type="technical", text="Too long", proposal="Cut")
    assert brought(scene, row()).comments == 0
    assert brought(scene, row(), row(3)).comments == 1
    assert planned(scene, row()).rows[0].comment_id == there.id


def test_what_the_organisation_has_changed_since_stays(scene: make.Scene) -> None:
    brought(scene, row())
    made = db.session.scalars(select(Comment)).one()
    words = {**make.WORDS, "text": "Much too long"}
    comments.edit(made.id, version=1, by=scene.delegates[0], at=make.DURING, **words)
    again = brought(scene, row())
    assert (again.comments, said_of(again.plan)) == (0, [["changed_since"]])
    assert db.session.scalars(select(Comment)).one().version == 2


def test_what_was_withdrawn_does_not_come_back(scene: make.Scene) -> None:
    brought(scene, row())
    made = db.session.scalars(select(Comment)).one()
    comments.withdraw(made.id, by=scene.delegates[0], at=make.DURING)
    assert brought(scene, row()).comments == 0


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"member_body": "Nobody"}, ["body_unknown"]),
        ({"member_body": ""}, ["body_missing"]),
        ({"member_body": "cooperativa flor"}, ["body_unknown"]),
        ({"clause": "9.9"}, ["clause_unmatched"]),
        ({"clause": "1.1-1.2"}, ["clause_of_several"]),
        ({"clause": "9.9", "member_body": "Nobody"}, ["body_unknown", "clause_unmatched"]),
    ],
)
def test_a_row_that_cannot_be_placed_is_in_error_and_nothing_is_imported(
    scene: make.Scene, values: dict[str, str], found: list[str]
) -> None:
    rows = (row(), row(3, **values))
    assert said_of(planned(scene, *rows)) == [[], found]
    with refused_with("sheet_has_errors"):
        brought(scene, *rows)
    assert stored() == []
    assert brought(scene, *rows, only_valid=True).comments == 1
    assert len(stored()) == 1


def test_two_organisations_of_one_name_are_told_apart_by_a_person(scene: make.Scene) -> None:
    people.organisation("Cooperativa Flor")
    made = planned(scene, row(member_body="Cooperativa Flor"))
    assert (said_of(made), made.unknown_bodies) == ([["body_ambiguous"]], ("Cooperativa Flor",))


def test_a_person_places_what_matches_nothing(scene: make.Scene) -> None:
    rows = (
        row(clause="1.1-1.2", member_body="DE"),
        row(3, clause="1.1-1.2", member_body="DE"),
        row(4, clause="9", member_body="DE"),
    )
    open_ = planned(scene, *rows)
    assert (open_.unmatched_clauses, open_.unknown_bodies, open_.errors) == (("1.1-1.2", "9"), ("DE",), 3)
    by_hand = ByHand({"1.1-1.2": "1.2", "9": "-"}, {"DE": "org"})
    import_sheet(scene.round.id, sheet(*rows), by_hand, by=scene.unit, at=make.DURING)
    assert [(code, number) for _, code, number, *_ in stored()] == [
        ("ORG", "1.2"),
        ("ORG", "1.2"),
        ("ORG", None),
    ]
    assert (
        planned(scene, *rows, by_hand=ByHand({}, {"DE": "ORG"})).errors == 0
    )  # found again without being placed again


def test_an_organisation_that_is_not_asked_is_refused(scene: make.Scene) -> None:
    people.organisation().code = "STRANGER"
    assert said_of(planned(scene, row(member_body="STRANGER"))) == [["organisation_not_registered"]]


@pytest.mark.parametrize(
    ("state", "at", "found"),
    [
        ("open", make.DURING, []),
        ("open", CLOSED_FOR_AN_HOUR, []),
        ("closed", CLOSED_FOR_AN_HOUR, []),
        ("closed", GRACE_OVER - timedelta(microseconds=1), []),
        ("closed", GRACE_OVER, ["grace_over", "deadline_passed"]),
        ("answering", CLOSED_FOR_AN_HOUR, ["wrong_state"]),
    ],
)
def test_the_table_of_the_round_says_until_when(scene: make.Scene, state: str, at, found: list[str]) -> None:
    scene.round.state = state
    db.session.flush()
    made = said_of(planned(scene, row(), at=at))[0]
    assert bool(made) is bool(found)
    if found:
        with refused_with("sheet_has_errors"):
            brought(scene, row(), at=at)
    else:
        assert brought(scene, row(), at=at).comments == 1


def test_a_comment_takes_back_that_there_is_none(scene: make.Scene) -> None:
    entry = comments.declare_no_comment(scene.round.id, by=scene.delegates[0], at=make.DURING)
    brought(scene, row())
    assert entry.no_comment_at is None


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.UNIT, Role.UNIT_HEAD)])
def test_only_the_unit_imports(scene: make.Scene, role: Role) -> None:
    by = replace(scene.unit, role=role)
    with refused_with("role_may_not"):
        brought(scene, row(), by=by)
    with refused_with("role_may_not"):
        plan(scene.round.id, sheet(row()), by=by, at=make.DURING)


def test_the_operator_imports_for_the_unit(scene: make.Scene) -> None:
    assert brought(scene, row(), by=OPERATOR).comments == 1
    assert db.session.scalars(select(Comment)).one().entered_by_id is None


OBSERVED = {"observation": "Not accepted:\nBecause.", "outcome": "rejected"}


def test_an_observation_becomes_a_proposed_answer_while_the_round_is_answered(scene: make.Scene) -> None:
    early = brought(scene, row(**OBSERVED))
    assert (early.answers, said_of(early.plan)) == (0, [["observation_kept_out"]])
    make.answering(scene)
    done = brought(scene, row(**OBSERVED), at=make.AFTER)
    assert (done.comments, done.answers) == (0, 1)
    answer = db.session.scalars(select(Answer)).one()
    assert (answer.outcome, answer.response, answer.proposed_by_id) == (
        "rejected",
        "Because.",
        scene.unit.person_id,
    )
    assert db.session.scalars(select(Comment)).one().state == "proposed"
    again = brought(scene, row(**OBSERVED), at=make.AFTER)
    assert (again.answers, said_of(again.plan)) == (0, [["already_there"]])
    other = brought(scene, row(observation="Noted", outcome="noted"), at=make.AFTER)
    assert (other.answers, said_of(other.plan)) == (0, [["already_there", "answer_kept_out"]])


def test_an_export_with_observations_filled_in_comes_back_as_answers(scene: make.Scene) -> None:
    make.comment(scene, text="Uno", justification="Por esto", type="cost")
    make.comment(scene, 1, None, text="Dos")
    make.answering(scene)
    read = read_comment_sheet(comment_sheets.export(scene.round.id, "xlsx").body, "x.xlsx")
    rows = [replace(one, observation="Accepted", outcome="accepted") for one in read.rows]
    done = import_sheet(scene.round.id, replace(read, rows=tuple(rows)), by=scene.unit, at=make.AFTER)
    assert (done.comments, done.answers) == (0, 2)


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv"])
def test_an_export_reads_back_as_it_was(scene: make.Scene, form: str) -> None:
    brought(
        scene,
        row(paragraph="Table 1"),
        row(3, member_body="OTHER", clause="", comment="=1+1\n<b>two</b>", proposed_change="@x"),
    )
    make.answering(scene)
    make.answered(
        scene, db.session.scalars(select(Comment).order_by(Comment.id)).first(), response="Rejected:\nno"
    )
    told = json.loads(comment_sheets.export(scene.round.id, "json").body)["rows"]
    back = read_comment_sheet(comment_sheets.export(scene.round.id, form).body, f"x.{form}").to_dict()["rows"]
    assert back == [{**one, "matched_clause": None} for one in told]
    assert [one["outcome"] for one in told] == ["accepted", None]


def test_drafts_and_withdrawn_comments_are_not_exported(scene: make.Scene) -> None:
    make.comment(scene, submit=False)
    comments.withdraw(make.comment(scene).id, by=scene.delegates[0], at=make.DURING)
    assert json.loads(comment_sheets.export(scene.round.id, "json").body)["rows"] == []


def test_many_rows_of_few_organisations_ask_the_database_as_often_as_few(scene: make.Scene) -> None:
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    planned(scene, row())
    counts = []
    for many in (2, 200):
        rows = [row(n, comment=f"Comment {n}") for n in range(many)]
        event.listen(db.engine, "before_cursor_execute", note)
        planned(scene, *rows)
        event.remove(db.engine, "before_cursor_execute", note)
        counts.append(len(asked))
        asked.clear()
    assert counts[0] == counts[1]


def run(app: Flask, *arguments: str) -> tuple[int, dict[str, object]]:
    result = app.test_cli_runner().invoke(command, [*arguments])
    return result.exit_code, json.loads(result.stdout)


CSV = "MB,Clause,Paragraph,Type,Comment,Proposed change\nORG,1.1,,te,Too long,Cut\nORG,{},,te,Other,\n"


@pytest.mark.parametrize(("clause", "code", "imported"), [("1.2", 0, 2), ("1.1-1.2", 2, 0)])
def test_the_command_imports_all_or_none(
    app: Flask,
    scene: make.Scene,
    tmp_path,
    monkeypatch: pytest.MonkeyPatch,
    clause: str,
    code: int,
    imported: int,
) -> None:
    monkeypatch.setattr("consultations.clock.now", lambda: make.DURING)
    db.session.commit()
    path, asked = tmp_path / "sheet.csv", ("--round", str(scene.round.id), "--json")
    path.write_text(CSV.format(clause))
    dry, report = run(app, "import", str(path), *asked, "--dry-run")
    assert (dry, report["summary"]["imported"], len(stored())) == (code, 0, 0)
    assert report["summary"]["unmatched_clauses"] == ([] if code == 0 else ["1.1-1.2"])
    assert report["rows"][0]["matched_clause"] == "1.1"
    done, report = run(app, "import", str(path), *asked)
    assert (done, report["summary"]["imported"], len(stored())) == (code, imported, imported)
    again, report = run(app, "import", str(path), *asked, "--only-valid", "--place", "1.1-1.2=1.2")
    assert (again, len(stored())) == (0, 2)


def test_the_command_exports_to_a_file_and_to_standard_output(
    app: Flask, scene: make.Scene, tmp_path
) -> None:
    brought(scene, row())
    db.session.commit()
    code, report = run(app, "export", "--round", str(scene.round.id), "--format", "json")
    assert (code, report["rows"][0]["member_body"]) == (0, "ORG")
    path = tmp_path / "out.docx"
    result = app.test_cli_runner().invoke(
        command, ["export", "--round", str(scene.round.id), "--format", "docx", "--output", str(path)]
    )
    assert (result.exit_code, len(read_comment_sheet(path.read_bytes(), "out.docx").rows)) == (0, 1)


def test_a_round_that_is_not_there_is_told(app: Flask, scene: make.Scene, tmp_path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(CSV.format("1.2"))
    result = app.test_cli_runner().invoke(command, ["import", str(path), "--round", "999999"])
    assert (result.exit_code, "Round 999999" in result.output) == (2, True)


def test_a_broken_file_keeps_the_shape_of_the_report(app: Flask, tmp_path) -> None:
    path = tmp_path / "sheet.docx"
    path.write_bytes(b"PK\x03\x04cut")
    code, report = run(app, "read", str(path), "--json")
    assert (code, report["rows"], report["summary"]["refused"][0]["code"]) == (2, [], "damaged_archive")
    assert comment_imports.CHANNEL == "offline"
