"""The few entries in the header of each role, in order."""

from typing import Any

from flask_babel import lazy_gettext

from workflows.roles import Role, implies

_OFFICER = (
    ("home.index", lazy_gettext("What waits for me")),
    ("session.index", lazy_gettext("Assemblies")),
    ("assembly.index", lazy_gettext("Votes")),
    ("rule_desk.index", lazy_gettext("Rule book")),
)

ENTRIES: dict[Role, tuple[tuple[str, Any], ...]] = {
    Role.SECRETARY: _OFFICER,
    Role.PRESIDENT: _OFFICER,
    Role.SCRUTINEER: _OFFICER,
    Role.COMMITTEE: _OFFICER,
    Role.UNIT: (
        ("home.index", lazy_gettext("What waits for me")),
        ("unit.board", lazy_gettext("Dossiers")),
        ("desk.index", lazy_gettext("Comments and answers")),
        ("unit.all_standards", lazy_gettext("Standards")),
        ("commission.all_reviews", lazy_gettext("Reviews")),
        ("petition_desk.index", lazy_gettext("Requests received")),
        ("register.organisations", lazy_gettext("Register")),
    ),
    Role.COMMISSION: (
        ("home.index", lazy_gettext("What waits for me")),
        ("commission.all_reviews", lazy_gettext("Reviews")),
        ("unit.all_standards", lazy_gettext("Standards")),
        ("rule_desk.index", lazy_gettext("Rule book")),
    ),
    Role.NETWORK: (
        ("home.index", lazy_gettext("What waits for me")),
        ("register.organisations", lazy_gettext("Our members")),
        ("petitions.mine", lazy_gettext("Requests")),
    ),
    Role.AUDITOR: (
        ("unit.board", lazy_gettext("Dossiers")),
        ("session.index", lazy_gettext("Assemblies")),
        ("assembly.index", lazy_gettext("Votes")),
        ("rule_desk.index", lazy_gettext("Rule books")),
        ("register.organisations", lazy_gettext("Register")),
        ("register.holders", lazy_gettext("Roles")),
        ("register.trouble", lazy_gettext("What did not work")),
    ),
    Role.ADMIN: (
        ("home.index", lazy_gettext("What waits for me")),
        ("register.organisations", lazy_gettext("Register")),
        ("register.holders", lazy_gettext("Roles")),
        ("register.trouble", lazy_gettext("What did not work")),
    ),
    Role.DELEGATE: (
        ("home.index", lazy_gettext("What waits for me")),
        ("delegate.rounds", lazy_gettext("Consultations")),
        ("attending.index", lazy_gettext("Assemblies")),
        ("petitions.mine", lazy_gettext("Requests")),
    ),
    Role.ORGANISATION: (
        ("home.index", lazy_gettext("What waits for me")),
        ("petitions.mine", lazy_gettext("Requests")),
    ),
    Role.PUBLIC: (("public.home", lazy_gettext("Consultations and votes")),),
}


def entries(role: Role) -> tuple[tuple[str, Any], ...]:
    """Endpoint and label of each entry for a role; a head sees what the body sees."""
    return next((ENTRIES[r] for r in (role, *sorted(implies(role))) if r in ENTRIES), ENTRIES[Role.PUBLIC])
