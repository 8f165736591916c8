"""What is sent in: from where it may come, and what may become of it."""

import pytest

from tests.workflows.asking import codes
from workflows.petition import ACKNOWLEDGED_WITHIN, ANSWERED_WITHIN, PetitionKind, goes_to_board, kinds_of
from workflows.roles import Role

K = PetitionKind
ALL = {K.REQUEST, K.CONCERN, K.PROPOSAL, K.REMARK}


@pytest.mark.parametrize(
    ("place", "kinds"),
    [
        ("organisation", ALL), ("product", ALL), ("workers", ALL), ("country", ALL), ("regional", ALL),
        ("body", set()), (None, set()),
    ],
)  # fmt: skip
def test_what_may_be_sent_from_where(place, kinds):
    assert kinds_of(place) == kinds
    sent = {kind for kind in K if not codes("petition", None, "send", Role.NETWORK, kind=kind, place=place)}
    assert sent == kinds


def test_a_remark_is_about_a_published_matter():
    remark = {"kind": K.REMARK, "matter_published": False}
    assert codes("petition", None, "send", Role.DELEGATE, **remark) == ["matter_not_published"]
    assert codes("petition", None, "send", Role.DELEGATE, matter_published=False) == []


def test_a_remark_waits_for_the_revision_and_is_acknowledged_by_the_clock_alone_of_all():
    said = codes("petition", "acknowledged", "take_up", Role.UNIT, kind=K.REMARK)
    assert said == ["remark_waits_for_revision"]
    said = codes("petition", "sent", "acknowledge", Role.SYSTEM, kind=K.REQUEST)
    assert said == ["petition_waits_for_a_person"]


@pytest.mark.parametrize("move", ["acknowledge", "answer"])
def test_the_board_hears_concerns_and_nothing_else(move):
    for kind in ALL - {K.CONCERN}:
        assert codes("petition", "sent", move, Role.PRESIDENT, kind=kind) == ["petition_not_for_the_board"]
        assert codes("petition", "sent", move, Role.UNIT, kind=kind) == []


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("product", []), ("workers", []), ("organisation", ["petition_not_for_the_board"]),
        ("country", ["petition_not_for_the_board"]), ("regional", ["petition_not_for_the_board"]),
    ],
)  # fmt: skip
def test_the_board_hears_the_concerns_of_committees_and_the_unit_all(place, said):
    for move in ("acknowledge", "answer"):
        assert codes("petition", "sent", move, Role.PRESIDENT, kind=K.CONCERN, place=place) == said
        assert codes("petition", "sent", move, Role.UNIT, kind=K.CONCERN, place=place) == []
    assert goes_to_board(K.CONCERN, place) == (said == [])
    assert not goes_to_board(K.REQUEST, place)


@pytest.mark.parametrize("state", ["taken_up", "answered", "withdrawn"])
@pytest.mark.parametrize(
    ("move", "role"), [("withdraw", Role.DELEGATE), ("answer", Role.UNIT), ("take_up", Role.UNIT)]
)
def test_what_is_over_stays_so(state, move, role):
    assert codes("petition", state, move, role) == ["move_not_from_here"]


def test_it_is_answered_after_it_is_acknowledged():
    assert 0 < ACKNOWLEDGED_WITHIN.days < ANSWERED_WITHIN.days
