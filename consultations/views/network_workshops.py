"""A network's pages of workshops, paper and forms, of participation and outreach: for its own members."""

from consultations.views.network import pages
from consultations.views.staff_pages import mount
from consultations.views.staff_participation import outreach, participation, participation_file
from consultations.views.staff_routes import ROUTES
from workflows.roles import Role

mount(pages, Role.NETWORK, ROUTES)
mount(
    pages, Role.NETWORK,
    (
        ("/rounds/<int:round_id>/participation", "participation", participation, ("GET",)),
        ("/rounds/<int:round_id>/participation.csv", "participation_file", participation_file, ("GET",)),
        ("/rounds/<int:round_id>/outreach", "outreach", outreach, ("GET", "POST")),
    ),
)  # fmt: skip

__all__ = ["pages"]
