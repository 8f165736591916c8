"""Whose country may stand beside a comment that bears no name."""

from consultations.facts.synopses import countries_published


def countries_shown(round_id: int) -> frozenset[str]:
    """The countries of which the published table shows both the organisations and the comments.

    Beside comments anybody can count a country; so it is named there only where the table tells the same, and what the
    table hides, to hide another as well, is not told here either.
    """
    table = countries_published(round_id)
    return frozenset(code for code, row in table.items() if row and None not in row.values())
