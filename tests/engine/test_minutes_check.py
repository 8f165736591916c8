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
from sqlalchemy import text

from consultations.actor import PUBLIC
from consultations.cli import minutes
from consultations.documents.minutes_blocks import Minutes
from consultations.documents.minutes_pdf import write_pdf
from consultations.documents.synopsis_blocks import Paragraph, Table
from consultations.engine import minutes as engine
from consultations.extensions import db
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote
from consultations.queries import assembly_minutes, minutes_documents
from consultations.queries.minutes_check import Line, check
from tests.factories import assemblies as make
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
    return [line for line in check(data) if not line.ok]


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
    lines = check(pdf(printed(assembly, language), language))
    assert [line for line in lines if not line.ok] == []
    assert {line.part for line in lines} == {"text", "figures", "ballots", "minutes", "signatures"}
    assert Line("figures", "items/1/vote/heads/6/heads", True, "2", "2") in lines


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
    assert (found[0].pdf, found[0].data) == ("Encontra2", "En contra 1")


@pytest.mark.parametrize("take", [0, 3, 12, -1])
def test_a_line_left_out_or_put_in_is_found(app: Flask, take: int) -> None:
    made = printed(signed())
    whole = list(made.blocks)
    without = replace(made, blocks=tuple(whole[:take] + whole[take:][1:]))
    assert parts(pdf(without)) == {"text"}
    more = replace(made, blocks=(*whole[:take], Paragraph("Y 7 más a favor."), *whole[take:]))
    found = differing(pdf(more))
    assert [line.pdf.startswith("Y7másafavor.") for line in found] == [True]


def test_words_laid_over_a_page_are_found(app: Flask) -> None:
    reader = PdfReader(io.BytesIO(pdf(printed(signed()))))
    writer = PdfWriter(clone_from=reader)
    over = typst.compile(b'#set page(paper: "a4")\n9 a favor')
    writer.pages[0].merge_page(PdfReader(io.BytesIO(over)).pages[0])
    out = io.BytesIO()
    writer.write(out)
    assert "text" in parts(out.getvalue())


def _more_yes(told: dict[str, Any]) -> None:
    told["figures"]["items"][0]["vote"]["heads"][5]["heads"] += 1


def _other_hash(told: dict[str, Any]) -> None:
    told["sha256"] = "0" * 64


def _other_words(told: dict[str, Any]) -> None:
    told["words"]["closing"] = "Y se aprobó todo."


def _signed_by_a_third(told: dict[str, Any]) -> None:
    told["signatures"].append({"role": "scrutineer", "name": "Nadie", "at": told["signatures"][0]["at"]})


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_more_yes, {"text", "figures", "minutes"}), (_other_hash, {"text", "minutes"}), (_other_words, {"text", "minutes"}),
        (_signed_by_a_third, {"text", "signatures"}),
    ],
)  # fmt: skip
def test_a_change_in_the_attachment_is_found(
    app: Flask, change: Callable[[dict[str, Any]], None], found: set[str]
) -> None:
    assert parts(attached_anew(pdf(printed(signed())), change)) == found


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


def test_a_ballot_slipped_in_afterwards_is_found(app: Flask) -> None:
    data = pdf(printed(signed("yyn-")))
    vote = db.session.query(Vote).one()
    entry = db.session.query(RollEntry).filter_by(vote_id=vote.id).order_by(RollEntry.elector.desc()).first()
    assert entry is not None
    slipped = Ballot(
        vote_id=vote.id, roll_entry_id=entry.id, revision=1, choice="no", request_id="slipped", receipt="SLIPPED",
        cast_at=vote.opened_at,
    )  # fmt: skip
    db.session.add(slipped)
    db.session.commit()
    found = {(line.part, line.place) for line in differing(data)}
    assert ("ballots", f"vote {vote.code}, no") in found
    assert {part for part, _ in found} == {"figures", "ballots"}


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


def run(app: Flask, path: Path, *options: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(minutes, ["check", str(path), *options])
    return result.exit_code, result.output


def test_the_command_says_each_line_and_answers_with_its_exit_code(app: Flask, tmp_path: Path) -> None:
    made, path = printed(signed()), tmp_path / "acta.pdf"
    path.write_bytes(pdf(made))
    code, said = run(app, path)
    assert code == 0
    assert "ok       figures items/1/vote/status: adopted\n" in said
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
        ["Encontra2"],
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
