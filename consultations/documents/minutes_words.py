"""What minutes say of instants, choices and counts, in the reader's language."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import gettext, lazy_gettext

from consultations import moments, wording, wording_votes
from consultations.documents.minutes_blocks import Threshold
from workflows.exact import parse_exact

CHOICES = {
    "yes": lazy_gettext("In favour"),
    "no": lazy_gettext("Against"),
    "abstain": lazy_gettext("Abstention"),
    "blank": lazy_gettext("Blank"),
    "invalid": lazy_gettext("Spoilt"),
    "not_voted": lazy_gettext("No vote"),
    "named": lazy_gettext("Names an option"),
    "interest": lazy_gettext("Excused: an interest of its own"),
}
MODES = {"in_person": lazy_gettext("in the room"), "online": lazy_gettext("on line")}
MOMENTS = {
    "assembly_installed": lazy_gettext("Declared installed"),
    "assembly_not_installed": lazy_gettext("Declared that it cannot be installed"),
    "assembly_suspended": lazy_gettext("Suspended"),
    "assembly_adjourned": lazy_gettext("Adjourned"),
    "assembly_resumed": lazy_gettext("Went on"),
    "written_procedure_opened": lazy_gettext("The window to vote in writing opened"),
    "written_procedure_closed": lazy_gettext("The window to vote in writing closed"),
    "assembly_closed": lazy_gettext("Closed"),
}
INTERRUPTIONS = {
    "vote_suspended": lazy_gettext("Suspended"),
    "vote_resumed": lazy_gettext("Went on"),
    "vote_extended": lazy_gettext("Extended"),
    "vote_voided": lazy_gettext("Called off"),
}
SHEETS = {
    "opened": lazy_gettext("Opened"),
    "entered": lazy_gettext("Entered once"),
    "different": lazy_gettext("The two entries differ"),
    "agreed": lazy_gettext("Entered twice"),
    "merged": lazy_gettext("Merged"),
    "cancelled": lazy_gettext("Cancelled"),
}
WHOLE = 1000
"""The length of a bar."""


def when(text: str | None, zone: str) -> str:
    """An instant of the figures, in words; "–" where there is none."""
    return moments.instant(datetime.fromisoformat(text), zone) if text else "–"


def short(text: str | None, zone: str) -> str:
    """The same for tables."""
    return moments.short(datetime.fromisoformat(text), zone) if text else "–"


def choice(code: str) -> str:
    """A choice; an option of a rule's own reads as it is written."""
    return str(CHOICES.get(code, code))


def ballot(vote: dict[str, Any], text: str) -> str:
    """What a ballot of this vote says: a choice, or the options of an election by their names."""
    if vote["method"] == "rule" or text in CHOICES:
        return choice(text)
    return wording_votes.ballot(
        SimpleNamespace(method=vote["method"], options=tuple(vote["options"].items())), text
    )


def said(sentences: dict[str, list[str]]) -> list[str]:
    """The sentences of a decision in the reader's language, else in Spanish."""
    return sentences.get(wording.language()) or sentences.get("es") or []


def quorum_sentence(line: dict[str, Any]) -> str:
    """One condition of a quorum with its numbers, and what is missing."""
    told = {"have": line["have"], "needed": line["needed"], "missing": line["missing"]}
    if line["passes"]:
        return gettext("%(have)s are there, and %(needed)s are needed.", **told)
    return gettext("%(have)s are there, and %(needed)s are needed: %(missing)s are missing.", **told)


def threshold(line: dict[str, Any], sentence: str) -> Threshold:
    """A condition drawn: what there was against what was needed, on one scale."""
    have, needed, base = (max(parse_exact(line[key].lstrip("-")), 0) for key in ("have", "needed", "base"))
    whole = max(have, needed, base, 1)
    return Threshold(
        sentence, int(WHOLE * have / whole), int(WHOLE * needed / whole), line["have"], line["needed"], bool(line["passes"])
    )  # fmt: skip
