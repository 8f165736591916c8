"""Words for what the rules name by code: roles, refusals, and the texts a row keeps per language."""

from collections.abc import Mapping
from datetime import date, datetime

from babel import Locale
from flask_babel import get_locale, get_timezone, gettext, lazy_gettext

from consultations import moments, wording_events
from consultations.wording_comments import TYPES
from workflows.refusals import SENTENCES, Refusal
from workflows.roles import Role

LANGUAGES = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}

ROLES = {
    Role.UNIT: lazy_gettext("Standards Unit"),
    Role.UNIT_HEAD: lazy_gettext("head of the Standards Unit"),
    Role.COMMISSION: lazy_gettext("member of the Standards Commission"),
    Role.CHAIR: lazy_gettext("chair of the Standards Commission"),
    Role.DELEGATE: lazy_gettext("delegate"),
    Role.ORGANISATION: lazy_gettext("approver of the organisation"),
    Role.NETWORK: lazy_gettext("network coordinator"),
    Role.SECRETARY: lazy_gettext("secretary of the assembly"),
    Role.PRESIDENT: lazy_gettext("president of the assembly"),
    Role.SCRUTINEER: lazy_gettext("scrutineer"),
    Role.COMMITTEE: lazy_gettext("member of the contest committee"),
    Role.AUDITOR: lazy_gettext("auditor"),
    Role.ADMIN: lazy_gettext("operator of the register"),
    Role.SYSTEM: lazy_gettext("the clock"),
    Role.PUBLIC: lazy_gettext("the public"),
}


def language() -> str:
    """The reader's language code."""
    return str(get_locale() or "es")[:2]


def local(texts: Mapping[str, str] | None, reference: str = "es") -> str:
    """The text in the reader's language, else in the reference language, else in any."""
    texts = texts or {}
    for code in (language(), reference, "es", "en"):
        if texts.get(code):
            return texts[code]
    return next((text for text in texts.values() if text), "")


def refusal(reason: Refusal) -> dict[str, str]:
    """A refusal as people read it: what is wrong, and what to do."""
    wrong, remedy = SENTENCES[reason.code]
    values = {name: _value(name, value) for name, value in reason.values.items()}
    return {"sentence": gettext(wrong, **values), "remedy": gettext(remedy, **values)}


def _value(name: str, value: str | int) -> str | int:
    """Codes and instants inside a refusal, in words: instants in the reader's own zone."""
    if name == "role" and value in {str(role) for role in Role}:
        return str(ROLES[Role(str(value))])
    if name == "languages":
        return ", ".join(language_name(code) for code in str(value).split(", "))
    if name == "language":
        return language_name(str(value))
    if name == "type" and value in TYPES:
        return str(TYPES[str(value)])
    if name == "happened":
        return "; ".join(str(wording_events.EVENTS[event]).rstrip(".") for event in str(value).split(", "))
    if name.endswith("_at"):
        return moments.instant(datetime.fromisoformat(str(value)), str(get_timezone() or "UTC"))
    if name == "day":
        return moments.long_date(date.fromisoformat(str(value)))
    return value


def language_name(code: str) -> str:
    """What a language is called in the reader's language; a code that is none stays as it is."""
    return (get_locale() or Locale("es")).languages.get(code, code)


def country(code: str) -> str:
    """The country's name in the reader's language."""
    return (get_locale() or Locale("es")).territories.get(code, code)
