"""What stays of assemblies: resolutions to search, mandates that are open, the ordinary assembly that is owed."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from consultations.actor import Actor
from consultations.engine import action_points, minutes
from consultations.engine.work import NotFound
from consultations.extensions import db
from consultations.facts import ordinary
from consultations.models.assemblies import Assembly
from consultations.queries import action_points as mandates
from consultations.queries import resolutions, tasks
from tests.engine.refusals import codes
from tests.factories import assemblies as make
from tests.factories import minutes as factory
from tests.factories import rules
from tests.factories import votes as vote_factory
from tests.factories.assemblies import STARTS
from tests.factories.minutes import LATER
from tests.factories.votes import Hall

DAY = timedelta(days=1)


def found(hall: Hall, words: str = "", year: int | None = None, status: str = "", page: int = 1) -> list[str]:
    result = resolutions.search(hall.body.id, words=words, year=year, status=status, page=page)
    assert result is not None
    return [one.titles["es"] for one in result.found]


def decided(hall: Hall) -> Assembly:
    """Two items decided, one put off, and a vote on a dossier."""
    assembly = factory.held(hall, "yyn", "nny", titles=("Presupuesto", "Secretaría", "Otra"))
    make.items(assembly)[1].notes = {"es": "Se habló de cacao."}
    vote_factory.proclaimed(hall, "yyy")
    db.session.flush()
    return assembly


def test_every_decision_of_a_body_is_found_the_newest_first(app: Flask) -> None:
    hall = make.hall(3)
    decided(hall)
    assert found(hall) == [hall.dossier.titles["es"], "Secretaría", "Presupuesto"]
    assert found(make.hall(2)) == []
    assert resolutions.search(987654, words="", year=None, status="", page=1) is None


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"words": "secretaria"}, ["Secretaría"]), ({"words": "CACAO habló"}, ["Secretaría"]),
        ({"words": "se aprueba presupuesto"}, ["Presupuesto"]), ({"words": "nada"}, []), ({"status": "rejected"}, ["Secretaría"]),
        ({"year": 2025}, []), ({"year": 2026, "status": "adopted", "words": "Presupuesto"}, ["Presupuesto"]),
        ({"page": 99, "words": "presupuesto"}, ["Presupuesto"]),
    ],
)  # fmt: skip
def test_they_are_searched_by_words_year_and_outcome(app: Flask, asked: dict, titles: list[str]) -> None:
    hall = make.hall(3)
    decided(hall)
    assert found(hall, **asked) == titles


def test_how_many_there_are_changes_nothing_in_how_often_the_database_is_asked(app: Flask) -> None:
    def asked(titles: tuple[str, ...]) -> int:
        hall = make.hall(2)
        factory.held(hall, *["yy"] * len(titles), titles=titles, code=f"A-{len(titles)}")
        db.session.commit()
        hall_id, statements = hall.body.id, []
        listener = lambda *told: statements.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        assert resolutions.search(hall_id, words="", year=None, status="", page=1) is not None
        event.remove(db.engine, "before_cursor_execute", listener)
        return len(statements)

    assert asked(("Uno",)) == asked(("Uno", "Dos", "Tres"))


def test_mandates_are_open_until_they_are_closed_and_overdue_after_their_day(app: Flask) -> None:
    hall = make.hall(3)
    assembly = factory.held(hall, "yyn")
    item = make.items(assembly)[0].id

    def noted(words: str, due: date | None) -> int:
        return action_points.note(
            item, words=words, responsible="Ana", due_on=due, by=hall.secretary, at=LATER
        ).id

    late, soon, ever = (
        noted("Tarde", date(2026, 11, 20)),
        noted("Pronto", date(2026, 11, 21)),
        noted("Siempre", None),
    )
    assert noted(" Tarde ", date(2026, 11, 20)) == late
    midnight = datetime.fromisoformat("2026-11-21T06:00:00+00:00")  # in Managua
    for at, overdue in ((midnight - timedelta(seconds=1), []), (midnight, [late])):
        page = mandates.of_body(hall.body.id, at=at)
        assert page is not None
        assert [one.id for one in page.open] == [late, soon, ever]
        assert [one.id for one in page.open if one.overdue] == overdue
    action_points.close(late, note="Se publicó.", by=hall.secretary, at=midnight)
    page = mandates.of_body(hall.body.id, at=midnight)
    assert page is not None
    assert ([one.id for one in page.open], [one.done_note for one in page.done]) == (
        [soon, ever],
        ["Se publicó."],
    )


def test_what_speaks_against_noting_and_closing(app: Flask) -> None:
    hall = make.hall(2)
    draft = make.prepared(hall)
    item = make.item(draft, hall)
    assert codes(lambda: action_points.note(item.id, words=" ", responsible="", by=hall.secretary, at=LATER)) == [
        "action_before_convening", "action_words_missing", "action_responsible_missing",
    ]  # fmt: skip
    other = factory.held(hall, "yy", code="A-2")
    row = action_points.note(
        make.items(other)[0].id, words="Algo", responsible="Eva", by=hall.secretary, at=LATER
    )
    assert codes(lambda: action_points.close(row.id, note=" ", by=hall.secretary, at=LATER)) == [
        "reason_missing"
    ]
    action_points.close(row.id, note="Hecho.", by=hall.secretary, at=LATER)
    assert action_points.close(row.id, note="Hecho.", by=hall.secretary, at=LATER).done_note == "Hecho."
    assert codes(lambda: action_points.close(row.id, note="Otra cosa.", by=hall.secretary, at=LATER)) == [
        "action_done"
    ]
    assert codes(lambda: action_points.close(row.id, note="Hecho.", by=make.hall(2).secretary, at=LATER)) == [
        "other_body"
    ]
    with pytest.raises(NotFound):
        action_points.close(987654, note="x", by=hall.secretary, at=LATER)


def yearly(hall: Hall, **annual: object) -> None:
    rules.in_book(
        hall.body,
        make.calls_rule(annual={"every": "P1Y", "window": None, **annual}),
        kind="calls",
        since=date(2026, 1, 1),
    )


def kinds(actor: Actor, at: datetime) -> list[str]:
    return [task.kind for task in tasks.waiting(actor, at=at) if task.kind.startswith("ordinary")]


def test_a_body_without_such_a_rule_owes_none(app: Flask) -> None:
    hall = make.hall(2)
    rules.in_book(hall.body, make.calls_rule(), kind="calls")
    assert ordinary.owed(hall.body, LATER) is None


def test_the_next_ordinary_assembly_is_owed_a_year_after_the_last(app: Flask) -> None:
    hall = make.hall(2)
    yearly(hall)
    first = ordinary.owed(hall.body, datetime.fromisoformat("2026-06-01T00:00:00+00:00"))
    assert first is not None
    assert (first.last_at, first.due_at.date()) == (None, date(2027, 1, 1))
    factory.held(hall, "yy")
    after = ordinary.owed(hall.body, LATER)
    assert after is not None
    assert (after.last_at, after.due_at.date(), after.told) == (STARTS, date(2027, 11, 14), False)


def test_who_leads_the_body_is_told_when_it_is_due_until_one_is_prepared(app: Flask) -> None:
    hall = make.hall(2)
    yearly(hall)
    due = datetime.fromisoformat("2027-01-01T06:00:00+00:00")
    for at, said in (
        (due - 91 * DAY, []), (due - 89 * DAY, ["ordinary_due"]), (due + DAY, ["ordinary_overdue"]),
    ):  # fmt: skip
        assert [kinds(one, at) for one in (hall.secretary, hall.president, hall.scrutineer)] == [
            said,
            said,
            [],
        ]
    make.prepared(hall, starts_at=due + 40 * DAY)
    assert kinds(hall.secretary, due + DAY) == []


def test_minutes_and_mandates_wait_on_the_home_pages(app: Flask) -> None:
    hall = make.hall(2)
    assembly = factory.held(hall, "yy")
    wanted = ("write_minutes", "sign_minutes", "mandates_overdue")

    def told(actor: Actor, at: datetime = LATER) -> list[str]:
        return [task.kind for task in tasks.waiting(actor, at=at) if task.kind in wanted]

    assert (told(hall.secretary), told(hall.president)) == (["write_minutes"], [])
    minutes.make(assembly.id, words={}, known=0, by=hall.secretary, at=LATER)
    minutes.sign(assembly.id, number=1, by=hall.secretary, at=LATER)
    assert (told(hall.secretary), told(hall.president)) == ([], ["sign_minutes"])
    action_points.note(
        make.items(assembly)[0].id,
        words="Algo",
        responsible="Eva",
        due_on=LATER.date(),
        by=hall.secretary,
        at=LATER,
    )
    assert told(hall.secretary, LATER + 2 * DAY) == ["mandates_overdue"]
