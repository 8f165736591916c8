"""What happened to questionnaires, workshops and entries on behalf, as wording_process.EVENTS has it for the rest."""

from flask_babel import lazy_gettext

EVENTS = {
    "sheet_sent": lazy_gettext("An organisation sent its answers to the questions."),
    "entered_on_behalf": lazy_gettext("Something was entered for an organisation, from paper or a workshop."),
    "entries_confirmed": lazy_gettext("An organisation confirmed what was entered for it."),
    "workshop_recorded": lazy_gettext("A workshop was recorded."),
    "workshop_taken_back": lazy_gettext("A workshop that was recorded by mistake was taken back."),
    "workshop_changed": lazy_gettext("What is known of a workshop was changed."),
    "outreach_logged": lazy_gettext("It was written down how organisations were reached."),
    "participation_declined": lazy_gettext("An organisation said that it does not take part."),
    "attendance_recorded": lazy_gettext("It was recorded who came to a workshop."),
}
OWN_EVENTS = {
    "sheet_sent": lazy_gettext("Your organisation sent its answers to the questions"),
    "participation_declined": lazy_gettext("Your organisation said that it does not take part"),
    "entries_confirmed": lazy_gettext("Your organisation confirmed what was entered for it"),
}
"""The same as an organisation is told of itself."""
