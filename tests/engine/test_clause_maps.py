"""The clause map corrected by hand, and the days from which a clause applies."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from consultations.engine import clause_maps, effective_dates, standards
from consultations.extensions import db
from consultations.models.base import NotFound
from consultations.models.drafts import ClauseLink, EffectiveDate
from consultations.models.events import Event
from tests.engine.refusals import refused_with
from tests.factories import drafts as make
from tests.factories import people
from tests.factories import standards as texts
from workflows.roles import Role

TODAY = make.START.date()


def test_a_line_says_what_became_of_a_clause_once_and_goes_again(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    draft = make.drawn_up(by, source=source)
    standards.freeze(draft, at=make.START)  # the map is no part of the text
    ends = {"from_node_id": make.clause(source, "1.1.1").id, "to_node_id": make.clause(draft, "1.1.2").id}
    first, second = (clause_maps.link(source.id, draft.id, by=by, at=make.START, **ends) for _ in range(2))
    assert first.id == second.id
    clause_maps.unlink(first.id, by=by, at=make.START)
    with pytest.raises(NotFound):
        clause_maps.unlink(first.id, by=by, at=make.START)
    names = [event.name for event in db.session.scalars(select(Event).order_by(Event.id))]
    assert names[-2:] == ["clause_linked", "clause_unlinked"]
    assert db.session.scalars(select(ClauseLink)).all() == []


@pytest.mark.parametrize(
    ("there", "more", "codes"),
    [
        (("1.1.1", None), ("1.1.1", "1.1.2"), ("map_line_contradicts",)),
        (("1.1.1", "1.1.2"), ("1.1.1", None), ("map_line_contradicts",)),
        ((None, "1.1.2"), ("1.1.1", "1.1.2"), ("map_line_contradicts",)),
        (("1.1.1", "1.1.2"), (None, "1.1.2"), ("map_line_contradicts",)),
        (("1.1.1", "1.1.2"), (None, None), ("map_line_empty",)),
        (("1.1.1", "1.1.2"), ("1.1.1", "1.1.1"), ()),
        (("1.1.1", "1.1.2"), ("1.1.2", "1.1.2"), ()),
        (("1.1.1", None), ("1.1.1", None), ()),
        ((None, "1.1.1"), ("1.1.1", None), ()),
    ],
)
def test_lines_of_the_map_do_not_contradict_each_other(
    app: Flask,
    there: tuple[str | None, str | None],
    more: tuple[str | None, str | None],
    codes: tuple[str, ...],
) -> None:
    by, source = make.unit(), texts.bilingual()
    draft = make.drawn_up(by, source=source)

    def link(before: str | None, after: str | None) -> ClauseLink:
        return clause_maps.link(
            source.id, draft.id, from_node_id=make.clause(source, before).id if before else None,
            to_node_id=make.clause(draft, after).id if after else None, by=by, at=make.START,
        )  # fmt: skip

    link(*there)
    if codes:
        with refused_with(*codes):
            link(*more)
    else:
        assert link(*more).id


def test_a_map_is_between_two_versions_of_one_standard(app: Flask) -> None:
    by, source = make.unit(), texts.bilingual()
    draft = make.drawn_up(by, source=source)
    other = texts.version()
    node, strange = make.clause(draft, "1.1.1").id, make.clause(other, "1.1.1").id
    with refused_with("other_standard"):
        clause_maps.link(other.id, draft.id, from_node_id=strange, to_node_id=node, by=by, at=make.START)
    with refused_with("other_standard"):
        clause_maps.link(draft.id, draft.id, from_node_id=node, to_node_id=node, by=by, at=make.START)
    with refused_with("clause_elsewhere"):
        clause_maps.link(source.id, draft.id, from_node_id=strange, to_node_id=node, by=by, at=make.START)
    with refused_with("role_may_not"):
        reader = people.actor(Role.COMMISSION, network=people.network())
        clause_maps.link(source.id, draft.id, from_node_id=None, to_node_id=node, by=reader, at=make.START)


def days() -> list[tuple[str, date, str]]:
    rows = db.session.scalars(select(EffectiveDate).order_by(EffectiveDate.id))
    return [(row.cohort, row.applies_from, row.reason) for row in rows]


def test_a_postponement_is_a_later_row_with_its_reason(app: Flask) -> None:
    by = make.unit()
    version = texts.bilingual()
    standards.freeze(version, at=make.START)
    node = make.clause(version, "1.1.1")
    day, later = date(2026, 7, 1), date(2027, 7, 1)
    first = effective_dates.set_date(node.id, "after", applies_from=day, by=by, at=make.START)
    assert effective_dates.set_date(node.id, "after", applies_from=day, by=by, at=make.START).id == first.id
    effective_dates.set_date(node.id, "before", applies_from=later, by=by, at=make.START)
    effective_dates.set_date(
        node.id, "after", applies_from=later, reason="Sequía.", known=first.id, by=by, at=make.START
    )
    assert days() == [("after", day, ""), ("before", later, ""), ("after", later, "Sequía.")]
    draft = make.drawn_up(by, source=version)
    assert (
        effective_dates.newest(
            version.standard_id, make.clause(draft, "1.1.1").stable_id, "after"
        ).applies_from
        == later
    )


@pytest.mark.parametrize(
    ("cohort", "day", "reason", "codes"),
    [
        ("after", TODAY, "Por la lluvia.", ()),
        ("after", TODAY - timedelta(days=1), "Por la lluvia.", ("date_in_the_past",)),
        ("after", TODAY + timedelta(days=1), " ", ("reason_missing", "requirement_in_force")),
        ("after", TODAY + timedelta(days=1), "Por la lluvia.", ("requirement_in_force",)),
        ("after", None, "Por la lluvia.", ("date_missing",)),
        ("after", TODAY - timedelta(days=1), "", ("reason_missing", "date_in_the_past")),
        ("before", TODAY - timedelta(days=900), "", ()),
        ("never", TODAY, "", ("cohort_unknown",)),
    ],
)
def test_another_day_needs_a_reason_and_binds_nobody_backwards(
    app: Flask, cohort: str, day: date | None, reason: str, codes: tuple[str, ...]
) -> None:
    by = make.unit()
    node = make.clause(texts.bilingual(), "1.1.1")
    first = effective_dates.set_date(node.id, "after", applies_from=date(2026, 1, 1), by=by, at=make.START)
    known = first.id if cohort == "after" else 0
    if codes:
        with refused_with(*codes):
            effective_dates.set_date(
                node.id, cohort, applies_from=day, reason=reason, known=known, by=by, at=make.START
            )
    else:
        effective_dates.set_date(
            node.id, cohort, applies_from=day, reason=reason, known=known, by=by, at=make.START
        )
        assert days()[-1] == (cohort, day, reason)


def test_two_who_postpone_at_once_do_not_overwrite_each_other(app: Flask) -> None:
    by = make.unit()
    node = make.clause(texts.bilingual(), "1.1.1")
    effective_dates.set_date(node.id, "after", applies_from=date(2026, 7, 1), by=by, at=make.START)
    with refused_with("edited_meanwhile"):
        effective_dates.set_date(
            node.id, "after", applies_from=date(2027, 7, 1), reason="x", known=0, by=by, at=make.START
        )
