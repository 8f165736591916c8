"""One module per actor: parse, one query or one verb, answer."""

from flask import Flask

from consultations.auth import everyone, require_marks
from consultations.views import (
    account,
    approvals,
    assembly,
    assembly_minutes,
    assembly_public,
    assembly_roll,
    assembly_screen,
    attending,
    bodies,
    check_in,
    coding,
    commission,
    commission_objections,
    deciding,
    delegate_entered,
    delegate_files,
    delegate_questions,
    delegate_recall,
    delegate_remarks,
    delegate_taking_part,
    desk,
    desk_points,
    desk_queue,
    desk_remarks,
    desk_removals,
    desk_synopsis,
    feeds,
    health,
    home,
    links,
    network_workshops,
    petition_desk,
    petitions,
    public,
    public_participation,
    public_rules,
    reading,
    ready_answers,
    register_people,
    results,
    rule_desk,
    session,
    session_actions,
    session_agenda,
    session_console,
    session_door,
    session_elections,
    session_minutes,
    session_roll,
    sheets,
    unit,
    voting,
)

BLUEPRINTS = (
    commission.pages,
    account.pages,
    approvals.pages,
    assembly.pages,
    attending.pages,
    assembly_public.pages,
    check_in.pages,
    bodies.pages,
    coding.pages,
    deciding.pages,
    delegate_questions.pages,
    delegate_files.files_pages,
    desk.pages,
    desk_remarks.pages,
    desk_removals.pages,
    feeds.pages,
    health.pages,
    home.pages,
    links.pages,
    network_workshops.pages,
    petition_desk.pages,
    petitions.pages,
    public.pages,
    ready_answers.pages,
    register_people.pages,
    rule_desk.pages,
    unit.pages,
    results.pages,
    session.pages,
    sheets.pages,
    voting.pages,
)


# The delegate's pages are one blueprint with its routes in several modules, and so are the desk's and the assembly's.
__all__ = [
    "BLUEPRINTS", "assembly_minutes", "assembly_roll", "assembly_screen", "commission_objections", "delegate_entered", "delegate_recall", "delegate_remarks", "delegate_taking_part", "desk_points", "desk_queue", "desk_synopsis",
    "public_participation", "public_rules",
    "register_views",
    "session_actions",
    "session_agenda",
    "session_console",
    "session_door",
    "session_elections",
    "session_minutes",
    "session_roll",
]  # fmt: skip


def register_views(app: Flask) -> None:
    """Mount every actor's pages; the static files are open to everyone."""
    app.before_request(reading.in_language)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    everyone(app.view_functions["static"])
    require_marks(app)
