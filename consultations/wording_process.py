"""Words for where dossiers, rounds and reviews stand, and for positions."""

from flask_babel import LazyString, lazy_gettext

STAGES: tuple[tuple[LazyString, LazyString, tuple[str, ...]], ...] = (
    (lazy_gettext("Preparing"), lazy_gettext("Standards Unit"), ("requested", "assessed", "scoped", "drafting", "postponed")),
    (lazy_gettext("Consultation"), lazy_gettext("organisations"), ("in_round",)),
    (lazy_gettext("Text for the vote"), lazy_gettext("Standards Commission"), ("final_review",)),
    (lazy_gettext("The vote"), lazy_gettext("assembly"), ("convened",)),
    (lazy_gettext("Decision"), lazy_gettext("president, secretary, scrutineer"), ("adopted", "not_adopted")),
    (lazy_gettext("Position sent"), lazy_gettext("Standards Unit"), ("sent",)),
    (lazy_gettext("Outcome"), lazy_gettext("outside body"), ("outcome_recorded", "in_force", "review_due")),
)  # fmt: skip
"""The line of the process: label, who must act, and the dossier's states it stands for."""

DOSSIER_KINDS = {
    "new_standard": lazy_gettext("New standard"),
    "revision": lazy_gettext("Revision"),
    "limited_review": lazy_gettext("Limited review"),
    "urgent": lazy_gettext("Urgent change"),
    "price": lazy_gettext("Price"),
    "suspension": lazy_gettext("Suspension of a requirement"),
    "advocacy": lazy_gettext("Advocacy position"),
    "own_matter": lazy_gettext("A network's own matter"),
}
DOSSIER_STATES = {
    "requested": lazy_gettext("Requested"),
    "assessed": lazy_gettext("Assessed"),
    "scoped": lazy_gettext("Scoped"),
    "drafting": lazy_gettext("Being drafted"),
    "in_round": lazy_gettext("In consultation"),
    "final_review": lazy_gettext("In final review"),
    "convened": lazy_gettext("Before the assembly"),
    "adopted": lazy_gettext("Adopted"),
    "not_adopted": lazy_gettext("Not adopted"),
    "sent": lazy_gettext("Position sent"),
    "outcome_recorded": lazy_gettext("Outside answer recorded"),
    "in_force": lazy_gettext("In force"),
    "review_due": lazy_gettext("Due for review"),
    "withdrawn_by_unit": lazy_gettext("Withdrawn by the Standards Unit"),
    "withdrawn_by_commission": lazy_gettext("Withdrawn by the Commission"),
    "postponed": lazy_gettext("Postponed"),
}
ROUND_STATES = {
    "draft": lazy_gettext("Draft"),
    "commission_review": lazy_gettext("At the Commission"),
    "approved": lazy_gettext("Approved by the Commission"),
    "scheduled": lazy_gettext("Announced"),
    "open": lazy_gettext("Open"),
    "paused": lazy_gettext("Paused"),
    "closed": lazy_gettext("Closed"),
    "answering": lazy_gettext("Being answered"),
    "synopsis_review": lazy_gettext("Synopsis at the Commission"),
    "published": lazy_gettext("Answers published"),
    "superseded": lazy_gettext("Followed by another round"),
    "ready_for_vote": lazy_gettext("Ready for vote"),
    "withdrawn": lazy_gettext("Withdrawn"),
}
CONSULTING = {
    "draft": lazy_gettext("Round being written"),
    "commission_review": lazy_gettext("Round before the Commission"),
    "approved": lazy_gettext("Round approved, not yet announced"),
    "scheduled": lazy_gettext("Consultation announced"),
    "open": lazy_gettext("In consultation"),
    "paused": lazy_gettext("Consultation paused"),
    "closed": lazy_gettext("Consultation closed, being answered"),
    "answering": lazy_gettext("Consultation closed, being answered"),
    "synopsis_review": lazy_gettext("Answers before the Commission"),
    "published": lazy_gettext("Answers published"),
    "superseded": lazy_gettext("Followed by another round"),
    "ready_for_vote": lazy_gettext("Ready for vote"),
    "": lazy_gettext("Between rounds of consultation"),
}
"""What a dossier in consultation is called, by where its newest round stands ("": it has none)."""

REVIEW_STATES = {
    "open": lazy_gettext("Waits for positions"),
    "approved": lazy_gettext("Approved"),
    "returned": lazy_gettext("Returned"),
}
SUBJECTS = {
    "draft": lazy_gettext("Draft of the round"),
    "synopsis": lazy_gettext("Synopsis"),
    "final": lazy_gettext("Final text"),
}
POSITIONS = {
    "approve": lazy_gettext("Approve"),
    "no_objection": lazy_gettext("No objection"),
    "block": lazy_gettext("Block"),
    "comment": lazy_gettext("Comment only"),
    "abstain": lazy_gettext("Abstain"),
    "recuse": lazy_gettext("Recuse myself"),
}
POSITION_HINTS = {
    "approve": lazy_gettext("The draft may go out as it is."),
    "no_objection": lazy_gettext("I do not stand in its way."),
    "block": lazy_gettext("It must not go out until my reason is resolved. A reason is required."),
    "comment": lazy_gettext("I say something and leave the decision to the others."),
    "abstain": lazy_gettext("I take no side; I count as heard."),
    "recuse": lazy_gettext("I have an interest in it and am not counted. A reason is required."),
}
SYNOPSIS_HINTS = {
    **POSITION_HINTS,
    "approve": lazy_gettext("The synopsis may be published as it is."),
    "block": lazy_gettext("It must not be published until my reason is resolved. A reason is required."),
}
QUESTION_KINDS = {
    "agree": lazy_gettext("Agree, partly, disagree, and why"),
    "single": lazy_gettext("One of several options"),
    "multiple": lazy_gettext("Several of several options"),
    "scale": lazy_gettext("A scale from one number to another"),
    "ranking": lazy_gettext("Options put in order of preference"),
    "number": lazy_gettext("A number"),
    "date": lazy_gettext("A date"),
    "text": lazy_gettext("Free text"),
    "file": lazy_gettext("A file"),
}
DAY_COUNTS = {
    "inclusive": lazy_gettext("Both ends count: from 1 to 30 April is 30 days"),
    "elapsed": lazy_gettext("The first day is day nought: from 1 to 30 April is 29 days"),
}
NODE_KINDS = {
    "chapter": lazy_gettext("Chapter"),
    "section": lazy_gettext("Section"),
    "requirement": lazy_gettext("Requirement"),
    "annex": lazy_gettext("Annex"),
    "definition": lazy_gettext("Definition"),
}
# Shape and colour of a state's tag (templates/_macros/status.html).
TAGS = {
    "open": "open",
    "in_round": "open",
    "answering": "open",
    "published": "done",
    "ready_for_vote": "done",
    "approved": "done",
    "adopted": "done",
    "in_force": "done",
    "superseded": "off",
    "closed": "off",
    "withdrawn": "off",
    "returned": "off",
    "not_adopted": "off",
    "withdrawn_by_unit": "off",
    "withdrawn_by_commission": "off",
}


def tag_kind(state: str) -> str:
    """The kind of tag that a state wears: what is neither running, done nor off is waiting."""
    return TAGS.get(state, "wait")


def standing(state: str, round_state: str) -> str:
    """Where a dossier stands, as the public reads it: in consultation it stands where its newest round does."""
    return str(CONSULTING[round_state] if state == "in_round" else DOSSIER_STATES[state])
