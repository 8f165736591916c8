"""Words of the register: what an import finds and changes, and what a weight is called."""

from flask_babel import gettext

from consultations.documents import wording
from consultations.documents.findings import Finding
from workflows.messages import N_

IMPORTED = {
    "organisations_new": N_("New organisations"),
    "organisations_changed": N_("Changed organisations"),
    "organisations_same": N_("Organisations as before"),
    "networks_new": N_("New networks"),
    "memberships_begun": N_("Memberships begun"),
    "memberships_ended": N_("Memberships ended"),
    "people_new": N_("New people"),
    "mandates_begun": N_("Mandates begun"),
    "mandates_ended": N_("Mandates ended"),
}


def in_words(finding: Finding) -> str:
    """A finding in the reader's language, without its place."""
    return gettext(wording.SENTENCES[finding.code], **wording.params(finding, gettext))


def sentence(finding: Finding) -> str:
    """A finding in the reader's language, its place first."""
    place = finding.place
    where = gettext(wording.PLACES[place.unit], index=place.index, table=place.table) if place else ""
    return f"{where}: {in_words(finding)}" if where else in_words(finding)


def field(name: str) -> str:
    """A column of the file in the reader's language."""
    return wording.field(name, gettext)


def weight(name: str) -> str:
    """What a weight is called in the reader's language."""
    return wording.weight(name, gettext)
