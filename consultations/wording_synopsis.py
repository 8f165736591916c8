"""Words of the synopsis: its sections, and the sentence of what each figure counts."""

from typing import Any

from flask_babel import lazy_gettext

from consultations.wording_comments import OUTCOMES, STANCES, TYPES

SECTIONS = {
    "introduction": lazy_gettext("Introduction"),
    "background": lazy_gettext("Background and objectives"),
    "method": lazy_gettext("Method and participation"),
    "summary": lazy_gettext("Executive summary"),
    "way_forward": lazy_gettext("Way forward"),
    "abbreviations": lazy_gettext("Abbreviations"),
    "process": lazy_gettext("The process"),
    "participants": lazy_gettext("Who took part"),
    "outcome": lazy_gettext("Outcome by topic"),
    "other": lazy_gettext("Other comments"),
}
"""Key -> title; in the order of the synopsis (consultation-model.md, "Synopsis")."""

PARTS = (
    (lazy_gettext("Part 1: what was asked and what came of it"), tuple(SECTIONS)[:6]),
    (lazy_gettext("Part 2: the consultation in detail"), tuple(SECTIONS)[6:]),
)
ASKED = {
    "introduction": lazy_gettext("What was asked, of whom and how."),
    "background": lazy_gettext("Why the text changes. The objectives of the round stand above your words."),
    "method": lazy_gettext("How members were reached. How organisations answered stands below your words."),
    "summary": lazy_gettext("What a reader must know who reads nothing else."),
    "way_forward": lazy_gettext("What happens next, and when."),
    "abbreviations": lazy_gettext("One on each line, beginning with a hyphen."),
    "process": lazy_gettext("What was special about this round. Its dates stand above your words."),
    "participants": lazy_gettext("Who was heard and who was not. The countries stand below your words."),
    "outcome": lazy_gettext("What members said of each topic. The tables stand below your words."),
    "other": lazy_gettext("What belongs to no topic. The kinds of comments stand below your words."),
}
"""What to write in each section, and which part of it is generated."""

FIGURES = {
    "invited": (lazy_gettext("Organisations asked"), lazy_gettext("organisations in the register of the round")),
    "answered": (lazy_gettext("Organisations that answered"), lazy_gettext("organisations asked that commented, declared “no comment” or sent their answers to the questions")),
    "commented": (lazy_gettext("Organisations that commented"), lazy_gettext("organisations asked with at least one comment that was sent and not withdrawn")),
    "no_comment": (lazy_gettext("Organisations with no comment"), lazy_gettext("organisations asked that declared “no comment” and sent none")),
    "questions_only": (lazy_gettext("Organisations that answered questions only"), lazy_gettext("organisations asked that sent their answers to the questions and nothing else")),
    "silent": (lazy_gettext("Organisations that did not answer"), lazy_gettext("organisations asked that neither commented, nor declared “no comment”, nor sent answers to the questions")),
    "received": (lazy_gettext("Comments received"), lazy_gettext("comments that were sent and not withdrawn, hidden ones among them")),
    "points": (lazy_gettext("Points made"), lazy_gettext("points of the comments received; a comment that was not split is one")),
    "distinct": (lazy_gettext("Distinct points"), lazy_gettext("points of the comments received, those that say the same counted once")),
    "late": (lazy_gettext("Comments entered late"), lazy_gettext("comments received after the round had closed")),
    "would_vote_no": (lazy_gettext("Comments that would make an organisation vote no"), lazy_gettext("comments received whose author says that the clause would make the organisation vote no")),
    "withdrawn": (lazy_gettext("Comments withdrawn"), lazy_gettext("comments that were sent and withdrawn by their authors")),
    "unsent": (lazy_gettext("Drafts never sent"), lazy_gettext("comments that were drafted and never sent")),
    "changes": (lazy_gettext("Points that led to a change"), lazy_gettext("points of comments received whose decided answer names a change of the text")),
    "substantive": (lazy_gettext("Points that led to a change of substance"), lazy_gettext("points of comments received whose decided answer names a change of substance")),
}  # fmt: skip
"""Name -> (title, what is counted)."""

CELLS: dict[str, tuple[Any, Any, Any]] = {
    "types": (TYPES, lazy_gettext("Comments of type “%(cell)s”"), lazy_gettext("comments received whose author chose the type “%(cell)s”")),
    "stances": (STANCES, lazy_gettext("Comments with the stance “%(cell)s”"), lazy_gettext("comments received whose author chose the stance “%(cell)s”")),
    "outcomes": (OUTCOMES, lazy_gettext("Points with the outcome “%(cell)s”"), lazy_gettext("points of comments received whose decided answer is “%(cell)s”")),
}  # fmt: skip
"""Table -> (its labels, title and sentence of a cell)."""

HIDDEN = lazy_gettext("hidden")


def figure_title(name: str) -> str:
    """A figure's title; the name itself when there is no such figure."""
    return _said(name, 0)


def figure_sentence(name: str) -> str:
    """What a figure counts."""
    return _said(name, 1)


def _said(name: str, which: int) -> str:
    if name in FIGURES:
        return str(FIGURES[name][which])
    table, _, cell = name.partition(".")
    if table not in CELLS or cell not in CELLS[table][0]:
        return name
    return str(CELLS[table][1 + which]) % {"cell": str(CELLS[table][0][cell])}
