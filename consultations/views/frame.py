"""What every page has around it: language, zone, who one acts as, and the words in templates."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, session, url_for
from flask_babel import gettext
from flask_login import current_user

from consultations import auth, moments, wording, wording_drafts, wording_questions
from consultations.config import Settings
from consultations.queries.capacities import Capacity
from consultations.views import navigation, register_words


@dataclass(frozen=True)
class Me:
    """Who is signed in, for the header."""

    name: str
    acting_line: str
    can_switch: bool
    home_url: str


@dataclass(frozen=True)
class Link:
    """A link of the navigation or of the language choice."""

    label: str
    url: str
    current: bool = False
    code: str = ""

    @property
    def name(self) -> str:
        """A language's own name."""
        return self.label


def language() -> str:
    """The person's language, else the one chosen for this session, else the browser's, else the default."""
    if chosen := session.get("language"):
        return str(chosen)
    if current_user.is_authenticated:
        return current_user.person.language
    return request.accept_languages.best_match(list(wording.LANGUAGES)) or _settings().default_language


def zone() -> str:
    """The person's time zone, else the house's."""
    return current_user.person.zone if current_user.is_authenticated else _settings().zone


def acting_line(capacity: Capacity) -> str:
    """ "You act for Flor del Valle (Guatemala) as delegate"; for bodies "You act as chair … (CECLAC)"."""
    role = str(wording.ROLES[capacity.role])
    if capacity.organisation:
        country = wording.country(capacity.country or "")
        return gettext(
            "You act for %(name)s (%(country)s) as %(role)s",
            name=capacity.organisation,
            country=country,
            role=role,
        )
    if capacity.network_names:
        return gettext(
            "You act as %(role)s · %(name)s", role=role, name=wording.local(capacity.network_names)
        )
    return gettext("You act as %(role)s", role=role)


def dress(app: Flask) -> None:
    """Give every template its surroundings and filters."""
    app.context_processor(_surroundings)
    app.jinja_env.filters.update(
        local=wording.local, refusal=wording.refusal, instant=moments.instant, deadline=moments.deadline,
        day=moments.day, date=moments.long_date, short=moments.short, country=wording.country, language=wording.language_name,
        weight=register_words.weight, question_fault=wording_questions.FAULTS.get, asked_when=wording_questions.condition,
    )  # fmt: skip
    app.jinja_env.globals.update(
        closing=moments.closing, opening=moments.opening, may_open=may_open, clause_words=wording_drafts
    )


def may_open(endpoint: str) -> bool:
    """Whether who asks may open this route: no page shows a link that would answer 403."""
    access: auth.Access = current_app.view_functions[endpoint].access  # type: ignore[attr-defined]
    return access.admits(auth.actor(), current_user.is_authenticated)


def _surroundings() -> dict[str, object]:
    return {
        "lang": wording.language(),
        "me": _me(),
        "nav": _nav(),
        "languages": _languages(),
        "settings_help_email": _settings().help_email,
        "now": g.get("at"),
        "zone": zone(),
    }


def _me() -> Me | None:
    if not current_user.is_authenticated:
        return None
    mine = auth.my_capacities()
    chosen = next((c for c in mine if c.mandate_id == auth.actor().mandate_id), None)
    line = acting_line(chosen) if chosen else ""
    return Me(current_user.person.name, line, len(mine) > 1, url_for("home.index"))


def _languages() -> list[Link]:
    return [
        Link(name, url_for("account.language", code=code, next=_here()), code == wording.language(), code)
        for code, name in wording.LANGUAGES.items()
    ]


def _here() -> str:
    return (
        request.full_path.rstrip("?")
        if request.method == "GET" and request.endpoint != "account.language"
        else "/"
    )


def _nav() -> list[Link]:
    """The navigation of who asks: each view module names its own entries (NAV: role -> endpoint and label)."""
    here = request.endpoint
    return [
        Link(str(label), url_for(endpoint), endpoint == here)
        for endpoint, label in navigation.entries(auth.actor().role)
    ]


def _settings() -> Settings:
    return current_app.extensions["settings"]
