"""For coordinators of networks: which members have not answered, and whom to call."""

from flask import Blueprint, abort, g, render_template

from consultations.auth import actor, allow
from consultations.queries import silence
from consultations.views.addresses import number_asked
from workflows.roles import Role

pages = Blueprint("network", __name__, url_prefix="/network")


@pages.get("/rounds/<int:round_id>")
@allow(Role.NETWORK)
def round(round_id: int) -> str:
    """The network's members in a round's register; 404 for what this network is not asked in, or not yet."""
    return _page(silence.members_in_round(round_id, _network(), _number(), at=g.at))


@pages.get("/votes/<int:vote_id>")
@allow(Role.NETWORK)
def vote(vote_id: int) -> str:
    """The network's members on a vote's roll: that they voted, never what."""
    return _page(silence.members_in_vote(vote_id, _network(), _number(), at=g.at))


def _page(asked: silence.Asked | None) -> str:
    return render_template("network/members.html", asked=asked or abort(404))


def _number() -> int:
    return number_asked("page", 1)


def _network() -> int:
    return actor().network_id or 0
