"""The letter to whoever no longer acts for an organisation or in a body."""

from consultations.letter import REASON, Letter
from workflows.messages import N_

LETTERS: dict[str, Letter] = {
    "mandate_ended": Letter(
        N_("You no longer act for %(title)s"),
        (
            N_("In the register your mandate for “%(title)s” ended on %(until)s: from then on you do not act for it here."),
            REASON,
            N_("What you did before stands. Is this a mistake? Then write to your organisation or its network."),
        ),
        N_("See the public pages"), "public.home", "public.home",
    ),
}  # fmt: skip
