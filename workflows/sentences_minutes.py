"""What speaks against making or signing minutes, contesting with files, counting one group again, closing an action point."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "minutes_superseded": (
        N_(
            "Version %(read)s of the minutes is no longer the newest: version %(newest)s has taken its place."
        ),
        N_("Read the newest version, then sign."),
    ),
    "minutes_outdated": (
        N_("The data have changed since these minutes were made: %(places)s."),
        N_("Have the secretary make a new version from the data."),
    ),
    "minutes_words_unknown": (
        N_("The minutes have no place for words named %(places)s."),
        N_("Write them under the introduction, an item or the closing."),
    ),
    "minutes_words_long": (
        N_("These words are longer than %(limit)s characters: %(places)s."),
        N_("Shorten them."),
    ),
    "minutes_none_yet": (
        N_("Nobody has made minutes of this assembly yet."),
        N_("The secretary makes them after the assembly is closed."),
    ),
    "action_words_missing": (N_("It is not said what is to be done."), N_("Write it in a sentence.")),
    "action_responsible_missing": (N_("It is not said who does it."), N_("Name who is responsible.")),
    "action_done": (N_("This action point is closed already."), N_("Note a new one if more is to be done.")),
    "action_before_convening": (
        N_("The assembly has not been convened."),
        N_("Note action points once it has met."),
    ),
    "contest_files_full": (
        N_("At most %(limit)s files bear out one contest."),
        N_("Leave out the least important."),
    ),
    "group_unknown": (
        N_('Nobody on the roll belongs to the group "%(group)s".'),
        N_("Choose one of the groups of this roll."),
    ),
    "group_without_recount": (
        N_("A group is named, but nothing is counted again."),
        N_("Choose to count again, or name no group."),
    ),
}
