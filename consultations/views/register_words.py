"""Words for what an import changed."""

from workflows.messages import N_

IMPORTED = {
    "organisations_new": N_("New organisations"),
    "organisations_changed": N_("Changed organisations"),
    "organisations_same": N_("Organisations as before"),
    "networks_new": N_("New networks"),
    "memberships_begun": N_("Memberships begun"),
    "memberships_ended": N_("Memberships ended"),
    "people_new": N_("New people"),
    "mandates_begun": N_("Mandates begun"),
    "mandates_ended": N_("Mandates ended"),
}
