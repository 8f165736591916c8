"""What happened at the answering desk, as wording_events.EVENTS has it for the rest; and what coefficients say."""

from flask_babel import lazy_gettext

from workflows.agreement import Undefined

EVENTS = {
    "code_written": lazy_gettext("A code was added to the codebook."),
    "code_reworded": lazy_gettext("The meaning of a code was changed."),
    "code_retired": lazy_gettext("A code that nobody had used was taken out of the codebook."),
    "coding_sample_drawn": lazy_gettext("A sample was drawn for two people to code."),
    "point_coded": lazy_gettext("A point was coded."),
    "answer_template_written": lazy_gettext("A ready-made answer was written."),
    "answer_template_changed": lazy_gettext("A ready-made answer was changed."),
    "answer_template_removed": lazy_gettext("A ready-made answer was removed."),
    "code_settled": lazy_gettext("Two coders settled where they differed."),
}
UNDEFINED = {
    Undefined.NOTHING_CODED: lazy_gettext("not defined: no point was coded by both"),
    Undefined.NO_VARIATION: lazy_gettext("not defined: both said the same everywhere"),
}
