"""Whether the house is awake: for load balancers and whoever watches the server."""

from datetime import datetime

from flask import Blueprint, current_app, g

from consultations.auth import everyone
from consultations.extensions import limiter
from consultations.queries import outbox

pages = Blueprint("health", __name__)


@pages.get("/healthz")
@limiter.exempt
@everyone
def healthz() -> tuple[dict[str, object], int]:
    """200 while the database answers, else 503; ages in whole seconds, null when not known.

    `runner_age`: since the runner of this machine last looked; `overdue`: how late the oldest timer is that
    should have fired, whichever machine it waits for; `unsent`: mails that wait or were given up.
    """
    runner = {"runner_age": _age(_last_tick())}
    waiting = outbox.backlog(at=g.at)
    if waiting is None:
        return {"database": False, **runner}, 503
    return {
        "database": True,
        **runner,
        "overdue": _age(waiting.oldest_timer) or 0,
        "unsent": waiting.unsent,
    }, 200


def _last_tick() -> datetime | None:
    try:
        return datetime.fromisoformat((current_app.extensions["settings"].var / "runner").read_text().strip())
    except (OSError, ValueError):
        return None


def _age(since: datetime | None) -> int | None:
    return None if since is None else max(0, int((g.at - since).total_seconds()))
