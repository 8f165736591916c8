"""What refusals say about drafts while they are written: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "standard_code_taken": (
        N_("There is a standard with the code %(taken)s already."),
        N_("Choose it from the list of standards, or give the new one another code."),
    ),
    "draft_frozen": (
        N_("Version %(label)s is frozen: it was approved for consultation."),
        N_("Draw up a new version from it and change that one."),
    ),
    "draft_under_review": (
        N_("The Commission is reviewing version %(label)s: its text does not change meanwhile."),
        N_("Wait for its decision, or draw up a new version from it."),
    ),
    "version_label_taken": (
        N_("This standard has a version %(label)s already."),
        N_("Give the new version another label."),
    ),
    "clause_words_missing": (
        N_("The clause would have neither a heading nor a text in the reference language."),
        N_("Write one of them, or delete the clause."),
    ),
    "clause_kind_unknown": (
        N_('"%(kind)s" is not a kind of clause.'),
        N_("Choose one of the kinds that the page offers."),
    ),
    "clause_elsewhere": (
        N_("The clause does not belong to this version."),
        N_("Choose a clause of the same version."),
    ),
    "clause_below_itself": (
        N_("A clause cannot stand below itself."),
        N_("Choose another place for it."),
    ),
    "clause_at_the_edge": (
        N_("The clause is already the first or the last one here."),
        N_("Move it into another chapter or section if it belongs there."),
    ),
    "clause_asked_about": (
        N_("Questions of a round ask about this clause: %(count)s."),
        N_("Change or delete these questions first."),
    ),
    "clause_commented": (
        N_("Comments stand on this clause: %(count)s."),
        N_("Leave the clause in this version; delete it in the next one."),
    ),
    "split_part_missing": (
        N_("One of the two parts has no text in the reference language."),
        N_("Move some of the text to the other part."),
    ),
    "merge_with_itself": (
        N_("These two clauses cannot be merged: they are the same, or one stands below the other."),
        N_("Choose another clause."),
    ),
    "date_missing": (N_("The day is missing."), N_("Give the day from which it applies.")),
    "date_in_the_past": (
        N_("The new day is over already."),
        N_("Choose a day that lies ahead: nobody is bound backwards."),
    ),
    "cohort_unknown": (
        N_('"%(cohort)s" is not one of the two groups.'),
        N_("Choose those certified before or after the publication."),
    ),
    "other_standard": (
        N_("These two versions are not of the same standard."),
        N_("Choose two versions of one standard."),
    ),
    "map_line_empty": (
        N_("The line names no clause."),
        N_("Choose a clause of one version, or of both."),
    ),
    "map_line_contradicts": (
        N_("Another line of the map says otherwise of this clause."),
        N_("Remove that line first."),
    ),
}
