"""What the Unit's and the networks' pages of workshops and paper share: each mounts them under its own address."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, render_template

from consultations import wording
from consultations.auth import allow
from workflows.refusals import Refused
from workflows.roles import Role

Answer = Any  # str, (str, status) or a redirect
Route = tuple[str, str, Callable[..., Answer], tuple[str, ...]]


def mount(pages: Blueprint, roles: Role | tuple[Role, ...], routes: tuple[Route, ...]) -> None:
    """Give a blueprint these routes (address, name, view, methods), open to one role or several."""
    admitted = (roles,) if isinstance(roles, Role) else roles
    for address, name, view, methods in routes:
        pages.add_url_rule(address, name, allow(*admitted)(_own(view)), methods=list(methods))


def again(template: str, refused: Refused | None = None, **values: Any) -> Answer:
    """The page once more with what was typed: 409 and every reason when refused, else 400."""
    reasons = [wording.refusal(reason) for reason in refused.refusals] if refused else []
    return render_template(template, reasons=reasons, **values), 409 if refused else 400


def _own(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """A view of its own for each blueprint: who may open it is written on it."""

    @wraps(view)
    def opened(**values: Any) -> Answer:
        return view(**values)

    return opened
