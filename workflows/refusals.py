"""Why a move is refused: a code, its values, and the two sentences that the code stands for."""

from dataclasses import dataclass

from workflows import (
    sentences_answering,
    sentences_assembly,
    sentences_comments,
    sentences_consultation,
    sentences_drafts,
    sentences_elections,
    sentences_entries,
    sentences_general,
    sentences_items,
    sentences_minutes,
    sentences_petitions,
    sentences_points,
    sentences_remarks,
    sentences_rolls,
    sentences_rounds,
    sentences_rule_book,
    sentences_sheets,
    sentences_synopsis,
    sentences_vote,
)

SENTENCES: dict[str, tuple[str, str]] = {
    **sentences_general.SENTENCES,
    **sentences_answering.SENTENCES,
    **sentences_assembly.SENTENCES,
    **sentences_comments.SENTENCES,
    **sentences_consultation.SENTENCES,
    **sentences_drafts.SENTENCES,
    **sentences_elections.SENTENCES,
    **sentences_entries.SENTENCES,
    **sentences_items.SENTENCES,
    **sentences_rolls.SENTENCES,
    **sentences_rounds.SENTENCES,
    **sentences_rule_book.SENTENCES,
    **sentences_petitions.SENTENCES,
    **sentences_points.SENTENCES,
    **sentences_remarks.SENTENCES,
    **sentences_minutes.SENTENCES,
    **sentences_sheets.SENTENCES,
    **sentences_synopsis.SENTENCES,
    **sentences_vote.SENTENCES,
}
"""code -> (what is wrong, what to do), both English msgids with %(name)s placeholders."""

REFUSAL_CODES: frozenset[str] = frozenset(SENTENCES)


@dataclass(frozen=True)
class Refusal:
    """One reason against a move. Values whose name ends in `_at` are ISO 8601 instants in UTC."""

    code: str
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def values(self) -> dict[str, str | int]:
        """The values for the placeholders of both sentences."""
        return dict(self.params)

    def __str__(self) -> str:
        wrong, remedy = SENTENCES[self.code]
        return f"{wrong} {remedy}" % self.values


class Refused(Exception):  # noqa: N818  (a refusal is an answer, not an error)
    """A move, or an input, that is refused; carries ALL reasons."""

    def __init__(self, *refusals: Refusal) -> None:
        self.refusals: tuple[Refusal, ...] = refusals
        super().__init__(" ".join(str(refusal) for refusal in refusals))


def refusal(code: str, /, **params: str | int) -> Refusal:
    """The refusal `code` with its values; KeyError for a code or a value that SENTENCES does not know."""
    made = Refusal(code, tuple(sorted(params.items())))
    str(made)  # an unknown code or a forgotten value fails here, where it is written, not on a page
    return made
