"""What waits for somebody, in the words of a calendar."""

from flask import current_app, url_for
from flask_babel import gettext

from consultations import wording
from consultations.queries.capacities import Capacity
from consultations.queries.task import Task
from consultations.views import task_words


def told(task: Task, capacity: Capacity) -> tuple[str, str, str]:
    """Summary, description and path of a task: what to do on which matter, the details, and for whom."""
    words = task_words.WORDS[task.kind]
    title = wording.local(task.titles) or gettext(words.title, **task.params)
    detail = gettext(words.detail, **task.params) if words.detail else ""
    whom = capacity.organisation or wording.local(capacity.network_names)
    known = task.endpoint in current_app.view_functions
    return (
        f"{gettext(words.button)} · {title}",
        "\n".join(line for line in (detail, whom) if line),
        url_for(task.endpoint, **task.args) if known else url_for("home.index"),
    )
