"""What refusals say at the answering desk: codes and coders, ready-made words, answers given to many points at once."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "tag_missing": (N_("The code is missing."), N_("Write a short word for it.")),
    "tag_long": (
        N_("The code has more than %(most)s characters."),
        N_("Shorten it; say more in its meaning."),
    ),
    "tag_taken": (
        N_("The code %(words)s stands in the codebook already."),
        N_("Choose another word, or change its meaning."),
    ),
    "tag_in_use": (
        N_("The code %(words)s has been used."),
        N_("Leave it in the codebook: what was coded with it must stay readable."),
    ),
    "meaning_missing": (
        N_("It is not said what the code means."),
        N_("Write when it fits and when it does not: another person must code alike."),
    ),
    "codebook_closed": (
        N_("The codebook of this round is closed."),
        N_("Write codes in the codebook of the round that follows."),
    ),
    "codebook_empty": (N_("The codebook is empty."), N_("Write the codes first.")),
    "coding_under_way": (
        N_("Two people are coding a sample with this codebook."),
        N_("Wait until both have coded all of it, or give the sample up."),
    ),
    "round_not_coded": (
        N_("Comments of this round are not coded now."),
        N_("They are coded from the closing of the round until another follows."),
    ),
    "points_all_coded": (
        N_("There is no point left that nobody has coded."),
        N_("A sample is drawn from points that nobody has seen coded."),
    ),
    "sample_open": (
        N_("Sample %(number)s is still being coded."),
        N_("Draw another when both coders have finished it, or give it up."),
    ),
    "sample_size_wrong": (
        N_("A sample has at least one point and at most %(most)s."),
        N_("Write another number."),
    ),
    "coders_same": (N_("Both coders are the same person."), N_("Choose two people.")),
    "coder_unknown": (
        N_("One of the coders does not work in your body now."),
        N_("Choose people of the Standards Unit."),
    ),
    "coder_of_sample": (
        N_("This point belongs to a sample that two other people code."),
        N_("Leave it to them: their agreement says how well the codebook is understood."),
    ),
    "sample_compared": (
        N_("Both have coded sample %(number)s and have seen each other's codes."),
        N_("Settle together where you differ, on the page of the sample."),
    ),
    "sample_unfinished": (
        N_("The two have not both coded the whole sample yet."),
        N_("Code it to the end first: until then neither sees the other's codes."),
    ),
    "coders_agree": (
        N_("The two do not differ on this code here."),
        N_("Reload the page: there is nothing to settle."),
    ),
    # Ready-made answers.
    "template_name_missing": (
        N_("The ready-made answer has no name."),
        N_("Write one that colleagues find it by."),
    ),
    "template_name_long": (N_("The name has more than %(most)s characters."), N_("Shorten it.")),
    "template_taken": (
        N_("A ready-made answer is called %(name)s already."),
        N_("Choose another name, or change that one."),
    ),
    "place_unknown": (
        N_("What stands in braces has no meaning: {%(place)s}."),
        N_("Only {clause} and {number} are filled in."),
    ),
    # Second people.
    "proposal_own": (
        N_("You proposed this answer yourself."),
        N_("Propose another in its place; only a second person gives it back."),
    ),
    # One answer for many points.
    "many_missing": (N_("No point is chosen."), N_("Tick those that get this answer.")),
    "many_too_many": (
        N_("One answer is given to at most %(most)s points at once."),
        N_("Choose fewer, and give the others theirs afterwards."),
    ),
    "many_answered": (
        N_("These have an answer already: %(labels)s."),
        N_("Leave them out; nothing is answered twice."),
    ),
    "batch_own": (
        N_("You gave these answers yourself."),
        N_("A second person looks at the sample."),
    ),
    "batch_checked": (
        N_("The sample of these answers has been checked."),
        N_("Reload the page: it says by whom and with what result."),
    ),
    "sample_not_seen": (
        N_("Points of the sample that are not ticked as seen: %(count)s."),
        N_("Look at each and tick it, or send the answers back."),
    ),
}
