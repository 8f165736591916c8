"""What refusals say about the rules of a body and their book: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "condition_never_met": (
        N_("Condition %(number)s can never be met, whatever the votes."),
        N_("Ask for less in it, or take it away."),
    ),
    "rule_never_passes": (
        N_("No votes whatever could meet the conditions together: nothing would ever be adopted."),
        N_("Compare the conditions with each other and ease one of them."),
    ),
    "rule_always_passes": (
        N_("The conditions are met whatever the votes: everything would be adopted."),
        N_("Ask for something that not every vote meets."),
    ),
    "rule_passes_without_yes": (
        N_("It would adopt a proposal for which nobody votes."),
        N_("Add a condition that counts the votes in favour."),
    ),
    "condition_meaningless": (
        N_("Condition %(number)s changes nothing: condition %(other)s decides it already."),
        N_("Take condition %(number)s away, or correct one of the two."),
    ),
    "quorum_above_all": (
        N_("The quorum of call %(call)s asks for more than everybody; it is never met."),
        N_("Ask for a part that those on the roll can reach."),
    ),
    "quorum_never_met": (
        N_("The conditions of the quorum of call %(call)s exclude each other; it is never met."),
        N_("Ease one of them, or take it away."),
    ),
    "quorum_asks_nothing": (
        N_("The quorum of call %(call)s is met even if nobody comes."),
        N_("Ask for something, or leave this call and those after it out."),
    ),
    "quorum_condition_meaningless": (
        N_("Call %(call)s: condition %(number)s of the quorum changes nothing: condition %(other)s decides it already."),
        N_("Take it away, or correct one of the two."),
    ),
    "quorum_does_not_fall": (
        N_("The quorum of call %(call)s asks as much as that of the call before it, or more."),
        N_("Ask for less from call to call, or leave this call out."),
    ),
    "quorum_bars_passing": (
        N_("Where the quorum of call %(call)s is met, nothing can be adopted."),
        N_("Compare the quorum with the conditions and ease one of them."),
    ),
    "calls_not_in_a_row": (
        N_("The calls are not numbered in a row from 1."),
        N_("Number them 1, 2, 3."),
    ),
    "calls_too_many": (
        N_("It has more calls than an assembly can make: %(most)s."),
        N_("Leave the calls after that out."),
    ),
    "first_call_waits": (
        N_("The first call has a waiting time; there is no call before it."),
        N_("Leave its waiting time out."),
    ),
    "call_without_wait": (
        N_("Call %(call)s does not say how long it waits after the call before it."),
        N_("Give its waiting time."),
    ),
    "tie_impossible": (
        N_("It says what happens in a tie, but none of its conditions asks for “more than” or “less than”, so there is no tie."),
        N_("Choose that without a majority nothing is adopted, or make a condition strict."),
    ),
    "rule_too_rich": (
        N_("The conditions are nested too richly for contradictions to be excluded."),
        N_("Write it with fewer alternatives."),
    ),
    "duration_nothing": (
        N_("A time of nothing is given: %(duration)s."),
        N_("Give a time, or leave it out."),
    ),
    "annual_window_with_period": (
        N_("The yearly assembly is owed within certain days of the year, and its period is not a number of years."),
        N_("Give a number of years, or leave the days of the year out."),
    ),
    "proxy_share_binds_nobody": (
        N_("Whoever holds proxies may vote with all the weight of the roll: this bound changes nothing."),
        N_("Give a smaller part, or leave it out."),
    ),
    "roll_cap_meaningless": (
        N_("The cap changes nothing, or makes everybody weigh the same."),
        N_("Leave it out, or give a cap between the lightest and the heaviest weight."),
    ),
    "roll_band_gap": (
        N_("Between %(last)s and %(first)s of the field nobody has a weight."),
        N_("Let each band begin where the one before it ends."),
    ),
    "roll_group_name_taken": (
        N_("Groups are called “%(attribute)s”, which every roll has already with another meaning."),
        N_("Give them another name."),
    ),
    "rule_cites_missing": (N_("It does not say where it comes from."), N_("Cite the article of the statutes.")),
    "rule_period_wrong": (
        N_("It has no first day, or ends before it begins."),
        N_("Give the first day it is in force; leave the end open, or give a later day."),
    ),
    "rule_used": (
        N_("Votes and assemblies that have taken it: %(count)s. A rule is not changed once it is used."),
        N_("Write a new version."),
    ),
    "rule_used_afterwards": (
        N_("Votes and assemblies by the version that would end, which open on or after that day: %(count)s."),
        N_("Choose a later first day."),
    ),
    "rule_overlaps": (
        N_("Another version of this rule begins on that day or later: %(count)s."),
        N_("Choose a later first day, or withdraw the other version first."),
    ),
    "rule_key_wrong": (
        N_("The short name has other characters than small letters, digits and hyphens, or is too long."),
        N_("Write it like simple-majority."),
    ),
    "rule_not_in_book": (
        N_("The rule is not in the rule book of this body."),
        N_("Take it into the book and have a second person approve it, or choose one of the book."),
    ),
    "rule_not_in_force": (
        N_("The rule is not in force in this body on the day the vote opens."),
        N_("Choose a rule of the book that is in force on that day, or have this one approved first."),
    ),
}  # fmt: skip
