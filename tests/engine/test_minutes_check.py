"""`plenaria minutes check`: a figure changed in the text, in the attachment or in the database is found, each by itself."""

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import typst
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Link
from pypdf.generic import DictionaryObject, NameObject, RectangleObject
from sqlalchemy import text

from consultations.actor import PUBLIC, SYSTEM
from consultations.cli import minutes
from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_document import Signed, Version, document
from consultations.documents.minutes_of_vote import vote_document
from consultations.documents.minutes_pdf import write_pdf
from consultations.documents.minutes_reading import flow
from consultations.documents.synopsis_blocks import Paragraph, Table
from consultations.engine import contests, election_lots, minutes_files, sheets, votes
from consultations.engine import minutes as engine
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import minutes as facts
from consultations.facts.minutes_votes import of_vote
from consultations.models.assemblies import Assembly, MinutesFile
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from consultations.queries import assembly_minutes, minutes_documents
from consultations.queries.minutes_check import Line, check
from consultations.queries.minutes_recount import differences
from tests.engine.test_sheets_at_closing import waiting
from tests.factories import assemblies as make
from tests.factories import elections as election_factory
from tests.factories import minutes as factory
from tests.factories import votes as vote_factory
from tests.factories.minutes import LATER
from workflows.canonical import canonical_json

WORDS = {
    "introduction": "Se saludó a las delegadas y los delegados.\n- uno\n- dos",
    "item-1": "Hubo 3 intervenciones.",
}


def signed(choices: str = "yyn") -> Assembly:
    """An assembly whose minutes both signed."""
    hall = make.hall(4)
    assembly = factory.held(hall, choices)
    engine.make(assembly.id, words=WORDS, known=0, by=hall.secretary, at=LATER)
    for officer in (hall.secretary, hall.president):
        engine.sign(assembly.id, number=1, by=officer, at=LATER)
    db.session.commit()
    return assembly


def printed(assembly: Assembly, language: str = "es") -> Minutes:
    with force_locale(language):
        page = assembly_minutes.page(assembly.id, by=PUBLIC)
    assert page is not None
    return page.document


def pdf(made: Minutes, language: str = "es") -> bytes:
    with force_locale(language):
        return write_pdf(made)


def differing(data: bytes) -> list[Line]:
    return list(check(data).differing)


def parts(data: bytes) -> set[str]:
    return {line.part for line in differing(data)}


def attached_anew(data: bytes, change: Callable[[dict[str, Any]], None]) -> bytes:
    """The same pages with another attachment."""
    reader = PdfReader(io.BytesIO(data))
    told = json.loads(reader.attachments["minutes.json"][0])
    change(told)
    writer = PdfWriter(clone_from=reader)
    root: Any = writer._root_object
    file = root["/Names"]["/EmbeddedFiles"]["/Names"][1].get_object()["/EF"]["/F"].get_object()
    file.set_data(canonical_json(told).encode())
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_what_was_not_touched_is_equal_in_every_language(app: Flask, language: str) -> None:
    assembly = signed()
    found = check(pdf(printed(assembly, language), language))
    assert found.differing == ()
    assert {line.part for line in found.lines} == {
        "text",
        "pages",
        "figures",
        "ballots",
        "minutes",
        "signatures",
    }
    assert Line("figures", "items/1/votes/1/heads/1/heads", True, "2", "2") in found.lines


def test_a_vote_of_its_own_is_checked_as_well(app: Flask) -> None:
    hall = vote_factory.hall(4)
    vote = vote_factory.proclaimed(hall, "yyna")
    db.session.commit()
    with force_locale("fr"):
        found = minutes_documents.of_vote(vote.id, at=vote.closes_at + timedelta(days=1))
        assert found is not None
        data = write_pdf(found[1])
    assert differing(data) == []
    with force_locale("fr"):
        forged = replace(found[1], blocks=blocks_with(found[1]))
        assert parts(write_pdf(forged)) == {"text"}


def blocks_with(made: Minutes) -> tuple[Any, ...]:
    """The blocks with one figure of the first table of figures changed."""
    blocks = list(made.blocks)
    place = next(n for n, one in enumerate(blocks) if isinstance(one, Table) and one.numbers)
    table = blocks[place]
    rows = list(table.rows)
    at = next(n for n, row in enumerate(rows) if row[1] != "0")
    rows[at] = (rows[at][0], str(int(rows[at][1]) + 1), *rows[at][2:])
    blocks[place] = replace(table, rows=tuple(rows))
    return tuple(blocks)


def test_a_figure_changed_in_the_text_is_found(app: Flask) -> None:
    made = printed(signed())
    found = differing(pdf(replace(made, blocks=blocks_with(made))))
    assert [(line.part, line.ok) for line in found] == [("text", False)]
    assert (found[0].pdf, found[0].data) == ("A favor 3", "A favor 2")


def with_row(made: Minutes, **rows: tuple[str, ...]) -> Minutes:
    """The same with other words in the row of the first table of figures that begins like this."""
    blocks = list(made.blocks)
    place = next(n for n, one in enumerate(blocks) if isinstance(one, Table) and one.numbers)
    table = blocks[place]
    changed = tuple(rows.get(row[0].replace(" ", "_"), row) for row in table.rows)
    assert changed != table.rows
    blocks[place] = replace(table, rows=changed)
    return replace(made, blocks=tuple(blocks))


def test_digits_moved_from_a_cell_to_the_next_one_are_found(app: Flask) -> None:
    """11 organisations of weight 11 are not 1 of weight 111."""
    vote = weighted()
    with force_locale("es"):
        found = minutes_documents.of_vote(vote.id, at=vote.closes_at + timedelta(days=1))
    assert found is not None
    made = found[1]
    assert differing(pdf(made)) == []
    forged = with_row(made, A_favor=("A favor", "1", "111"))
    assert [(line.part, line.pdf, line.data) for line in differing(pdf(forged))] == [
        ("text", "A favor 1 111", "A favor 11 11")
    ]


def weighted() -> Vote:
    """Eleven in favour, each of weight one, by a rule that counts weights."""
    hall = vote_factory.hall(12, weights={"members": "1"})
    rule = {**vote_factory.rule(), "id": "by-weight"}
    rule["pass"] = json.loads(json.dumps(rule["pass"]).replace('"heads"', '"weight"'))
    vote = vote_factory.proclaimed(hall, "y" * 11 + "n", rule=rule, weight_field="members")
    db.session.commit()
    return vote


def test_blanks_within_words_and_between_them_count(app: Flask) -> None:
    text = flow("A favor 11 11 y eedce4d2\n39113d11 Muy-\nlargo")
    assert text.has(flow("A favor 11 11"), 0)
    assert not text.has(flow("A favor 1 111"), 0)
    assert not text.has(flow("A favor 1111"), 0)
    assert text.has(flow("eedce4d2\u200b39113d11 Muy-largo"), text.words.index("eed"))
    assert not text.has(flow("eedce4d239113d11"), text.words.index("eed"))
    assert not text.has(flow("avor"), 2)


@pytest.mark.parametrize("take", [0, 3, 12, -1])
def test_a_line_left_out_or_put_in_is_found(app: Flask, take: int) -> None:
    made = printed(signed())
    whole = list(made.blocks)
    without = replace(made, blocks=tuple(whole[:take] + whole[take:][1:]))
    assert parts(pdf(without)) == {"text"}
    more = replace(made, blocks=(*whole[:take], Paragraph("Y 7 más a favor."), *whole[take:]))
    found = differing(pdf(more))
    assert [line.pdf.startswith("Y 7 más a favor.") for line in found] == [True]


def test_words_laid_over_a_page_are_found(app: Flask) -> None:
    reader = PdfReader(io.BytesIO(pdf(printed(signed()))))
    writer = PdfWriter(clone_from=reader)
    over = typst.compile(b'#set page(paper: "a4")\n9 a favor')
    writer.pages[0].merge_page(PdfReader(io.BytesIO(over)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    assert "text" in parts(out.getvalue())


def added_to(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """The same file with something added by another program."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_copy_that_another_program_wrote_out_is_equal_and_not_the_file(app: Flask, tmp_path: Path) -> None:
    data = pdf(printed(signed()))
    copy = added_to(data, lambda writer: None)
    assert copy != data
    assert differing(copy) == []
    path = tmp_path / "acta.pdf"
    path.write_bytes(copy)
    assert run(app, path, "--quiet")[0] == 5


def annotated(writer: PdfWriter) -> None:
    writer.add_annotation(
        page_number=1, annotation=FreeText(text="A favor: 999", rect=(50, 500, 300, 700), background_color="ffffff")
    )  # fmt: skip


def linked_and_drawn_over(writer: PdfWriter) -> None:
    link = writer.add_annotation(
        page_number=0, annotation=Link(rect=(50, 500, 300, 700), url="https://example.org")
    )
    link[NameObject("/AP")] = DictionaryObject()


def painted(writer: PdfWriter) -> None:
    """A white rectangle over part of the page: no word is added."""
    contents = writer.pages[1].get_contents()
    assert contents is not None
    contents.set_data(contents.get_data() + b"\nq 1 1 1 rg 50 500 300 200 re f Q")
    writer.pages[1].replace_contents(contents)


def cut(writer: PdfWriter) -> None:
    writer.pages[1].cropbox = RectangleObject((0, 400, 595, 842))


def with_fields(writer: PdfWriter) -> None:
    writer._root_object[NameObject("/AcroForm")] = DictionaryObject()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (annotated, "annotation on page 2: FreeText A favor: 999"), (linked_and_drawn_over, "annotation on page 1: Link"),
        (with_fields, "AcroForm in the catalogue"), (painted, None), (cut, None),
    ],
)  # fmt: skip
def test_what_is_laid_over_a_page_without_words_is_found(
    app: Flask, change: Callable[[PdfWriter], None], said: str | None
) -> None:
    found = differing(added_to(pdf(printed(signed())), change))
    assert {line.part for line in found} == {"pages"}
    assert said is None or said in {line.pdf for line in found}
    assert said is not None or [line.place for line in found] == ["drawing of page 2"]


def test_what_was_added_at_the_end_of_the_file_is_found(app: Flask) -> None:
    data = pdf(printed(signed()))
    writer = PdfWriter(io.BytesIO(data), incremental=True)
    writer.add_metadata({"/Subject": "Otra"})
    out = io.BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(data)
    assert [line.pdf for line in differing(out.getvalue())] == [
        "changed after it was made: 1 parts added at the end of the file"
    ]


def _more_yes(told: dict[str, Any]) -> None:
    told["figures"]["items"][0]["votes"][-1]["heads"][0]["heads"] += 1


def _other_hash(told: dict[str, Any]) -> None:
    told["sha256"] = "0" * 64


def _other_words(told: dict[str, Any]) -> None:
    told["words"]["closing"] = "Y se aprobó todo."


def _signed_by_a_third(told: dict[str, Any]) -> None:
    told["signatures"].append({"role": "scrutineer", "name": "Nadie", "at": told["signatures"][0]["at"]})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_more_yes, {"text", "figures", "ballots", "minutes"}), (_other_hash, {"text", "minutes"}), (_other_words, {"text", "minutes"}),
        (_signed_by_a_third, {"text", "signatures"}),
    ],
)  # fmt: skip
def test_a_change_in_the_attachment_is_found(
    app: Flask, change: Callable[[dict[str, Any]], None], found: set[str]
) -> None:
    assert parts(attached_anew(pdf(printed(signed())), change)) == found


def test_another_name_under_the_minutes_is_found(app: Flask) -> None:
    """Changed in the text and in the attachment alike."""
    assembly = signed()
    with force_locale("es"):
        page = assembly_minutes.page(assembly.id, by=PUBLIC)
        assert page is not None
        told = page.document.figures
        others = tuple(replace(one, name="Otra Persona") for one in page.signed)
        forged = document(Version(1, told["figures"], told["words"], told["sha256"], others))
    found = differing(pdf(forged))
    assert [(line.part, line.pdf.partition(",")[0]) for line in found] == [("signatures", "Otra Persona")] * 2


def test_another_name_of_who_prepared_a_vote_is_found(app: Flask) -> None:
    hall = vote_factory.hall(4)
    vote = vote_factory.proclaimed(hall, "yyna")
    db.session.commit()
    with force_locale("es"):
        made = minutes_documents.of_vote(vote.id, at=vote.closes_at + timedelta(days=1))
        assert made is not None
        told = made[1].figures
        forged = vote_document(
            {**told["figures"], "reviewed_by": "Otra Persona"}, [Signed(**one) for one in told["signatures"]]
        )
    assert [(line.part, line.place) for line in differing(pdf(forged))] == [("names", "reviewed_by")]


def _heads(vote: dict[str, Any]) -> None:
    vote["heads"][0]["heads"] += 1


def _status(vote: dict[str, Any]) -> None:
    vote["status"] = "rejected"


def _needed(vote: dict[str, Any]) -> None:
    vote["conditions"][0]["needed"] = "9"


def _weight(vote: dict[str, Any]) -> None:
    vote["roll_call"][0]["weight"] = "5"


def _choice(vote: dict[str, Any]) -> None:
    next(row for row in vote["roll_call"] if row["choice"] == "yes")["choice"] = "no"


def _nonsense(vote: dict[str, Any]) -> None:
    vote["roll_call"][0]["weight"] = "much"


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_heads, "heads/1/heads"), (_status, "status"), (_needed, "conditions/1/needed"), (_weight, "heads/1/weight"),
        (_choice, "heads/2/heads"), (_nonsense, "roll_call"),
    ],
)  # fmt: skip
def test_a_vote_is_counted_again_from_its_roll_call(
    app: Flask, change: Callable[[dict[str, Any]], None], place: str
) -> None:
    """Whatever stands in the data, the figures have to be what the ballots printed come to."""
    assembly = signed()
    [item] = facts.figures(assembly, LATER)["items"]
    assert list(differences(item["votes"][-1])) == []
    change(item["votes"][-1])
    assert place in {one.place for one in differences(item["votes"][-1])}


def test_papers_that_were_merged_after_the_closing_are_on_the_board_that_was_counted(app: Flask) -> None:
    hall, vote, sheet = waiting("no")
    sheets.merge(sheet.id, by=hall.secretary, at=vote.closes_at + timedelta(minutes=2))
    found = of_vote(vote, vote.closes_at + timedelta(hours=1))
    assert found["counted_board_head"] not in ("", found["board_head"])
    assert list(differences(found)) == []
    found["counted_board_head"] = ""
    assert {one.place for one in differences(found)} == {"board_head"}


@pytest.mark.parametrize(
    "terms",
    [
        {}, {"tie": "lots"}, {"method": "stv", "seats": 2, "tie": "lots"}, {"method": "schulze"}, {"method": "approval", "seats": 2},
    ],
)  # fmt: skip
def test_an_election_is_counted_again_as_well(app: Flask, terms: dict[str, Any]) -> None:
    hall = make.hall(4)
    vote = election_factory.opened(hall, **terms)
    one, two = vote.rule["options"][0]["id"], vote.rule["options"][1]["id"]
    election_factory.cast(vote, hall, one, two, one if not terms else None)
    votes.close_vote(vote.id, by=SYSTEM, at=vote.closes_at)
    at = vote.closes_at + timedelta(hours=1)
    before = of_vote(vote, at)
    if before["status"] == "tie_pending" and terms.get("tie") == "lots":
        election_lots.draw_lots(vote.id, seed=election_factory.SEED, by=hall.scrutineer, at=at)
        assert list(differences(of_vote(vote, at))) == []
    assert list(differences(before)) == []
    before["elected"] = [two, one]
    assert "elected/1" in {found.place for found in differences(before)}


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("UPDATE presences SET left_at = entered_at WHERE id = (SELECT min(id) FROM presences)", "attendance/rows/1/stays/1/to"),
        ("UPDATE agenda_items SET motion = '{\"es\":\"Otra cosa.\"}'", "items/1/motion/es"),
        ("UPDATE assemblies SET starts_at = convened_at", "starts_at"),
        ("UPDATE assembly_electors SET name = 'Otra' WHERE elector = (SELECT max(elector) FROM assembly_electors)", "attendance/rows/4/name"),
    ],
)  # fmt: skip
def test_a_change_in_the_database_is_found(app: Flask, statement: str, place: str) -> None:
    data = pdf(printed(signed()))
    db.session.execute(text(statement))
    db.session.commit()
    found = differing(data)
    assert place in {line.place for line in found}
    assert {line.part for line in found} == {"figures"}


@pytest.mark.parametrize(("id", "parts"), [(None, {"ballots"}), (-1, {"figures", "ballots"})])
def test_a_ballot_slipped_in_afterwards_is_found(app: Flask, id: int | None, parts: set[str]) -> None:
    """After the count the board is another one; before it, so is the roll call."""
    data = pdf(printed(signed("yyn-")))
    vote = db.session.query(Vote).one()
    entry = db.session.query(RollEntry).filter_by(vote_id=vote.id).order_by(RollEntry.elector.desc()).first()
    assert entry is not None
    slipped = Ballot(
        id=id, vote_id=vote.id, roll_entry_id=entry.id, revision=1, choice="no", request_id="slipped", receipt="SLIPPED",
        cast_at=vote.opened_at,
    )  # fmt: skip
    db.session.add(slipped)
    db.session.commit()
    found = {(line.part, line.place) for line in differing(data)}
    assert ("ballots", f"vote {vote.code}, board_head") in found
    assert {part for part, _ in found} == parts


def test_a_signature_given_later_is_no_difference(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    engine.make(assembly.id, words={}, known=0, by=hall.secretary, at=LATER)
    engine.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    db.session.commit()
    data = pdf(printed(assembly))
    engine.sign(assembly.id, number=1, by=hall.president, at=LATER)
    db.session.commit()
    assert differing(data) == []


def handed_out(assembly: Assembly, number: int, language: str = "es") -> bytes:
    """A version as its page hands it out."""
    with force_locale(language):
        page = assembly_minutes.page(assembly.id, number, by=PUBLIC)
        assert page is not None
        data = write_pdf(page.document)
    minutes_files.of_assembly(assembly.id, data, number=number, language=language, by=PUBLIC, at=LATER)
    db.session.commit()
    return data


def test_the_very_file_is_known_again_and_which_minutes_it_is_of(app: Flask, tmp_path: Path) -> None:
    hall, path = make.hall(4), tmp_path / "acta.pdf"
    assembly = factory.held(hall, "yyn")
    engine.make(assembly.id, words={"closing": "Uno."}, known=0, by=hall.secretary, at=LATER)
    path.write_bytes(first := handed_out(assembly, 1))
    code, said = run(app, path, "--quiet")
    assert (code, said.splitlines()) == (4, [
        "This is, byte for byte, the file that this server made on 2026-11-15 19:00 UTC.",
        "Unsigned: it lacks the signature of president, secretary.", said.splitlines()[-1],
    ])  # fmt: skip
    engine.make(assembly.id, words={"closing": "Dos."}, known=1, by=hall.secretary, at=LATER)
    for officer in (hall.secretary, hall.president):
        engine.sign(assembly.id, number=2, by=officer, at=LATER)
    db.session.commit()
    code, said = run(app, path, "--quiet")
    assert code == 3
    assert (
        "Not the newest: version 2 of 2026-11-15T19:00:00.000000+00:00 has taken its place.\nUnsigned:"
        in said
    )
    path.write_bytes(handed_out(assembly, 2))
    code, said = run(app, path, "--json")
    told = json.loads(said)
    assert (code, told["exit_code"], told["later"], told["unsigned"], told["made_at"][:10]) == (
        0,
        0,
        None,
        [],
        "2026-11-15",
    )
    path.write_bytes(added_to(first, lambda writer: None))
    assert run(app, path)[0] == 3


def test_the_same_bytes_are_one_file_and_a_name_put_right_later_changes_nothing(app: Flask) -> None:
    assembly = signed()
    data = handed_out(assembly, 1)
    assert handed_out(assembly, 1) == data
    assert db.session.query(MinutesFile).count() == 1
    db.session.execute(text("UPDATE people SET name = 'Corregida'"))
    db.session.commit()
    assert check(data).differing == ()
    assert {line.part for line in check(added_to(data, lambda writer: None)).differing} == {"signatures"}
    db.session.execute(text('UPDATE agenda_items SET motion = \'{"es":"Otra cosa."}\''))
    db.session.commit()
    assert {line.part for line in check(data).differing} == {"figures"}


def test_there_is_no_file_of_what_was_not_made(app: Flask) -> None:
    assembly = signed()
    with pytest.raises(NotFound):
        minutes_files.of_assembly(assembly.id, b"words", number=9, language="es", by=PUBLIC, at=LATER)
    with pytest.raises(NotFound):
        minutes_files.of_vote(
            db.session.query(Vote).one().id, b"words", number=9, language="es", by=PUBLIC, at=LATER
        )


def test_the_minutes_of_a_vote_from_before_a_recount_are_not_the_newest(app: Flask, tmp_path: Path) -> None:
    hall, path = vote_factory.hall(4), tmp_path / "acta.pdf"
    vote = vote_factory.proclaimed(hall, "yyna")
    at = vote.closes_at + timedelta(hours=3)
    with force_locale("es"):
        found = minutes_documents.of_vote(vote.id, at=at)
        assert found is not None
        path.write_bytes(data := write_pdf(found[1]))
    minutes_files.of_vote(vote.id, data, number=1, language="es", by=PUBLIC, at=at)
    db.session.commit()
    assert run(app, path)[0] == 0
    contest = contests.raise_contest(vote.id, grounds="Se contó mal.", by=hall.delegates[0], at=at)
    db.session.commit()
    assert run(app, path)[0] == 3
    contests.resolve(
        contest.id, resolution="recount", reason="Visto.", by=hall.committee, at=at + timedelta(hours=1)
    )
    db.session.commit()
    code, said = run(app, path, "--quiet")
    assert (code, "Not the newest: count 2 of" in said) == (3, True)


def run(app: Flask, path: Path, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(minutes, ["check", str(path), *options])
    return result.exit_code, result.output


def test_the_command_says_each_line_and_answers_with_its_exit_code(app: Flask, tmp_path: Path) -> None:
    made, path = printed(signed()), tmp_path / "acta.pdf"
    path.write_bytes(pdf(made))
    code, said = run(app, path)
    assert code == 5
    assert said.startswith("This is not a file that this server made")
    assert "ok       figures items/1/votes/1/status: adopted\n" in said
    assert said.endswith(", 0 differ\n")
    path.write_bytes(pdf(replace(made, blocks=blocks_with(made))))
    code, said = run(app, path, "--quiet")
    assert code == 1
    assert "DIFFERS  text line" in said
    code, said = run(app, path, "--json")
    told = json.loads(said)
    assert (code, told["equal"], [line["pdf"] for line in told["lines"] if not line["ok"]]) == (
        1,
        False,
        ["A favor 3"],
    )


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\nbroken", b"words", b"\x00" * 100, None])
def test_what_is_no_minutes_cannot_be_read(app: Flask, tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "acta.pdf"
    path.write_bytes(typst.compile(b"Nothing attached") if content is None else content)
    code, said = run(app, path)
    assert (code, "cannot be checked" in said) == (2, True)
    assert run(app, tmp_path / "none.pdf")[0] == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda told: told["figures"].update(kind="dossier"), lambda told: told["figures"].update(code="A-99"),
        lambda told: told["figures"].pop("roll"), lambda told: told["figures"].update(items="none"),
        lambda told: told.pop("signatures"), lambda told: told["figures"].update(as_of="yesterday"),
    ],
)  # fmt: skip
def test_an_attachment_that_is_no_minutes_cannot_be_read(
    app: Flask, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    path = tmp_path / "acta.pdf"
    path.write_bytes(attached_anew(pdf(printed(signed())), change))
    assert run(app, path)[0] == 2
