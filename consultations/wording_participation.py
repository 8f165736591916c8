"""Words of participation: where organisations stand, by what they are counted, how they are reached."""

from flask_babel import lazy_gettext

from consultations import wording
from workflows.participation import Standing

STANDINGS = {
    Standing.INVITED: lazy_gettext("Invited"),
    Standing.DELIVERED: lazy_gettext("Delivered"),
    Standing.SEEN: lazy_gettext("Seen"),
    Standing.DRAFTING: lazy_gettext("Writing"),
    Standing.ANSWERED: lazy_gettext("Answered"),
    Standing.NO_COMMENT: lazy_gettext("No comment"),
    Standing.DECLINED: lazy_gettext("Declined"),
    Standing.BOUNCED: lazy_gettext("Mail came back"),
    Standing.NOT_REACHED: lazy_gettext("Not reached"),
}

TAGS = {
    Standing.INVITED: "wait", Standing.DELIVERED: "wait", Standing.SEEN: "wait", Standing.DRAFTING: "open",
    Standing.ANSWERED: "done", Standing.NO_COMMENT: "done", Standing.DECLINED: "off", Standing.BOUNCED: "late",
    Standing.NOT_REACHED: "late",
}  # fmt: skip
"""The shape of each status."""

AXES = {
    "country": lazy_gettext("Country"), "region": lazy_gettext("Region"), "network": lazy_gettext("Network"),
    "product": lazy_gettext("Product"), "kind": lazy_gettext("Type of organisation"), "size": lazy_gettext("Size (members)"),
    "language": lazy_gettext("Language"), "channel": lazy_gettext("Way of answering"),
}  # fmt: skip

KINDS = {
    "spo": lazy_gettext("Small producers' organisation"),
    "spo_second_grade": lazy_gettext("Small producers' organisation, second grade"),
    "workers": lazy_gettext("Workers' organisation"),
}

WAYS = {
    "web": lazy_gettext("In the browser"), "offline": lazy_gettext("Without a connection, sent later"),
    "paper": lazy_gettext("On paper"), "workshop": lazy_gettext("In a workshop"),
}  # fmt: skip

CHANNELS = {
    "phone": lazy_gettext("Phone"), "visit": lazy_gettext("Visit"), "radio": lazy_gettext("Radio"),
    "messaging": lazy_gettext("Messaging"), "letter": lazy_gettext("Letter"), "assembly": lazy_gettext("Assembly"),
    "other": lazy_gettext("Another way"),
}  # fmt: skip

NOBODY = {
    "region": lazy_gettext("No region"),
    "network": lazy_gettext("No network"),
    "channel": lazy_gettext("Not answered"),
}


def place(axis: str, code: str, names: dict[str, str] | None = None) -> str:
    """What a place on an axis is called; `names`: of a network or region, per language."""
    if not code:
        return str(NOBODY.get(axis, lazy_gettext("Not known")))
    if axis == "country":
        return wording.country(code)
    if axis == "language":
        return wording.LANGUAGES.get(code) or wording.language_name(code)
    if axis in ("kind", "channel"):
        return str((KINDS if axis == "kind" else WAYS).get(code, code))
    if axis == "size":
        return _size(code)
    return wording.local(names) or code


def _size(code: str) -> str:
    """ "50-199" and "2000-" as people read them."""
    first, _, last = code.partition("-")
    return f"{first}–{last}" if last else str(lazy_gettext("%(first)s and more", first=first))


def ways(exact: tuple[str, ...]) -> str:
    """The exact set of ways by which organisations answered: "In the browser only", "On paper + In a workshop"."""
    if len(exact) == 1:
        return str(lazy_gettext("%(way)s only", way=WAYS.get(exact[0], exact[0])))
    return " + ".join(str(WAYS.get(way, way)) for way in exact)
