"""The letters about what happens to a vote on its way and is not the rule: an amended roll, a tie, a vote that is void."""

from consultations.letter import FOR_ORGANISATION, REASON, VOTE_CLOSES, Letter
from workflows.messages import N_

NEW_CONVOCATION = N_("If the matter is put to the vote again, you get a new convocation.")

LETTERS: dict[str, Letter] = {
    "vote_extended": Letter(
        N_("More time to vote: %(title)s"),
        (N_("The vote on “%(title)s” stays open for longer."), VOTE_CLOSES, REASON, FOR_ORGANISATION),
        N_("See the vote"), "voting.vote", "assembly.vote",
    ),
    "roll_added": Letter(
        N_("You vote as well: %(title)s"),
        (
            N_("%(organisation)s was put on the roll of the vote on “%(title)s” after it had been convened."),
            REASON,
            N_("The question: %(question)s"),
            N_("The vote opens on %(opens)s and closes on %(closes)s."),
        ),
        N_("Read the convocation"), "voting.vote", "assembly.vote",
    ),
    "roll_removed": Letter(
        N_("No longer on the roll: %(title)s"),
        (
            N_("%(organisation)s was taken off the roll of the vote on “%(title)s” before it opened."),
            REASON,
            N_("Is this a mistake? Write to the secretary of the assembly before the vote opens on %(opens)s."),
        ),
        N_("See the change of the roll"), "results.decision", "results.decision",
    ),
    "roll_changed": Letter(
        N_("Your entry on the roll was corrected: %(title)s"),
        (
            N_("What the roll of the vote on “%(title)s” says of %(organisation)s was corrected before the vote opened."),
            REASON,
        ),
        N_("See the change of the roll"), "results.decision", "results.decision",
    ),
    "second_signature_wanted": Letter(
        N_("A second signature is asked: %(title)s"),
        (N_("One person has signed something about the vote on “%(title)s” that takes two; it waits for you or a colleague."), REASON),
        N_("Read and sign"), "assembly.vote", "assembly.vote",
    ),
    "vote_voided": Letter(
        N_("Vote stopped for good: %(title)s"),
        (
            N_("President and scrutineer stopped the vote on “%(title)s”: it decides nothing. Its ballots stay sealed and are not counted."),
            REASON,
            NEW_CONVOCATION,
            FOR_ORGANISATION,
        ),
        N_("See the vote"), "voting.vote", "assembly.vote",
    ),
    "casting_vote_wanted": Letter(
        N_("Your casting vote is asked: %(title)s"),
        (N_("The vote on “%(title)s” ended in a tie: the rule asks for your casting vote before anybody signs."),),
        N_("Give the casting vote"), "assembly.vote", "assembly.vote",
    ),
    "second_vote_wanted": Letter(
        N_("A second vote has to be prepared: %(title)s"),
        (N_("The vote on “%(title)s” ended in a tie: the rule asks for a second vote, which you prepare."),),
        N_("Prepare the second vote"), "assembly.vote", "assembly.vote",
    ),
    "vote_tied": Letter(
        N_("A tie, and a second vote: %(title)s"),
        (
            N_("The vote on “%(title)s” ended in a tie: it decides nothing, and its ballots are not carried over."),
            N_("The second vote is being prepared as vote %(second_vote)s. You get its convocation, and your organisation votes anew."),
            FOR_ORGANISATION,
        ),
        N_("See the count"), "results.decision", "results.decision",
    ),
}  # fmt: skip
