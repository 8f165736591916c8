"""Words for where dossiers, rounds and reviews stand, for positions, and for what happened to them."""

from flask_babel import LazyString, lazy_gettext

from consultations import wording_entries

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
QUESTION_KINDS = {
    "agree": lazy_gettext("Agree, partly, disagree, and why"),
    "single": lazy_gettext("One of several options"),
    "multiple": lazy_gettext("Several of several options"),
    "scale": lazy_gettext("A scale from one number to another"),
    "ranking": lazy_gettext("Options put in order of preference"),
    "number": lazy_gettext("A number"),
    "date": lazy_gettext("A date"),
    "text": lazy_gettext("Free text"),
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


EVENTS = {
    "dossier_requested": lazy_gettext("The dossier was requested."),
    "dossier_assessed": lazy_gettext("The request was assessed."),
    "dossier_scoped": lazy_gettext("The scope was set and made public."),
    "drafting_started": lazy_gettext("Drafting began."),
    "consultation_entered": lazy_gettext("The dossier entered consultation."),
    "dossier_redrafted": lazy_gettext("The dossier went back to drafting."),
    "final_review_started": lazy_gettext("The final review began."),
    "dossier_convened": lazy_gettext("The dossier went before the assembly."),
    "dossier_adopted": lazy_gettext("The assembly adopted it."),
    "dossier_not_adopted": lazy_gettext("The assembly did not adopt it."),
    "vote_without_result_recorded": lazy_gettext("The vote ended without a result."),
    "position_sent": lazy_gettext("The position was sent."),
    "outcome_recorded": lazy_gettext("The outside answer was recorded."),
    "entered_into_force": lazy_gettext("It entered into force."),
    "review_came_due": lazy_gettext("It came due for review."),
    "dossier_postponed": lazy_gettext("The dossier was postponed."),
    "dossier_resumed": lazy_gettext("The dossier was taken up again."),
    "dossier_withdrawn_by_unit": lazy_gettext("The Standards Unit withdrew the dossier."),
    "dossier_withdrawn_by_commission": lazy_gettext("The Commission withdrew the dossier."),
    "standard_imported": lazy_gettext("A draft was imported."),
    "translation_imported": lazy_gettext("A translation was imported."),
    "version_drawn_up": lazy_gettext("A new version was drawn up from an earlier one."),
    "clause_reworded": lazy_gettext("A clause was reworded."),
    "translation_confirmed": lazy_gettext("A translation was confirmed."),
    "clause_terms_changed": lazy_gettext("The number or the kind of a clause was changed."),
    "clause_added": lazy_gettext("A clause was added."),
    "clause_moved": lazy_gettext("A clause was moved."),
    "clause_split": lazy_gettext("A clause was split in two."),
    "clauses_merged": lazy_gettext("Two clauses were merged."),
    "clause_deleted": lazy_gettext("A clause was deleted."),
    "effective_date_set": lazy_gettext("It was set from when a clause applies."),
    "effective_date_changed": lazy_gettext("The day from which a clause applies was changed."),
    "clause_linked": lazy_gettext("The clause map was corrected."),
    "clause_unlinked": lazy_gettext("A line of the clause map was removed."),
    "round_created": lazy_gettext("The round was created."),
    "round_edited": lazy_gettext("The round was changed."),
    "round_submitted": lazy_gettext("The draft was submitted to the Commission."),
    "round_returned": lazy_gettext("The Commission returned the draft."),
    "round_approved": lazy_gettext("The Commission approved the round; text and register were frozen."),
    "round_scheduled": lazy_gettext("The round was announced."),
    "round_opened": lazy_gettext("The round was opened."),
    "round_paused": lazy_gettext("The round was paused."),
    "round_resumed": lazy_gettext("The round went on."),
    "round_extended": lazy_gettext("The round was extended."),
    "late_entry_granted": lazy_gettext("A late entry was granted to one organisation."),
    "reminder_sent": lazy_gettext("Those who had not answered were reminded."),
    "round_closed": lazy_gettext("The round was closed."),
    "round_reopened": lazy_gettext("The round was opened again."),
    "answering_started": lazy_gettext("Answering began."),
    "synopsis_submitted": lazy_gettext("The synopsis was submitted to the Commission."),
    "synopsis_returned": lazy_gettext("The Commission returned the synopsis."),
    "synopsis_published": lazy_gettext("The synopsis was published."),
    "round_superseded": lazy_gettext("Another round followed."),
    "text_declared_ready_for_vote": lazy_gettext("The text was declared ready for vote."),
    "round_withdrawn": lazy_gettext("The round was withdrawn."),
    "review_opened": lazy_gettext("The Commission's review began."),
    "position_taken": lazy_gettext("A member took a position."),
    "block_lift_seconded": lazy_gettext("A second member agreed that a block is lifted."),
    "block_lifted": lazy_gettext("A block was lifted."),
    "review_deferred": lazy_gettext("The review was given more time."),
    "review_approved": lazy_gettext("The Commission approved."),
    "review_returned": lazy_gettext("The Commission returned it."),
    "vote_prepared": lazy_gettext("A vote was prepared."),
    "vote_edited": lazy_gettext("The vote was changed."),
    "vote_reviewed": lazy_gettext("A second person reviewed the vote."),
    "vote_sent_back": lazy_gettext("The vote was sent back."),
    "vote_convened": lazy_gettext("The vote was convened; rule and roll were frozen."),
    "roll_amended": lazy_gettext("The roll was amended."),
    "vote_called_off": lazy_gettext("The vote was called off."),
    "vote_opened": lazy_gettext("The vote was opened."),
    "vote_suspended": lazy_gettext("The vote was suspended."),
    "vote_resumed": lazy_gettext("The vote went on."),
    "vote_extended": lazy_gettext("The vote was extended."),
    "vote_closed": lazy_gettext("The vote was closed."),
    "vote_voided": lazy_gettext("The vote was voided."),
    "vote_counted": lazy_gettext("The vote was counted."),
    "vote_recounted": lazy_gettext("The vote was counted again."),
    "quorum_missed": lazy_gettext("The vote missed its quorum."),
    "tie_left_to_second_vote": lazy_gettext("The votes were equal: a second vote follows."),
    "tie_broken": lazy_gettext("The tie was broken."),
    "result_signed": lazy_gettext("The result was signed."),
    "result_proclaimed": lazy_gettext("The result was proclaimed."),
    "result_contested": lazy_gettext("The result was contested."),
    "result_upheld": lazy_gettext("The result was upheld."),
    "result_became_final": lazy_gettext("The result became final."),
    "vote_annulled": lazy_gettext("The vote was annulled."),
    "contest_answered": lazy_gettext("A contest of the result was answered."),
    "count_refused": lazy_gettext("The count was refused."),
    "ballot_cast": lazy_gettext("A ballot was cast."),
    "ballot_changed": lazy_gettext("A ballot was changed."),
    # in a comment, an answer and a questionnaire
    "comment_entered": lazy_gettext("A comment was entered."),
    "comment_drafted": lazy_gettext("A comment was drafted."),
    "comment_edited": lazy_gettext("A comment was changed."),
    "approval_requested": lazy_gettext("The organisation's approval was asked."),
    "comment_submitted": lazy_gettext("A comment was sent."),
    "comment_released": lazy_gettext("The organisation approved a comment."),
    "comment_given_back": lazy_gettext("The organisation gave a comment back."),
    "comment_recalled": lazy_gettext("A comment was taken back to be changed."),
    "comment_withdrawn": lazy_gettext("A comment was withdrawn."),
    "draft_lapsed": lazy_gettext("A draft was never sent and lapsed."),
    "comment_triaged": lazy_gettext("A comment was sorted."),
    "comment_hidden": lazy_gettext("A comment was hidden."),
    "comment_shown": lazy_gettext("A comment was shown again."),
    "comment_visibility_changed": lazy_gettext("Who may read a comment was changed."),
    "answer_proposed": lazy_gettext("An answer was proposed."),
    "proposal_returned": lazy_gettext("A proposed answer was given back."),
    "answer_decided": lazy_gettext("An answer was decided."),
    "decision_reversed": lazy_gettext("The decision on a comment was reversed."),
    "answer_told": lazy_gettext("An answer was told to the organisation."),
    "satisfaction_declared": lazy_gettext("An organisation was satisfied with its answer."),
    "objection_raised": lazy_gettext("An organisation objected to its answer."),
    "silence_recorded": lazy_gettext("An organisation did not say whether its answer satisfies."),
    "objection_answered": lazy_gettext("An objection was answered."),
    "answer_reconsidered": lazy_gettext("An answer was taken up again."),
    "no_comment_declared": lazy_gettext("An organisation declared that it has no comment."),
    "no_comment_retracted": lazy_gettext("An organisation took its “no comment” back."),
    "questions_answered": lazy_gettext("An organisation answered questions."),
    **wording_entries.EVENTS,
    # in an assembly
    "assembly_prepared": lazy_gettext("An assembly was prepared."),
    "assembly_edited": lazy_gettext("The assembly was changed."),
    "assembly_convened": lazy_gettext("The assembly was convened."),
    "assembly_roll_amended": lazy_gettext("The roll of the assembly was amended."),
    "first_call_made": lazy_gettext("The first call was made."),
    "second_call_made": lazy_gettext("The second call was made."),
    "third_call_made": lazy_gettext("The third call was made."),
    "assembly_installed": lazy_gettext("The assembly was installed."),
    "assembly_not_installed": lazy_gettext("The assembly could not be installed."),
    "arrival_recorded": lazy_gettext("An arrival was recorded."),
    "departure_recorded": lazy_gettext("A departure was recorded."),
    "assembly_adjourned": lazy_gettext("The assembly was adjourned."),
    "assembly_resumed": lazy_gettext("The assembly went on."),
    "assembly_closed": lazy_gettext("The assembly was closed."),
    "minutes_signature_given": lazy_gettext("The minutes were signed by one person."),
    "minutes_signed": lazy_gettext("The minutes were signed."),
    # in the register
    "register_imported": lazy_gettext("The register was imported."),
    "organisation_registered": lazy_gettext("An organisation was registered."),
    "organisation_changed": lazy_gettext("An organisation's data were changed."),
    "mandate_begun": lazy_gettext("A mandate began."),
    "mandate_ended": lazy_gettext("A mandate ended."),
    "password_changed": lazy_gettext("A password was changed."),
    "sessions_ended": lazy_gettext("A person signed out everywhere."),
    "reminders_wanted": lazy_gettext("A person asked for reminders."),
    "reminders_stopped": lazy_gettext("A person stopped reminders."),
}
OWN_EVENTS = {
    "comment_submitted": lazy_gettext("Your organisation commented"),
    "comment_withdrawn": lazy_gettext("Your organisation withdrew a comment"),
    "no_comment_declared": lazy_gettext("Your organisation declared “no comment”"),
    "questions_answered": lazy_gettext("Your organisation answered questions"),
    **wording_entries.OWN_EVENTS,
    "ballot_cast": lazy_gettext("Your organisation voted"),
    "ballot_changed": lazy_gettext("Your organisation changed its vote"),
    "satisfaction_declared": lazy_gettext("Your organisation said whether the answers satisfy"),
}
"""What an organisation did, as it is told itself."""


def standing(state: str, round_state: str) -> str:
    """Where a dossier stands, as the public reads it: in consultation it stands where its newest round does."""
    return str(CONSULTING[round_state] if state == "in_round" else DOSSIER_STATES[state])


def happened(event: str) -> str:
    """What happened, as a sentence."""
    return str(EVENTS[event])


def happened_to_us(event: str) -> str:
    """What happened, as an organisation reads it of which the event is, or of which it is not."""
    return str(OWN_EVENTS.get(event) or EVENTS[event])
