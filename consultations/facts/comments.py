"""What is known about one comment when somebody acts on it (process.md, "Comment")."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.extensions import db
from consultations.facts.reviews import person
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.organisations import Network
from consultations.models.rounds import LateGrant, RegisterEntry, Round
from workflows.comment import CommentFacts, CommentOutcome
from workflows.roles import Role
from workflows.round import RoundFacts, RoundState

# Until the closing move these states let entries in or will; afterwards the round is over, even if it was
# closed before its hour because everybody had answered.
_NOT_YET_CLOSED = frozenset(
    {RoundState.DRAFT, RoundState.COMMISSION_REVIEW, RoundState.APPROVED, RoundState.SCHEDULED, RoundState.OPEN, RoundState.PAUSED}
)  # fmt: skip

# Outcomes that turn a comment down; with "weighty" (the default) they ask for a second person, as do any substantive
# change and any comment that would make its organisation vote no. A body's setting `second_person` may say "always" or
# "never" instead.
DISMISSING = frozenset({CommentOutcome.REJECTED, CommentOutcome.OUT_OF_SCOPE, CommentOutcome.DEFERRED})


def entry_facts(round_: Round, *, organisation_id: int | None, at: datetime) -> RoundFacts:
    """What the round's table asks when an organisation enters a comment or "no comment"; one select, for nobody none.

    Drafts made without a connection come later: nothing says yet when such a draft was written, so no grace runs.
    """
    if organisation_id is None:
        return RoundFacts(at=at, registered=False, closes_at=round_.closes_at)
    return entry_facts_of(round_, (organisation_id,), at=at)[organisation_id]


def entry_facts_of(
    round_: Round, organisation_ids: Collection[int], *, at: datetime
) -> dict[int, RoundFacts]:
    """The same for each of these organisations; one select."""
    late = select(func.max(LateGrant.until)).where(
        LateGrant.round_id == round_.id, LateGrant.organisation_id == RegisterEntry.organisation_id
    )
    entered = select(RegisterEntry.organisation_id, late.scalar_subquery()).where(
        RegisterEntry.round_id == round_.id, RegisterEntry.organisation_id.in_(organisation_ids)
    )
    until = dict(db.session.execute(entered).all())
    return {
        id: RoundFacts(
            at=at, registered=id in until, closes_at=round_.closes_at, late_until=until.get(id),
            late_organisation=f"organisation/{id}",
        )
        for id in organisation_ids
    }  # fmt: skip


def comment_facts(
    comment: Comment, round_: Round, known: RoundFacts, *, by: Actor, at: datetime,
    text: str | None = None, reason: str | None = None, answer: Answer | None = None, second_person: bool = True,
) -> CommentFacts:  # fmt: skip
    """What the comment's table asks. `known`: what the round's table was told about the organisation (entry_facts);
    `answer`: the one that stands, or is about to."""
    return CommentFacts(
        at=at, actor=person(by.person_id), author=person(comment.author_id), reason=reason, text=text,
        same_organisation=by.organisation_id is not None and by.organisation_id == comment.organisation_id,
        registered=known.registered,
        # Staff who enter from paper need no approval: the organisation confirms that afterwards.
        approval_asked=round_.organisation_signoff and by.role is Role.DELEGATE,
        closes_at=_closes(round_, known, at),
        outcome=CommentOutcome(answer.outcome) if answer and answer.outcome in set(CommentOutcome) else None,
        response=answer.response if answer else None,
        second_person_asked=second_person,
        hidden=comment.hidden_at is not None,
        proposed_by=person(answer.proposed_by_id) if answer else None,
        decided_by=person(answer.decided_by_id) if answer else None,
        synopsis_published=round_.published_at is not None,
        satisfaction_until=round_.satisfaction_until,
    )  # fmt: skip


def second_person_asked(
    answer: Answer | None, policy: str, *, would_vote_no: bool = False, in_batch: bool = False
) -> bool:
    """Whether this answer asks for a second person to decide ("always", "weighty", "never").

    `would_vote_no`: the comment says that it would make its organisation vote no. `in_batch`: the answer was given to
    many points at once and its sample is not yet checked, which a second person does whatever the policy.
    """
    if in_batch or answer is None or policy != "weighty":
        return in_batch or policy != "never"
    return answer.substantive or would_vote_no or answer.outcome in DISMISSING


def would_vote_no(comment_ids: Collection[int]) -> frozenset[int]:
    """Those of the comments that, as they stand, would make their organisations vote no; one select."""
    standing = (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version)
    query = select(Comment.id).join(CommentVersion, standing).where(CommentVersion.would_vote_no)
    return frozenset(db.session.scalars(query.where(Comment.id.in_(comment_ids))))


def second_person_policy(by: Actor) -> str:
    """What the Unit's own settings say about a second person."""
    body = db.session.get(Network, by.network_id) if by.network_id else None
    return str(body.settings.get("second_person", "weighty")) if body else "weighty"


def newest_answer(comment_id: int, point: int = 1) -> Answer | None:
    """The answer that stands at a point of a comment: its newest number."""
    query = select(Answer).where(Answer.comment_id == comment_id, Answer.point == point)
    return db.session.scalar(query.order_by(Answer.number.desc()).limit(1))


def _closes(round_: Round, known: RoundFacts, at: datetime) -> datetime | None:
    """The closing instant for this organisation: the round's, or the later one that it was granted."""
    if round_.closes_at is None:
        return None
    closes = round_.closes_at if round_.state in _NOT_YET_CLOSED else min(round_.closes_at, at)
    return max(filter(None, (closes, known.late_until, known.grace_until)))
