"""The words of votes in the templates of every actor who meets them."""

from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext
from markupsafe import Markup

from consultations import wording, wording_votes


def dress(pages: Blueprint) -> None:
    """Give the templates of a blueprint the words of votes."""
    pages.context_processor(_words)


def _words() -> dict[str, Any]:
    return {
        "choice_word": wording_votes.choice,
        "ballot_word": wording_votes.ballot,
        "method_words": wording_votes.METHODS,
        "vote_states": wording_votes.STATES,
        "outcome_words": wording_votes.OUTCOMES,
        "awaited_words": wording_votes.AWAITED,
        "step_words": wording_votes.STEPS,
        "resolution_words": wording_votes.RESOLUTIONS,
        "outside_words": wording_votes.OUTSIDE_OUTCOMES,
        "sample_words": wording_votes.SAMPLES,
        "role_words": {str(role): words for role, words in wording.ROLES.items()},
        "text_url": text_url,
        "bound_text": bound_text,
    }


def bound_text(page: Any, shown: str) -> tuple[Any, ...]:
    """A row of facts: the text that a vote is bound to and its hash as `shown`, with a link where it has a page."""
    if page.version_id is None:
        return (gettext("Motion"), shown)
    words = Markup("{} · {}").format(gettext("version %(label)s", label=page.text_label), shown)
    return (
        gettext("Text"),
        words,
        url_for("public.text", version_id=page.version_id),
        gettext("Read the full text"),
    )


def text_url(dossier_id: int) -> str:
    """Where the matter and its text are read."""
    return url_for("public.dossier", dossier_id=dossier_id)
