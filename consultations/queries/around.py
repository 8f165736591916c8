"""What stands round a comment: the words it quotes, its proposal as a change of the clause, support and replies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select

from consultations.actor import Actor
from consultations.documents.redline_words import Passage, changed
from consultations.extensions import db
from consultations.facts import supports as supports_of
from consultations.facts.countries_shown import countries_shown
from consultations.models.comments import Comment
from consultations.models.remarks import Reply
from consultations.models.rounds import Question, RegisterEntry, Round
from consultations.models.standards import NodeText, StandardVersion
from workflows.anchors import QUOTING, Anchor, quoted

Texts = dict[str, str]


@dataclass(frozen=True)
class Around:
    """`quote`: words of the clause, which stand there so many `times`, the first is meant, and may be a whole table (`is_table`); `headings` of a clause without a number; `question`: its position, 0 for none;
    `proposed`: the clause with what is proposed taken out and put in, empty where nothing of it would stay;
    `supported`: by the reader's organisation; `turned`: it supports an earlier version, and this one says something else."""

    quote: str = ""
    times: int = 0
    is_table: bool = False
    headings: Texts | None = None
    question: int = 0
    proposed: tuple[Passage, ...] = ()
    supports: int = 0
    supported: bool = False
    turned: bool = False
    replies: int = 0


def with_surroundings(views: Sequence[Any], comments: Sequence[Comment], *, by: Actor) -> tuple[Any, ...]:
    """These queries.comments.CommentView, of these comments in this order, as the reader may read them, with what stands
    round each; a few selects for all of them together."""
    if not views:
        return ()
    ids = [comment.id for comment in comments]
    texts, references = _clauses(views, comments)
    questions = _questions(comments)
    supports, replies = supports_of.counted(ids), _replies(ids)
    ours = supports_of.given_by(by.organisation_id, ids)
    countries = _countries(views)
    return tuple(
        replace(
            view,
            country=view.country or countries.get(comment.id, ""),
            around=_around(
                view, comment, texts.get(comment.node_id or 0, {}), references.get(comment.round_id, ""),
                question=questions.get(comment.question_id or 0, 0),
                supports=supports.get(comment.id, 0), supported=ours.get(comment.id, False), turned=not ours.get(comment.id, True), replies=replies.get(comment.id, 0),
            ),
        )
        for view, comment in zip(views, comments, strict=True)
    )  # fmt: skip


def _around(
    view: Any, comment: Comment, texts: Mapping[str, tuple[str, str]], reference: str, **counted: Any
) -> Around:
    hidden = comment.hidden_at is not None
    quote = comment.quote if comment.anchor in QUOTING and not hidden else ""
    return Around(
        quote=quote, is_table=comment.anchor == Anchor.TABLE, times=_times(quote, texts, (view.language, reference)), headings=_headings(view, texts),
        proposed=_proposed(view, texts, reference), **counted,
    )  # fmt: skip


def _times(quote: str, texts: Mapping[str, tuple[str, str]], first: tuple[str, ...]) -> int:
    """How often the quoted words stand in the text that they were found in."""
    order = [texts[code][1] for code in dict.fromkeys((*first, *sorted(texts))) if code in texts]
    found = (quoted(quote, text) for text in order) if quote else ()
    return next((one.times for one in found if one), 0)


def _proposed(view: Any, texts: Mapping[str, tuple[str, str]], reference: str) -> tuple[Passage, ...]:
    """Against the clause in the language of the comment, for whoever wrote it began from those words."""
    _, text = texts.get(view.language) or texts.get(reference) or ("", "")
    return changed(text, view.proposal)


def _headings(view: Any, texts: Mapping[str, tuple[str, str]]) -> Texts | None:
    if view.node_id is None or view.clause:
        return None
    return {language: heading for language, (heading, _) in texts.items() if heading}


def _clauses(
    views: Sequence[Any], comments: Sequence[Comment]
) -> tuple[dict[int, dict[str, tuple[str, str]]], dict[int, str]]:
    """{clause: {language: (heading, text)}} where they are needed, and {round: reference language}."""
    quoting = {comment.id for comment in comments if comment.quote}
    needed = {
        view.node_id
        for view in views
        if view.node_id and (view.proposal or not view.clause or view.id in quoting)
    }
    if not needed:
        return {}, {}
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for row in db.session.scalars(select(NodeText).where(NodeText.node_id.in_(needed))):
        found.setdefault(row.node_id, {})[row.language] = (row.heading, row.text)
    query = select(Round.id, StandardVersion.reference_language).join(
        StandardVersion, StandardVersion.id == Round.version_id
    )
    rounds = {comment.round_id for comment in comments}
    return found, dict(db.session.execute(query.where(Round.id.in_(rounds))).all())


def _questions(comments: Sequence[Comment]) -> dict[int, int]:
    ids = {comment.question_id for comment in comments if comment.question_id}
    if not ids:
        return {}
    query = select(Question.id, Question.position).where(Question.id.in_(ids))
    return dict(db.session.execute(query).all())


def _replies(ids: Sequence[int]) -> dict[int, int]:
    query = (
        select(Reply.comment_id, func.count(Reply.id))
        .where(Reply.comment_id.in_(ids))
        .group_by(Reply.comment_id)
    )
    return dict(db.session.execute(query).all())


def _countries(views: Sequence[Any]) -> dict[int, str]:
    """{comment: country} of those without a name that may bear their country; nothing beside what is hidden."""
    bare = [view for view in views if not view.who and not view.hidden]
    shown = {round_id: countries_shown(round_id) for round_id in {view.round_id for view in bare}}
    if not any(shown.values()):
        return {}
    query = (
        select(Comment.id, Comment.round_id, RegisterEntry.country)
        .join(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .where(Comment.id.in_([view.id for view in bare]))
    )  # fmt: skip
    return {id: country for id, round_id, country in db.session.execute(query) if country in shown[round_id]}
