"""What happens in assemblies, as wording_events.EVENTS has it for the rest; and the words of their states."""

from flask_babel import lazy_gettext

EVENTS = {
    "roll_exception_proposed": lazy_gettext("An exception to the rule of the roll was proposed."),
    "roll_exception_confirmed": lazy_gettext(
        "An exception to the rule of the roll was confirmed by a second person."
    ),
    "roll_exception_dropped": lazy_gettext("An exception to the rule of the roll was given up."),
    "assembly_roll_proposed": lazy_gettext("An amendment of the assembly's roll was proposed."),
    "item_added": lazy_gettext("An item was put on the agenda."),
    "item_edited": lazy_gettext("An item of the agenda was changed."),
    "item_taken_off": lazy_gettext("An item was taken off the agenda."),
    "amendment_moved": lazy_gettext("An amendment was moved."),
    "item_discussed": lazy_gettext("An item is under discussion."),
    "online_arrival_recorded": lazy_gettext("An organisation joined on line."),
    "online_departure_recorded": lazy_gettext("An organisation that took part on line left."),
    "item_put_to_vote": lazy_gettext("An item was put to the vote."),
    "item_opened_in_writing": lazy_gettext("An item was put to the vote in writing."),
    "item_decided": lazy_gettext("An item was decided."),
    "item_noted": lazy_gettext("A report was heard."),
    "item_returned": lazy_gettext("An item went back to discussion."),
    "item_deferred": lazy_gettext("An item was put off."),
    "item_left_over": lazy_gettext("An item was left when the assembly ended, and was put off."),
    "item_reopened": lazy_gettext("The vote on an item was annulled: it is discussed again."),
    "item_left_annulled": lazy_gettext("The vote on an item was annulled: the next assembly may take it up."),
    "item_withdrawn": lazy_gettext("An item was withdrawn."),
    "sheet_opened": lazy_gettext("A count sheet was opened."),
    "sheet_entered": lazy_gettext("A count sheet was entered."),
    "sheet_entered_again": lazy_gettext("A count sheet was entered a second time and agrees."),
    "sheet_found_different": lazy_gettext("The two entries of a count sheet differ."),
    "sheet_resolved": lazy_gettext("The differences of a count sheet were resolved."),
    "sheet_corrected": lazy_gettext("Lines of a count sheet were corrected before it was merged."),
    "sheet_merged": lazy_gettext("The ballots of a count sheet were merged with the others."),
    "sheet_cancelled": lazy_gettext("A count sheet was cancelled."),
    "proxy_given": lazy_gettext("A proxy was given."),
    "proxy_taken_back": lazy_gettext("A proxy was taken back."),
    "item_voted_on_again": lazy_gettext("An item is to be voted on again."),
    "seed_committed": lazy_gettext("The hash of a seed for drawing lots was published."),
    "lots_drawn": lazy_gettext("Lots were drawn from the seed."),
    "minutes_made": lazy_gettext("A version of the minutes was made."),
    "contest_file_kept": lazy_gettext("A file was added to a contest."),
    "action_noted": lazy_gettext("An action point was noted."),
    "action_done": lazy_gettext("An action point was closed."),
    "interest_declared": lazy_gettext("An interest in an item was declared."),
}

ASSEMBLY_STATES = {
    "draft": (lazy_gettext("Draft"), "wait"),
    "convened": (lazy_gettext("Convened"), "open"),
    "first_call": (lazy_gettext("First call"), "open"),
    "second_call": (lazy_gettext("Second call"), "open"),
    "third_call": (lazy_gettext("Third call"), "open"),
    "installed": (lazy_gettext("In session"), "open"),
    "suspended": (lazy_gettext("Suspended"), "late"),
    "written": (lazy_gettext("Being decided in writing"), "open"),
    "called_off": (lazy_gettext("Called off"), "off"),
    "not_installed": (lazy_gettext("Not installed: no quorum"), "off"),
    "adjourned": (lazy_gettext("Adjourned"), "wait"),
    "closed": (lazy_gettext("Closed"), "done"),
    "minutes_signed": (lazy_gettext("Minutes signed"), "done"),
}

SHEET_STATES = {
    "opened": (lazy_gettext("To be entered"), "wait"),
    "entered": (lazy_gettext("Entered once"), "wait"),
    "different": (lazy_gettext("Two entries that differ"), "late"),
    "agreed": (lazy_gettext("Two entries that agree"), "open"),
    "merged": (lazy_gettext("Merged"), "done"),
    "cancelled": (lazy_gettext("Given up"), "off"),
}

ITEM_STATES = {
    "planned": (lazy_gettext("To come"), "wait"),
    "discussed": (lazy_gettext("Under discussion"), "open"),
    "voted": (lazy_gettext("Being voted on"), "open"),
    "decided": (lazy_gettext("Settled"), "done"),
    "deferred": (lazy_gettext("Put off"), "wait"),
    "withdrawn": (lazy_gettext("Withdrawn"), "off"),
}

ITEM_KINDS = {
    "information": lazy_gettext("To be heard"),
    "decision": lazy_gettext("To be decided"),
    "election": lazy_gettext("Election"),
}

FORMS = {
    "in_person": lazy_gettext("In one room"),
    "online": lazy_gettext("On line"),
    "hybrid": lazy_gettext("In a room and on line"),
    "written": lazy_gettext("Written procedure, without a meeting"),
}

KINDS = {
    "ordinary": lazy_gettext("Ordinary assembly"),
    "extraordinary": lazy_gettext("Extraordinary assembly"),
}

CAPACITIES = {
    "self": lazy_gettext("in person"),
    "delegate": lazy_gettext("as its delegate"),
    "alternate": lazy_gettext("as its alternate"),
    "holder": lazy_gettext("by the proxy that an organisation holds"),
}
"""In which capacity somebody votes for an organisation (workflows/representation.py)."""

PRESENCE = {
    "yes": (lazy_gettext("There"), "done"),
    "proxy": (lazy_gettext("Represented"), "open"),
    "no": (lazy_gettext("Not there"), "wait"),
}

MODES = {"in_person": lazy_gettext("in the room"), "online": lazy_gettext("on line")}

UNITS = {
    "heads": lazy_gettext("organisations"),
    "weight": lazy_gettext("weight"),
    "groups": lazy_gettext("groups"),
}
