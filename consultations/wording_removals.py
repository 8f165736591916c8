"""What stands in the place of words that others do not read."""

from flask import current_app, has_request_context
from flask_babel import force_locale, gettext

from workflows.messages import N_


def removed_words(reason: str) -> str:
    """In the place of single words."""
    return _said(N_("[removed: %(reason)s]"), reason)


def hidden_words(reason: str) -> str:
    """In the place of a comment that is hidden."""
    return _said(N_("[hidden: %(reason)s]"), reason)


def _said(sentence: str, reason: str) -> str:
    """In the reader's language; where nobody reads a page (an export at the server's shell), in the one of the house."""
    if has_request_context():
        return gettext(sentence, reason=reason)
    with force_locale(current_app.config["BABEL_DEFAULT_LOCALE"]):
        return gettext(sentence, reason=reason)
