"""What refusals say about placing comments, the next round, and matters without a round: what is wrong, what to do."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "placing_too_early": (
        N_("The round still takes comments, or has not begun, or was withdrawn."),
        N_("Place its comments when it is closed."),
    ),
    "comment_on_whole": (
        N_("The comment is on the whole text: it stands on every version."),
        N_("Leave it as it is."),
    ),
    "round_not_followed": (
        N_("Round %(number)s is published, and its comments have no place in the new text yet."),
        N_("Begin the next round from the page of round %(number)s: it says what is still missing."),
    ),
}
