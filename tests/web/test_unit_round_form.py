"""The form of a round and of its questions, and what speaks against submitting: marks, warnings, links, two clicks."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select

from consultations.documents.standard import read_standard
from consultations.engine import dossiers, rounds
from consultations.engine import standards as verbs
from consultations.extensions import db
from consultations.models.dossiers import Dossier
from consultations.models.rounds import Question, Round
from consultations.models.standards import NodeText
from tests import browsing
from tests.conftest import signed_in
from tests.factories import people, standards
from tests.factories import rounds as make

TWICE = standards.SPANISH + "\n1.1.2 La organización guarda los contratos diez años.\n"


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> make.House:
    """A house on the day a round is written."""
    monkeypatch.setattr("consultations.clock.now", lambda: make.START)
    return make.house()


def visits(client: FlaskClient, actor: people.Actor) -> FlaskClient:
    db.session.commit()
    signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def text(client: FlaskClient, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def marks(page: str) -> dict[str, str]:
    """The word in brackets beside each label, by the label."""
    labels = re.findall(r"<(?:label|legend)[^>]*>(.*?)</(?:label|legend)>", page, re.DOTALL)
    found = (re.fullmatch(r"(.*?)(?: <small>\((.*)\)</small>)?", label, re.DOTALL) for label in labels)
    return {one[1].strip(): one[2] or "" for one in found if one and "<span" not in one[0]}


def test_the_form_says_what_is_needed_before_submission_and_what_is_optional(
    client: FlaskClient, house: make.House
) -> None:
    dossier = make.dossier(house)
    page = text(visits(client, house.unit), f"/unit/dossiers/{dossier.id}/rounds/new")
    assert marks(page) == {
        "Version of the draft": "", "Objectives in Spanish": "needed before submission", "Objectives in English": "optional",
        "Objectives in Portuguese": "optional", "Objectives in French": "optional",
        "First day": "needed before submission", "Last day": "needed before submission", "Or the number of days": "",
        "How days are counted": "", "Time zone of the dates": "", "Languages": "",
        "Languages that are left out, and why": "optional", "What comments may be about, beside the usual": "",
    }  # fmt: skip


def test_an_empty_draft_is_kept(client: FlaskClient, house: make.House) -> None:
    dossier = make.dossier(house)
    visits(client, house.unit)
    answer = browsing.post(client, f"/unit/dossiers/{dossier.id}/rounds/new", languages=["es"])
    assert answer.location is not None


def test_all_that_is_wrong_with_the_dates_is_said_at_once_and_no_days_are_below_nought(
    client: FlaskClient, house: make.House
) -> None:
    dossier = make.dossier(house)
    visits(client, house.unit)
    answer = browsing.post(
        client, f"/unit/dossiers/{dossier.id}/rounds/new", opens_on="2026-05-20", closes_on="2026-05-01", days="10", languages=[],
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    for wrong in (
        "Choose at least one language.",
        "Give either the last day or the number of days.",
        "The last day lies before the first day.",
    ):
        assert page.count(wrong) == 2, wrong  # beside the field and in the summary
    assert "-19" not in page


NEW = {
    "code": "EXP-NUEVO", "kind": "new_standard", "standard_id": "0", "standard_code": "NUEVO-1", "title_es": "Criterio nuevo",
    "title_pt": "Critério novo", "title_en": "New standard", "title_fr": "Nouveau standard", "objectives_es": "Empezar",
    "objectives_fr": "Commencer",
}  # fmt: skip


def test_a_dossier_begins_on_a_new_standard_whose_draft_is_imported_later(
    client: FlaskClient, house: make.House
) -> None:
    visits(client, house.head)
    values = NEW | {"body_id": str(house.assembly.id)}
    first, second = (browsing.post(client, "/unit/dossiers/new", **values).location for _ in range(2))
    made = db.session.scalars(select(Dossier).where(Dossier.code == "EXP-NUEVO")).one()
    assert (first, second) == (f"/unit/dossiers/{made.id}", first)
    assert (made.titles["fr"], made.objectives) == ("Nouveau standard", {"es": "Empezar", "fr": "Commencer"})
    assert (made.standard.code, made.standard.titles["pt"]) == ("NUEVO-1", "Critério novo")
    dossiers.start_drafting(made.id, assessment="Hace falta.", by=house.head, at=make.START)
    db.session.commit()
    assert "/unit/standards/import?code=NUEVO-1" in text(client, first)
    for url in (f"{first}/rounds/new", "/unit/standards", "/unit/dossiers"):
        assert "Criterio nuevo" in text(client, url) or "New standard" in text(client, url)
    report = read_standard(standards.SPANISH.encode(), "nuevo.md")
    version = verbs.import_version(
        report, code="NUEVO-1", titles={}, label="0.1", language="es", source_name="nuevo.md", by=house.unit, at=make.START,
    )  # fmt: skip
    assert version.standard_id == made.standard_id


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"standard_code": ""}, "Give the new standard a code."),
        ({"standard_code": "CAFE"}, "There is a standard with the code CAFE already."),
    ],
)
def test_what_speaks_against_a_new_standard_is_said(
    client: FlaskClient, house: make.House, changed: dict[str, str], said: str
) -> None:
    house.version.standard.code = "CAFE"
    visits(client, house.unit)
    answer = browsing.post(
        client, "/unit/dossiers/new", **NEW | {"body_id": str(house.assembly.id)} | changed
    )
    assert (answer.status_code in (400, 409), said in answer.get_data(as_text=True)) == (True, True)
    assert db.session.scalars(select(Dossier)).all() == []


def test_the_languages_of_the_text_are_ticked_and_a_first_day_that_is_past_is_told(
    client: FlaskClient, house: make.House
) -> None:
    dossier = make.dossier(house)
    visits(client, house.unit)
    url = f"/unit/dossiers/{dossier.id}/rounds/new"
    ticked = re.findall(r'<input[^>]*checked[^>]*name="languages"[^>]*value="(..)"', text(client, url))
    assert ticked == ["es", "en"]
    db.session.execute(delete(NodeText).where(NodeText.language == "en"))
    db.session.commit()
    ticked = re.findall(r'<input[^>]*checked[^>]*name="languages"[^>]*value="(..)"', text(client, url))
    assert ticked == ["es"]
    answer = browsing.post(client, url, opens_on="2025-04-01", closes_on="2026-05-30")
    assert (answer.status_code, "This day is past." in answer.get_data(as_text=True)) == (400, True)


def test_two_clicks_on_new_dossier_and_new_round_lead_to_the_same_page(
    client: FlaskClient, house: make.House
) -> None:
    visits(client, house.unit)
    values = {
        "code": "EXP-CAFE", "title_es": "Café", "standard_id": house.version.standard_id, "kind": "revision",
        "body_id": house.assembly.id, "objectives_es": "Actualizar",
    }  # fmt: skip
    first, second = (browsing.post(client, "/unit/dossiers/new", **values).location for _ in range(2))
    assert first == second is not None
    assert db.session.scalar(select(func.count(Dossier.id))) == 1
    parent = make.dossier(house)
    visits(client, house.unit)
    values = {"objectives_es": "Saber", "opens_on": "2026-05-01", "days": "60", "languages": ["es"]}
    url = f"/unit/dossiers/{parent.id}/rounds/new"
    first, second = (browsing.post(client, url, **values).location for _ in range(2))
    assert first == second is not None
    assert db.session.scalar(select(func.count(Round.id))) == 1


def test_two_clicks_on_add_the_question_add_one(client: FlaskClient, house: make.House) -> None:
    round = make.draft(house)
    url = f"/unit/rounds/{round.id}/questions"
    visits(client, house.unit)
    fields = {**browsing.forms(text(client, url))[-1].fields, "kind": "text", "text_es": "¿Va?"}
    answers = [client.post(url, data=fields) for _ in range(2)]
    assert [answer.location for answer in answers] == [url, url]
    assert db.session.scalar(select(func.count(Question.id)).where(Question.purpose == "")) == 1


@pytest.mark.parametrize(
    ("spanish", "english", "reasons"),
    [
        ("", "", ["Write at least two options, one a line."]),
        ("A", "A\nA", [
            "Write at least two options, one a line.", "The same option stands twice.",
            "Write as many options as in Spanish, in the same order, or none.",
        ]),
        ("A\nB", "A", ["Write as many options as in Spanish, in the same order, or none."]),
        ("A\nA", "", ["The same option stands twice."]),
    ],
)  # fmt: skip
def test_a_choice_without_a_choice_is_refused_with_every_reason(
    client: FlaskClient, house: make.House, spanish: str, english: str, reasons: list[str]
) -> None:
    round = make.draft(house)
    visits(client, house.unit)
    answer = browsing.post(
        client, f"/unit/rounds/{round.id}/questions", kind="single", text_es="¿Cuál?", options_es=spanish, options_en=english
    )  # fmt: skip
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert [page.count(reason) for reason in reasons] == [2] * len(reasons)
    assert db.session.scalar(select(func.count(Question.id)).where(Question.purpose == "")) == 0


def test_the_check_names_the_numbers_that_stand_twice_and_leads_to_the_import(
    client: FlaskClient, house: make.House
) -> None:
    house.version = standards.version(TWICE, code="DOS")
    round = make.draft(house, languages=["es", "pt"])
    visits(client, house.unit)
    for page in (
        text(client, f"/unit/rounds/{round.id}/check"),
        browsing.post(client, f"/unit/rounds/{round.id}/acts/submit", due_on="2026-03-16").get_data(
            as_text=True
        ),
    ):
        assert "Clause numbers that stand more than once: 1.1.2." in page
        assert '<a href="/unit/standards/import?code=DOS">Import the corrected text of DOS</a>' in page
        assert '<a href="/unit/standards/import?code=DOS&amp;label=1.0">Import a translation</a>' in page
    form = text(client, "/unit/standards/import?code=DOS")
    assert browsing.forms(form)[-1].fields["code"] == "DOS"


EARLY = "and the Commission would have until Monday, 16 March 2026, 23:59 (Managua) to read it."


@pytest.mark.parametrize(("opens_on", "warned"), [(date(2026, 3, 16), True), (date(2026, 3, 17), False)])
def test_an_opening_before_the_commission_has_answered_is_warned_of_and_not_refused(
    client: FlaskClient, house: make.House, opens_on: date, warned: bool
) -> None:
    round = make.draft(house, opens_on=opens_on, closes_on=opens_on + timedelta(days=90))
    visits(client, house.unit)
    form = f"/unit/rounds/{round.id}/acts/submit"
    assert (EARLY in text(client, form)) is warned
    answer = browsing.post(client, form, due_on="2026-03-16")
    assert answer.location == f"/unit/rounds/{round.id}"
    said = "and the Commission has until Monday, 16 March 2026, 23:59 (Managua) to read it." in text(
        client, answer.location
    )
    assert said is warned


def test_a_draft_that_opens_within_the_usual_time_of_the_commission_is_warned_of(
    client: FlaskClient, house: make.House
) -> None:
    soon = make.draft(house, opens_on=date(2026, 3, 10), closes_on=date(2026, 6, 30))
    visits(client, house.unit)
    pages = [text(client, f"/unit/rounds/{soon.id}{part}") for part in ("", "/check")]
    assert [EARLY in page for page in pages] == [True, True]


def test_changing_a_question_or_a_round_keeps_the_languages_that_the_form_does_not_ask(
    client: FlaskClient, house: make.House
) -> None:
    objectives = {"es": "Saber", "fr": "Savoir"}
    round = make.draft(house, objectives=objectives)
    texts, options = {"es": "¿Cuál?", "pt": "Qual?"}, ({"es": "A", "pt": "a"}, {"es": "B", "pt": "b"})
    rounds.set_questions(
        round.id, [rounds.QuestionText("single", texts, options)], by=house.unit, at=make.START
    )
    visits(client, house.unit)
    for url in (f"/unit/rounds/{round.id}/questions/1", f"/unit/rounds/{round.id}/edit"):
        fields = {**browsing.forms(text(client, url))[-1].fields, "required": "y", "languages": ["es"]}
        assert client.post(url, data=fields).status_code == 303
    db.session.expire_all()
    one = db.session.scalars(select(Question).where(Question.purpose == "")).one()
    assert (one.texts, tuple(one.options), one.required, round.objectives) == (
        texts,
        options,
        True,
        objectives,
    )
    fields = browsing.forms(text(client, f"/unit/rounds/{round.id}/questions/1"))[-1].fields
    client.post(
        f"/unit/rounds/{round.id}/questions/1", data={**fields, "text_es": "¿Cuáles?", "options_es": "A\nC"}
    )
    db.session.expire_all()
    one = db.session.scalars(select(Question).where(Question.purpose == "")).one()
    assert (one.texts, one.options) == ({**texts, "es": "¿Cuáles?"}, [options[0], {"es": "C", "pt": "b"}])


def test_whether_organisations_approve_is_chosen_shown_and_kept_by_an_edit(
    client: FlaskClient, house: make.House
) -> None:
    made = make.draft(house)
    unit, page = visits(client, house.unit), f"/unit/rounds/{made.id}"
    said = "Comments count once their organisation has approved them"
    assert said not in text(unit, page)
    for ticked, shown in (("y", True), (None, False)):
        answer = browsing.post(unit, f"{page}/edit", organisation_signoff=ticked)
        assert answer.status_code == 303
        assert (said in text(unit, page)) is shown
        db.session.expire_all()
        assert db.session.get_one(Round, made.id).organisation_signoff is shown


def test_the_types_of_comment_are_chosen_and_shown(client: FlaskClient, house: make.House) -> None:
    made = make.draft(house)
    unit, page = visits(client, house.unit), f"/unit/rounds/{made.id}"
    assert "Climate" in text(unit, page)
    for ticked, kept in (
        ("gender", ["general", "technical", "editorial", "question", "gender"]),
        (None, ["general", "technical", "editorial", "question"]),
    ):
        assert browsing.post(unit, f"{page}/edit", comment_types=ticked).status_code == 303
        db.session.expire_all()
        assert db.session.get_one(Round, made.id).comment_types == kept
        assert "Climate" not in text(unit, page)
    assert 'value="gender" checked' not in text(unit, f"{page}/edit")
