"""The letters about an assembly: convened, put off, adjourned, called off."""

from consultations.letter import FOR_ORGANISATION, REASON, Letter
from workflows.messages import N_

BEGINS = N_("It begins on %(opens)s.")
PLACE = N_("Place: %(place)s")
ONLINE = N_("The meeting on line: %(link)s")

LETTERS: dict[str, Letter] = {
    "assembly_convened": Letter(
        N_("Convocation: %(title)s"),
        (
            N_("You are called to “%(title)s”."),
            BEGINS,
            PLACE,
            ONLINE,
            N_("The agenda and the motions are on the page. If nobody of your organisation can come, another one may hold its proxy."),
            FOR_ORGANISATION,
        ),
        N_("Read the convocation"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_postponed": Letter(
        N_("Put off: %(title)s"),
        (N_("“%(title)s” begins later than it was convened for."), BEGINS, REASON, FOR_ORGANISATION),
        N_("See the assembly"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_adjourned": Letter(
        N_("Adjourned: %(title)s"),
        (N_("“%(title)s” was adjourned and goes on on %(until)s."), REASON, FOR_ORGANISATION),
        N_("See the assembly"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_called_off": Letter(
        N_("Called off: %(title)s"),
        (N_("“%(title)s”, which was convened for %(opens)s, will not take place."), REASON, FOR_ORGANISATION),
        N_("See the assembly"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_roll_added": Letter(
        N_("You are called as well: %(title)s"),
        (
            N_("%(organisation)s was put on the roll of “%(title)s” after it had been convened."),
            REASON,
            BEGINS,
            PLACE,
            ONLINE,
            FOR_ORGANISATION,
        ),
        N_("Read the convocation"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_roll_removed": Letter(
        N_("No longer on the roll: %(title)s"),
        (
            N_("%(organisation)s was taken off the roll of “%(title)s” before it began."),
            REASON,
            N_("Is this a mistake? Write to the secretary of the assembly before it begins on %(opens)s."),
        ),
        N_("See the change of the roll"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_roll_changed": Letter(
        N_("Your entry on the roll was corrected: %(title)s"),
        (N_("What the roll of “%(title)s” says of %(organisation)s was corrected before it began."), REASON),
        N_("See the change of the roll"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_proxy_ended": Letter(
        N_("Your proxy has ended: %(title)s"),
        (
            N_("The organisation that held the proxy of %(organisation)s was taken off the roll of “%(title)s”."),
            N_("Come yourselves, or give the proxy to another organisation."),
        ),
        N_("See the assembly"), "assembly_public.assembly", "session.assembly",
    ),
    "assembly_second_wanted": Letter(
        N_("A second signature is asked: %(title)s"),
        (N_("One person has proposed something about the roll of “%(title)s” that takes two; it waits for you or a colleague."), REASON),
        N_("Read and sign"), "session.roll", "session.roll",
    ),
}  # fmt: skip
