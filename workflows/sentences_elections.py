"""What refusals say about ballots of elections: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "blank_not_taken": (N_("This election takes no blank ballots."), N_("Choose one of the options shown.")),
    "ballot_names_nothing": (
        N_("The ballot leaves a choice empty."),
        N_("Choose an option, or cast a blank ballot where the election takes it."),
    ),
    "option_unknown": (
        N_('"%(option)s" is not an option of this election.'),
        N_("Choose among the options shown."),
    ),
    "option_twice": (N_('The ballot names "%(option)s" more than once.'), N_("Name every option once.")),
    "options_too_many": (
        N_("The ballot names %(count)s options and may name %(most)s at most."),
        N_("Take options off the ballot."),
    ),
    "ranks_equal": (
        N_(
            "The ballot gives several options the same rank, and this election is counted by one option for each rank."
        ),
        N_("Give every option a rank of its own."),
    ),
    "ballot_not_canonical": (
        N_('The ballot "%(text)s" is not written in the one form that is counted.'),
        N_('Write it as "%(canonical)s".'),
    ),
    "seed_unfit": (
        N_(
            "The seed must have %(shortest)s to %(longest)s letters, digits and signs, without accents and without spaces at its ends."
        ),
        N_("Take another seed."),
    ),
    "seed_not_committed": (
        N_("The seed is not the one whose hash was published before."),
        N_("Give the seed exactly as it was kept."),
    ),
    "casting_vote_misfit": (
        N_(
            "The casting vote must name options that are tied (%(options)s), and as many as there are seats (%(places)s)."
        ),
        N_("Name those options."),
    ),
    "casting_vote_passes_over": (
        N_("The casting vote passes over %(options)s, which the ballots put before an option that it names."),
        N_("Name those options first."),
    ),
    "lots_not_asked_for": (
        N_("By the terms of this vote lots settle nothing."),
        N_("Follow what the terms say of a tie."),
    ),
    "seed_commitment_unfit": (
        N_("The hash of the seed is not a SHA-256 in 64 hexadecimal digits."),
        N_("Copy the hash as it was shown."),
    ),
    "seed_commitment_missing": (
        N_("The hash of the seed for drawing lots is not published."),
        N_("Ask the scrutineer to publish it before the vote opens."),
    ),
    "seed_committer_is_author": (
        N_("Whoever wrote the options must not choose the seed for drawing lots as well."),
        N_("Ask the scrutineer or the president to publish the hash of a seed."),
    ),
    "options_missing": (
        N_("An election needs two options at least, and there are %(count)s."),
        N_("Write one option per line."),
    ),
    "options_unequal": (
        N_("There are %(have)s options in one language and %(wanted)s in Spanish."),
        N_("Write the same options in the same order, or leave the language out."),
    ),
    "item_elects_nobody": (
        N_("This item is no election."),
        N_("Choose a rule that decides it, or make it an election."),
    ),
    "item_is_election": (
        N_("This item is an election."),
        N_("Write its options and its terms."),
    ),
    "no_vote_follows": (
        N_("The vote on this item asks for no further one."),
        N_("Wait for its result, or give the item back to discussion."),
    ),
    "election_cites_missing": (
        N_("It is not said where the terms of the election come from."),
        N_("Name the article of the statutes, or take the terms from the rule book."),
    ),
    "interest_after_opening": (
        N_("The vote on this item has been opened: who takes part in it stands."),
        N_("Declare an interest before the item is put to the vote; cast no ballot if you have one."),
    ),
    "interest_words_missing": (
        N_("It is not said what the interest is."),
        N_("Write in a sentence what the organisation has to do with the matter."),
    ),
}
