"""Support and replies are for what others have said and this reader may read."""

from itertools import product

import pytest

from consultations.wording_comments import TYPES
from workflows.remarks import ALWAYS, RemarkFacts, against_reply, against_support, types_asked, unit_may_reply
from workflows.round import RoundState


@pytest.mark.parametrize(("own", "readable"), list(product((True, False), repeat=2)))
def test_support_and_replies_name_every_reason(own: bool, readable: bool) -> None:
    not_open = [] if readable else ["comment_not_open"]
    supporting = against_support(RemarkFacts(own, readable))
    assert [reason.code for reason in supporting] == ["own_comment_support"] * own + not_open
    replying = against_reply(RemarkFacts(own, readable, " \n"))
    assert [reason.code for reason in replying] == ["own_comment_reply"] * own + not_open + ["reply_empty"]
    assert len(against_reply(RemarkFacts(own, readable, "Sí."))) == len(supporting)


@pytest.mark.parametrize("state", RoundState)
def test_the_unit_replies_until_its_answers_are_handed_in(state: RoundState) -> None:
    free = state in ("open", "paused", "closed", "answering")
    assert [reason.code for reason in unit_may_reply(state)] == ([] if free else ["reply_too_late"])


@pytest.mark.parametrize(
    ("chosen", "asked"),
    [
        ((), tuple(TYPES)),
        (("gender",), (*ALWAYS, "gender")),
        (("climate", "cost"), (*ALWAYS, "cost", "climate")),
        (ALWAYS, ALWAYS),
        (tuple(TYPES), tuple(TYPES)),
    ],
)
def test_a_round_asks_the_usual_types_and_those_it_chose(
    chosen: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert types_asked(chosen, TYPES) == asked
