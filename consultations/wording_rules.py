"""What the rules of a body's book are called on pages: kinds, states, and the words of the sentence builder."""

from flask_babel import lazy_gettext as _

KINDS = {
    "decision": _("Decision rules"),
    "representation": _("Representation"),
    "calls": _("Calls and notice"),
    "roll": _("Electoral roll"),
    "election": _("Elections"),
}

NEW = {
    "decision": _("Write a decision rule"),
    "calls": _("Write a rule of calls and notice"),
    "representation": _("Write a rule of representation"),
    "roll": _("Write a rule of the roll"),
}

STATES = {
    "draft": (_("Waits for approval"), "wait"),
    "in_force": (_("In force"), "done"),
    "superseded": (_("Replaced"), "off"),
    "withdrawn": (_("Withdrawn"), "off"),
}
COMING = (_("In force later"), "wait")
OVER = (_("No longer in force"), "off")

COUNTS = {
    "yes": _("votes in favour"),
    "no": _("votes against"),
    "abstain": _("abstentions"),
    "no+abstain": _("votes against and abstentions"),
    "voted": _("all ballots, blank and spoilt ones too"),
    "present": _("those present in person"),
    "represented": _("those present in person or by proxy"),
}

BASES = {
    "yes+no": _("the votes in favour and against"),
    "yes+no+abstain": _("the votes in favour, against and the abstentions"),
    "valid": _("the valid votes, blank ones too"),
    "voted": _("all ballots, blank and spoilt ones too"),
    "present": _("those present in person"),
    "represented": _("those present in person or by proxy"),
    "roll": _("everybody on the roll"),
    "fixed": _("a fixed number, given here"),
    "yes": _("the votes in favour"),
    "no": _("the votes against"),
    "abstain": _("the abstentions"),
}
GROUP_BASES = {
    "groups_on_roll": _("all groups on the roll"),
    "groups_with_votes": _("the groups that voted"),
    "fixed": _("a fixed number, given here"),
}
COMPARISONS = {">": _("more than"), ">=": _("at least"), "<": _("less than"), "<=": _("at most")}
MEASURES = {
    "heads": _("Every organisation counts once"),
    "weight": _("Every organisation counts by its weight"),
    "groups": _("Groups count, such as countries"),
}
JOINS = {"and": _("and"), "or": _("or")}
EMPTY_GROUPS = {"not_passed": _("counts as not passed"), "ignored": _("is left out")}
CHOICES = {
    "yes no abstain": _("In favour, against, or abstain"),
    "yes no": _("In favour or against"),
}
TIES = {
    "rejected": _("Nothing is adopted"),
    "casting_vote": _("The president has a casting vote"),
    "second_vote": _("There is a second vote"),
}
UNITS = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days")}
ATTRIBUTES = {
    "country": _("country"),
    "region": _("region"),
    "kind": _("kind of organisation"),
    "networks": _("networks"),
}

SAMPLES = {
    "passes": _("Passes just"),
    "fails": _("Fails just"),
    "no_quorum": _("No quorum"),
}
EFFECTS = {
    "favour_abstains": _("One in favour abstains instead"),
    "favour_stays_away": _("One in favour stays away instead"),
    "against_abstains": _("One against abstains instead"),
    "against_stays_away": _("One against stays away instead"),
}

EVENTS = {
    "rule_written": _("A rule was written into the rule book."),
    "rule_edited": _("A draft of a rule was changed."),
    "rule_approved": _("A rule was approved by a second person."),
    "rule_superseded": _("A rule was replaced by its next version."),
    "rule_discarded": _("A draft of a rule was given up."),
    "rule_withdrawn": _("A rule was withdrawn."),
}


def standing(line: object) -> tuple[object, str]:
    """Where a version stands today, in words, with the shape of its tag. `line`: queries.rule_books.Line."""
    state, now = line.state, line.now  # type: ignore[attr-defined]
    if state == "draft" or now:
        return STATES["in_force" if now else state]
    return (
        COMING
        if state == "in_force" and line.in_force_until is None
        else OVER
        if state == "in_force"
        else STATES[state]
    )  # type: ignore[attr-defined]
