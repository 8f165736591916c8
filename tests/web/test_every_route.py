"""Every route there is, held against who may open it: a new one must be added here, on purpose."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from consultations.actor import Actor
from consultations.auth import require_marks
from consultations.extensions import db
from tests.conftest import signed_in
from tests.factories import people
from tests.web.routes import ROUTES
from workflows.roles import Role, implies

NO_TOKEN_ASKED = {
    "links.stop_reminders"
}  # RFC 8058: one click in a mail program; a signed token is the proof
PEOPLE = [role for role in Role if role not in (Role.SYSTEM, Role.PUBLIC)]
SAMPLES = {
    "int": "987654", "path": "plenaria.css", "string": "none", "default": "none", "any": "",
}  # fmt: skip


def path(rule: Rule) -> str:
    """An address of this route; the rows it names do not exist."""

    def sample(part: re.Match[str]) -> str:
        converter = part[1] or ""
        return (
            converter[4:].split(",")[0].rstrip(")")
            if converter.startswith("any(")
            else SAMPLES[converter or "string"]
        )

    return re.sub(r"<(?:(any\([^)]*\)|\w+):)?\w+>", sample, rule.rule)


def declared(app: Flask) -> dict[str, str]:
    """endpoint -> who may open it, as the application has it."""
    return {name: words(view.access) for name, view in app.view_functions.items()}  # type: ignore[attr-defined]


def words(access: object) -> str:
    roles = sorted(str(role) for role in access.roles)  # type: ignore[attr-defined]
    return " ".join(roles) or access.kind  # type: ignore[attr-defined,no-any-return]


def admitted(who: str, role: Role) -> bool:
    return who in ("everyone", "signed_in") or not {str(r) for r in implies(role)}.isdisjoint(who.split())


def test_who_may_open_what_is_as_written_down(app: Flask) -> None:
    assert declared(app) == ROUTES


def test_no_two_routes_share_an_address(app: Flask) -> None:
    seen: dict[tuple[str, str], str] = {}
    for rule in app.url_map.iter_rules():
        shape = re.sub(r"<[^>]*>", "<>", rule.rule)
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            assert seen.setdefault((shape, method), rule.endpoint) == rule.endpoint


def test_a_route_that_names_nobody_keeps_the_application_from_starting(app: Flask) -> None:
    app.view_functions["delegate.forgotten"] = lambda: "open to whom?"
    with pytest.raises(RuntimeError, match=r"delegate\.forgotten"):
        require_marks(app)


def test_a_stranger_is_sent_to_sign_in(app: Flask, client: FlaskClient) -> None:
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or ROUTES[rule.endpoint] == "everyone":
            continue
        answer = client.get(path(rule))
        assert (rule.endpoint, answer.status_code) == (rule.endpoint, 302)
        assert (answer.location or "").startswith("/sign-in?next=")


@pytest.mark.parametrize("role", PEOPLE)
def test_who_is_not_named_is_refused_and_who_is_named_is_not(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    actor = someone(role)
    signed_in(client, actor)
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        status = client.get(path(rule)).status_code
        if admitted(ROUTES[rule.endpoint], role):
            assert status < 500, rule.endpoint
        else:
            assert (rule.endpoint, status) == (rule.endpoint, 403)


@pytest.mark.parametrize("role", PEOPLE)
def test_a_post_to_a_page_of_others_is_refused_even_with_a_token(
    app: Flask, client: FlaskClient, role: Role
) -> None:
    actor = someone(role)
    signed_in(client, actor)
    page = client.get("/account").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]*)"', page)[1]  # type: ignore[index]
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and not admitted(ROUTES[rule.endpoint], role):
            answer = client.post(path(rule), data={"csrf_token": token})
            assert (rule.endpoint, answer.status_code) == (rule.endpoint, 403)


@pytest.mark.parametrize("who", [None, *PEOPLE])
def test_a_post_without_a_token_is_refused(app: Flask, client: FlaskClient, who: Role | None) -> None:
    if who:
        signed_in(client, someone(who))
    for rule in app.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and rule.endpoint not in NO_TOKEN_ASKED:
            answer = client.post(path(rule), data={"email": "a@example.org"})
            assert (rule.endpoint, answer.status_code) == (rule.endpoint, 400)


def someone(role: Role) -> Actor:
    """Somebody in that role, in a place of the kind the role needs."""
    own = role in (Role.DELEGATE, Role.ORGANISATION)
    alone = role in (Role.AUDITOR, Role.ADMIN)
    made = people.actor(
        role,
        organisation=people.organisation() if own else None,
        network=None if own or alone else people.network(),
    )
    db.session.commit()
    return made
