"""The minutes of an assembly: figures from the rows, words in versions, signed by two persons."""

from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from consultations.engine import action_points, assemblies, minutes
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import minutes as facts
from consultations.facts.minutes_versions import newest
from consultations.models.assemblies import Assembly, AssemblyMinutes
from consultations.models.people import Person
from consultations.models.presence import Interest
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import people
from tests.factories.assemblies import HOUR, STARTS
from tests.factories.minutes import CLOSED, LATER
from tests.factories.votes import Hall
from workflows.roles import Role


def told(assembly: Assembly) -> dict:
    return facts.figures(assembly, LATER)


def version(assembly: Assembly, hall: Hall, known: int = 0, **words: str) -> AssemblyMinutes:
    return minutes.make(assembly.id, words=words, known=known, by=hall.secretary, at=LATER)


def test_attendance_quorum_and_votes_are_computed(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.convened(hall, ("Presupuesto", "Informe"))
    make.proxy(assembly, hall, 3, 0)
    make.arrive(assembly, hall, 0, 1)
    assemblies.call_next(assembly.id, by=hall.president, at=STARTS)
    make.arrive(assembly, hall, 2, at=STARTS + HOUR / 2)
    assemblies.install(assembly.id, by=hall.president, at=STARTS + HOUR / 2)
    make.leave(assembly, hall, 1, at=STARTS + HOUR)
    assemblies.suspend(assembly.id, reason="Almuerzo", by=hall.president, at=STARTS + HOUR)
    assemblies.resume(assembly.id, by=hall.president, at=STARTS + 2 * HOUR)
    factory.voted(assembly, hall, "y-n")
    found = told(assembly)
    assert (found["notice_days"], found["notice_days_needed"]) == (44, 30)
    [call] = found["calls"]
    assert (call["present"], call["represented"], call["met"]) == (3, 1, True)
    assert [(line["have"], line["needed"]) for line in call["conditions"]] == [("4", "3")]
    attended = found["attendance"]
    assert (attended["came"], attended["represented"], attended["absent"]) == (3, 1, 1)
    by_name = {row["elector"]: row for row in attended["rows"]}
    left = by_name[hall.members[1].code]["stays"]
    assert [(stay["from"][11:16], stay["to"][11:16]) for stay in left] == [("15:00", "16:00")]
    assert [one["holder"] for one in by_name[hall.members[3].code]["proxy"]] == [hall.members[0].name]
    assert [(one["event"], one["reason"]) for one in found["moments"]] == [
        ("assembly_installed", ""), ("assembly_suspended", "Almuerzo"), ("assembly_resumed", ""),
    ]  # fmt: skip
    vote = found["items"][0]["vote"]
    assert {one["choice"]: one["heads"] for one in vote["heads"] if one["heads"]} == {
        "yes": 1,
        "no": 1,
        "not_voted": 3,
    }
    assert found["items"][1]["vote"]["count"] == 0


def test_the_second_call_has_its_own_quorum(app: Flask) -> None:
    hall = make.hall(5)
    assembly = make.installed(hall, 0, 1)
    first, second = told(assembly)["calls"]
    assert (first["met"], [line["missing"] for line in first["conditions"]]) == (False, ["1"])
    assert (second["asked"], second["met"], second["present"]) == (False, True, 2)


def test_interests_and_action_points_stand_under_their_item(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    item = make.items(assembly)[0]
    own = make.elector(assembly, 1, hall)
    db.session.add(
        Interest(item_id=item.id, elector_id=own.id, words="Es su caja.", excluded=True, declared_at=STARTS)
    )
    action_points.note(
        item.id,
        words="Publicar.",
        responsible="Ana",
        due_on=date(2026, 12, 1),
        by=hall.secretary,
        at=STARTS + HOUR,
    )
    factory.voted(assembly, hall, "y-n")
    [found] = told(assembly)["items"]
    assert [(one["name"], one["excluded"]) for one in found["interests"]] == [(hall.members[1].name, True)]
    assert found["actions"] == [{"words": "Publicar.", "responsible": "Ana", "due_on": "2026-12-01"}]
    assert [row["choice"] for row in found["vote"]["roll_call"]] == ["yes", "interest", "no"]


def test_the_same_rows_give_the_same_figures_later(app: Flask) -> None:
    hall = make.hall(4)
    assembly = factory.held(hall, "yyn")
    before = facts.figures(assembly, LATER)
    action_points.note(
        make.items(assembly)[0].id, words="Más.", responsible="Eva", by=hall.secretary, at=LATER + HOUR
    )
    assert facts.figures(assembly, LATER) == before
    assert facts.differing(before, facts.figures(assembly, LATER + 2 * HOUR)) != []


def test_other_words_are_another_version_and_the_same_words_are_the_same(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    first = version(assembly, hall, introduction="  Buenos días. ", closing=" ")
    assert (first.number, first.words) == (1, {"introduction": "Buenos días."})
    assert version(assembly, hall, introduction="Buenos días.").id == first.id
    second = version(assembly, hall, 1, introduction="Buenas tardes.")
    assert (second.number, second.sha256 == first.sha256) == (2, False)
    assert newest(assembly.id) is second
    assert facts.sha256(second.figures, second.words) == second.sha256


def test_what_speaks_against_a_version_is_all_told(app: Flask) -> None:
    hall = make.hall(3)
    assembly = make.installed(hall)
    assert codes(lambda: version(assembly, hall, 3, **{"item-9": "x", "closing": "x" * 20_001})) == [
        "move_not_from_here", "minutes_superseded", "minutes_words_unknown", "minutes_words_long",
    ]  # fmt: skip
    assert codes(
        lambda: minutes.make(assembly.id, words={}, known=0, by=make.hall(2).secretary, at=LATER)
    ) == ["other_body"]


def test_president_and_secretary_sign_and_the_scrutineer_may(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    version(assembly, hall)
    signed = [
        minutes.sign(assembly.id, number=1, by=one, at=LATER)
        for one in (hall.scrutineer, hall.secretary, hall.president)
    ]
    assert (signed, assembly.state) == ([False, False, True], "minutes_signed")
    assert minutes.sign(assembly.id, number=1, by=hall.president, at=LATER) is True
    assert codes(lambda: version(assembly, hall, 1, closing="Otra cosa.")) == ["move_not_from_here"]


def test_one_person_signs_once_in_whatever_office(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    version(assembly, hall)
    minutes.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    person = db.session.get_one(Person, hall.secretary.person_id)
    both = people.actor(Role.PRESIDENT, network=hall.body, by=person)
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=both, at=LATER)) == ["signed_before"]
    other = people.actor(Role.SECRETARY, network=hall.body)
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=other, at=LATER)) == ["role_signed_before"]
    assert assembly.state == "closed"


def test_an_older_version_and_data_that_changed_are_not_signed(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=hall.president, at=LATER)) == [
        "minutes_none_yet"
    ]
    version(assembly, hall)
    minutes.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    version(assembly, hall, 1, closing="Fin.")
    assert codes(lambda: minutes.sign(assembly.id, number=1, by=hall.president, at=LATER)) == [
        "minutes_superseded"
    ]
    make.items(assembly)[0].motion = {"es": "Otra cosa."}
    db.session.flush()
    assert codes(lambda: minutes.sign(assembly.id, number=2, by=hall.president, at=LATER)) == [
        "minutes_outdated"
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(VALUES, VALUES)
def test_figures_differ_somewhere_exactly_when_they_are_not_the_same(one: object, other: object) -> None:
    same = facts.sha256({"x": one}, {}) == facts.sha256({"x": other}, {})
    assert (facts.differing(one, other) == []) == same


def test_who_is_named_is_no_figure() -> None:
    assert facts.differing({"person": "Ana", "n": 1}, {"person": "Eva", "n": 1}) == []


def test_there_are_no_minutes_of_what_is_not_there(app: Flask) -> None:
    hall = make.hall(2)
    with pytest.raises(NotFound):
        minutes.make(987654, words={}, known=0, by=hall.secretary, at=CLOSED)
