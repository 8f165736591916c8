"""What stands in the place of words that others do not read."""

from flask_babel import gettext


def removed_words(reason: str) -> str:
    """In the place of single words."""
    return gettext("[removed: %(reason)s]", reason=reason)


def hidden_words(reason: str) -> str:
    """In the place of a comment that is hidden."""
    return gettext("[hidden: %(reason)s]", reason=reason)
