"""The words of mails about votes that an organisation casts for another, by a proxy that it holds."""

from consultations.letter import FOR_ORGANISATION, Letter
from workflows.messages import N_

LETTERS: dict[str, Letter] = {
    "proxy_given": Letter(
        N_("You hold a proxy: %(title)s"),
        (
            N_("%(giver)s lets %(organisation)s vote for it in “%(title)s”."),
            N_("The proxy is for this item alone: %(item)s"),
            N_("It is for your delegate who is there, and may be taken back. Can nobody of you come? Then tell them now, so that they choose another."),
        ),
        N_("See the assembly"), "assembly_public.assembly", "session.assembly",
    ),
    "ballot_by_proxy": Letter(
        N_("Voted by proxy: %(title)s"),
        (
            N_("Whoever holds the proxy of %(organisation)s cast its ballot on “%(title)s”."),
            N_("You may take the proxy back, and vote yourselves until closing if you are there."),
            N_("After closing everybody can read how it voted."),
            FOR_ORGANISATION,
        ),
        N_("See the vote"), "voting.vote", "assembly.vote",
    ),
}  # fmt: skip
