"""News and dates for programs: Atom feeds and calendars, public but for one's own calendar behind a secret address.

An address and its language give one answer for everybody: nothing in it depends on who asks, so it may be kept.
"""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, g, request, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from consultations import wording, wording_dates, wording_events
from consultations.auth import everyone
from consultations.documents import atom, calendar_file
from consultations.engine import accounts
from consultations.queries import news, own_dates, public_dates
from consultations.queries.news import News, Subject
from consultations.queries.own_dates import OwnDate
from consultations.queries.public_dates import Dated, Dates
from consultations.views.dated_tasks import told
from workflows.deadlines import shown

pages = Blueprint("feeds", __name__)
KEPT = "public, max-age=300"
OWN = "private, no-cache"
STATUS = {"": "CONFIRMED", "still": "TENTATIVE", "off": "CANCELLED"}
EMPTY_SINCE = datetime(2026, 1, 1, tzinfo=UTC)  # of a feed in which nothing has happened yet


@pages.get("/feed.atom")
@everyone
def everything() -> Response:
    """What happened in all public dossiers."""
    with force_locale(_language()):
        feed = _feed(
            "consultations", gettext("Consultations and votes"), "public.home", news.of_all(), EMPTY_SINCE
        )
        return _kept(atom.written(feed), atom.MIMETYPE, KEPT)


@pages.get("/public/dossiers/<int:dossier_id>/feed.atom")
@everyone
def dossier(dossier_id: int) -> Response:
    """What happened in one."""
    subject, entries = news.of_dossier(dossier_id) or abort(404)
    with force_locale(_language()):
        feed = _feed(
            f"dossier/{subject.id}",
            _name(subject),
            "public.dossier",
            entries,
            subject.began_at,
            dossier_id=subject.id,
        )
        return _kept(atom.written(feed), atom.MIMETYPE, KEPT)


@pages.get("/public/dossiers/<int:dossier_id>/calendar.ics")
@everyone
def calendar(dossier_id: int) -> Response:
    """The public dates of a dossier."""
    found = public_dates.of_dossier(dossier_id) or abort(404)
    with force_locale(_language()):
        dates = tuple(_date(found, one) for one in found.dates)
        return _calendar(_name(found), dates, f"plenaria-{found.dossier_id}.ics", KEPT)


@pages.get("/calendar/<token>.ics")
@everyone
def own(token: str) -> Response:
    """One's own deadlines, for a calendar program that cannot sign in; the address is the key."""
    given = accounts.calendar_of(token, current_app.extensions["settings"].secret()) or abort(404)
    found = own_dates.of_person(*given, at=g.at) or abort(404)
    with force_locale(found.person.language):
        dates = tuple(_own_date(one) for one in found.dates)
        answer = _calendar(gettext("My deadlines"), dates, "plenaria.ics", OWN)
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _feed(
    what: str, title: str, page: str, entries: tuple[News, ...], began_at: datetime, **args: int
) -> atom.Feed:
    assert request.endpoint is not None
    return atom.Feed(
        id=atom.tag(_host(), EMPTY_SINCE.date(), what),
        title=f"{title} · Plenaria",
        author="Plenaria",
        language=_language(),
        self_url=_complete(request.endpoint, **{"in": _language()}, **args),
        page_url=_complete(page, **args),
        updated=max((one.at for one in entries), default=began_at),
        entries=tuple(_entry(one) for one in entries),
    )


def _entry(one: News) -> atom.Entry:
    sentence = wording_events.happened(one.name)
    return atom.Entry(
        atom.tag(_host(), one.at.date(), f"event/{one.event_id}"), f"{wording.local(one.titles)}: {sentence}",
        f"{one.code} · {sentence}", _complete("public.dossier", dossier_id=one.dossier_id), one.at,
    )  # fmt: skip


def _date(of: Dates, one: Dated) -> calendar_file.Date:
    return calendar_file.Date(
        uid=_uid(f"{one.subject[0]}/{one.subject[1]}/{one.what}"),
        summary=f"{wording_dates.said(one.what, one.number)} · {wording.local(of.titles)}",
        at=shown(one.at, one.zone) if one.deadline else one.at,
        sequence=one.sequence,
        changed_at=one.changed_at,
        url=_complete("public.dossier", dossier_id=of.dossier_id),
        description=wording_dates.stands(one.standing),
        status=STATUS[one.standing],
    )


def _own_date(one: OwnDate) -> calendar_file.Date:
    summary, description, url = told(one.task, one.capacity)
    return calendar_file.Date(
        uid=_uid(f"own/{one.key}"), summary=summary, at=one.at if one.task.begins else shown(one.at, one.task.zone),
        sequence=one.sequence, changed_at=one.changed_at or EMPTY_SINCE, url=_address() + url, description=description,
    )  # fmt: skip


def _calendar(name: str, dates: tuple[calendar_file.Date, ...], filename: str, kept: str) -> Response:
    answer = _kept(calendar_file.written(name, dates), calendar_file.MIMETYPE, kept)
    if answer.status_code == 200:
        answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return answer


def _kept(body: bytes, mimetype: str, kept: str) -> Response:
    """The answer with its ETag, or 304 for who has it already."""
    answer = Response(body, content_type=f"{mimetype}; charset=utf-8")
    answer.headers["Cache-Control"] = kept
    answer.add_etag()
    return answer.make_conditional(request)


def _name(of: Dates | Subject) -> str:
    return f"{of.code} · {wording.local(of.titles)}"


def _language() -> str:
    """The language of the address, else the house's: never the reader's own, whom the address does not name."""
    asked = request.args.get("in", "")
    return asked if asked in wording.LANGUAGES else str(current_app.extensions["settings"].default_language)


def _address() -> str:
    """Where people reach the pages, as in mails: not what a request says of its host."""
    return str(current_app.extensions["settings"].address)


def _complete(endpoint: str, **args: str | int) -> str:
    return _address() + url_for(endpoint, **args)  # type: ignore[arg-type]


def _host() -> str:
    return urlsplit(_address()).hostname or "localhost"


def _uid(what: str) -> str:
    return calendar_file.uid(_address(), what)
