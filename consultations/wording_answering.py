"""What happened at the answering desk, as wording_events.EVENTS has it for the rest; and what coefficients say."""

from flask_babel import force_locale, gettext, lazy_gettext

from workflows.agreement import Undefined

EVENTS = {
    "change_explained": lazy_gettext("The Unit wrote why it changed what no comment asked for."),
    "comment_split": lazy_gettext("A comment was split into points."),
    "points_merged": lazy_gettext("The points of a comment were made one again."),
    "comment_assigned": lazy_gettext("It was set who answers a comment, and until when."),
    "cluster_made": lazy_gettext("Points were put together in a cluster."),
    "cluster_joined": lazy_gettext("Points were added to a cluster."),
    "cluster_left": lazy_gettext("Points were taken out of a cluster."),
    "cluster_renamed": lazy_gettext("A cluster was given another name."),
    "cluster_dissolved": lazy_gettext("A cluster was dissolved."),
    "cluster_answered": lazy_gettext("The points of a cluster were given one answer."),
    "code_written": lazy_gettext("A code was added to the codebook."),
    "code_reworded": lazy_gettext("The meaning of a code was changed."),
    "code_retired": lazy_gettext("A code that nobody had used was taken out of the codebook."),
    "coding_sample_drawn": lazy_gettext("A sample was drawn for two people to code."),
    "coding_sample_given_up": lazy_gettext("A sample was given up before both had coded it."),
    "point_coded": lazy_gettext("A point was coded."),
    "answers_given": lazy_gettext("One answer was proposed for many points, and a sample of them drawn."),
    "answers_confirmed": lazy_gettext(
        "A second person saw the sample and confirmed the answers of many points."
    ),
    "answers_sent_back": lazy_gettext("A second person sent the answers of many points back."),
    "answer_template_written": lazy_gettext("A ready-made answer was written."),
    "answer_template_changed": lazy_gettext("A ready-made answer was changed."),
    "answer_template_removed": lazy_gettext("A ready-made answer was removed."),
    "code_settling_proposed": lazy_gettext("A coder proposed what to settle where two differed."),
    "code_settled": lazy_gettext("Two coders settled where they differed."),
}
KINDS = {
    "duplicate": lazy_gettext("The same words"),
    "near_duplicate": lazy_gettext("Nearly the same words"),
    "form_letter": lazy_gettext("From one letter"),
    "theme": lazy_gettext("The same theme"),
}
UNDEFINED = {
    Undefined.NOTHING_CODED: lazy_gettext("not defined: no point was coded by both"),
    Undefined.NO_VARIATION: lazy_gettext("not defined: both said the same everywhere"),
}


def clause_words(number: str, language: str) -> str:
    """How an answer in that language names the clause: by its number, or the text as a whole."""
    with force_locale(language):
        return number or gettext("the text as a whole")
