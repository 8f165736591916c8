"""What the public, feeds and calendars read, on both databases."""

from datetime import timedelta

from flask import Flask

from consultations.actor import SYSTEM
from consultations.engine import dossiers, journal, petitions
from consultations.engine.petitions import Words
from consultations.queries import archive, news, own_dates, public, public_dates, tasks
from consultations.queries import petitions as sent_in
from tests.factories import people
from tests.factories import rounds as make
from workflows.roles import Role

AT = make.OPENS_AT + timedelta(days=1)


def test_the_front_and_a_dossier_are_read_with_what_is_public(app: Flask) -> None:
    house = make.house()
    opened = make.at_stage(house, "open")
    make.at_stage(house, "approved")
    front = public.front()
    assert [one.id for one in front.open] == [opened.id]
    assert (front.announced, front.paused, front.answering) == ((), (), ())
    page = public.dossier(opened.dossier_id, at=AT)
    assert page is not None
    assert [(one.asked, one.answered) for one in page.rounds] == [(3, None)]
    assert [one.id for one in page.running] == [opened.id]
    assert (page.consults, page.takes_remarks, sorted(page.gates)) == (
        True,
        False,
        ["commission", "outside", "profile"],
    )
    after = public.dossier(opened.dossier_id, at=make.CLOSES_AT)
    assert after is not None
    assert after.running == ()


def test_news_and_dates_are_those_of_public_events(app: Flask) -> None:
    house = make.house()
    opened = make.at_stage(house, "open")
    hidden = make.dossier(house, drafting=False)
    assert [one.name for one in news.of_all()] == ["round_opened"]
    found = news.of_dossier(opened.dossier_id)
    assert found is not None
    assert [one.dossier_id for one in found[1]] == [opened.dossier_id]
    assert (news.of_dossier(hidden.id), public_dates.of_dossier(hidden.id)) == (None, None)
    dated = public_dates.of_dossier(opened.dossier_id)
    assert dated is not None
    assert [(one.what, one.at, one.sequence) for one in dated.dates] == [
        ("round_opens", make.OPENS_AT, 2), ("round_closes", make.CLOSES_AT, 2),
    ]  # fmt: skip


def test_ones_own_dates_are_the_tasks_with_a_deadline(app: Flask) -> None:
    house = make.house()
    make.at_stage(house, "open")
    found = own_dates.of_person(house.delegates[0].person_id or 0, 1, at=AT)
    assert found is not None
    assert [(one.at, one.sequence) for one in found.dates] == [(make.CLOSES_AT, 2)]
    assert own_dates.of_person(house.delegates[0].person_id or 0, 2, at=AT) is None
    assert own_dates.of_person(4711, 1, at=AT) is None


def test_finished_matters_are_found_by_year_standard_and_words(app: Flask) -> None:
    house = make.house()
    row = make.dossier(house, code="CAFE-7")
    dossiers.advance_dossier(row.id, "withdraw", reason="Ya no.", by=house.head, at=AT)
    make.dossier(house)

    def codes(**asked: object) -> list[str]:
        wanted = {"year": None, "standard_id": None, "words": "", "page": 1} | asked
        return [one.code for one in archive.search(**wanted).found]  # type: ignore[arg-type]

    assert (
        codes()
        == codes(year=2026)
        == codes(standard_id=row.standard_id)
        == codes(words="REVISION cafe")
        == ["CAFE-7"]
    )
    assert codes(year=2025) == codes(standard_id=4711) == codes(words="miel") == []
    journal.record("review_came_due", row, by=SYSTEM, at=AT + timedelta(days=365))
    assert codes(year=2027) == ["CAFE-7"]


def test_what_waits_stands_before_what_is_over(app: Flask) -> None:
    house = make.house()
    sent = [
        petitions.send(Words("request", f"Pedido {n}", "Por favor.", "es"), client_uuid=f"u{n}", by=house.delegates[0], at=AT)
        for n in range(3)
    ]  # fmt: skip
    petitions.answer(sent[2].id, text="No.", by=house.unit, at=AT)
    listed = sent_in.queue(house.unit, 1, at=AT)
    assert listed is not None
    assert [one.id for one in listed.lines] == [sent[1].id, sent[0].id, sent[2].id]
    assert [one.due_at for one in listed.lines] == [AT + timedelta(days=10), AT + timedelta(days=10), None]
    petitions.acknowledge(sent[0].id, by=house.unit, at=AT)
    due = [task.due_at for task in tasks.waiting(house.unit, at=AT) if task.endpoint == "petition_desk.one"]
    assert due == [AT + timedelta(days=10), AT + timedelta(days=60)]
    assert sent_in.queue(people.actor(Role.SECRETARY, network=house.assembly), 1, at=AT) is None
    assert [one.id for one in sent_in.mine(house.delegates[1], 1).lines] == []
