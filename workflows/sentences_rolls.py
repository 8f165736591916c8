"""What refusals say about building and amending rolls, and about paper: what is wrong, and what to do."""

from workflows.messages import N_

ROLLS: dict[str, tuple[str, str]] = {
    "roll_empty": (N_("Nobody would be on the roll."), N_("Check the rule of the roll and the register.")),
    "roll_kind_not_admitted": (
        N_("Organisations of this kind have no vote in this body."),
        N_("Correct the register, or decide a reasoned exception."),
    ),
    "roll_network_missing": (
        N_("It belongs to none of the networks that vote: %(networks)s."),
        N_("Correct the register, or decide a reasoned exception."),
    ),
    "roll_not_in_good_standing": (
        N_("It is not in good standing."),
        N_("Settle what is due, or decide a reasoned exception."),
    ),
    "roll_member_too_recent": (
        N_("Its membership is too recent: it may vote from %(day)s on."),
        N_("Wait until then, or decide a reasoned exception."),
    ),
    "roll_membership_undated": (
        N_("The register does not say since when it is a member."),
        N_("Complete the register, or decide a reasoned exception."),
    ),
    "roll_member_twice": (
        N_("In the list of members more than once: %(names)s."),
        N_("Correct the register."),
    ),
    "exemption_of_no_member": (
        N_("An exception is decided for who is no member: %(names)s."),
        N_("Correct the exception."),
    ),
    "exemption_without_reason": (
        N_("An exception is decided without a reason: %(names)s."),
        N_("Write the reason: it is published."),
    ),
    "exception_not_needed": (
        N_("The rule does not leave this organisation out, or an exception for it is there already."),
        N_("Look at the list of who is left out again."),
    ),
    "roll_elector_came": (
        N_("Already recorded as having come, so that they cannot be taken off the roll: %(names)s."),
        N_("Leave them on the roll, and have the result contested if it hangs on them."),
    ),
    "roll_cap_unreachable": (
        N_(
            "With %(count)s organisations on the roll, not all of them can stay within %(share)s of the total."
        ),
        N_("Raise the cap, or leave it out."),
    ),
    "roll_group_missing": (
        N_('The register does not say to which group of "%(attribute)s" these belong: %(names)s.'),
        N_("Complete the register: where there are several, the primary one must be declared."),
    ),
    "roll_parts_counted_by_heads": (
        N_(
            'Condition "%(condition)s" counts heads, and on this roll some organisations are parted by "%(attribute)s".'
        ),
        N_("Choose a rule that counts weight, or declare a primary group."),
    ),
    "roll_cap_exceeded": (
        N_("The rule of the roll lets nobody weigh more than %(most)s, and these would: %(names)s."),
        N_("Take over as well the organisations to which the rule now gives another weight."),
    ),
}

PAPER: dict[str, tuple[str, str]] = {
    "sheet_serial_missing": (N_("The sheet has no serial number."), N_("Write the number printed on it.")),
    "sheet_needs_two_counters": (
        N_("Sheet %(serial)s does not name two different persons who counted."),
        N_("Write both names."),
    ),
    "sheet_elector_not_on_roll": (
        N_("Sheet %(serial)s names who is not on the roll: %(names)s."),
        N_("Look at the sheet again."),
    ),
    "sheet_elector_twice": (
        N_("Sheet %(serial)s names an organisation more than once: %(names)s."),
        N_("Look at the sheet again."),
    ),
    "sheet_choice_unknown": (
        N_("Sheet %(serial)s has a choice that this vote does not offer: %(names)s."),
        N_("Enter one of the choices, blank or invalid."),
    ),
    "sheet_not_reconciled": (
        N_(
            "Sheet %(serial)s does not add up: issued %(issued)s, used %(used)s, spoilt %(spoilt)s, unused %(unused)s."
        ),
        N_("Count the papers again: issued must be used, spoilt and unused together."),
    ),
    "sheet_differences_left": (
        N_("Sheet %(serial)s: differences that are not resolved: %(count)s (%(names)s)."),
        N_("Look at the sheet and say for each line what it says, and why."),
    ),
    "sheet_serial_twice": (
        N_("Sheets that are there more than once: %(names)s."),
        N_("Keep one sheet for each serial number."),
    ),
}

SENTENCES: dict[str, tuple[str, str]] = {**ROLLS, **PAPER}
