"""Words for comments, their answers and where they stand, as members read them."""

from flask_babel import lazy_gettext

TYPES = {
    "general": lazy_gettext("General"),
    "technical": lazy_gettext("On the substance"),
    "editorial": lazy_gettext("On the wording"),
    "question": lazy_gettext("Question"),
    "cost": lazy_gettext("Costs"),
    "feasibility": lazy_gettext("Feasibility"),
    "gender": lazy_gettext("Gender"),
    "child_labour": lazy_gettext("Child labour"),
    "climate": lazy_gettext("Climate"),
}
STANCES = {
    "for": lazy_gettext("In favour"),
    "neutral": lazy_gettext("Neither for nor against"),
    "against": lazy_gettext("Against"),
}
# What may be another in the next version beside the words.
TURNED = {
    "type": lazy_gettext("what it is about"),
    "stance": lazy_gettext("whether you are in favour"),
    "would_vote_no": lazy_gettext("whether it would make you vote no"),
}
VISIBILITIES = {
    "public": lazy_gettext("Everyone"),
    "members": lazy_gettext("The member organisations"),
    "unit": lazy_gettext("The Standards Unit and the Commission only"),
}
OUTCOMES = {
    "accepted": lazy_gettext("Accepted"),
    "accepted_in_part": lazy_gettext("Accepted in part"),
    "accepted_with_change": lazy_gettext("Accepted with a change"),
    "accepted_in_principle": lazy_gettext("Accepted in principle"),
    "noted": lazy_gettext("Noted"),
    "already_covered": lazy_gettext("Already covered"),
    "out_of_scope": lazy_gettext("Out of scope"),
    "deferred": lazy_gettext("Deferred"),
    "rejected": lazy_gettext("Not accepted"),
    "withdrawn": lazy_gettext("Withdrawn"),
    "duplicate": lazy_gettext("Duplicate"),
}
STATES = {
    "draft": lazy_gettext("Draft, not sent"),
    "awaiting_organisation": lazy_gettext("Waits for the organisation's approval"),
    "submitted": lazy_gettext("Sent"),
    "triaged": lazy_gettext("Being read"),
    "proposed": lazy_gettext("Answer proposed"),
    "decided": lazy_gettext("Answer decided"),
    "answered": lazy_gettext("Answered"),
    "satisfied": lazy_gettext("Satisfied"),
    "objected": lazy_gettext("Objection"),
    "silent": lazy_gettext("Answered, no objection"),
    "withdrawn": lazy_gettext("Withdrawn"),
}
# What an organisation reads of its own comment: the Unit's steps before publication are one to it.
STATES_TO_ITS_AUTHORS = {
    **STATES,
    **dict.fromkeys(("triaged", "proposed", "decided"), lazy_gettext("Sent, being answered")),
}
# Shape of the status tag: open ●, wait ○, late ▲, done ✓, off ✕.
STATE_TAGS = {
    "draft": "late", "awaiting_organisation": "wait", "submitted": "open", "triaged": "wait", "proposed": "wait",
    "decided": "done", "answered": "done", "satisfied": "done", "objected": "late", "silent": "done",
    "withdrawn": "off",
}  # fmt: skip
AGREEMENT = {
    "agree": lazy_gettext("We agree"),
    "partly": lazy_gettext("We agree in part"),
    "disagree": lazy_gettext("We disagree"),
}
