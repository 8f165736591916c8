"""The rule book in the browser: rules in sentences, a second person, the trial, and the book as everybody reads it."""

import io
import json
import re
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.actor import Actor
from consultations.extensions import db
from consultations.models.organisations import Network
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from tests.browsing import forms
from tests.factories import people, rules
from tests.factories import votes as make
from tests.factories.assemblies import calls_rule
from tests.web.test_assembly import TERMS, Desk
from tests.web.visiting import english
from workflows.canonical import canonical_json
from workflows.presets import preset_names, preset_text
from workflows.roles import Role

NEW = "/a/rules/new"
OURS = {
    "key": "ours",
    "title_es": "La nuestra",
    "title_en": "Ours",
    "cites": "Estatutos, art. 31",
    "in_force_from": "2026-01-01",
}


def body(more: int = 0) -> tuple[Network, Actor, Actor]:
    """A body with a secretary and a president, and three members, or `more`."""
    countries = (*make.COUNTRIES, *make.COUNTRIES[:1] * more)
    members = tuple(people.organisation(country=country) for country in countries)
    made = people.network(members=members)
    officers = [people.actor(role, network=made) for role in (Role.SECRETARY, Role.PRESIDENT)]
    db.session.commit()
    return made, *officers


def only_rule() -> RuleVersion:
    db.session.rollback()
    return db.session.query(RuleVersion).one()


def fields_of(page: str) -> dict[str, str]:
    """What the form of a rule would send untouched, without its buttons."""
    return max((form.fields for form in forms(page)), key=len)


class Writer(Desk):
    """Somebody who writes a rule: the form is sent as it stands, with a button and what is changed."""

    def press(self, button: str, page: str, url: str = NEW, status: int = 200, **changes: Any) -> str:
        with time_machine.travel(self.at, tick=False):
            form = max(forms(page), key=lambda one: len(one.fields))
            data = {**form.sent(), **changes, "do": button}
            sent = {name: value for name, value in data.items() if value is not None}
            answer = self.client.post(url, data=sent, follow_redirects=True)
        assert answer.status_code == status, answer.get_data(as_text=True)[:4000]
        return answer.get_data(as_text=True)


def said(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


@pytest.mark.parametrize("name", preset_names())
def test_every_rule_that_ships_goes_from_the_list_through_approval_and_trial_to_a_vote(
    app: Flask, client: FlaskClient, name: str
) -> None:
    hall = make.hall(3, book=False)
    db.session.commit()
    writer = Writer(client, hall.secretary)
    page = writer.source(f"{NEW}?preset={name}")
    writer.press("save", page, f"{NEW}?preset={name}", in_force_from="2026-01-01")
    row = only_rule()
    assert (row.key, row.state, row.content) == (name, "draft", json.loads(preset_text(name)))
    assert f"/rules/{row.id}" in Desk(client, hall.president).source("/home")
    Desk(client, hall.president).send(f"/a/rules/{row.id}/approve")
    assert only_rule().state == "in_force"
    with time_machine.travel(make.CALLED, tick=False):
        english(client, None, make.CALLED)
        shown = said(client.get(f"/rules/{row.id}/trial?size=60&call=1").get_data(as_text=True))
    assert "Tried on 60 made-up organisations" in shown
    assert "The least that passes if all vote:" in shown
    assert "What one abstention or absence more does" in shown
    assert shown.count(" Passes just ") >= 2
    Desk(client, hall.secretary).send(f"/a/dossiers/{hall.dossier.id}/vote", **{**TERMS, "rule": str(row.id)})
    assert db.session.query(Vote).one().rule_version_id == row.id


def test_a_rule_is_written_in_sentences_and_read_back_in_words(app: Flask, client: FlaskClient) -> None:
    _, secretary, president = body()
    writer = Writer(client, secretary)
    page = writer.press("add:passing", writer.source(NEW), **OURS)
    page = writer.press(
        "add:call", page, **{"passing-0-cmp": ">=", "passing-0-share": "2/3", "passing-0-at_least": "1"}
    )
    page = writer.press("add:line:0", page)
    page = writer.press("add:call", page)
    kept = fields_of(page)
    begun = (kept["calls-0-lines-0-count"], kept["calls-0-lines-0-base"], kept["calls-0-lines-0-share"])
    assert begun == ("represented", "roll", "1/2")
    assert (kept["key"], kept["cites"], kept["passing-0-share"]) == ("ours", "Estatutos, art. 31", "2/3")
    page = writer.press(
        "show", page, **{
            "passing-1-measure": "groups", "passing-1-by": "country", "passing-1-inner_share": "1/2",
            "calls-0-lines-0-count": "represented", "calls-0-lines-0-base": "roll", "calls-1-wait": "1",
        },
    )  # fmt: skip
    words = said(page[page.index('id="words"') : page.index('id="typed"')])
    assert (
        "The votes in favour must be at least two thirds of the votes in favour and against, and at least 1."
        in words
    )
    assert "must be more than half of the countries on the roll." in words
    assert "Nothing in it contradicts itself." in words
    writer.press("save", page)
    row = only_rule()
    assert row.content["pass"] == {"all": [
        {"id": "yes", "measure": "heads", "count": ["yes"], "base": ["yes", "no"], "cmp": ">=", "share": "2/3", "at_least": "1"},
        {
            "id": "country", "measure": "groups", "by": "country", "base": "groups_on_roll", "cmp": ">", "share": "1/2",
            "group_passes": {"count": ["yes"], "base": ["yes", "no"], "cmp": ">", "share": "1/2"}, "empty_group": "not_passed",
        },
    ]}  # fmt: skip
    assert [(call["call"], call.get("after"), len(call["all"])) for call in row.content["quorum"]] == [
        (1, None, 1), (2, "PT1H", 0),
    ]  # fmt: skip
    read = Desk(client, president).read(f"/rules/{row.id}")
    assert "Waits for approval" in read
    assert (
        "Quorum of call 1. Those present in person or by proxy must be more than half of the electoral roll."
        in read
    )


def test_a_sentence_more_or_less_keeps_everything_that_was_typed(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.source(NEW)
    for _n in range(2):
        page = writer.press("add:passing", page, **OURS)
    page = writer.press(
        "add:call", page, **{"passing-1-share": "3/5", "passing-2-share": "4/5", "tie": "casting_vote"}
    )
    page = writer.press("take:passing:1", page)
    kept = fields_of(page)
    shares = [value for name, value in kept.items() if re.fullmatch(r"passing-\d+-share", name)]
    assert (shares, kept["tie"], kept["cites"]) == (["1/2", "4/5"], "casting_vote", OURS["cites"])
    page = writer.press("take:call:0", page)
    assert not any(name.startswith("calls-") for name in fields_of(page))
    page = writer.press("take:passing:1", page)
    for odd in ("add:nothing", "take:passing:99", "take:passing:x", "add:line:7", "add", "take:call"):
        assert len(fields_of(writer.press(odd, page, status=200, **OURS))) == len(fields_of(page))
    assert db.session.query(RuleVersion).count() == 0


def test_a_rule_that_contradicts_itself_is_refused_with_every_reason_and_kept_on_the_page(
    app: Flask, client: FlaskClient
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.press("add:passing", writer.source(NEW), **OURS)
    for button in ("save", "show"):
        changed = {
            "passing-0-share": "1", "passing-1-count": "no", "passing-1-cmp": "<", "passing-1-share": "0",
        }  # fmt: skip
        page = writer.press(button, page, status=409, **changed)
        assert "Condition 1 can never be met, whatever the votes." in said(page)
        assert "Condition 2 can never be met, whatever the votes." in said(page)
        assert fields_of(page)["title_es"] == "La nuestra"
    assert db.session.query(RuleVersion).count() == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"passing-0-share": "two thirds"}, "Write a part from 0 to 1, such as 2/3."),
        ({"passing-0-share": "3/2"}, "Write a part from 0 to 1, such as 2/3."),
        ({"passing-0-base": "fixed"}, "Write a number."),
        ({"passing-0-at_least": "many"}, "Write a number."),
        ({"passing-0-attribute": "kind"}, "Write which one, as it stands on the roll."),
        ({"passing-0-measure": "groups", "passing-0-inner_share": ""}, "Write a part from 0 to 1, such as 2/3."),
        ({"cites": ""}, "Cite the article of the statutes."),
        ({"key": "Our Rule"}, "Use small letters, digits and hyphens."),
        ({"in_force_from": ""}, "Give the first day."),
        ({"trial-size": "0"}, "A number from 1 to 500."),
    ],
)  # fmt: skip
def test_what_a_sentence_lacks_is_said_beside_its_field_and_summed_up(
    app: Flask, client: FlaskClient, changes: dict[str, str], sentence: str
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.press("save", writer.source(NEW), status=422, **{**OURS, **changes})
    assert page.count(sentence) == 2
    field = re.search(rf'href="#([\w-]+)">{re.escape(sentence)}', page)
    assert field is not None
    assert f'id="{field[1]}"' in page


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0,6", "3/5"), ("66%", "33/50"), ("66,5 %", "133/200"), (" 100% ", "1"), ("2/3", "2/3"), ("0.55", "0.55"),
        ("1,000", None), ("120%", None), ("6,6,%", None),
    ],
)  # fmt: skip
def test_a_part_may_be_typed_with_a_decimal_comma_or_in_percent(
    app: Flask, client: FlaskClient, typed: str, kept: str | None
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    given = {**OURS, "passing-0-share": typed, "passing-0-cmp": ">=", "passing-0-at_least": "1"}
    page = writer.press("save", writer.source(NEW), status=200 if kept else 422, **given)
    if kept:
        assert only_rule().content["pass"]["all"][0]["share"] == kept
    else:
        assert "Write a part from 0 to 1, such as 2/3." in page


@pytest.mark.parametrize("kind", ["decision", "calls", "roll"])
def test_a_button_of_the_editor_leads_to_what_it_adds_or_to_what_follows(
    app: Flask, client: FlaskClient, kind: str
) -> None:
    _, secretary, _ = body()
    url = NEW if kind == "decision" else f"{NEW}/{kind}"
    writer = Writer(client, secretary)
    page, pressed = writer.source(url), 0
    for act in ("add", "add", "take"):
        for button, leads in re.findall(rf'value="({act}:[\w:]+)" formaction="#([\w-]+)"', page):
            page, pressed = writer.press(button, page, url), pressed + 1
            assert page.count(f'id="{leads}"') == 1, (button, leads)
    assert pressed >= 4
    assert re.findall(r'value="(?:add|take):[\w:]+">', page) == []


def test_a_draft_says_from_when_it_would_be_in_force(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    shown = said(writer.press("save", writer.source(NEW), **OURS))
    assert "If it is approved version 1, would be in force from 1 January 2026" in shown


def test_a_trial_tells_that_a_casting_vote_could_adopt_with_exactly_the_part_to_exceed(
    app: Flask, client: FlaskClient
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    told = "casting vote could adopt with exactly that part"
    of = {**OURS, "trial-size": "30", "passing-0-cmp": ">", "passing-0-share": "2/3"}
    assert told in said(writer.press("trial", writer.source(NEW), **of, tie="casting_vote"))
    assert told not in said(writer.press("trial", writer.source(NEW), **of, tie="rejected"))
    half = {**of, "passing-0-share": "1/2"}
    assert told not in said(writer.press("trial", writer.source(NEW), **half, tie="casting_vote"))


def test_a_second_call_says_how_long_it_waits_and_a_rule_has_a_sentence(
    app: Flask, client: FlaskClient
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.press("add:call", writer.press("add:call", writer.source(NEW), **OURS))
    assert "Give the time to wait." in writer.press("save", page, status=422)
    assert ">Waits after the call before it</label>" in page
    page = writer.press("take:passing:0", writer.source(NEW))
    assert "Write at least one sentence." in writer.press("save", page, status=422, **OURS)


def test_the_language_changes_half_way_without_losing_a_sentence(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.press("add:passing", writer.source(NEW), **OURS, **{"passing-0-share": "3/5"})
    with time_machine.travel(writer.at, tick=False):
        answer = client.post(NEW, data={**fields_of(page), "read_in": "fr"})
    assert answer.status_code == 200
    kept = fields_of(answer.get_data(as_text=True))
    assert (kept["passing-0-share"], kept["key"], "passing-1-share" in kept) == ("3/5", "ours", True)


def test_a_trial_beside_the_editor_is_made_of_what_is_typed(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    page = writer.press("trial", writer.source(NEW), **OURS)
    assert "Tried on the 3 members of this body today." in said(page)
    assert "The least that passes if all vote: 2 in favour of 3." in said(page)
    page = writer.press(
        "trial",
        page,
        **{"trial-size": "10", "passing-0-cmp": ">=", "passing-0-share": "2/3", "passing-0-at_least": "1"},
    )
    assert "The least that passes if all vote: 7 in favour of 10." in said(page)
    assert "votes go furthest" not in said(page)
    page = writer.press("trial", page, **{"passing-0-attribute": "country", "passing-0-value": "GT"})
    assert "They are those whose votes go furthest under this rule" in said(page)
    assert db.session.query(RuleVersion).count() == 0


def test_a_draft_is_changed_and_then_somebody_else_approves_it(app: Flask, client: FlaskClient) -> None:
    made, secretary, president = body()
    second = people.actor(Role.SECRETARY, network=made)
    db.session.commit()
    writer = Writer(client, secretary)
    writer.press("save", writer.source(NEW), **OURS)
    id = only_rule().id
    own = Desk(client, secretary).read(f"/rules/{id}")
    assert "Before it can be approved" in own
    assert "Approve the rule" not in own
    writer = Writer(client, second)
    page = writer.source(f"/a/rules/{id}/edit")
    assert fields_of(page)["cites"] == "Estatutos, art. 31"
    writer.press("save", page, f"/a/rules/{id}/edit", cites="Estatutos, art. 32", key="another")
    row = only_rule()
    assert (row.cites, row.key, row.written_by_id) == ("Estatutos, art. 32", "ours", second.person_id)
    assert Desk(client, second).send(f"/a/rules/{id}/approve", 409).count("Ask") >= 1
    Desk(client, president).send(f"/a/rules/{id}/approve")
    assert only_rule().state == "in_force"
    writer = Writer(client, secretary)
    late = writer.press("save", writer.source(f"/a/rules/{id}/edit"), f"/a/rules/{id}/edit", 409, cites="x")
    assert "in_force" not in said(late)
    assert only_rule().cites == "Estatutos, art. 32"


def test_another_text_than_the_one_on_the_page_is_not_approved(app: Flask, client: FlaskClient) -> None:
    _, secretary, president = body()
    writer = Writer(client, secretary)
    writer.press("save", writer.source(NEW), **OURS)
    id = only_rule().id
    answer = Desk(client, president).send(f"/a/rules/{id}/approve", 409, sha256="0" * 64)
    assert "The rule is not the one that was frozen." in answer
    assert only_rule().state == "draft"


def test_the_next_version_begins_with_the_sentences_of_the_one_in_force(
    app: Flask, client: FlaskClient
) -> None:
    made, secretary, president = body()
    first = rules.in_book(made, {**make.rule("two-thirds"), "id": "ours"}, key="ours")
    db.session.commit()
    url = f"{NEW}?version={first.id}"
    assert url in Desk(client, secretary).source(f"/rules/{first.id}")
    writer = Writer(client, secretary)
    page = writer.source(url)
    assert (fields_of(page)["key"], fields_of(page)["passing-0-share"]) == ("ours", "2/3")
    writer.press("save", page, url, in_force_from="2026-11-20", **{"passing-0-share": "3/4"})
    newer = db.session.query(RuleVersion).filter_by(version=2).one()
    Desk(client, president).send(f"/a/rules/{newer.id}/approve")
    book = Desk(client, secretary).read(f"/rules/bodies/{made.id}")
    assert "version 2, in force from 20 November 2026" in book
    assert "version 1, in force from 1 January 2020 to 19 November 2026" in book


def test_a_rule_that_says_more_than_sentences_is_not_said_by_halves(app: Flask, client: FlaskClient) -> None:
    made, secretary, _ = body()
    content = make.rule("double-majority")
    content["pass"]["all"][1]["group_weights"] = {"GT": "1/2"}
    row = rules.in_book(made, content)
    db.session.commit()
    page = Desk(client, secretary).read(f"{NEW}?version={row.id}")
    assert "This rule says more than the sentences of this page can." in page
    assert fields_of(Desk(client, secretary).source(f"{NEW}?version={row.id}")).keys() <= {"csrf_token"}


@pytest.mark.parametrize(
    ("kind", "content", "status", "sentence"),
    [
        ("decision", make.rule("double-majority"), 200, "The draft is kept."),
        ("calls", calls_rule(), 200, "The draft is kept."),
        ("calls", {**calls_rule(), "calls": [{"call": 1, "all": []}, {"call": 2, "all": []}]}, 409, "Call 2 does not say how long it waits"),
        ("decision", {"choices": []}, 409, 'the key "pass" is missing'),
        ("calls", {}, 409, 'the key "convened_by" is missing'),
        ("roll", [1], 409, "The file holds no object."),
        ("decision", {**make.rule(), "tie": "casting_vote", "pass": {"all": [{**make.rule()["pass"]["all"][0], "cmp": ">="}]}}, 409, "there is no tie"),
    ],
)  # fmt: skip
def test_a_rule_from_a_file(
    app: Flask, client: FlaskClient, kind: str, content: Any, status: int, sentence: str
) -> None:
    _, secretary, _ = body()
    upload = (io.BytesIO(json.dumps(content).encode()), "rule.json")
    page = Desk(client, secretary).send("/a/rules/file", status, **OURS, kind=kind, rule_file=upload)
    assert sentence in page.replace("&#34;", '"')
    assert db.session.query(RuleVersion).count() == (status == 200)


def test_a_rule_in_force_is_withdrawn_with_a_reason_and_a_draft_given_up(
    app: Flask, client: FlaskClient
) -> None:
    made, secretary, president = body()
    row = rules.in_book(made, make.rule())
    db.session.commit()
    Desk(client, president).send(f"/a/rules/{row.id}/withdraw", 422, reason="")
    Desk(client, president).send(
        f"/a/rules/{row.id}/withdraw", reason="La asamblea la derogó.", from_day="2026-12-01"
    )
    assert (only_rule().state, str(only_rule().in_force_until)) == ("withdrawn", "2026-12-01")
    writer = Writer(client, secretary)
    writer.press("save", writer.source(NEW), **OURS)
    draft = db.session.query(RuleVersion).filter_by(key="ours").one()
    Desk(client, secretary).send(f"/a/rules/{draft.id}/withdraw", reason="Otra redacción.")
    db.session.expire_all()
    assert db.session.get_one(RuleVersion, draft.id).state == "withdrawn"


def test_everybody_reads_what_was_approved_and_by_which_votes_it_was_used(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(3)
    vote = make.convened(hall)
    db.session.commit()
    writer = Writer(client, hall.secretary)
    writer.press("save", writer.source(NEW), **OURS)
    row = db.session.query(RuleVersion).filter_by(key="ours").one()
    for reader, sees in (
        (None, False),
        (hall.delegates[0], False),
        (hall.committee, True),
        (people.actor(Role.AUDITOR), True),
    ):
        db.session.commit()
        desk = Desk(client, reader)  # type: ignore[arg-type]
        book = desk.read(f"/rules/bodies/{hall.body.id}")
        assert vote.code in book
        assert ("Ours" in book) is sees
        desk.read(f"/rules/{row.id}", 200 if sees else 404)
        desk.read(f"/rules/{row.id}/rule.json", 200 if sees else 404)
    used = vote.rule_version_id
    for reader, path in ((hall.president, f"/a/votes/{vote.id}"), (None, f"/results/{vote.id}")):
        assert f'href="/rules/{used}"' in Desk(client, reader).source(path)  # type: ignore[arg-type]
    page = Desk(client, None).read(f"/rules/{used}")  # type: ignore[arg-type]
    assert "Votes by this version" in page
    assert client.get(f"/rules/{used}/rule.json").get_data(as_text=True) == canonical_json(vote.rule)
    assert hall.body.names["en"] in Desk(client, None).read("/rules")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "status", "sentence"),
    [
        ("", 200, "Tried on the 3 members of this body today."),
        ("?size=1&call=1", 200, "Tried on one made-up organisation."),
        ("?size=500&call=2", 200, "Call 2."),
        ("?size=501", 422, "A number from 1 to 500."),
        ("?size=x", 422, "Not a valid integer value."),
        ("?call=3", 422, "The rule has no such call."),
    ],
)  # fmt: skip
def test_a_rule_is_tried_by_anybody(
    app: Flask, client: FlaskClient, asked: str, status: int, sentence: str
) -> None:
    made, _, _ = body()
    row = rules.in_book(made, make.rule("first-and-second-call"))
    other = rules.in_book(made, calls_rule(), kind="calls")
    db.session.commit()
    assert sentence in Desk(client, None).read(f"/rules/{row.id}/trial{asked}", status)  # type: ignore[arg-type]
    Desk(client, None).read(f"/rules/{other.id}/trial", 404)  # type: ignore[arg-type]
    assert "notice_days" not in Desk(client, None).read(f"/rules/{other.id}")  # type: ignore[arg-type]


def test_in_other_bodies_there_is_nothing_to_write(app: Flask, client: FlaskClient) -> None:
    made, _, _ = body()
    _, elsewhere, president = body()
    row = rules.in_book(made, make.rule())
    db.session.commit()
    for who, path in ((elsewhere, "edit"), (president, "approve"), (president, "withdraw")):
        Desk(client, who).read(f"/a/rules/{row.id}/{path}", 404)
    assert fields_of(Desk(client, elsewhere).source(f"{NEW}?version={row.id}"))["key"] == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("La propuesta se aprueba cuando", "Libro de reglas", "Nada en ella se contradice.", "los votos a favor y en contra")),
        ("pt", ("A proposta é aprovada quando", "Livro de regras", "Nada nela se contradiz.", "os votos a favor e contra")),
        ("fr", ("La proposition est adoptée quand", "Recueil de règles", "Rien en elle ne se contredit.", "les votes pour et contre")),
    ],
)  # fmt: skip
def test_the_sentences_are_in_the_reader_s_language(
    app: Flask, client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    _, secretary, _ = body()
    writer = Writer(client, secretary)
    with time_machine.travel(writer.at, tick=False), client.session_transaction() as session:
        session["language"] = language
    page = writer.press("show", writer.source(NEW), **OURS)
    for word in words:
        assert word in said(page)


def test_the_page_of_a_vote_s_terms_leads_to_the_book_when_it_is_empty(
    app: Flask, client: FlaskClient
) -> None:
    hall = make.hall(2, book=False)
    db.session.commit()
    page = Desk(client, hall.secretary).read(f"/a/dossiers/{hall.dossier.id}/vote")
    assert "The rule book of this body has no decision rule in force yet." in page
