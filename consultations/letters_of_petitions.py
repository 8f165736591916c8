"""The letters about what members send in: received, acknowledged, taken up, answered; and to whom it waits for."""

from consultations.letter import FOR_ORGANISATION, Letter
from workflows.messages import N_

LETTERS: dict[str, Letter] = {
    "petition_received": Letter(
        N_("Received: %(title)s"),
        (
            N_("What you sent in, “%(title)s”, has been received."),
            N_("It becomes a dossier, or you get an answer with its reasons."),
            FOR_ORGANISATION,
        ),
        N_("See where it stands"), "petitions.one",
    ),
    "remark_received": Letter(
        N_("Received: %(title)s"),
        (
            N_("Your remark “%(title)s” has been received. It is kept with the published matter and listed for the next revision."),
            FOR_ORGANISATION,
        ),
        N_("See the remark"), "petitions.one",
    ),
    "petition_arrived": Letter(
        N_("Sent in by a member: %(title)s"),
        (N_("“%(title)s” was sent in and waits for you: acknowledge it, and take it up or answer it."),),
        N_("Read it"), "petition_desk.one",
    ),
    "remark_arrived": Letter(
        N_("A remark of a member: %(title)s"),
        (N_("The remark “%(title)s” on a published matter was sent in. It is acknowledged, and listed for the next revision."),),
        N_("Read it"), "petition_desk.one",
    ),
    "petition_acknowledged": Letter(
        N_("Read: %(title)s"),
        (N_("What you sent in, “%(title)s”, has been read and will be answered."), FOR_ORGANISATION),
        N_("See where it stands"), "petitions.one",
    ),
    "petition_taken_up": Letter(
        N_("Taken up: %(title)s"),
        (N_("What you sent in, “%(title)s”, is taken up: it has become the dossier %(code)s."), FOR_ORGANISATION),
        N_("See where it stands"), "petitions.one",
    ),
    "petition_answered": Letter(
        N_("Answered: %(title)s"),
        (N_("What you sent in, “%(title)s”, is answered:"), "%(answer)s", FOR_ORGANISATION),
        N_("Read the answer"), "petitions.one",
    ),
}  # fmt: skip
