"""The register of a round as it is counted, and what of it may be published."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from consultations.engine import comments, on_behalf, rounds, workshops
from consultations.engine.on_behalf import Received
from consultations.extensions import db
from consultations.facts.participation import (
    Attended,
    Line,
    affected,
    attended,
    counted,
    crossed,
    lines,
    standing_in,
)
from consultations.facts.published_participation import Place, of_lines, published
from consultations.facts.small_cells import answers_hidden
from consultations.models.organisations import NetworkKind
from consultations.models.outreach import Outreach
from consultations.models.rounds import RegisterEntry
from consultations.models.standards import Node
from tests.factories import people
from tests.factories import rounds as make
from tests.factories.populations import left_open
from tests.factories.workshops import HELD
from workflows.participation import Standing
from workflows.suppression import LEAST, bounds, publish, summed
from workflows.suppression_together import Form, Together

DAY = make.OPENS_AT + timedelta(days=10)
WORDS = {"type": "general", "stance": "for", "text": "Uno.", "language": "es"}


def entry(round_id: int, organisation_id: int) -> RegisterEntry:
    return db.session.scalars(
        select(RegisterEntry).filter_by(round_id=round_id, organisation_id=organisation_id)
    ).one()


def test_the_register_is_frozen_with_every_axis(app: Flask) -> None:
    house = make.house(organisations=1)
    one = house.organisations[0]
    one.products, one.members_count, one.language = ["cafe", "miel"], 120, "fr"
    db.session.flush()
    kept = entry(make.at_stage(house, "approved").id, one.id)
    assert (kept.products, kept.members_count, kept.language) == (["cafe", "miel"], 120, "fr")


def test_everybody_has_one_status_and_a_place_on_every_axis(app: Flask) -> None:
    house = make.house(organisations=7)
    orgs = house.organisations
    people.network(NetworkKind.REGIONAL, code="CAM", members=orgs[:2])
    people.network(NetworkKind.PRODUCT, code="CAFE", members=orgs[:1])
    orgs[0].products, orgs[0].members_count = ["cafe"], 60
    silent = people.organisation(name="Zz sin delegado", country="HT", language="fr")
    round = make.at_stage(house, "open")
    sent = comments.enter(
        round.id, None, client_uuid="u-1", submit=True, by=house.delegates[0], at=DAY, **WORDS
    )
    comments.enter(round.id, None, client_uuid="u-2", submit=False, by=house.delegates[1], at=DAY, **WORDS)
    comments.declare_no_comment(round.id, by=house.delegates[2], at=DAY)
    entry(round.id, orgs[3].id).declined_at = DAY
    entry(round.id, orgs[4].id).bounced_at = DAY
    entry(round.id, orgs[5].id).seen_at = DAY
    on_behalf.no_comment(round.id, orgs[6].id, Received(), by=house.unit, at=DAY)
    db.session.flush()
    found = {line.organisation_id: line for line in lines(round.id, at=DAY)}
    assert [found[one.id].status for one in (*orgs, silent)] == [
        "answered", "drafting", "no_comment", "declined", "bounced", "seen", "no_comment", "not_reached",
    ]  # fmt: skip
    assert [found[one.id].part for one in orgs[:3]] == ["commented", "silent", "no_comment"]
    assert found[orgs[0].id].places == {
        "country": ("GT",), "region": ("CAM",), "network": ("CAFE", "CN-GT"), "product": ("cafe",), "kind": ("spo",),
        "size": ("50-199",), "language": ("es",), "channel": ("web",),
    }  # fmt: skip
    assert found[orgs[6].id].places["channel"] == ("paper",)
    assert (found[silent.id].places["region"], found[silent.id].places["size"]) == ((), ("",))
    comments.withdraw(sent.id, by=house.delegates[0], at=DAY)
    assert {line.status for line in lines(round.id, at=DAY) if line.organisation_id == orgs[0].id} == {
        "invited"
    }


def test_the_outreach_log_feeds_the_status_from_the_closest_attempt(app: Flask) -> None:
    house = make.house(organisations=3)
    group = people.network(NetworkKind.PRODUCT, code="CAFE", members=house.organisations[:2])
    round = make.at_stage(house, "open")
    for reached, organisation, network in (
        (True, None, None), (False, None, group.id), (True, house.organisations[0].id, None),
    ):  # fmt: skip
        db.session.add(
            Outreach(round_id=round.id, organisation_id=organisation, network_id=network, channel="radio", reached=reached, made_at=DAY)
        )  # fmt: skip
    db.session.flush()
    found = {line.organisation_id: line.status for line in lines(round.id, at=DAY)}
    assert [found[one.id] for one in house.organisations] == ["delivered", "not_reached", "delivered"]


@pytest.mark.parametrize("organisations", [2, 9])
def test_the_statements_are_as_many_however_many_are_asked(app: Flask, organisations: int) -> None:
    house = make.house(organisations=organisations)
    round = make.at_stage(house, "open")
    for n, by in enumerate(house.delegates):
        comments.enter(round.id, None, client_uuid=f"u-{n}", submit=bool(n % 2), by=by, at=DAY, **WORDS)
    statements: list[str] = []

    def listener(*args: object) -> None:
        statements.append(str(args[2]))

    event.listen(db.engine, "before_cursor_execute", listener)
    published(round.id, at=DAY)
    event.remove(db.engine, "before_cursor_execute", listener)
    assert len(statements) == 10


def line(
    n: int,
    part: str,
    *,
    status: str = "",
    country: str = "GT",
    region: str = "CAM",
    ways: tuple[str, ...] = (),
) -> Line:
    told = Standing(
        status or {"commented": "answered", "questions_only": "answered", "silent": "invited"}.get(part, part)
    )
    return Line(
        n, f"O{n}", told, part,
        {"country": (country,), "region": (region,), "network": ("A", "B"), "product": (), "kind": ("spo",), "size": ("",),
         "language": ("es",), "channel": ways},
    )  # fmt: skip


def many(*groups: tuple[int, dict]) -> tuple[Line, ...]:
    return tuple(
        line(10000 * g + n, **values) for g, (count, values) in enumerate(groups) for n in range(count)
    )


def test_what_is_counted_by_an_axis_and_by_two() -> None:
    found = many((3, {"part": "commented"}), (2, {"part": "silent", "country": "PE"}))
    assert counted(found, "country") == {"GT": {"answered": 3}, "PE": {"invited": 2}}
    assert counted(found, "network")["B"].total() == 5
    assert counted(found, "product") == {"": {"answered": 3, "invited": 2}}
    assert crossed(found, "country", "language") == {("GT", "es"): (3, 3), ("PE", "es"): (0, 2)}
    assert [
        len(standing_in(found, place))
        for place in ({"country": "PE"}, {"country": "PE", "network": "C"}, {"odd": "x"})
    ] == [2, 0, 5]


def test_small_countries_are_hidden_with_one_more_and_their_region() -> None:
    found = many(
        (30, {"part": "commented"}), (20, {"part": "silent"}),
        (2, {"part": "commented", "country": "BZ"}), (20, {"part": "silent", "country": "BZ"}),
        (12, {"part": "commented", "country": "MX"}), (11, {"part": "silent", "country": "MX"}),
        (40, {"part": "commented", "country": "PE", "region": "AND"}), (50, {"part": "silent", "country": "PE", "region": "AND"}),
    )  # fmt: skip
    shown = of_lines(found, Attended(30, 2, 0))
    assert shown.total == Place("", 185, 84, 101)
    assert shown.tables["country"] == (
        Place("PE", 90, 40, 50), Place("GT", 50, 30, 20), Place("MX", 23, None, None), Place("BZ", 22, None, None),
    )  # fmt: skip
    assert shown.tables["region"] == (Place("AND", 90, 40, 50), Place("CAM", None, None, None))
    assert shown.tables["kind"] == (Place("spo", 185, 84, 101),)
    assert (shown.women, shown.men, shown.others, shown.hides) == (None, None, 0, True)


def test_a_language_that_is_a_country_does_not_tell_it() -> None:
    """Brazil is hidden beside Belize, and is all who speak Portuguese."""

    def speaking(*lines_of: tuple[int, str, str, str]) -> tuple[Line, ...]:
        return tuple(
            replace(one, places={**one.places, "country": (country,), "language": (language,)})
            for count, part, country, language in lines_of
            for one in many((count, {"part": part}))
        )

    asked = (
        (40, "commented", "GT", "es"), (50, "silent", "GT", "es"), (12, "commented", "BR", "pt"), (11, "silent", "BR", "pt"),
        (2, "commented", "BZ", "es"), (20, "silent", "BZ", "es"),
    )  # fmt: skip
    shown = of_lines(speaking(*asked), Attended(0, 0, 0))
    assert [row.code for row in shown.tables["country"] if not row.shown] == ["BR", "BZ"]
    assert [row.shown for row in shown.tables["language"]] == [False, False]
    # in Guatemala Portuguese is spoken too: more could be shown, but no exchange within one language and country says so
    mixed = of_lines(
        speaking(*asked, (30, "commented", "GT", "pt"), (30, "silent", "GT", "pt")), Attended(0, 0, 0)
    )
    assert [row.shown for row in mixed.tables["language"]] == [False, False]
    # Spanish is spoken in both of the others, and Portuguese is whole Brazil
    third = of_lines(
        speaking(*asked, (30, "commented", "GT", "en"), (30, "silent", "GT", "en")), Attended(0, 0, 0)
    )
    assert {row.shown for row in third.tables["language"]} == {False}
    open_ = of_lines(speaking(*asked[:4]), Attended(0, 0, 0))
    assert [(row.code, row.answered, row.asked) for row in open_.tables["language"]] == [
        ("es", 40, 90),
        ("pt", 12, 23),
    ]


def test_when_the_silent_are_few_no_table_says_where() -> None:
    found = many(
        (30, {"part": "commented", "ways": ("web",)}),
        (40, {"part": "commented", "country": "PE", "ways": ("paper",)}),
        (3, {"part": "silent", "country": "PE"}),
    )
    shown = of_lines(found, Attended(0, 0, 0))
    assert shown.total == Place("", 73, None, None)
    assert {count for _, count in shown.ways} == {None}  # they add up to those who answered
    assert {row.shown for row in shown.tables["country"]} == {False}


PLACES = st.tuples(
    st.sampled_from(["GT", "PE", "BZ", "MX"]),
    st.sampled_from(["spo", "workers"]),
    st.sampled_from(["", "1-49", "50-199"]),
    st.sampled_from(["es", "en", "pt"]),
)
REGIONS = {"GT": "CAM", "BZ": "CAM", "MX": "CAM", "PE": "AND"}
AXES = ("country", "kind", "size", "language")


@given(
    st.lists(
        st.tuples(
            PLACES, st.sampled_from(["commented", "no_comment", "questions_only", "silent"]),
            st.one_of(st.integers(1, 4), st.integers(1, 30)),
        ),
        max_size=12,
    )
)  # fmt: skip
@example(
    [(("GT", "spo", "1-49", "es"), "commented", 1), (("GT", "spo", "50-199", "es"), "commented", 1), (("PE", "spo", "", "es"), "commented", 3)]
)  # fmt: skip
# Belize is three of those who speak English, and Mexico is hidden beside it.
@example(
    [
        (("BZ", "spo", "", "en"), "commented", 2), (("BZ", "spo", "", "en"), "silent", 1), (("GT", "spo", "", "en"), "commented", 20),
        (("GT", "spo", "", "en"), "silent", 20), (("PE", "spo", "", "es"), "commented", 30), (("PE", "spo", "", "es"), "silent", 30),
        (("MX", "spo", "", "es"), "commented", 12), (("MX", "spo", "", "es"), "silent", 12),
    ]
)  # fmt: skip
@settings(max_examples=100, deadline=None)
def test_nothing_hidden_can_be_worked_out_from_all_that_is_published(groups: list) -> None:
    """Of all populations of whole people that give every figure shown, on whatever table, two differ by five at each hidden one."""
    found = tuple(
        replace(one, places={**one.places, **{axis: (place,) for axis, place in zip(AXES, places, strict=True)}})
        for g, (places, part, count) in enumerate(groups)
        for one in (line(1000 * g + n, part, region=REGIONS[places[0]]) for n in range(count))
    )  # fmt: skip
    shown = of_lines(found, Attended(0, 0, 0))
    rows = [row for axis in AXES for row in shown.tables[axis]]
    assert not [value for row in (*rows, shown.total) for value in (row.asked, row.answered, row.silent) if value and value < LEAST and row.code]  # fmt: skip
    if shown.total.answered is None or not found:
        assert not any(row.shown for row in rows)
        return
    people: dict = {}
    for one in found:
        here = people.setdefault(tuple(one.places[axis][0] for axis in AXES), {"answered": 0, "silent": 0})
        here["answered" if one.spoke else "silent"] += 1
    forms = [{row.code: form(row) for row in shown.tables[axis]} for axis in AXES]
    assert left_open(Together(people, ("answered", "silent")), forms) == []
    hidden_countries = {row.code for row in shown.tables["country"] if not row.shown}
    for region in shown.tables["region"]:
        assert region.shown is hidden_countries.isdisjoint(
            code for code, within in REGIONS.items() if within == region.code
        )


def form(row: Place) -> Form:
    if row.shown:
        return Form.SHOWN
    assert (row.answered, row.silent) == (None, None)
    return Form.NOTHING if row.asked is None else Form.SUM


@pytest.mark.parametrize(
    ("parts", "gone"),
    [
        ((30, 20, 10, 40), ""),
        ((30, 3, 10, 40), "nq"),  # the silent stay: another way of answering hides it
        ((30, 3, 0, 40), "cn"),
        ((2, 3, 1, 90), "cnqs"),
        ((30, 20, 10, 3), "cnqs"),
        ((0, 0, 0, 90), ""),
        ((4, 0, 0, 90), "cnqs"),
        ((60, 4, 0, 0), "cn"),
    ],
)  # fmt: skip
def test_how_those_asked_answered_hides_the_ways_before_the_silent(parts: tuple[int, ...], gone: str) -> None:
    names = {"c": "commented", "n": "no_comment", "q": "questions_only", "s": "silent"}
    assert answers_hidden(dict(zip(names.values(), parts, strict=True))) == {names[one] for one in gone}


def test_the_cross_of_two_axes_can_be_published_too() -> None:
    found = many(
        (30, {"part": "commented"}), (20, {"part": "silent"}), (2, {"part": "commented", "country": "BZ"}),
        (9, {"part": "silent", "country": "BZ", "ways": ("web",)}), (12, {"part": "commented", "country": "PE", "ways": ("web",)}),
    )  # fmt: skip
    counts = {
        (country, way): sum(1 for one in found if one.places["country"] == (country,) and one.places["channel"] == way)
        for country in ("GT", "BZ", "PE")
        for way in ((), ("web",))
    }  # fmt: skip
    shown = publish(counts)
    assert shown.at("BZ", ()) is None
    for least, most in bounds(shown, summed(counts)).values():
        assert most is None or most - least >= LEAST


def test_who_came_is_added_up_over_the_workshops(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    assert attended(round.id) == Attended(0, 0, 0)
    for _ in range(2):
        held = workshops.hold(round.id, replace(HELD, held_on=DAY.date()), by=house.unit, at=DAY)
        for one in house.organisations[:2]:
            workshops.attend(held.id, one.id, women=4, men=2, others=1, by=house.unit, at=DAY)
    assert attended(round.id) == Attended(16, 8, 4)


def test_reminding_leaves_the_register_as_it_is(app: Flask) -> None:
    house = make.house()
    round = make.at_stage(house, "open")
    before = [line.status for line in lines(round.id, at=DAY)]
    rounds.remind(round.id, by=house.unit, at=DAY)
    assert [line.status for line in lines(round.id, at=DAY)] == before == ["invited"] * 3


@pytest.mark.parametrize(
    ("applies_to", "concerned"),
    [
        ((), []),
        (("",), [0, 1, 2]),
        (("café",), [0]),
        (("café", "workers"), [0, 2]),
        (("GT",), [0, 2]),
        (("whoever",), [0, 1, 2]),
    ],
)
def test_the_requirements_of_the_text_say_whom_it_concerns(
    app: Flask, applies_to: tuple[str, ...], concerned: list[int]
) -> None:
    house = make.house(organisations=3)  # of GT, PE, GT
    house.organisations[0].products = ["café"]
    house.organisations[2].kind = "workers"
    round = make.at_stage(house, "open")
    for node in db.session.scalars(select(Node).where(Node.version_id == round.version_id)):
        node.kind = "section"
    for place, words in enumerate(applies_to):
        db.session.add(
            Node(
                version_id=round.version_id, stable_id=f"s-{place}", position=100 + place, depth=1, kind="requirement",
                number=f"9.{place}", applies_to=words,
            )
        )  # fmt: skip
    db.session.flush()
    found = lines(round.id, at=DAY)
    ids = [one.id for one in house.organisations]
    assert sorted(map(ids.index, affected(round.id, found))) == concerned
