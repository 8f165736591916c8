"""Words for what members send in: its kinds, where it stands, and what happened to it."""

from flask_babel import lazy_gettext

KINDS = {
    "request": lazy_gettext("Request"),
    "concern": lazy_gettext("Concern"),
    "proposal": lazy_gettext("Proposal"),
    "remark": lazy_gettext("Remark on a published matter"),
}
KIND_HINTS = {
    "request": lazy_gettext(
        "Change a standard, or open a matter. It becomes a dossier or gets an answer with its reasons."
    ),
    "concern": lazy_gettext("Something that worries you. The Standards Unit reads it, and it is answered."),
    "proposal": lazy_gettext(
        "An idea that you have worked out. It becomes a dossier or gets an answer with its reasons."
    ),
    "remark": lazy_gettext(
        "It is kept with the published matter and listed for the next revision of its standard."
    ),
}
HINTS_OF_COMMITTEES = {
    **KIND_HINTS,
    "concern": lazy_gettext(
        "Of your network's committee. The Board and the Standards Unit read it, and it is answered."
    ),
}
STATES = {
    "sent": lazy_gettext("Sent"),
    "acknowledged": lazy_gettext("Read, waits for an answer"),
    "taken_up": lazy_gettext("Taken up"),
    "answered": lazy_gettext("Answered"),
    "withdrawn": lazy_gettext("Withdrawn"),
}
LISTED = lazy_gettext("Listed for the next revision")
TAGS = {"sent": "wait", "acknowledged": "open", "taken_up": "done", "answered": "done", "withdrawn": "off"}
EVENTS = {
    "petition_sent": lazy_gettext("A request, concern, proposal or remark was sent in."),
    "petition_acknowledged": lazy_gettext("What was sent in was acknowledged."),
    "petition_taken_up": lazy_gettext("What was sent in became a dossier."),
    "petition_answered": lazy_gettext("What was sent in was answered."),
    "petition_withdrawn": lazy_gettext("What was sent in was withdrawn."),
    "dossier_asked_for": lazy_gettext("The dossier began with what a member sent in."),
}


def standing(kind: str, state: str) -> str:
    """Where it stands: a remark that is acknowledged waits for the revision, not for an answer."""
    return str(LISTED if kind == "remark" and state == "acknowledged" else STATES[state])
