"""For coordinators of networks: which members have not answered, and whom to call."""

from flask import Blueprint, g, render_template

from consultations.auth import actor, allow
from consultations.queries import silence
from workflows.roles import Role

pages = Blueprint("network", __name__, url_prefix="/network")


@pages.get("/rounds/<int:round_id>")
@allow(Role.NETWORK)
def round(round_id: int) -> str:
    """The network's members in a round's register."""
    return _page(silence.members_in_round(round_id, _network(), at=g.at))


@pages.get("/votes/<int:vote_id>")
@allow(Role.NETWORK)
def vote(vote_id: int) -> str:
    """The network's members on a vote's roll: that they voted, never what."""
    return _page(silence.members_in_vote(vote_id, _network(), at=g.at))


def _page(members: tuple[silence.Member, ...]) -> str:
    silent = [member for member in members if not member.answered]
    return render_template("network/members.html", members=members, silent=silent)


def _network() -> int:
    return actor().network_id or 0
