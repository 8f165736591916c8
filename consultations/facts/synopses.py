"""The figures of a synopsis, computed from the rows; and what may be published of them."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, case, func, select

from consultations.extensions import db
from consultations.facts import question_results, register
from consultations.facts.points import FIRST, pieces, with_answers
from consultations.facts.published_participation import SILENT, table
from consultations.facts.small_cells import answers_hidden, hidden, is_small, part_shown
from consultations.models.comments import Answer, Comment, CommentVersion
from consultations.models.rounds import RegisterEntry
from consultations.wording_comments import OUTCOMES, STANCES, TYPES
from workflows.comment import CommentState

NOT_RECEIVED = (*register.UNSENT, CommentState.WITHDRAWN)
DECIDED = (
    CommentState.DECIDED,
    CommentState.ANSWERED,
    CommentState.SATISFIED,
    CommentState.OBJECTED,
    CommentState.SILENT,
)

PROPERTIES = {
    "late": ("received",),
    "would_vote_no": ("received",),
    "withdrawn": ("received", "withdrawn"),
    "unsent": ("received", "withdrawn", "unsent"),
}
"""Counts of what single comments are -> the counts that add up to all comments that could be so."""


def figures(round_id: int) -> dict[str, Any]:
    """Every figure of a round as integers, exact and complete: for the Commission and for the record.

    received: comments sent and not withdrawn (hidden ones count); organisations: each in one place only, so that the
    four add up to those invited; countries: every one of the register, with the organisations that
    answered in any way and the comments received; outcomes, changes, substantive: of the points of comments that are decided.
    """
    rows = db.session.execute(_received(round_id)).all()
    decided = [point for point in _answered_points(round_id) if point.state in DECIDED]
    return {
        "received": len(rows),
        "late": sum(row.late for row in rows),
        "withdrawn": _count(
            round_id, Comment.state == CommentState.WITHDRAWN, Comment.submitted_at.is_not(None)
        ),
        "unsent": _count(round_id, Comment.submitted_at.is_(None)),
        "would_vote_no": sum(row.would_vote_no for row in rows),
        "organisations": _organisations(round_id),
        "types": _tally((row.type for row in rows), TYPES),
        "stances": _tally((row.stance for row in rows), STANCES),
        "countries": _countries(round_id, rows),
        "outcomes": _tally((point.outcome for point in decided), OUTCOMES),
        "changes": sum(bool(point.change) for point in decided),
        "substantive": sum(bool(point.substantive) for point in decided),
        "questions": question_results.for_synopsis(round_id),
    }


def published(exact: dict[str, Any]) -> dict[str, Any]:
    """The same figures with None for what is hidden: cells under five and what would reveal them.

    What is a cell and what anybody can count is decided in `small_cells`.
    """
    return {
        **exact,
        **{key: _part(exact, key) for key in PROPERTIES},
        "organisations": {**_answers_shown(_parts(exact)), "invited": exact["organisations"]["invited"]},
        "types": _shown(exact["types"]),
        "stances": _shown(exact["stances"]),
        "countries": _countries_shown(exact),
        "questions": question_results.rows_published(exact["questions"]),
    }  # fmt: skip


def countries_published(round_id: int) -> dict[str, dict[str, int | None] | None]:
    """The published table of countries alone, as it stands; the one that says which countries are told anywhere."""
    rows = db.session.execute(_received(round_id)).all()
    return _countries_shown(
        {"countries": _countries(round_id, rows), "organisations": _organisations(round_id)}
    )


def small_cells(shown: dict[str, Any]) -> int:
    """How many figures about people and organisations under five stand in what is to be published."""
    tables = [shown["types"], shown["stances"], *(row["values"] for row in shown["questions"])]
    tables.append({key: value for key, value in shown["organisations"].items() if key != "invited"})
    tables += [row for row in shown["countries"].values() if row]
    tables += [
        {"part": shown[key], "others": _others(shown, key)} for key in PROPERTIES if shown[key] is not None
    ]
    return sum(1 for table in tables for value in table.values() if value is not None and is_small(value))


def name_shown(name: str, consent: bool) -> str | None:
    """The organisation's name beside its comment, only with its consent; the one place that decides it."""
    return name if consent else None


def decisions(round_id: int) -> list[dict[str, Any]]:
    """Which version of each comment was answered by which answer: what the synopsis freezes beside its figures."""
    versions = {row.id: row.version for row in db.session.execute(_received(round_id))}
    rows = _answered_points(round_id)
    split = {row.comment_id for row in rows if row.number != FIRST}
    return [
        {
            "comment": row.comment_id, "version": versions[row.comment_id], "answer": row.answer or 0,
            "outcome": row.outcome or "", **({"point": row.number} if row.comment_id in split else {}),
        }
        for row in rows
    ]  # fmt: skip


def took_part(round_id: int) -> list[int]:
    """The organisations that answered in any way."""
    query = select(RegisterEntry.organisation_id).where(
        RegisterEntry.round_id == round_id, register.has_answered()
    )
    return list(db.session.scalars(query))


def _answered_points(round_id: int) -> Sequence[Row[Any]]:
    """Every point of the comments received with what became of it: one row each, also where nothing did yet."""
    points = pieces(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
    answer = (Answer.number.label("answer"), Answer.outcome, Answer.change, Answer.substantive)
    ordered = with_answers(points, Comment.state, *answer).join(Comment, Comment.id == points.c.comment_id)
    return db.session.execute(ordered.order_by(points.c.comment_id, points.c.number)).all()


def _received(round_id: int) -> Select[Any]:
    return (
        select(
            Comment.id, Comment.state, Comment.late, Comment.version, Comment.organisation_id, RegisterEntry.country,
            CommentVersion.type, CommentVersion.stance, CommentVersion.would_vote_no,
        )
        .join(CommentVersion, (CommentVersion.comment_id == Comment.id) & (CommentVersion.number == Comment.version))
        .join(
            RegisterEntry,
            (RegisterEntry.round_id == Comment.round_id) & (RegisterEntry.organisation_id == Comment.organisation_id),
        )
        .where(Comment.round_id == round_id, Comment.state.not_in(NOT_RECEIVED))
    )  # fmt: skip


def _count(round_id: int, *conditions: Any) -> int:
    return (
        db.session.scalar(select(func.count(Comment.id)).where(Comment.round_id == round_id, *conditions))
        or 0
    )


def _tally(values: Any, order: Any) -> dict[str, int]:
    counted = Counter(values)
    return {key: counted[key] for key in order}


def _countries(round_id: int, rows: Any) -> dict[str, dict[str, int]]:
    spoke = func.sum(case((register.has_answered(), 1), else_=0))
    query = select(RegisterEntry.country, func.count(RegisterEntry.id), spoke).where(
        RegisterEntry.round_id == round_id
    )
    asked = db.session.execute(query.group_by(RegisterEntry.country).order_by(RegisterEntry.country))
    comments = Counter(row.country for row in rows)
    return {
        code: {"asked": count, "organisations": int(answered), "comments": comments[code]}
        for code, count, answered in asked
    }


def _countries_shown(exact: dict[str, Any]) -> dict[str, dict[str, int | None] | None]:
    """Per country of the register how many answered and what they commented; None where both are hidden.

    The organisations are those of the page of participation, from the same table: of those that commented, the
    difference would tell how few declared "no comment". All countries are named, also where nothing came from: so which
    are named says nothing; none, when all are hidden. Figures frozen without those asked count no organisations.
    """
    rows, few = exact["countries"], SILENT in answers_hidden(_parts(exact))
    asked = {code: (row["asked"], row["organisations"]) for code, row in rows.items() if "asked" in row}
    answered = {place.code: place.answered for place in table(asked, few=few) if place.shown}
    comments = {code: (row["comments"],) for code, row in rows.items()}
    gone = hidden(comments, besides=frozenset(asked.keys() - answered.keys()))
    shown = {
        code: None
        if code in gone and code not in answered
        else {"organisations": answered.get(code), "comments": None if code in gone else count}
        for code, (count,) in comments.items()
    }
    return shown if any(shown.values()) else {}


def _organisations(round_id: int) -> dict[str, int]:
    commented = select(Comment.id).where(
        Comment.round_id == round_id,
        Comment.organisation_id == RegisterEntry.organisation_id,
        Comment.state.not_in(NOT_RECEIVED),
    )
    asked = select(func.count(RegisterEntry.id)).where(RegisterEntry.round_id == round_id)
    invited, spoke = (db.session.scalar(query) or 0 for query in (asked, asked.where(commented.exists())))
    silent = register.missing_count(round_id)
    no_comment = (
        db.session.scalar(asked.where(RegisterEntry.no_comment_at.is_not(None), ~commented.exists())) or 0
    )
    return {
        "invited": invited, "commented": spoke, "no_comment": no_comment,
        "questions_only": invited - spoke - no_comment - silent, "silent": silent,
    }  # fmt: skip


def _parts(exact: dict[str, Any]) -> dict[str, int]:
    return {key: value for key, value in exact["organisations"].items() if key != "invited"}


def _others(figures: dict[str, Any], key: str) -> int | None:
    """How many comments are not so; None where that is hidden."""
    total = [figures[name] for name in PROPERTIES[key]]
    return None if None in total else sum(total) - figures[key]


def _part(exact: dict[str, Any], key: str) -> int | None:
    return part_shown(exact[key], _others(exact, key) or 0)


def _answers_shown(parts: dict[str, int]) -> dict[str, int | None]:
    gone = answers_hidden(parts)
    return {key: None if key in gone else value for key, value in parts.items()}


def _shown(table: dict[str, int]) -> dict[str, int | None]:
    gone = hidden({key: (value,) for key, value in table.items()})
    return {key: None if key in gone else value for key, value in table.items()}
