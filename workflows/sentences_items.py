"""Sentences for refusals about the agenda of an assembly and about count sheets."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "item_title_missing": (
        N_("The item has no title."),
        N_("Write what it is about, as the agenda shall say it."),
    ),
    "motion_missing": (
        N_("What is to be decided is not written."),
        N_("Write the motion word for word: members vote on these words."),
    ),
    "item_not_voted_on": (
        N_("This item is there to be heard."),
        N_("Make it one to be decided, or leave it without a vote."),
    ),
    "item_votes_unreviewed": (
        N_("Items whose vote is not prepared, or not reviewed by a second person: %(items)s."),
        N_("Prepare the vote of each and have it reviewed, or take the item off."),
    ),
    "convened_with_assembly": (
        N_("This vote is convened with its assembly."),
        N_("Convene the assembly; in session, put the item to the vote."),
    ),
    "assembly_code_taken": (
        N_("Somebody else has prepared an assembly with the code %(code)s."),
        N_("Open that one, or begin again: the next code is given then."),
    ),
    "assembly_title_missing": (
        N_("The assembly has no title in the language of its minutes."),
        N_("Write its title."),
    ),
    "online_not_allowed": (
        N_("The body's rule of calls does not let anybody take part on line."),
        N_("Meet in one room, or have the rule changed first."),
    ),
    "written_not_allowed": (
        N_("The body's rule of calls does not allow a written procedure."),
        N_("Convene a meeting, or have the rule changed first."),
    ),
    "assembly_place_missing": (
        N_("The place is missing."),
        N_("Write where the assembly meets."),
    ),
    "not_your_organisation": (
        N_("You do not act for this organisation."),
        N_("Choose the capacity in which you act for it."),
    ),
    "no_without_reason": (
        N_("Who votes no in this vote says why."),
        N_("Write your reason: it stands beside your vote in the roll call."),
    ),
    "interest_excludes": (
        N_("Your organisation declared an interest in this matter and takes no part in its vote."),
        N_("Ask the secretary if that is a mistake: it can be changed before the vote is opened."),
    ),
    "agenda_frozen": (
        N_("The assembly is convened: its agenda is what members were told."),
        N_("Move an amendment in the session, or call another assembly for the matter."),
    ),
    "block_of_others": (
        N_("Only items that are decided by yes or no are put to one vote together."),
        N_("Leave the block of this item empty, or make it one to be decided."),
    ),
    "assembly_over": (
        N_("The assembly is over: its agenda and its votes stay as they are."),
        N_("Put the matter on the agenda of the next assembly."),
    ),
    "door_assembly_over": (
        N_("The assembly is over."),
        N_("Nobody is let in or seen off any more. Who was there, and when, stays on record."),
    ),
    "amended_text_settled": (
        N_("The text that it would amend is being voted on, or is settled."),
        N_(
            "Move amendments before the text is put to the vote; afterwards put the matter on the agenda of the next assembly."
        ),
    ),
    "amendments_in_vote": (
        N_("Amendments to it are put to the vote and not decided: %(items)s."),
        N_("Wait until their vote is counted; if it ended without a result, discuss them again first."),
    ),
    "not_in_session": (
        N_("The assembly is not in session."),
        N_("Wait until it is installed."),
    ),
    "assembly_not_over": (
        N_("The assembly is not over."),
        N_("Put the item off in the session, with the reason."),
    ),
    "assembly_in_break": (
        N_("The assembly is suspended, and no vote goes on in a break."),
        N_("Go on with the assembly: the vote that was suspended with it goes on by that alone."),
    ),
    "items_unsettled": (
        N_("Items before it on the agenda are not settled: %(items)s."),
        N_("Decide them first, put them off or withdraw them."),
    ),
    "amendments_before": (
        N_("Amendments to it are not settled: %(items)s."),
        N_("Put the amendments to the vote before the main text."),
    ),
    "item_vote_missing": (
        N_("There is no convened vote for this item."),
        N_("Prepare its vote and have a second person review it before the assembly is convened."),
    ),
    "item_needs_vote": (
        N_("This item is to be decided by a vote."),
        N_("Put it to the vote, put it off or withdraw it."),
    ),
    "item_vote_runs": (
        N_("The vote on this item is not settled."),
        N_("Wait until it is counted, and until a tie in it is broken."),
    ),
    "sheet_unnumbered": (
        N_("The sheet has no serial number."),
        N_("Write the number that is printed on it."),
    ),
    "sheet_counters_missing": (
        N_("Two different people have to count the papers of a sheet."),
        N_("Write the names of both."),
    ),
    "sheet_same_reader": (
        N_("A sheet is entered the second time by somebody else."),
        N_("Ask another person of the desk to enter it without looking at the first entry."),
    ),
    "sheet_does_not_add_up": (
        N_("%(lines)s papers are entered, and %(used)s were used by the sheet's own numbers."),
        N_("Count the papers again, or correct how many were handed out, spoilt and left."),
    ),
    "sheet_differs": (
        N_("The two entries of the sheet differ in %(count)s places."),
        N_("Resolve each difference with the paper in hand, and write the reason."),
    ),
    "sheet_agrees": (
        N_("Both entries of the sheet say the same."),
        N_("There is nothing to resolve: merge it."),
    ),
    "sheet_votes_elsewhere": (
        N_("These organisations have a ballot in another place already: %(names)s."),
        N_(
            "One of the two cannot count. If the other ballot stands, correct this sheet: take the line out, with the reason."
        ),
    ),
    "sheet_vote_over": (
        N_("The vote takes no ballots on paper now."),
        N_("Papers are merged from the opening of the vote until it is counted."),
    ),
    "sheet_voters_absent": (
        N_("Not there and not represented while the vote was open: %(names)s."),
        N_(
            "Record the arrival if they are here and the vote is still open. Otherwise correct this sheet: take their line out, with the reason."
        ),
    ),
    "sheet_line_not_there": (
        N_("Sheet %(serial)s has no line of these, so that there is nothing to take out: %(names)s."),
        N_("Look at the codes again."),
    ),
    "sheet_unchanged": (
        N_("Sheet %(serial)s says that already."),
        N_("Write only the lines that are to be taken out or changed."),
    ),
    "sheet_serial_given_up": (
        N_("Sheet %(serial)s was given up, and stays on record as it was."),
        N_("Register the papers anew under another serial number."),
    ),
    "sheets_wait": (
        N_("The vote waits for sheets of ballots on paper: %(names)s."),
        N_(
            "Merge each of them, or give it up with a reason. With the last one the vote is counted by itself."
        ),
    ),
}
