"""The words of votes in the templates of every actor who meets them."""

from typing import Any

from flask import Blueprint, url_for

from consultations import wording, wording_votes


def dress(pages: Blueprint) -> None:
    """Give the templates of a blueprint the words of votes."""
    pages.context_processor(_words)


def _words() -> dict[str, Any]:
    return {
        "choice_word": wording_votes.choice,
        "vote_states": wording_votes.STATES,
        "outcome_words": wording_votes.OUTCOMES,
        "awaited_words": wording_votes.AWAITED,
        "step_words": wording_votes.STEPS,
        "resolution_words": wording_votes.RESOLUTIONS,
        "outside_words": wording_votes.OUTSIDE_OUTCOMES,
        "sample_words": wording_votes.SAMPLES,
        "role_words": {str(role): words for role, words in wording.ROLES.items()},
        "text_url": text_url,
    }


def text_url(dossier_id: int) -> str:
    """Where the matter and its text are read."""
    return url_for("public.dossier", dossier_id=dossier_id)
