"""Drafts in the browser: words, terms, places, the redline and the files, as the Unit uses them."""

import gzip
import re

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import event, select

from consultations.actor import Actor
from consultations.documents.standard import read_standard
from consultations.engine import standards
from consultations.engine.draft_words import Words
from consultations.extensions import db
from consultations.models.drafts import ClauseLink, EffectiveDate
from consultations.models.standards import Node, StandardVersion
from tests import browsing
from tests.conftest import signed_in
from tests.factories import drafts as make
from tests.factories import people
from tests.factories import standards as texts
from workflows.roles import Role


@pytest.fixture
def unit(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """The Unit at work, in English."""
    monkeypatch.setattr("consultations.clock.now", lambda: make.START)
    by = make.unit()
    db.session.commit()
    return english(client, by)


@pytest.fixture
def version(unit: FlaskClient) -> StandardVersion:
    """The bilingual version, imported."""
    made = texts.bilingual()
    db.session.commit()
    return made


@pytest.fixture
def draft(unit: FlaskClient, version: StandardVersion) -> StandardVersion:
    """A version that the Unit has drawn up in the browser."""
    answer = browsing.post(unit, f"/unit/standards/versions/{version.id}/next", label="2.0")
    made = db.session.scalars(select(StandardVersion).filter_by(label="2.0")).one()
    assert (answer.status_code, answer.location) == (303, f"/unit/standards/versions/{made.id}/draft")
    return made


def english(client: FlaskClient, actor: Actor | None) -> FlaskClient:
    """Signed in, or out for None, and reading English."""
    vars(g).clear()
    with client.session_transaction() as session:
        session.clear()
    if actor:
        signed_in(client, actor)
    with client.session_transaction() as session:
        session["language"] = "en"
    return client


def read(client: FlaskClient, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status, (url, answer.status_code)
    return answer.get_data(as_text=True)


def address(node: Node, rest: str = "") -> str:
    return f"/unit/standards/clauses/{node.id}{rest}"


def fresh(node: Node) -> Node:
    db.session.expire_all()
    return node


def test_the_outline_says_how_complete_and_fresh_each_language_is(
    unit: FlaskClient, draft: StandardVersion
) -> None:
    node = make.clause(draft, "1.1.1")
    browsing.post(unit, address(node), text="La organización firma siempre.")
    page = read(unit, f"/unit/standards/versions/{draft.id}/draft?in=en")
    assert "drawn up from version 1.0" in page
    rows = dict(re.findall(r'hreflang="(\w\w)">.*?</th>(.*?)</tr>', page.replace("\n", ""), re.S))
    assert re.findall(r">(\d+)<", rows["pt"]) == ["0", "0", "0", "0", "7"]
    english_row = re.search(r"aria-current=\"true\">English.*?</tr>", page, re.S)
    assert re.findall(r">(\d+)<", english_row[0]) == ["7", "6", "1", "0", "0"]
    assert page.count("out of date: the reference text has changed") == 1


def test_words_are_changed_in_one_language_beside_the_reference_words(
    unit: FlaskClient, draft: StandardVersion
) -> None:
    node = make.clause(draft, "1.1.1")
    page = read(unit, address(node, "?in=en"))
    assert "La organización firma un contrato por cada venta." in page
    assert 'name="fits" type="checkbox" value="y"' in page.replace("checked ", "")
    answer = browsing.post(unit, address(node, "?in=en"), text="It signs.\r\nAlways.", heading="Signing")
    assert (answer.status_code, answer.location) == (303, address(node, "?in=en"))
    assert make.words(fresh(node), "en") == Words("Signing", "It signs.\nAlways.")
    assert make.words(node, "es").text == "La organización firma un contrato por cada venta."
    history = read(unit, address(node, "/history"))
    assert "The organisation signs a contract for every sale." in history


def test_who_was_overtaken_sees_both_texts_and_can_save_again(
    unit: FlaskClient, draft: StandardVersion
) -> None:
    node = make.clause(draft, "1.1.1")
    form = next(f for f in browsing.forms(read(unit, address(node))) if "text" in f.fields)
    make.reword(node, "De la otra persona.", make.unit())
    db.session.commit()
    answer = unit.post(address(node), data={**form.fields, "text": "Mía."})
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "De la otra persona." in page, "Mía." in page) == (409, True, True)
    assert make.words(fresh(node), "es").text == "De la otra persona."
    again = next(f for f in browsing.forms(page) if "text" in f.fields)
    assert unit.post(address(node), data=again.fields).status_code == 303
    assert make.words(fresh(node), "es").text == "Mía."


def test_a_clause_without_words_is_refused_in_words(unit: FlaskClient, draft: StandardVersion) -> None:
    answer = browsing.post(unit, address(make.clause(draft, "1.1.1")), text="", heading="")
    assert answer.status_code == 409
    assert "neither a heading nor a text" in answer.get_data(as_text=True)


def test_number_kind_and_year_are_changed_with_the_number_of_its_place_proposed(
    unit: FlaskClient, draft: StandardVersion
) -> None:
    node = make.clause(draft, "1.1.2")
    assert "By its place it would be 1.1.2." in read(unit, address(node, "/terms"))
    browsing.post(
        unit,
        address(node, "/terms"),
        number="1.1.1",
        requirement_kind="core",
        from_year="0",
        applies_to="Todas",
    )
    assert (fresh(node).number, node.requirement_kind, node.years, node.applies_to) == (
        "1.1.1",
        "core",
        "0",
        "Todas",
    )
    outline = read(unit, f"/unit/standards/versions/{draft.id}/draft")
    assert outline.count("this number stands twice") == 2
    page = read(unit, f"/unit/standards/versions/{draft.id}")
    assert "Core · from year 0 · for: Todas" in page
    assert browsing.post(unit, address(node, "/terms"), from_year="x").status_code == 400


def test_a_clause_is_added_moved_and_deleted(unit: FlaskClient, draft: StandardVersion) -> None:
    sister = make.clause(draft, "1.1.1")
    url = f"/unit/standards/versions/{draft.id}/clauses/new?after={sister.id}"
    page = read(unit, url)
    assert ("It follows 1.1.1" in page, 'value="1.1.2"' in page) == (True, True)
    form = next(f for f in browsing.forms(page) if "text" in f.fields)
    for _ in range(2):
        answer = unit.post(url, data={**form.fields, "number": "1.1.9", "text": "Nueva."})
        assert answer.status_code == 303
    assert [n for n, _ in make.outline(draft)].count("1.1.9") == 1
    node = make.clause(draft, "1.1.9")
    browsing.post(unit, address(node, "/place"), where="up")
    assert [n for n, _ in make.outline(draft)][2:4] == ["1.1.9", "1.1.1"]
    browsing.post(unit, address(node, "/place"), where="into", parent_id=str(make.clause(draft, "2.1").id))
    assert make.outline(draft)[-1] == ("1.1.9", 2)
    gone = f"/unit/standards/versions/{draft.id}/clauses/{node.id}/delete"
    form = next(f for f in browsing.forms(read(unit, gone)) if "known" in f.fields)
    for _ in range(2):
        assert unit.post(gone, data=form.fields).status_code == 303
    assert "1.1.9" not in [n for n, _ in make.outline(draft)]
    assert unit.get(gone).status_code == 404


def test_a_clause_is_split_and_merged_again(unit: FlaskClient, draft: StandardVersion) -> None:
    node = make.clause(draft, "1.1.1")
    refused = browsing.post(unit, address(node, "/split"))
    assert (refused.status_code, 'href="#second_es"' in refused.get_data(as_text=True)) == (400, True)
    browsing.post(
        unit, address(node, "/split"), first_es="La organización firma.", second_es="Por cada venta.", second_en="For every sale.",
        number="1.1.1.b",
    )  # fmt: skip
    new = make.clause(draft, "1.1.1.b")
    assert make.words(new, "en").text == "For every sale."
    chosen = unit.get(address(node, f"/merge?other_id={new.id}"))
    assert chosen.location == address(node, f"/merge/{new.id}")
    form = next(f for f in browsing.forms(read(unit, chosen.location)) if "text_es" in f.fields)
    assert form.fields["text_es"] == "La organización firma.\nPor cada venta."
    for _ in range(2):
        assert unit.post(chosen.location, data=form.fields).status_code == 303
    assert [n for n, _ in make.outline(draft)] == ["1", "1.1", "1.1.1", "1.1.2", "2", "2.1", "2.1.1"]
    assert make.words(fresh(node), "es").text == "La organización firma.\nPor cada venta."


@pytest.mark.parametrize("rest", ["", "/terms", "/place", "/split"])
def test_a_frozen_text_is_shown_with_the_reason_and_not_changed(
    unit: FlaskClient, version: StandardVersion, rest: str
) -> None:
    standards.freeze(version, at=make.START)
    db.session.commit()
    before = standards.text_sha256(version.id)
    page = read(unit, address(make.clause(version, "1.1.1"), rest))
    assert "Version 1.0 is frozen: it was approved for consultation." in page
    token = browsing.token(unit, page_url="/account")
    unit.post(
        address(make.clause(version, "1.1.1"), rest), data={"csrf_token": token, "text": "x", "where": "down"}
    )
    assert standards.text_sha256(version.id) == before


@pytest.mark.parametrize("role", [Role.COMMISSION, Role.AUDITOR])
def test_others_read_the_outline_and_the_changes_and_are_offered_no_editing(
    unit: FlaskClient, draft: StandardVersion, role: Role
) -> None:
    reader = people.actor(role, network=people.network() if role is Role.COMMISSION else None)
    db.session.commit()
    english(unit, reader)
    page = read(unit, f"/unit/standards/versions/{draft.id}/draft")
    assert ("/unit/standards/clauses/" in page, "/next" in page) == (False, False)
    assert "/map" not in read(unit, f"/unit/standards/redline/{draft.based_on_id}/{draft.id}")


def redline(client: FlaskClient, draft: StandardVersion, query: str = "") -> str:
    return read(client, f"/unit/standards/redline/{draft.based_on_id}/{draft.id}?in=es{query}")


def test_the_redline_counts_filters_and_reads_aloud(unit: FlaskClient, draft: StandardVersion) -> None:
    make.reword(
        make.clause(draft, "1.1.1"), "La organización firma dos contratos por cada venta.", make.unit()
    )
    db.session.commit()
    page = redline(unit, draft)
    assert re.search(r"Reworded</a>: 1<", page.replace("\n", ""))
    assert (
        '<del><span class="vh"> removed: </span>un contrato<span class="vh"> end of removal</span></del>'
        in page
    )
    assert (
        '<ins><span class="vh"> added: </span>dos contratos<span class="vh"> end of addition</span></ins>'
        in page
    )
    assert page.count('aria-labelledby="c') == 1
    assert redline(unit, draft, "&kind=same").count('aria-labelledby="c') == 6
    assert redline(unit, draft, "&kind=all").count('aria-labelledby="c') == 7
    assert redline(unit, draft, "&kind=nonsense&page=99").count('aria-labelledby="c') == 1
    assert "No clause of this kind." in redline(unit, draft, "&kind=split")


def test_a_translation_that_has_not_followed_hides_no_change(
    unit: FlaskClient, version: StandardVersion, draft: StandardVersion
) -> None:
    make.reword(
        make.clause(draft, "1.1.1"), "La organización firma dos contratos por cada venta.", make.unit()
    )
    db.session.commit()
    page = read(unit, f"/unit/standards/redline/{version.id}/{draft.id}?in=en")
    assert re.search(r"Reworded</a>: 1<", page.replace("\n", ""))
    assert "dos contratos" in page
    assert "missing or out of date in one of the versions: this is the reference language." in page


def test_the_clause_map_is_corrected_by_hand(
    unit: FlaskClient, version: StandardVersion, draft: StandardVersion
) -> None:
    url = f"/unit/standards/redline/{version.id}/{draft.id}/map"
    ends = {"before": str(make.clause(version, "1.1.1").id), "after": str(make.clause(draft, "1.1.2").id)}
    for _ in range(2):
        assert browsing.post(unit, url, **ends).status_code == 303
    line = db.session.scalars(select(ClauseLink)).one()
    assert "1.1.1 <span" in redline(unit, draft)
    refused = browsing.post(unit, url, before=ends["before"], after="0")
    assert "Another line of the map says otherwise" in refused.get_data(as_text=True)
    for _ in range(2):
        answer = unit.post(f"{url}/{line.id}/remove", data={"csrf_token": browsing.token(unit, url)})
        assert answer.status_code == 303
    assert "None: the lasting ids say it all." in read(unit, url)


def test_the_redline_comes_as_word_with_tracked_changes(unit: FlaskClient, draft: StandardVersion) -> None:
    make.reword(
        make.clause(draft, "1.1.1"), "La organización firma dos contratos por cada venta.", make.unit()
    )
    db.session.commit()
    answer = unit.get(f"/unit/standards/redline/{draft.based_on_id}/{draft.id}/docx?in=es")
    assert answer.headers["Content-Disposition"].endswith("-1.0-2.0-es.docx")
    tree = read_standard(answer.data, "redline.docx").tree
    assert "dos contratos" in next(node.text for node, _ in tree.walk() if node.number == "1.1.1")


@pytest.mark.parametrize("form", ["md", "docx"])
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_version_goes_out_as_a_file_and_comes_back_the_same_tree(
    unit: FlaskClient, draft: StandardVersion, form: str, language: str
) -> None:
    answer = unit.get(f"/unit/standards/versions/{draft.id}/export/{form}?in={language}")
    assert answer.headers["Content-Disposition"].endswith(f"-2.0-{language}.{form}")
    tree = read_standard(answer.data, f"x.{form}").tree
    source = texts.report(texts.SPANISH if language == "es" else texts.ENGLISH).tree
    assert tree == source


def test_a_day_is_set_and_put_off_with_a_reason_and_every_reader_sees_it(
    unit: FlaskClient, version: StandardVersion
) -> None:
    standards.freeze(version, at=make.START)
    db.session.commit()
    url = address(make.clause(version, "1.1.1"), "/dates/before")
    browsing.post(unit, url, applies_from="2026-07-01")
    refused = browsing.post(unit, url, applies_from="2027-07-01")
    assert "No reason is given." in refused.get_data(as_text=True)
    browsing.post(unit, url, applies_from="2027-07-01", reason="Por la sequía.")
    assert len(db.session.scalars(select(EffectiveDate)).all()) == 2
    english(unit, None)
    page = read(unit, f"/texts/{version.id}?in=es")
    assert (
        "Certified before the publication: from 1 July 2027 · put off from 1 July 2026 because: Por la sequía."
        in page
    )


def test_what_changed_is_public_once_the_text_is_approved_and_not_before(
    unit: FlaskClient, version: StandardVersion, draft: StandardVersion
) -> None:
    make.reword(make.clause(draft, "1.1.1"), "La organización firma dos contratos.", make.unit())
    db.session.commit()
    english(unit, None)
    url = f"/texts/{draft.id}/changes/{version.id}"
    assert [unit.get(url + rest).status_code for rest in ("", "/docx")] == [404, 404]
    standards.freeze(draft, at=make.START)
    db.session.commit()
    assert "dos contratos" in read(unit, url + "?in=es")
    assert unit.get(url + "/docx").status_code == 200
    assert url in read(unit, f"/texts/{draft.id}")
    assert unit.get(f"/texts/{version.id}/changes/{draft.id}").status_code == 404
    assert unit.get(f"/texts/{draft.id}/changes/{texts.version().id}").status_code == 404


def test_a_draft_of_the_units_own_in_between_stays_its_own(unit: FlaskClient, draft: StandardVersion) -> None:
    third = make.drawn_up(make.unit(), label="3.0", source=draft)
    standards.freeze(third, at=make.START)
    db.session.commit()
    english(unit, None)
    assert unit.get(f"/texts/{third.id}/changes/{draft.id}").status_code == 404
    assert "What changed since" not in read(unit, f"/texts/{third.id}")


def test_a_map_made_on_the_way_holds_from_the_first_version_to_the_last(
    unit: FlaskClient, version: StandardVersion, draft: StandardVersion
) -> None:
    node = make.clause(draft, "1.1.1")
    browsing.post(
        unit,
        address(node, "/split"),
        first_es="La organización firma.",
        second_es="Por cada venta.",
        number="1.1.8",
    )
    third = make.drawn_up(make.unit(), label="3.0", source=draft)
    db.session.commit()
    for before, after, kind in ((version, third, "Split"), (third, version, "Merged")):
        page = read(unit, f"/unit/standards/redline/{before.id}/{after.id}?in=es")
        assert re.search(rf"{kind}</a>: 1<", page.replace("\n", ""))


def selects(client: FlaskClient, url: str) -> int:
    """How many selects a page takes."""
    counted = []

    def count(*_: object) -> None:
        counted.append(1)

    db.session.expire_all()
    event.listen(db.engine, "before_cursor_execute", count)
    read(client, url)
    event.remove(db.engine, "before_cursor_execute", count)
    return len(counted)


def test_a_long_standard_takes_no_more_selects_and_is_read_in_pages(unit: FlaskClient) -> None:
    long = texts.SPANISH + "".join(
        f"\n2.1.{n} La organización hace lo número {n} cada año.\n" for n in range(2, 150)
    )
    taken = []
    for code, text in (("SHORT", texts.SPANISH), ("LONG", long)):
        source = texts.version(text, code=code)
        made = make.drawn_up(make.unit(), source=source)
        node = make.clause(made, "1.1.1")
        db.session.commit()
        urls = (
            f"/unit/standards/redline/{source.id}/{made.id}?kind=all", f"/unit/standards/versions/{made.id}/draft",
            address(node), f"/unit/standards/redline/{source.id}/{made.id}/map", f"/unit/standards/versions/{made.id}",
        )  # fmt: skip
        taken.append([selects(unit, url) for url in urls])
    assert taken[0] == taken[1]
    page = read(unit, urls[0])
    assert "Page 1 of 7" in page
    assert len(gzip.compress(page.encode())) < 20_000
