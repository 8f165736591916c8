"""Words for the dates of a dossier, on its page and in calendars."""

from flask_babel import lazy_gettext

WHAT = {
    "round_opens": lazy_gettext("Round %(number)s opens for comments"),
    "round_closes": lazy_gettext("Round %(number)s: last moment to comment"),
    "answers_judged": lazy_gettext("Round %(number)s: last moment to say whether the answers satisfy"),
    "review_due": lazy_gettext("Review of round %(number)s: last moment to take a position"),
    "vote_opens": lazy_gettext("Vote %(number)s opens"),
    "vote_closes": lazy_gettext("Vote %(number)s: last moment to vote"),
    "vote_contested": lazy_gettext("Vote %(number)s: last moment to contest the result"),
}
STANDING = {
    "still": lazy_gettext("It stands still: the date is told anew when it goes on."),
    "off": lazy_gettext("This will not take place."),
}


def said(what: str, number: str) -> str:
    """What a date is, in words."""
    return str(WHAT[what]) % {"number": number}


def stands(standing: str) -> str:
    """What speaks against a date ("" for nothing)."""
    return str(STANDING[standing]) if standing else ""
