"""What refusals say on any page, and about dossiers: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "role_may_not": (
        N_("This step is not open to you in the capacity of %(role)s."),
        N_("Choose another capacity, or ask who may take it."),
    ),
    "role_not_yours_to_give": (
        N_("The role %(role)s is not yours to give."),
        N_("Ask the operator of the register."),
    ),
    "own_mandate": (N_("Nobody appoints themselves."), N_("Ask somebody else who keeps the register.")),
    "place_for_role": (
        N_("The role %(role)s does not fit the place that is given."),
        N_("Give an organisation, a body or neither, as the role asks."),
    ),
    "mandate_backwards": (
        N_("The mandate would end before it begins, or is over already."),
        N_("Give a last day that lies ahead and is not before the first."),
    ),
    "move_unknown": (
        N_("There is no such step."),
        N_("Choose one of the steps that the page offers."),
    ),
    "move_not_from_here": (
        N_("This has been done already, or something else has happened meanwhile."),
        N_("Reload the page."),
    ),
    "shown_otherwise": (
        N_("Since you opened this page something else has happened: %(happened)s."),
        N_("Look at how it stands now. If you still want this, press again."),
    ),
    "reason_missing": (N_("No reason is given."), N_("Write the reason in a sentence: it stays on record.")),
    "approver_is_author": (
        N_("Who approves must not be who wrote it."),
        N_("Ask another person to approve."),
    ),
    "positions_missing": (
        N_("Positions taken: %(taken)s; needed: %(needed)s."),
        N_("Remind the members of the Commission who have not taken a position."),
    ),
    "block_stands": (
        N_("Blocks that still stand: %(count)s."),
        N_("Resolve what was objected to, or have the block lifted with a reason."),
    ),
    "deadline_not_set": (N_("No closing date is set."), N_("Set the date and the time zone.")),
    "deadline_passed": (
        N_("The closing time has passed."),
        N_("Ask whoever leads the process what is still possible."),
    ),
    "deadline_not_reached": (
        N_("The closing time has not come yet."),
        N_("Wait for it: closing happens by itself."),
    ),
    "extension_not_later": (
        N_("The new closing time is not later than the present one."),
        N_("Choose a later one: a period is never made shorter."),
    ),
    "extension_too_long": (
        N_("This is %(days)s days later; at most %(longest)s are possible at once."),
        N_("Look at the year, and choose an earlier day."),
    ),
    "organisation_not_on_roll": (
        N_("The organisation is not on the roll."),
        N_("Ask the secretary for the roll and how it may be amended."),
    ),
    "organisation_not_registered": (
        N_("The organisation is not in the register of this round."),
        N_("Ask the Standards Unit to have the register checked."),
    ),
    "zone_unknown": (
        N_('There is no time zone "%(zone)s".'),
        N_("Choose one from the list, such as America/Managua."),
    ),
    "zone_missing": (
        N_("The time zone is missing or unknown."),
        N_("Choose one from the list, such as America/Managua."),
    ),
    "days_too_few": (N_("The period is shorter than one day."), N_("Give at least one day.")),
    "closing_before_opening": (
        N_("The last day lies before the first day."),
        N_("Choose a later last day, or an earlier first day."),
    ),
    "pause_backwards": (N_("The pause ends before it begins."), N_("Check both times.")),
    "instant_without_zone": (
        N_("The time %(instant)s has no time zone."),
        N_("Give the time with its zone."),
    ),
    "signer_unknown": (N_("It is not known who signs."), N_("Sign in, and sign again.")),
    "signed_before": (N_("This person has signed already."), N_("Ask another person to sign.")),
    "minutes_missing": (
        N_("The minutes have not been made yet."),
        N_("Have the minutes made from the data first."),
    ),
    "second_signature_missing": (
        N_("The signature of a second person is missing."),
        N_("Ask another person to sign with you."),
    ),
    "notice_too_short": (
        N_("The notice is %(days)s days and must be at least %(needed)s."),
        N_("Choose a later date."),
    ),
    "notice_missing": (
        N_("It opens on the day of the call; the notice must be at least %(needed)s days."),
        N_("Choose a later date."),
    ),
    "opening_past": (
        N_("The opening is already past; the notice must be at least %(needed)s days."),
        N_("Choose a later date."),
    ),
    "roll_not_frozen": (N_("The roll is empty or not frozen."), N_("Check the roll and freeze it.")),
    "roll_hash_not_new": (
        N_("The amended roll is the same as the present one."),
        N_("Make the change first, then freeze the roll again."),
    ),
    "quorum_missing": (
        N_("The quorum of this call is not reached."),
        N_("Wait until enough are present, or make the next call."),
    ),
    "kind_missing": (
        N_("The kind of matter is not chosen."),
        N_("Choose the kind: it says which rounds and steps are needed."),
    ),
    "title_missing": (N_("The title is missing."), N_("Write a title.")),
    "assessment_missing": (
        N_("The assessment is missing."),
        N_("Write what the Unit thinks of the request."),
    ),
    "profile_not_public": (
        N_("The project profile is not public."),
        N_("Publish the project profile first."),
    ),
    "standard_missing": (N_("The standard is missing."), N_("Choose the standard, or import it.")),
    "round_missing": (N_("There is no round to begin."), N_("Create a consultation round first.")),
    "round_unfinished": (
        N_("Rounds that are not finished: %(count)s."),
        N_("Finish or withdraw the round first."),
    ),
    "rounds_too_few": (
        N_("Rounds held: %(held)s; needed: %(needed)s."),
        N_("Hold another round first."),
    ),
    "final_review_not_approved": (
        N_("The Commission has not approved the final text."),
        N_("Ask for the Commission's final review."),
    ),
    "text_not_bound": (
        N_("The text is not frozen."),
        N_("Choose the version of the text, so that its hash is fixed."),
    ),
    "vote_not_final": (N_("The vote is not final yet."), N_("Wait until the contest window is over.")),
    "vote_did_not_adopt": (N_("The vote did not adopt the text."), N_("Record what the vote decided.")),
    "vote_did_not_reject": (N_("The vote did not reject the text."), N_("Record what the vote decided.")),
    "vote_has_result": (
        N_("The vote has not ended without a result."),
        N_("Record what the vote decided, or wait for it."),
    ),
    "nothing_to_send": (
        N_("There is no outside body to send this to."),
        N_("Record from when the decision applies."),
    ),
    "outside_decides": (
        N_("An outside body decides on this."),
        N_("Send the position, and record the answer."),
    ),
    "position_text_missing": (
        N_("The position is not written."),
        N_("Write the position that is to be sent."),
    ),
    "outside_outcome_missing": (
        N_("The outside answer is missing."),
        N_("Write down what the outside body answered."),
    ),
    "outside_did_not_accept": (
        N_("The outside body did not accept it."),
        N_("Leave it recorded: it comes up again at its review date."),
    ),
    "effective_date_not_reached": (
        N_("The date from which it applies is not set or has not come."),
        N_("Set the date, or wait for it."),
    ),
    "review_date_not_reached": (
        N_("The review date is not set or has not come."),
        N_("Set the date, or wait for it."),
    ),
    "postponed_elsewhere": (
        N_("It was not postponed from this step."),
        N_("Resume it where it was postponed."),
    ),
    "register_has_faults": (
        N_("Rows of the file that cannot be imported: %(count)s."),
        N_("Correct them in the file: all rows are imported together, or none."),
    ),
}
