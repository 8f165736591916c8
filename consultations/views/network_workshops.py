"""A network's pages of workshops, paper and forms: for its own members."""

from consultations.views.network import pages
from consultations.views.staff_pages import mount
from consultations.views.staff_routes import ROUTES
from workflows.roles import Role

mount(pages, Role.NETWORK, ROUTES)

__all__ = ["pages"]
