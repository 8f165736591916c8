"""Who was there for a vote of an assembly: written beside the roll when it closes, so that anybody can recount with it."""

from datetime import datetime

from sqlalchemy import bindparam, func, select, update

from consultations.extensions import db
from consultations.facts import assemblies as facts
from consultations.facts.blocks import item_of_vote
from consultations.models.assemblies import Assembly
from consultations.models.ballots import Ballot
from consultations.models.votes import RollEntry, Vote


def keep(vote: Vote, at: datetime) -> None:
    """Note for each elector yes, proxy or no; nothing for a vote without a door (docs/decisions/0005).

    Whoever has a ballot was there, also if they left before the closing: by proxy where a holder cast it.
    """
    assembly = db.session.get(Assembly, vote.assembly_id) if vote.assembly_id else None
    if assembly is None or assembly.form == facts.WRITTEN:
        return
    item = item_of_vote(vote.id)
    words = facts.presence_words(assembly, at, item) | _by_ballot(vote.id)
    rows = db.session.execute(select(RollEntry.id, RollEntry.elector).where(RollEntry.vote_id == vote.id))
    db.session.connection().execute(
        update(RollEntry.__table__)
        .where(RollEntry.__table__.c.id == bindparam("entry"))
        .values(present=bindparam("word")),
        [{"entry": id, "word": words.get(elector, "no")} for id, elector in rows],
    )
    db.session.expire_all()


def _by_ballot(vote_id: int) -> dict[str, str]:
    newest = select(func.max(Ballot.id)).where(Ballot.vote_id == vote_id).group_by(Ballot.roll_entry_id)
    query = (
        select(RollEntry.elector, Ballot.proxy_id)
        .join(Ballot, Ballot.roll_entry_id == RollEntry.id)
        .where(Ballot.id.in_(newest))
    )
    return {elector: "proxy" if proxy else "yes" for elector, proxy in db.session.execute(query)}
