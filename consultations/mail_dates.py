"""The dates of a letter as a calendar file: a program that has the public calendar too shows each of them once."""

from datetime import datetime

from flask_babel import gettext

from consultations import wording, wording_dates
from consultations.config import Settings
from consultations.documents import calendar_file
from consultations.engine.outbox import Claimed
from consultations.facts.revisions import revisions
from consultations.queries.outbox import Subject
from workflows.deadlines import shown

# kind of letter -> (which instant of its subject, what it is called)
DATES: dict[str, tuple[tuple[str, str], ...]] = {
    "round_opened": (("closes_at", "round_closes"),),
    "round_closing_soon": (("closes_at", "round_closes"),),
    "round_extended": (("closes_at", "round_closes"),),
    "review_opened": (("closes_at", "review_due"),),
    "answers_published": (("until", "answers_judged"),),
    "vote_convened": (("opens_at", "vote_opens"), ("closes_at", "vote_closes")),
    "roll_added": (("opens_at", "vote_opens"), ("closes_at", "vote_closes")),
    "vote_opened": (("closes_at", "vote_closes"),),
    "vote_extended": (("closes_at", "vote_closes"),),
    "vote_resumed": (("closes_at", "vote_closes"),),
    "vote_closing_soon": (("closes_at", "vote_closes"),),
    "vote_result": (("until", "vote_contested"),),
}
SUBJECTS = {"round": "round_id", "vote": "vote_id", "review": "review_id"}


def attached(notice: Claimed, about: Subject, url: str, settings: Settings, *, at: datetime) -> bytes:
    """The file to attach, in the language in force; nothing for a letter without a date, or about no round, vote or review.

    `url` the page of the letter's button; `at` stands for when its dates were last changed where no event says so.
    """
    known = _subject(notice.kind, about)
    if known is None:
        return b""
    sequence, changed_at = revisions([known]).get(known, (0, at))
    dates = tuple(
        calendar_file.Date(
            uid=calendar_file.uid(settings.address, f"{known[0]}/{known[1]}/{what}"),
            summary=f"{wording_dates.said(what, about.number)} · {wording.local(about.titles)}",
            at=instant if what.endswith("_opens") else shown(instant, about.zone),
            sequence=sequence, changed_at=changed_at, url=url,
        )
        for name, what in DATES[notice.kind]
        if (instant := getattr(about, name)) is not None
    )  # fmt: skip
    return calendar_file.written(gettext("Dates"), dates) if dates else b""


def _subject(kind: str, about: Subject) -> tuple[str, int] | None:
    """What the dates of a letter are of, as events name it."""
    stem = "review" if kind == "review_opened" else "vote" if kind.startswith("vote_") else "round"
    id = about.ids.get(SUBJECTS[stem])
    return (stem, id) if kind in DATES and id is not None else None
