"""Comments as one reader may read them: what the Unit removed or hid is replaced, for all but those who keep the original.

Beside each stand the files that this reader may fetch.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from consultations.actor import Actor
from consultations.facts.removals import Shown, kept_from_others, reads_original
from consultations.models.comments import Comment
from consultations.queries.attachments import of_comments


def as_read(views: Sequence[Any], comments: Sequence[Comment], *, by: Actor) -> tuple[Any, ...]:
    """These queries.comments.CommentView, of these comments in this order, with the words and files this reader may read."""
    kept, files = kept_from_others(comments), of_comments([comment.id for comment in comments], by=by)
    return tuple(
        replace(_as_read(view, comment, kept(comment.id), by), files=files.get(comment.id, ()))
        for view, comment in zip(views, comments, strict=True)
    )


def _as_read(view: Any, comment: Comment, kept: Shown, by: Actor) -> Any:
    if kept.whole or reads_original(by, comment.organisation_id):
        return replace(view, kept=kept)
    return replace(
        view, text=kept.text(view.text), justification=kept.more(view.justification),
        proposal=kept.more(view.proposal), who=None if kept.hidden else view.who,
        answer=answer_as_read(view.answer, kept), objection=kept.more(view.objection),
        exchange=() if kept.hidden else tuple(
            replace(turn, text=kept.more(turn.text), change=kept.more(turn.change)) for turn in view.exchange
        ),
        points=() if kept.hidden else tuple(
            replace(point, text=kept.text(point.text), answer=answer_as_read(point.answer, kept)) for point in view.points
        ),
    )  # fmt: skip


def answer_as_read(answer: Any, kept: Shown) -> Any:
    """This queries.comments.AnswerView (or None) for those who do not read what is kept: an answer repeats what it is
    given to, and what is answered to a hidden comment speaks of its words."""
    if answer is None or kept.hidden:
        return None
    if not kept.removed:
        return answer
    reason, response, change = map(kept.more, (answer.reason, answer.response, answer.change))
    return replace(answer, reason=reason, response=response, change=change)
