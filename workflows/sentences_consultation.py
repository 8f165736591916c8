"""What refusals say about rounds, reviews and comments: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "draft_version_missing": (
        N_("There is no version of the draft."),
        N_("Import or write the draft first."),
    ),
    "clauses_unnumbered": (N_("Clauses without a number: %(count)s."), N_("Number every clause.")),
    "clauses_repeated": (
        N_("Clause numbers that stand more than once: %(numbers)s."),
        N_("Give every clause a number of its own."),
    ),
    "questions_invalid": (
        N_("Questions that cannot be answered as they are: %(count)s."),
        N_("Correct or remove these questions."),
    ),
    "question_words_missing": (
        N_("The question is not written in the language of the text (%(language)s)."),
        N_("Write it in this language too."),
    ),
    "question_options_few": (
        N_("There are fewer than two options to choose from."),
        N_("Write at least two options, one a line."),
    ),
    "question_options_wordless": (
        N_("An option is not written in the language of the text (%(language)s)."),
        N_("Write every option in this language too, in the same order."),
    ),
    "question_options_same": (N_("The same option stands twice."), N_("Write every option once.")),
    "languages_missing": (
        N_("The text is missing in: %(languages)s."),
        N_("Add the translations, or write why they are waived."),
    ),
    "round_too_short": (
        N_("The round lasts %(days)s days and must last at least %(minimum)s."),
        N_("Choose a later closing date."),
    ),
    "round_dates_missing": (
        N_("The first day or the last day of the round is missing."),
        N_("Give both, or the first day and the number of days."),
    ),
    "round_ends_at_once": (
        N_("The round ends before a whole day has passed and must last at least %(minimum)s days."),
        N_("Choose a later closing date."),
    ),
    "register_empty": (N_("Nobody is invited."), N_("Fill the register of organisations first.")),
    "objectives_missing": (N_("The objectives are missing."), N_("Write what this round is to find out.")),
    "opening_not_ahead": (N_("The opening does not lie ahead."), N_("Choose a later opening date.")),
    "opening_not_reached": (
        N_("The opening time is not set or has not come."),
        N_("Wait for it: opening happens by itself."),
    ),
    "text_changed": (
        N_("The text is not the one that was frozen."),
        N_("Restore the frozen text, or start again from the review."),
    ),
    "pause_not_added": (
        N_("The closing time does not make up for the pause."),
        N_("Move the closing time by the length of the pause, or write why not."),
    ),
    "extension_not_first": (
        N_("Extensions so far: %(count)s. A further one is for the chair of the Commission."),
        N_("Ask the chair of the Commission to extend."),
    ),
    "extension_first": (
        N_("The first extension is for the head of the Standards Unit."),
        N_("Ask the head of the Standards Unit to extend."),
    ),
    "extensions_used_up": (
        N_("The round may be extended %(allowed)s times at most."),
        N_("Let it close at its time."),
    ),
    "late_organisation_missing": (
        N_("The organisation is not named."),
        N_("Choose the one organisation that may enter late."),
    ),
    "late_until_missing": (
        N_("There is no later time until which it may enter."),
        N_("Choose until when the organisation may enter."),
    ),
    "late_entry_not_granted": (
        N_("No late entry is granted to this organisation, or it is over."),
        N_("Ask the head of the Standards Unit."),
    ),
    "drafted_too_late": (
        N_("It was not drafted before the closing time."),
        N_("Ask the head of the Standards Unit for a late entry."),
    ),
    "grace_over": (
        N_("The time for entries made without a connection is not set or over."),
        N_("Ask the head of the Standards Unit for a late entry."),
    ),
    "grace_running": (
        N_("The time for entries made without a connection is not over yet."),
        N_("Wait until it is over."),
    ),
    "organisations_missing": (
        N_("Organisations that have not answered: %(count)s."),
        N_("Wait for them, or for the closing time."),
    ),
    "new_deadline_missing": (N_("There is no new closing time ahead."), N_("Choose a later closing time.")),
    "answers_published": (N_("Answers already published: %(count)s."), N_("Start another round instead.")),
    "imports_pending": (
        N_("Entries that may still come in: %(count)s."),
        N_("Wait until the time that was granted for late entries is over."),
    ),
    "points_without_outcome": (N_("Points without an outcome: %(count)s."), N_("Decide on every point.")),
    "points_without_response": (
        N_("Points without a response: %(count)s."),
        N_("Write a response to every point."),
    ),
    "anchors_pending": (
        N_("Comments whose place in the text is not settled: %(count)s."),
        N_("Place them by hand."),
    ),
    "second_person_pending": (
        N_("Answers that wait for a second person: %(count)s."),
        N_("Ask a second person to decide on them."),
    ),
    "synopsis_not_approved": (
        N_("The Commission has not approved the synopsis."),
        N_("Ask the Commission for its approval."),
    ),
    "consents_missing": (
        N_("Names shown without consent: %(count)s."),
        N_("Remove these names, or ask for consent."),
    ),
    "small_cells_shown": (
        N_("Figures so small that they give somebody away: %(count)s."),
        N_("Hide or merge these figures."),
    ),
    "new_version_missing": (N_("There is no new version of the draft."), N_("Make the new version first.")),
    "redline_missing": (
        N_("Nobody has said that the changes between both versions were read as they stand now."),
        N_("Read them, and say so on the page of the next round."),
    ),
    "satisfaction_window_open": (
        N_("The time to say whether the answers satisfy is not over yet."),
        N_("Wait until it is over."),
    ),
    "satisfaction_window_over": (
        N_("The time to say whether the answer satisfies is over."),
        N_("Write to the Standards Unit."),
    ),
    "objections_unanswered": (
        N_(
            "Objections that the Commission has not decided on, of this round and of earlier ones: %(count)s."
        ),
        N_(
            "Its chair writes down what the Commission decided on each; a reply of the Standards Unit is no decision."
        ),
    ),
    "voted_text_differs": (
        N_("The text for the vote is not the text of this round."),
        N_("Choose the version that was consulted on."),
    ),
    "changes_unexplained": (
        N_("Changes of the text that nothing explains: %(count)s."),
        N_("Link each to an answer, or write the reason."),
    ),
    "due_date_missing": (N_("The review has no due date ahead."), N_("Choose a later due date.")),
    "author_missing": (N_("It is not known who wrote what is reviewed."), N_("Name the author.")),
    "not_a_member": (N_("You are not a member of the Commission."), N_("Ask the chair of the Commission.")),
    "position_missing": (N_("No position is chosen."), N_("Choose a position.")),
    "block_missing": (
        N_("There is no block to lift."),
        N_("Reload the page: it may have been lifted meanwhile."),
    ),
    "block_not_own": (
        N_("Somebody else raised this block."),
        N_("Ask who raised it, or the chair with a second member."),
    ),
    "second_member_missing": (
        N_("A second member is needed to lift a block."),
        N_("Ask another member to second the lifting on the page of the review."),
    ),
    "second_member_unfit": (
        N_("Who raised the block, who recused themselves and the chair do not second its lifting."),
        N_("Ask another member of the Commission."),
    ),
    "deferred_before": (
        N_("Deferrals so far: %(count)s. A review is deferred once at most."),
        N_("Approve or return it."),
    ),
    "due_date_not_later": (
        N_("The new due date is not later than the present one."),
        N_("Choose a later due date."),
    ),
    "comment_not_own": (
        N_("This comment belongs to another organisation."),
        N_("Choose the organisation that you act for."),
    ),
    "text_missing": (N_("The text is missing."), N_("Write what you want to say.")),
    "approval_not_asked": (
        N_("Your organisation lets its delegates send comments."),
        N_("Send the comment yourself."),
    ),
    "approval_asked": (
        N_("Your organisation approves comments before they are sent."),
        N_("Ask your organisation for its approval."),
    ),
    "outcome_missing": (N_("No outcome is chosen."), N_("Choose what becomes of the comment.")),
    "response_missing": (N_("The response is missing."), N_("Write the response.")),
    "second_person_missing": (
        N_("Who proposed the answer cannot decide on it alone."),
        N_("Ask a second person to decide."),
    ),
    "reversal_by_same_person": (
        N_("Who dismissed it cannot reverse that alone."),
        N_("Ask another person to reverse it."),
    ),
    "synopsis_not_published": (
        N_("The synopsis is not published yet."),
        N_("Wait: everybody is told at the same time."),
    ),
    "mandate_over": (
        N_("Your mandate as %(role)s is not in force."),
        N_("Choose another capacity, or ask for the mandate to be renewed."),
    ),
    "other_body": (
        N_("This belongs to another body than the one you act in."),
        N_("Choose the capacity in which you belong to it."),
    ),
    "commission_missing": (
        N_("It is not known which body reviews this."),
        N_("Enter the Commission's members and its chair in the register first."),
    ),
    "review_over": (
        N_("What this review was about has moved on."),
        N_("Open the round: it shows where it stands."),
    ),
    "code_missing": (N_("The code is missing."), N_("Give a short code, such as CAFE-2026.")),
    "code_taken": (N_('The code "%(taken)s" is taken.'), N_("Choose another code.")),
    "label_missing": (N_("The version has no label."), N_("Give the version a label, such as 1.0.")),
    "language_unknown": (
        N_('"%(language)s" is not one of the languages of the house.'),
        N_("Choose es, pt, en or fr."),
    ),
    "file_imported_before": (
        N_("This very file was imported before, as version %(label)s."),
        N_("Open that version, or choose the file that holds the changes."),
    ),
    "version_has_text": (
        N_("Version %(label)s already has its text in this language."),
        N_("Give the new text another version label."),
    ),
    "version_frozen": (
        N_("Version %(label)s is frozen: it was approved for consultation."),
        N_("Import the changed text as a new version."),
    ),
    "version_under_review": (
        N_("The Commission is reviewing version %(label)s: its text does not change meanwhile."),
        N_("Wait for its decision, or import the changed text as a new version."),
    ),
    "nothing_matches": (
        N_("No clause of this file stands in version %(label)s."),
        N_("Check the label, or import the file as a version of its own."),
    ),
    "no_comment_beside_comments": (
        N_("Your organisation has sent comments: %(count)s."),
        N_("Withdraw them first if it has no comment."),
    ),
    "edited_meanwhile": (
        N_("%(name)s changed this while you were writing."),
        N_("Compare with what stands now, and save again what should stand."),
    ),
    "clause_not_in_round": (
        N_("This clause does not belong to the text of the round."),
        N_("Choose a clause from the list of the round."),
    ),
    "value_unknown": (
        N_('"%(value)s" is not one of the values offered.'),
        N_("Choose one of those shown."),
    ),
    "round_not_answering": (
        N_("The answers of this round are not open for work."),
        N_("Answers are written after closing and before the synopsis goes to the Commission."),
    ),
    "answered_meanwhile": (
        N_("%(name)s changed this answer while you were writing."),
        N_("Compare both answers below, and save again what should stand."),
    ),
    "introduction_missing": (
        N_("The introduction is missing."),
        N_("Write what was asked, of whom, and how."),
    ),
    "way_forward_missing": (N_("The way forward is missing."), N_("Write what happens next.")),
}
