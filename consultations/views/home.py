"""The home page of each actor: what waits for me, then what happened lately."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, current_app, g, redirect, render_template, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from consultations import auth, moments, wording
from consultations.auth import signed_in
from consultations.queries import lately, tasks
from consultations.queries.task import Task
from consultations.views import task_words
from consultations.wording_events import happened_to_us
from workflows.roles import Role, implies

pages = Blueprint("home", __name__)

SOON_DAYS = 3


@dataclass(frozen=True)
class Line:
    """A task as it is printed."""

    title: str
    detail: str
    url: str
    button: str
    tag: str
    tag_kind: str
    quiet: bool


@dataclass(frozen=True)
class News:
    """Something that happened, as it is printed."""

    what: str
    at: datetime
    title: str
    url: str


@pages.get("/home")
@signed_in
def index() -> str | Response:
    """What waits for whoever asks, in the capacity they act in."""
    actor = auth.actor()
    if actor.mandate_id is None and auth.my_capacities():
        return redirect(url_for("account.capacity"))
    lines = [line(task, g.at) for task in tasks.waiting(actor, at=g.at)]
    return render_template(
        "home/index.html", musts=[line for line in lines if not line.quiet], mays=[line for line in lines if line.quiet],
        news=news(lately.lately(actor)), heading=_heading(sum(not line.quiet for line in lines)),
        empty=gettext(task_words.EMPTY.get(str(actor.role), task_words.NOTHING)), onward=_onward(actor.role),
    )  # fmt: skip


def line(task: Task, at: datetime) -> Line:
    """A task in words: tag from its deadline, detail from its figures, one button."""
    words = task_words.WORDS[task.kind]
    when = moments.opening if task.begins else moments.closing
    moment = when(at, task.due_at, task.zone) if task.due_at else None
    detail = gettext(words.detail, **task.params) if words.detail else ""
    return Line(
        title=wording.local(task.titles) or gettext(words.title, **task.params),
        detail=" ".join(part for part in (detail, moment.absolute if moment else "") if part),
        url=_url(task),
        button=gettext(words.button),
        tag=moment.relative if moment else gettext(words.tag) if words.tag else "",
        tag_kind=_tag_kind(task, words, at),
        quiet=task.quiet,
    )


def news(happened: tuple[lately.Happened, ...]) -> list[News]:
    """Events as they are printed."""
    return [
        News(
            happened_to_us(one.name), one.at, wording.local(one.titles),
            url_for("public.dossier", dossier_id=one.dossier_id),
        )
        for one in happened
    ]  # fmt: skip


def _onward(role: Role) -> tuple[str, str]:
    """Where an empty page leads: the Unit to its dossiers, everybody else to the public pages."""
    if Role.UNIT in implies(role):
        return url_for("unit.board"), gettext("Dossiers")
    return url_for("public.home"), gettext("All consultations and votes")


def _heading(count: int) -> str:
    if count == 0:
        return gettext("Nothing waits for you")
    return ngettext("One thing waits for you", "%(num)d things wait for you", count)


def _tag_kind(task: Task, words: task_words.Words, at: datetime) -> str:
    soon = task.due_at is not None and not task.begins and not task.quiet
    if soon and task.due_at is not None and (task.due_at - at).days < SOON_DAYS:
        return "late"
    return "wait" if task.begins else words.tag_kind


def _url(task: Task) -> str:
    """The task's page; a role without one reads the dossier."""
    return url_for(task.endpoint, **task.args) if task.endpoint in current_app.view_functions else ""
