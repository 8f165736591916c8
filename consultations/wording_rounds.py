"""Words for what is done to rounds beside their course: comments placed, the next round, texts frozen without a round."""

from flask_babel import lazy_gettext

EVENTS = {
    "comments_placed": lazy_gettext("Comments were placed on a later version."),
    "comment_placed": lazy_gettext("A person said where a comment stands on a later version."),
    "dossier_text_frozen": lazy_gettext("The text was frozen without a round."),
    "requirement_suspended": lazy_gettext("A requirement was suspended until a later day."),
    "redline_reviewed": lazy_gettext("The changes from this round's text to a later version were read."),
}
FREEZERS = {
    "chair": lazy_gettext("the chair of the Commission"),
    "unit_head": lazy_gettext("the head of the Unit"),
}
HOW = {
    "stable_id": lazy_gettext("by the clause's lasting id"),
    "clause_map": lazy_gettext("by the clause map"),
    "quote": lazy_gettext("by the quoted words"),
    "similar": lazy_gettext("by words that are clearly the most alike"),
    "person": lazy_gettext("by a person"),
    "orphaned": lazy_gettext("waiting for a person"),
    "unplaced": lazy_gettext("not placed yet"),
}
"""By what comments were placed."""
