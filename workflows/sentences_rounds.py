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
    "grounds_missing": (
        N_("A matter of this kind needs a reason why it is of this kind."),
        N_("Write it when you set the scope: it stays on record."),
    ),
    "body_not_network": (
        N_("A network's own matter is decided by the network, not by the whole body."),
        N_("Choose the network that decides, or another kind."),
    ),
    "round_freezes_text": (
        N_("In a matter of this kind only a round of consultation freezes the text."),
        N_("Hold the round; the Commission's approval freezes its text."),
    ),
    "frozen_by_other": (
        N_("The text of a matter of this kind is frozen by %(role)s."),
        N_("Ask them to freeze it."),
    ),
    "text_frozen_before": (
        N_("Another text of this dossier is frozen already."),
        N_("Take the dossier back to drafting before you freeze another."),
    ),
    "text_empty": (N_("The text has no clause."), N_("Choose another version, or write it first.")),
    "requirement_in_force": (
        N_("The requirement applies already: putting it off suspends it."),
        N_(
            "Open a dossier of the kind “suspension of a requirement”; when it is in force, its page puts the day off."
        ),
    ),
    "requirement_not_in_force": (
        N_("The requirement does not apply yet to this group: there is nothing to suspend."),
        N_("Change the day from which it applies on the page of the clause."),
    ),
    "suspension_not_in_force": (
        N_("This dossier is not a suspension that is in force."),
        N_("Wait until it was decided and recorded as in force."),
    ),
    "suspension_not_later": (
        N_("The day until which it is suspended does not lie ahead."),
        N_("Choose a later day."),
    ),
}
