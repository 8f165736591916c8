"""What ended before it was public stays unseen, and what ended afterwards stays on record."""

from datetime import timedelta

import pytest
from flask import Flask

from consultations.engine import dossiers, rounds
from consultations.models.dossiers import Dossier
from consultations.queries import delegate_rounds, public
from tests.factories import rounds as make

ASSESSED = ("assess",)
SCOPED = ("assess", "scope")


def ended(house: make.House, moves: tuple[str, ...], state: str) -> Dossier:
    """A dossier led through `moves`, then withdrawn or postponed."""
    made = make.dossier(house, drafting=False)
    for move in moves:
        dossiers.advance_dossier(made.id, move, reason="Hace falta.", by=house.head, at=make.START)
    made.state = state  # who may withdraw it when is another test's
    return made


@pytest.mark.parametrize("state", ["withdrawn_by_unit", "withdrawn_by_commission", "postponed"])
@pytest.mark.parametrize(("moves", "shown"), [(ASSESSED, False), (SCOPED, True)])
def test_a_dossier_that_ended_before_its_profile_was_public_is_not_shown(
    app: Flask, moves: tuple[str, ...], shown: bool, state: str
) -> None:
    made = ended(make.house(), moves, state)
    page = public.dossier(made.id, at=make.START)
    assert (page is not None, [one.dossier_id for one in public.front().dossiers]) == (
        shown,
        [made.id] if shown else [],
    )


@pytest.mark.parametrize(("stage", "readable"), [("scheduled", False), ("open", True)])
def test_a_delegate_reads_a_withdrawn_round_only_if_it_had_opened(
    app: Flask, stage: str, readable: bool
) -> None:
    house = make.house()
    round = make.at_stage(house, stage)
    at = make.OPENS_AT - timedelta(days=1) if stage == "scheduled" else make.OPENS_AT
    rounds.withdraw(round.id, reason="Ya no.", by=house.head, at=at)
    asker = {"by": house.delegates[0], "at": at}
    page = delegate_rounds.round_page(round.id, None, **asker)
    listed = [head.id for head in delegate_rounds.rounds(**asker)]
    assert (page is not None, listed) == (readable, [round.id] if readable else [])
