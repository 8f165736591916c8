"""The editors of calls, representation and the roll in the browser: written, read back in words, refused, approved."""

from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consultations.extensions import db
from consultations.models.organisations import Membership, Network, Organisation
from consultations.models.rule_books import RuleVersion
from tests.factories import assemblies as make
from tests.factories import rules
from tests.web.test_assembly import Desk
from tests.web.test_rule_books import OURS, Writer, body, fields_of, only_rule, said
from workflows.kind_presets import KINDS, kind_preset, kind_preset_names

SHIPPED = [(kind, name) for kind in KINDS for name in kind_preset_names(kind)]
WORDS = {
    "calls": "Call 1. Those present in person or by proxy must be more than half of the electoral roll.",
    "representation": "An organisation votes by its delegate, or by the first of 2 alternates who is there.",
    "roll": "All members of the body are on the roll. They are in good standing. Each has one vote.",
}


def weigh(of: Network, members: str) -> None:
    """The register says how many members each organisation of the body has."""
    query = db.session.query(Organisation).join(Membership).filter(Membership.network_id == of.id)
    for organisation in query:
        organisation.weights = {"members": members}
    db.session.commit()


def words_of(page: str) -> str:
    """What the preview says."""
    return said(page[page.index('id="words"') : page.index('id="typed"')])


@pytest.mark.parametrize(("kind", "name"), SHIPPED)
def test_every_rule_that_ships_goes_from_the_list_through_approval_to_the_form_of_an_assembly(
    app: Flask, client: FlaskClient, kind: str, name: str
) -> None:
    _, secretary, president = body(more=1)  # of three members each has more than 30 %
    url = f"/a/rules/new/{kind}?preset={name}"
    writer = Writer(client, secretary)
    assert url in writer.source("/a/rules")
    writer.press("save", writer.source(url), url, in_force_from="2026-01-01")
    row = only_rule()
    assert (row.kind, row.key, row.state, row.content) == (kind, name, "draft", kind_preset(kind, name))
    Desk(client, president).send(f"/a/rules/{row.id}/approve")
    assert only_rule().state == "in_force"
    form = Desk(client, secretary).read("/a/assemblies/new")
    assert row.titles["en"] in form


@pytest.mark.parametrize("kind", KINDS)
def test_a_rule_that_is_kept_as_the_form_begins_reads_in_words(
    app: Flask, client: FlaskClient, kind: str
) -> None:
    _, secretary, president = body()
    url = f"/a/rules/new/{kind}"
    writer = Writer(client, secretary)
    page = writer.press("show", writer.source(url), url, **OURS)
    assert WORDS[kind] in words_of(page)
    assert "Nothing in it contradicts itself." in words_of(page)
    writer.press("save", page, url)
    row = only_rule()
    for reader in (secretary, president):
        assert WORDS[kind] in Desk(client, reader).read(f"/rules/{row.id}")
    assert WORDS[kind] in Desk(client, president).read(f"/a/rules/{row.id}/approve")


def test_a_call_may_have_alternatives_and_reads_so(app: Flask, client: FlaskClient) -> None:
    """The sentences of a call are joined by "or" where its form says so, beside others that must hold."""
    _, secretary, _ = body()
    url = "/a/rules/new/calls"
    writer = Writer(client, secretary)
    page = writer.press("add:line:0", writer.source(url), url, **OURS)
    page = writer.press("add:line:0", page, url)
    page = writer.press(
        "show", page, url,
        **{"calls-0-lines-2-joined": "or", "calls-0-lines-1-share": "1/10", "calls-0-lines-2-share": "1/4",
           "calls-0-lines-1-measure": "weight", "calls-0-lines-1-base": "fixed", "calls-0-lines-1-fixed": "1000",
           "calls-0-lines-2-measure": "weight", "calls-0-lines-0-share": "1/5"},
    )  # fmt: skip
    assert "Call 1." in words_of(page)
    assert words_of(page).count("One of these is enough:") == 1
    writer.press("save", page, url)
    asked = only_rule().content["calls"][0]["all"]
    assert [list(one) == ["any"] for one in asked] == [False, True]
    assert [one["share"] for one in asked[1]["any"]] == ["1/10", "1/4"]


def test_calls_are_written_with_a_ladder_a_window_and_a_bound(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    url = "/a/rules/new/calls"
    writer = Writer(client, secretary)
    page = writer.press("add:call", writer.source(url), url, **OURS)
    page = writer.press("add:line:1", page, url)
    begun = fields_of(page)
    assert (begun["calls-1-lines-0-count"], begun["calls-1-lines-0-base"]) == ("represented", "roll")
    page = writer.press(
        "show", page, url, **{
            "calls-1-wait": "30", "calls-1-unit": "minutes", "calls-1-lines-0-share": "1/10", "clear_days": "y", "on_request": "1/5",
            "postponement": "2", "postponement_unit": "weeks", "every": "1", "from_day": "1", "from_month": "01", "to_day": "31",
            "to_month": "03",
        },
    )  # fmt: skip
    words = words_of(page)
    for sentence in (
        "Members who are 1/5 of all may ask for an assembly.",
        "Neither the day of the call nor that of the assembly counts.",
        "Call 2. 30 minutes after the call before it. Those present in person or by proxy must be more than 10% of the electoral roll.",
        "It may be put off by at most 2 weeks.",
        "An ordinary assembly is owed every 1 year, from 1 January to 31 March.",
    ):
        assert sentence in words
    writer.press("save", page, url)
    content = only_rule().content
    assert content["annual"] == {"every": "P1Y", "window": {"from": "01-01", "to": "03-31"}}
    assert [(call["call"], call.get("after")) for call in content["calls"]] == [(1, None), (2, "PT30M")]
    assert content["max_postponement"] == "P2W"


CONTRADICTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("calls", {"calls-1-wait": "1", "calls-1-lines-0-share": "2/3"}, "The quorum of call 2 asks as much as that of the call before it"),
    ("calls", {"calls-1-wait": "1", "calls-1-lines-0-share": "1/3", "every": "6", "every_unit": "months", "from_day": "1", "from_month": "01", "to_day": "2", "to_month": "01"}, "its period is not a number of years"),
    ("representation", {"allowed": "yes", "share": "1"}, "this bound changes nothing"),
    ("roll", {"cap": "share", "cap_number": "1/10"}, "The cap changes nothing"),
    ("roll", {"weight": "field", "field": "members", "cap": "share", "cap_number": "1/4"}, "With 3 organisations on the roll, not all of them can stay within 1/4 of the total."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "sentence"), CONTRADICTIONS)
def test_a_rule_that_contradicts_itself_is_refused_with_reasons_and_not_kept(
    app: Flask, client: FlaskClient, kind: str, fields: dict[str, Any], sentence: str
) -> None:
    made, secretary, _ = body()
    weigh(made, "10")
    url = f"/a/rules/new/{kind}"
    writer = Writer(client, secretary)
    page = writer.source(url)
    if kind == "calls":
        page = writer.press("add:line:1", writer.press("add:call", page, url), url)
    page = writer.press("save", page, url, 409, **OURS, **fields)
    assert sentence in said(page)
    assert db.session.query(RuleVersion).count() == 0


MISSING: list[tuple[str, dict[str, Any], str]] = [
    ("calls", {"convened_by": None}, "Choose who may convene."),
    ("calls", {"on_request": "all"}, "Write a part, such as 1/10."),
    ("calls", {"ordinary": "366"}, "A number from 0 to 365."),
    ("calls", {"from_day": "1"}, "Give both days with their months, or leave them all empty."),
    ("calls", {"from_day": "1", "from_month": "01", "to_day": "2", "to_month": "01"}, "Write how often it is owed"),
    ("calls", {"every": "1", "from_day": "31", "from_month": "04", "to_day": "2", "to_month": "05"}, "This month has no such day."),
    ("representation", {"voter": "themselves"}, "Without delegates there are no alternates: write 0."),
    ("representation", {"per_holder": "2"}, "Proxies are not allowed: leave “One organisation holds at most so many” empty."),
    ("representation", {"allowed": "yes", "own_weight": "y"}, "Give the part, or leave this out."),
    ("representation", {"allowed": "yes", "share": "3/2"}, "Write a part, such as 1/10."),
    ("representation", {"allowed": "yes", "scope": None}, "Choose at least one."),
    ("roll", {"weight": "field"}, "Write which number of the register."),
    ("roll", {"field": "members"}, "Everybody weighs 1: leave this empty."),
    ("roll", {"weight": "bands", "field": "members"}, "Write at least one band."),
    ("roll", {"cap": "most"}, "Write a number."),
    ("roll", {"cap": "both", "cap_number": "1/3"}, "Write a number."),
    ("roll", {"cap": "both", "cap_number": "3", "cap_most": "3"}, "Write a part from 0 to 1, such as 2/3."),
    ("roll", {"cap": "share", "cap_number": "1/3", "cap_most": "3"}, "Only one of them binds: leave this empty."),
    ("roll", {"cap_number": "3"}, "There is no cap: leave this empty."),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "fields", "sentence"), MISSING)
def test_what_a_sentence_lacks_is_said_beside_it(
    app: Flask, client: FlaskClient, kind: str, fields: dict[str, Any], sentence: str
) -> None:
    _, secretary, _ = body()
    url = f"/a/rules/new/{kind}"
    writer = Writer(client, secretary)
    page = writer.press("save", writer.source(url), url, 422, **OURS, **fields)
    assert sentence in said(page)
    assert db.session.query(RuleVersion).count() == 0


def test_calls_without_any_call_are_not_kept(app: Flask, client: FlaskClient) -> None:
    _, secretary, _ = body()
    url = "/a/rules/new/calls"
    writer = Writer(client, secretary)
    page = writer.press("take:call:0", writer.source(url), url)
    page = writer.press("save", page, url, 422, **OURS)
    assert "Write at least the first call." in said(page)


def test_the_roll_is_written_with_bands_and_groups_and_tried_on_the_members(
    app: Flask, client: FlaskClient
) -> None:
    made, secretary, _ = body()
    weigh(made, "60")
    url = "/a/rules/new/roll"
    writer = Writer(client, secretary)
    page = writer.source(url)
    for button in ("add:band", "add:band", "add:group"):
        page = writer.press(button, page, url, **OURS)
    page = writer.press("take:band:2", writer.press("add:band", page, url), url)
    page = writer.press(
        "show", page, url, **{
            "weight": "bands", "field": "members", "bands-0-first": "0", "bands-0-last": "50", "bands-0-weight": "1",
            "bands-1-first": "51", "bands-1-weight": "3/2", "groups-0-by": "kind", "groups-0-attribute": "class",
        },
    )  # fmt: skip
    assert (
        "From 0 to 50: weight 1. From 51 on: weight 3/2. Groups by kind of organisation are called “class”."
        in words_of(page)
    )
    grouped = writer.press("show", page, url, **{"groups-0-by": "country", "groups-0-attribute": "country"})
    assert "Organisations are grouped by country." in words_of(grouped)
    assert "3 members would be on it; 0 would be left out." in said(page)
    writer.press("save", page, url)
    assert only_rule().content["weight"]["bands"][1] == {"from": "51", "to": None, "weight": "3/2"}


def test_what_the_register_lacks_for_a_roll_is_told_and_does_not_keep_the_rule_out(
    app: Flask, client: FlaskClient
) -> None:
    _, secretary, _ = body()
    url = "/a/rules/new/roll"
    writer = Writer(client, secretary)
    page = writer.press("show", writer.source(url), url, **OURS, weight="field", field="hectares")
    assert "Today there can be no roll by this rule" in said(page)
    writer.press("save", page, url)
    assert only_rule().content["weight"] == {"by": "field", "field": "hectares"}


def test_a_draft_is_changed_by_its_own_editor_and_a_next_version_begins_with_its_sentences(
    app: Flask, client: FlaskClient
) -> None:
    made, secretary, president = body()
    first = rules.in_book(made, make.representation_rule(), kind="representation", key="ours")
    db.session.commit()
    url = f"/a/rules/new/representation?version={first.id}"
    assert url in Desk(client, secretary).source(f"/rules/{first.id}")
    writer = Writer(client, secretary)
    page = writer.source(url)
    assert (fields_of(page)["per_holder"], fields_of(page)["key"]) == ("2", "ours")
    writer.press("save", page, url, per_holder="3", in_force_from="2026-11-20", title_es="Representación")
    newer = db.session.query(RuleVersion).filter_by(version=2).one()
    edit = f"/a/rules/{newer.id}/edit"
    writer.press("save", writer.source(edit), edit, per_holder="4")
    db.session.expire_all()
    assert newer.content["proxies"]["per_holder"] == 4
    Desk(client, president).send(f"/a/rules/{newer.id}/approve")
    db.session.expire_all()
    assert (first.state, newer.state) == ("superseded", "in_force")


def test_a_rule_that_says_more_than_the_sentences_is_not_said_by_halves(
    app: Flask, client: FlaskClient
) -> None:
    made, secretary, _ = body()
    row = rules.in_book(made, make.calls_rule(max_postponement="P1M2D"), kind="calls")
    db.session.commit()
    page = Desk(client, secretary).read(f"/a/rules/new/calls?version={row.id}")
    assert "This rule says more than the sentences of this page can." in page
    assert "It may be put off by at most 1 month, 2 days." in Desk(client, secretary).read(f"/rules/{row.id}")


def test_the_book_names_the_assemblies_that_were_held_by_a_version(app: Flask, client: FlaskClient) -> None:
    hall = make.hall(3)
    assembly = make.convened(hall)
    db.session.commit()
    row = db.session.query(RuleVersion).filter_by(sha256=assembly.roll_rule_sha256).one()
    for page in (f"/rules/bodies/{hall.body.id}", f"/rules/{row.id}"):
        assert assembly.code in Desk(client, None).read(page)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("es", ("La reunión la convoca", "Convocatoria 1.", "Nadie vota por poder.", "Cada una tiene un voto.")),
        ("pt", ("A reunião é convocada", "Convocação 1.", "Ninguém vota por procuração.", "Cada uma tem um voto.")),
        ("fr", ("La réunion est convoquée", "Convocation 1.", "Personne ne vote par procuration.", "Chacune a une voix.")),
    ],
)  # fmt: skip
def test_the_sentences_are_in_the_reader_s_language(
    app: Flask, client: FlaskClient, language: str, words: tuple[str, ...]
) -> None:
    _, secretary, _ = body()
    writer: Any = Writer(client, secretary)
    with time_machine.travel(writer.at, tick=False), client.session_transaction() as session:
        session["language"] = language
    pages = [
        writer.press("show", writer.source(f"/a/rules/new/{kind}"), f"/a/rules/new/{kind}", **OURS)
        for kind in KINDS
    ]
    for word in words:
        assert any(word in words_of(page) for page in pages), word
