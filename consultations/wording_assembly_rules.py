"""The words with which rules of calls, of representation and of the roll are written: what their forms offer."""

from flask_babel import lazy_gettext as _

from consultations.wording import ROLES
from workflows.call_reading import CONVENERS

CONVENED_BY = {role.value: ROLES[role] for role in CONVENERS}
COUNTS = {
    "present": _("those present in person"),
    "represented": _("those present in person or by proxy"),
}
BASES = {
    "roll": _("everybody on the roll"),
    "present": _("those present in person"),
    "represented": _("those present in person or by proxy"),
    "fixed": _("a fixed number, given here"),
}
GROUP_BASES = {"groups_on_roll": _("all groups on the roll"), "fixed": _("a fixed number, given here")}
UNITS = {
    "minutes": _("minutes"),
    "hours": _("hours"),
    "days": _("days"),
    "weeks": _("weeks"),
    "months": _("months"),
    "years": _("years"),
}
MONTHS = {
    "": _("no month"),
    "01": _("January"),
    "02": _("February"),
    "03": _("March"),
    "04": _("April"),
    "05": _("May"),
    "06": _("June"),
    "07": _("July"),
    "08": _("August"),
    "09": _("September"),
    "10": _("October"),
    "11": _("November"),
    "12": _("December"),
}
VOTERS = {
    "delegate": _("A delegate of the organisation, or an alternate"),
    "themselves": _("Members are persons and vote themselves"),
}
PROXIES = {"yes": _("Yes, another organisation of the roll may vote for it"), "no": _("No")}
SCOPES = {"assembly": _("the whole assembly"), "item": _("one item of the agenda")}
TAKE_BACKS = {
    "closing": _("Until the vote, or the assembly, closes"),
    "opening": _("Until the vote, or the assembly, opens"),
}
PRESENCES = {
    "suspends": _("It votes itself; the proxy is in force again when it leaves"),
    "withdraws": _("It votes itself, and the proxy has ended for good"),
}
WEIGHTS = {
    "one": _("Every organisation weighs 1"),
    "field": _("By a number of the register"),
    "bands": _("By bands of a number of the register"),
}
CAPS = {
    "none": _("No cap"),
    "share": _("A part of the weight of all"),
    "most": _("A weight"),
    "both": _("A part of the weight of all, and a weight: the lower binds"),
}
GROUPS = {
    "country": _("country"),
    "kind": _("kind of organisation"),
    "product": _("product"),
    "network": _("network"),
}
SEVERAL = {
    "primary": _("it counts in the first one only"),
    "fractional": _("it counts in each with an equal part of its weight"),
}
