"""Counting one group of the roll again: which group the committee named, and which one is counted when several contests are answered."""

from sqlalchemy import select

from consultations.extensions import db
from consultations.facts import rolls
from consultations.models.votes import Contest, Vote
from workflows.refusals import Refused, refusal

WHOLE = ("", "")


def checked(vote: Vote, resolution: str, group_by: str, group_value: str) -> tuple[str, str]:
    """The group as it is kept. Errors: Refused: nothing is counted again, nobody on the roll belongs to it."""
    if not (group_by or group_value):
        return WHOLE
    known = {elector.attributes.get(group_by) for elector in rolls.frozen(vote.id)} if group_by else set()
    against = (
        refusal("group_without_recount") if resolution != "recount" else None,
        None if group_value and group_value in known else refusal("group_unknown", group=group_value),
    )
    if reasons := [one for one in against if one is not None]:
        raise Refused(*reasons)
    return group_by, group_value


def group_of(vote: Vote) -> tuple[str, str]:
    """What is counted again once every contest is answered: the one group that all recounts name, else everything."""
    query = select(Contest.group_by, Contest.group_value).where(
        Contest.vote_id == vote.id, Contest.resolution == "recount", Contest.raised_at >= vote.provisional_at
    )
    named = {(by, value) for by, value in db.session.execute(query)}
    return named.pop() if len(named) == 1 else WHOLE
