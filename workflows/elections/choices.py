"""What a ballot of an election holds: text that is the same for the same vote, and that is never repaired in silence.

choose_one: `ana`. approval: `ana+eva`, in the order of the terms. stv and schulze: `ana>eva>luz`, the preferred first;
for schulze alone equal ranks too: `ana=eva>luz`, equals in the order of the terms. Options left out come last, as equals.
`blank` where the terms allow it; `invalid` for a spoilt paper.
"""

from collections.abc import Iterator

from workflows.conditions import BLANK, INVALID
from workflows.elections.terms import RANKED, Terms
from workflows.faults import shown
from workflows.refusals import Refusal, Refused, refusal

Ranks = tuple[tuple[str, ...], ...]
"""The options that a ballot names, the preferred first; equals stand together. Approvals are one rank."""


def parse_choice(text: str, terms: Terms) -> Ranks:
    """Read a ballot. `blank` and `invalid` name nothing and give no rank. Raises Refused with every reason."""
    if refusals := choice_refusals(text, terms):
        raise Refused(*refusals)
    return () if text in (BLANK, INVALID) else _split(text, terms)


def format_choice(ranks: Ranks, terms: Terms) -> str:
    """Write a ballot that names these options; equals in any order. Raises Refused as `parse_choice` does.

    No rank at all is refused: a blank ballot is `blank`, and is cast on purpose.
    """
    text = _joined(ranks, terms)
    if refusals := choice_refusals(text, terms):
        raise Refused(*refusals)
    return text


def choice_refusals(text: str, terms: Terms) -> tuple[Refusal, ...]:
    """Return every reason against this text as a ballot of this election."""
    if text == BLANK and not terms.allow_blank:
        return (refusal("blank_not_taken"),)
    if text in (BLANK, INVALID):
        return ()
    ranks = _split(text, terms)
    found = tuple(_refusals(ranks, terms))
    if found or text == _joined(ranks, terms):
        return found
    return (refusal("ballot_not_canonical", text=text, canonical=_joined(ranks, terms)),)


def _refusals(ranks: Ranks, terms: Terms) -> Iterator[Refusal]:
    named = [option for rank in ranks for option in rank]
    if "" in named or not named:
        yield refusal("ballot_names_nothing")
    for option in sorted({option for option in named if option and option not in terms.ids}):
        yield refusal("option_unknown", option=shown(option).strip('"'))
    for option in sorted({option for option in terms.ids if named.count(option) > 1}):
        yield refusal("option_twice", option=option)
    if len(named) > terms.most:
        yield refusal("options_too_many", count=len(named), most=terms.most)
    if terms.method == "stv" and any(len(rank) > 1 for rank in ranks):
        yield refusal("ranks_equal")


def _split(text: str, terms: Terms) -> Ranks:
    if terms.method == "choose_one":
        return ((text,),)
    if terms.method == "approval":
        return (tuple(text.split("+")),)
    return tuple(tuple(rank.split("=")) for rank in text.split(">"))


def _joined(ranks: Ranks, terms: Terms) -> str:
    """Write ranks as they stand, equals in the order of the terms (unknown options last)."""
    place = {option: n for n, option in enumerate(terms.ids)}
    equal = "=" if terms.method in RANKED else "+"
    return ">".join(
        equal.join(sorted(rank, key=lambda one: (place.get(one, len(place)), one))) for rank in ranks
    )
