"""What refusals say about the synopsis while it is written and issued: what is wrong, and what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "figure_unknown": (
        N_("“%(name)s” is not the name of a figure."),
        N_("Copy a name from the list of figures below the form."),
    ),
    "figure_stale": (
        N_("The figure “%(name)s” was %(then)s when it was taken and is %(now)s now."),
        N_("Read the words around it, then take the new figures."),
    ),
    "synopsis_not_reissued_yet": (
        N_("A synopsis is issued again when it was published and the assembly has decided."),
        N_("Wait for the final result of the vote."),
    ),
}
