"""What refusals say about votes and assemblies: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "ballot_meanwhile": (
        N_("A vote of your organisation has come in since you opened this page."),
        N_("Look at it, and send yours only if it is to take its place."),
    ),
    "vote_prepared_before": (
        N_("A vote on this matter is being prepared already: %(vote)s."),
        N_("Go on with that one, or call it off first."),
    ),
    "matter_voted_before": (
        N_("Another vote on this matter is convened, or has decided it."),
        N_("Call this one off; a further vote is possible once the other has ended without a result."),
    ),
    "text_not_handed_over": (
        N_("The text of this matter has not been handed over to the vote yet."),
        N_(
            "Wait until the chair of the Commission declares its round ready for the vote or, where there is no round, until the text is frozen."
        ),
    ),
    "rule_not_bound": (N_("No rule is chosen."), N_("Choose the rule that decides the vote.")),
    "reviewer_is_author": (
        N_("Who reviews must not be who prepared it."),
        N_("Ask a second person to review."),
    ),
    "rule_faulty": (N_("Faults of the rule: %(count)s."), N_("Correct the rule, or choose another.")),
    "samples_missing": (
        N_("%(shown)s sample outcomes were shown and %(needed)s are needed."),
        N_("Look at the sample outcomes before you confirm."),
    ),
    "window_missing": (N_("The vote has no opening and closing time in this order."), N_("Set both times.")),
    "roll_change_not_published": (
        N_("The change of the roll is not public."),
        N_("Publish the change with its reason."),
    ),
    "roll_changed": (
        N_("The roll is not the one that was frozen."),
        N_("Restore it, or amend it with a reason and two signatures before the vote opens."),
    ),
    "rule_changed": (
        N_("The rule is not the one that was frozen."),
        N_("Restore the frozen rule, or call the vote off and convene it again."),
    ),
    "mandate_not_in_force": (
        N_("Your mandate is not in force at this time."),
        N_("Ask your organisation or its network to renew it."),
    ),
    "choice_unknown": (
        N_("The choice is not one of those that this vote offers."),
        N_("Choose one of the choices shown."),
    ),
    "ballot_missing": (N_("Your organisation has no ballot yet."), N_("Cast a ballot first.")),
    "suspension_not_added": (
        N_("The closing time does not give back what the suspension took."),
        N_("Move the closing time by the length of the suspension."),
    ),
    "vote_extended_before": (
        N_("Extensions so far: %(count)s. A vote is extended once at most."),
        N_("Let it close at its time."),
    ),
    "president_may_not_close": (
        N_("The rule does not let the president close this vote."),
        N_("Wait for the closing time."),
    ),
    "board_head_missing": (
        N_("The board of ballots is not signed."),
        N_("Have the head of the board signed first."),
    ),
    "tally_missing": (N_("The votes have not been counted."), N_("Have the count made first.")),
    "quorum_not_missed": (
        N_("It is not established that the quorum was missed."),
        N_("Check the quorum again."),
    ),
    "next_call_missing": (
        N_("The vote of the next call is missing."),
        N_("Prepare the vote of the next call, or record that this was the last."),
    ),
    "no_tie_pending": (N_("There is no tie to break."), N_("Proclaim what was decided.")),
    "tie_breaker_missing": (
        N_("The tie is not broken."),
        N_("Give the casting vote, or prepare the second vote."),
    ),
    "decision_not_reached": (
        N_("The count has not led to a decision."),
        N_("Record the missed quorum, or have the tie broken."),
    ),
    "signatures_missing": (
        N_("President, secretary and scrutineer must sign, as three persons."),
        N_("Ask who is missing to sign."),
    ),
    "void_signatures_missing": (
        N_("President and scrutineer must sign, as two persons."),
        N_("Ask who is missing to sign."),
    ),
    "minutes_signatures_missing": (
        N_("President and secretary must sign the minutes, as two persons."),
        N_("Ask who is missing to sign."),
    ),
    "contest_window_open": (
        N_("The time to contest the result is not over yet."),
        N_("Wait until it is over."),
    ),
    "contest_window_over": (
        N_("The time to contest the result is not set or over."),
        N_("Ask the contest committee what is still possible."),
    ),
    "contest_waits": (
        N_("Contests of your organisation that wait for an answer: %(count)s."),
        N_("Wait for the committee's answer before you contest again."),
    ),
    "contest_answered": (
        N_("This contest has been answered already."),
        N_("Read the answer on the page of the vote."),
    ),
    "annulment_needs_two": (
        N_("One member of the committee alone cannot annul a vote."),
        N_("Ask another member to read the contest and to agree."),
    ),
    "roll_proposal_stale": (
        N_("The amendment is not the one that you read, or the register has changed since it was proposed."),
        N_("Open the page of the roll again and read what is proposed now."),
    ),
    "roll_amended_too_late": (
        N_("The time to amend the roll is over: it ended when the vote was to open."),
        N_("Let the vote run on the roll as it stands."),
    ),
    "recount_missing": (
        N_("The recount is missing beside the first count."),
        N_("Have the recount made: both results are kept."),
    ),
    "agenda_missing": (N_("The agenda is missing."), N_("Write the agenda.")),
    "start_not_ahead": (N_("The assembly does not begin after now."), N_("Choose a later time.")),
    "start_not_reached": (N_("The assembly's time has not come."), N_("Wait for it.")),
    "calls_used_up": (
        N_("The statutes allow %(allowed)s calls and they are used up, or none was made."),
        N_("Record that the assembly was not installed."),
    ),
    "calls_left": (N_("The statutes allow a further call."), N_("Make the next call first.")),
    "next_call_not_due": (N_("The time between two calls is not over yet."), N_("Wait until it is over.")),
    "already_present": (N_("The organisation is in the room already."), N_("Check the attendance list.")),
    "not_present": (N_("The organisation is not in the room."), N_("Check the attendance list.")),
    "votes_open": (N_("Votes that are not closed: %(count)s."), N_("Close or void them first.")),
    "text_of_other_standard": (
        N_("The chosen text is not a text of this dossier's standard."),
        N_("Choose a text of the same standard."),
    ),
    "question_missing": (N_("The question is not written."), N_("Write what is asked, in one sentence.")),
    "vote_code_taken": (
        N_('Another vote has the code "%(vote)s" already.'),
        N_("Open the list of votes: somebody may have prepared it in another window."),
    ),
    "call_not_on_ladder": (
        N_("The rule has no quorum for call %(call)s."),
        N_("Choose a call of the rule's ladder."),
    ),
    "call_too_early": (
        N_(
            "By the rule, call %(call)s opens at %(earliest_at)s at the earliest: it waits after the closing before."
        ),
        N_("Let it open later."),
    ),
    "choice_too_long": (
        N_('The choice "%(choice)s" has more than %(longest)s characters, and no ballot could hold it.'),
        N_("Shorten it in the rule file."),
    ),
    "weights_missing": (
        N_('Organisations without the weight "%(field)s" in the register: %(count)s (%(names)s).'),
        N_("Complete the register, or choose another weight."),
    ),
    "roll_unfit": (
        N_("The roll does not fit the rule: %(fault)s."),
        N_("Complete the register, or choose another rule."),
    ),
    "second_vote_wanted": (
        N_("The rule asks for a second vote and not for a casting vote."),
        N_("Prepare the second vote."),
    ),
    "count_superseded": (
        N_("You read count %(read)s, and count %(newest)s has taken its place."),
        N_("Read the minutes of the newest count, then sign."),
    ),
    "role_signed_before": (
        N_("Somebody has signed already as %(role)s."),
        N_("Ask who is missing to sign."),
    ),
    "earlier_ballot_stands": (
        N_("The ballot that your organisation cast before, at %(cast_at)s, stands unchanged."),
        N_("Keep its receipt: it is the one that counts."),
    ),
    "no_ballot_stands": (
        N_("No ballot of your organisation was received: no vote of yours is counted."),
        N_("Write to the help address at once if you hold a receipt."),
    ),
    "resolution_unknown": (
        N_("The result is upheld, recounted or annulled; nothing else is possible."),
        N_("Choose one of the three."),
    ),
    "recipient_missing": (N_("It is not said to whom the position goes."), N_("Name the recipient.")),
    "outcome_unknown": (
        N_('"%(outcome)s" is not one of the outcomes.'),
        N_("Choose one of the outcomes shown."),
    ),
}
