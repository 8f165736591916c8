"""Answers of every kind are kept in part, sent and changed by a delegate, and read in their own words by the Unit."""

import re
from collections.abc import Iterator

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from consultations.models.rounds import Question
from tests.browsing import post
from tests.factories.comments import DURING, Scene, question, scene
from tests.web.visiting import english

KINDS = ("agree", "single", "multiple", "scale", "ranking", "number", "date", "text")
OPTIONS = ("Agua", "Luz", "Tierra")


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(DURING, tick=False):
        yield


@pytest.fixture
def here(app: Flask) -> Scene:
    """A question of each kind; the last one only for those who disagree with the first."""
    made = scene(organisations=3)
    for position, kind in enumerate(KINDS, 1):
        row = question(
            made.round, position, kind, OPTIONS if kind in ("single", "multiple", "ranking") else ()
        )
        row.required = kind in ("agree", "text")
        if kind == "scale":
            row.lowest, row.highest = 1, 5
    row.asked_if = {"question": 1, "values": ["disagree"]}
    db.session.commit()
    return made


def fields(stance: str) -> dict[str, object]:
    """One answer to each kind, by the names of the form."""
    id = {row.kind: row.id for row in db.session.query(Question)}
    return {
        f"v{id['agree']}": stance, f"t{id['agree']}": "Es caro.", f"v{id['single']}": "1",
        f"v{id['multiple']}": "2", f"v{id['scale']}": "4", f"r{id['ranking']}_0": "3",
        f"r{id['ranking']}_1": "1", f"r{id['ranking']}_2": "2", f"v{id['number']}": "12,50",
        f"v{id['date']}": "2026-11-30", f"t{id['text']}": "Falta agua limpia.",
    }  # fmt: skip


def read(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def send(client: FlaskClient, here: Scene, who: int, stance: str) -> None:
    english(client, here.delegates[who], DURING)
    kept = post(client, f"/d/rounds/{here.round.id}/questions", **fields(stance), go="send")
    assert kept.status_code == 303


def test_what_is_kept_in_part_comes_back_and_is_sent_once_it_is_whole(
    client: FlaskClient, here: Scene
) -> None:
    english(client, here.delegates[0], DURING)
    url = f"/d/rounds/{here.round.id}/questions"
    part = {name: value for name, value in fields("disagree").items() if name != f"t{_last()}"}
    assert post(client, url, **part, go="keep").status_code == 303
    page = read(client, url)
    assert 'value="12.5"' in page
    assert 'value="2026-11-30"' in page
    assert "Only if question 1 was answered: We disagree." in page
    refused = post(client, url, go="send")
    assert (refused.status_code, f'href="#q{len(KINDS)}"' in refused.get_data(as_text=True)) == (409, True)
    assert post(client, url, **{f"t{_last()}": "Falta agua."}, go="send").status_code == 303
    assert "You may change your answers until closing." in read(client, url)


def _last() -> int:
    return max(row.id for row in db.session.query(Question))


def test_who_is_not_asked_sends_without_it(client: FlaskClient, here: Scene) -> None:
    english(client, here.delegates[0], DURING)
    url = f"/d/rounds/{here.round.id}/questions"
    given = {**fields("agree"), f"t{_last()}": ""}
    assert post(client, url, **given, go="send").status_code == 303


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("agree", "<p>We disagree</p><p>Es caro.</p>"),
        ("single", "<p>Luz</p>"),
        ("multiple", "<p>Tierra</p>"),
        ("scale", "<p>4</p>"),
        ("ranking", "<ol><li>Luz</li><li>Tierra</li><li>Agua</li></ol>"),
        ("number", "<p>12.5</p>"),
        ("date", "<p>2026-11-30</p>"),
        ("text", "<p>Falta agua limpia.</p>"),
    ],
)
def test_the_unit_reads_each_kind_in_words(client: FlaskClient, here: Scene, kind: str, told: str) -> None:
    send(client, here, 0, "disagree")
    english(client, here.unit, DURING)
    page = read(client, f"/unit/rounds/{here.round.id}/results/{KINDS.index(kind) + 1}")
    assert "".join(line.strip() for line in told.split("\n")) in "".join(
        line.strip() for line in page.split("\n")
    )
    assert here.organisations[0].name in page


def test_only_what_counts_is_read(client: FlaskClient, here: Scene) -> None:
    send(client, here, 0, "disagree")
    send(client, here, 1, "agree")  # not asked the last question: its words do not count
    english(client, here.delegates[2], DURING)
    post(client, f"/d/rounds/{here.round.id}/questions", **fields("disagree"), go="keep")  # never sent
    english(client, here.unit, DURING)
    page = read(client, f"/unit/rounds/{here.round.id}/results/{len(KINDS)}")
    shown = [one.name in page for one in here.organisations]
    assert shown == [True, False, False]
    both = read(client, f"/unit/rounds/{here.round.id}/results/1")
    assert [one.name in both for one in here.organisations] == [True, True, False]


def test_answers_without_words_are_left_out_on_demand(client: FlaskClient, here: Scene) -> None:
    send(client, here, 0, "disagree")
    english(client, here.unit, DURING)
    url = f"/unit/rounds/{here.round.id}/results/2"
    assert here.organisations[0].name in read(client, url)
    assert "No organisation has answered this yet." in read(client, f"{url}?only=words")


def test_the_results_lead_there_and_others_are_kept_out(client: FlaskClient, here: Scene) -> None:
    send(client, here, 0, "disagree")
    english(client, here.unit, DURING)
    assert f"/unit/rounds/{here.round.id}/results/1" in read(client, f"/unit/rounds/{here.round.id}/results")
    read(client, f"/unit/rounds/{here.round.id}/results/99", status=404)
    english(client, here.delegates[1], DURING)
    read(client, f"/unit/rounds/{here.round.id}/results/1", status=403)


def test_every_version_of_an_answer_is_read_by_its_organisation(client: FlaskClient, here: Scene) -> None:
    send(client, here, 0, "disagree")
    url = f"/d/rounds/{here.round.id}/questions"
    post(client, url, **fields("partly"), go="keep")
    page = read(client, f"{url}/versions")
    first = page.partition("1. Pregunta")[2].partition("</section>")[0]
    assert re.findall(r"<p>(We[^<]*)</p>", first) == ["We agree in part", "We disagree"]
    assert page.count("Version 2") == 1
    assert "1. Luz · 2. Tierra · 3. Agua" in page
    english(client, here.delegates[1], DURING)
    assert "Nothing has been answered yet." in read(client, f"{url}/versions")


def test_a_clause_and_the_question_about_it_lead_to_each_other(client: FlaskClient, here: Scene) -> None:
    row = db.session.query(Question).order_by(Question.position).first()
    assert row is not None
    row.node_id = here.clauses[1].id
    db.session.commit()
    english(client, here.delegates[0], DURING)
    clause = f"/d/rounds/{here.round.id}/clauses/{here.clauses[1].id}"
    sheet = f"/d/rounds/{here.round.id}/questions"
    assert f'href="{sheet}#q1"' in read(client, clause)
    assert f'href="{clause}"' in read(client, sheet)
    assert "#q1" not in read(client, f"/d/rounds/{here.round.id}/clauses/{here.clauses[0].id}")
