"""Sentences for refusals about what members send in."""

from workflows.messages import N_

SENTENCES: dict[str, tuple[str, str]] = {
    "petition_text_missing": (
        N_("It says nothing yet."),
        N_("Write what you ask for, and why."),
    ),
    "petition_kind_not_yours": (
        N_("Something of this kind is not sent in from where you act."),
        N_("Choose another kind, or the capacity in which you may send it."),
    ),
    "matter_not_published": (
        N_("A remark is about a matter that is decided and public; this one is not."),
        N_("Comment in its consultation, or send a request."),
    ),
    "petition_not_own": (
        N_("Somebody else sent it."),
        N_("Ask them to withdraw it."),
    ),
    "petition_answer_missing": (
        N_("The answer has no words."),
        N_("Write the answer with its reasons: who sent it reads them."),
    ),
    "remark_waits_for_revision": (
        N_("A remark opens no dossier: it is listed for the next revision of its standard."),
        N_("Leave it on the list, or answer it."),
    ),
    "petition_dossier_missing": (
        N_("There is no dossier that it became."),
        N_("Open the dossier from the page of the request."),
    ),
    "petition_waits_for_a_person": (
        N_("It is acknowledged by a person."),
        N_("Acknowledge it from its page."),
    ),
    "petition_not_for_the_board": (
        N_("It is not a concern before the Board over which you preside."),
        N_("Leave it to the Standards Unit."),
    ),
}
