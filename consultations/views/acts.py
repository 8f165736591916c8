"""How a page runs a verb: one unit of work, by who asks, at the instant of the request."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import g, request

from consultations.auth import actor
from consultations.engine.work import unit_of_work

Result = TypeVar("Result")


def act(verb: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Run one verb and commit. Errors: Refused, NotFound and NotYours pass through to the page."""
    with unit_of_work():
        return verb(*args, by=actor(), at=g.at, **kwargs)


def sent() -> bool:
    """Whether the form was sent (rather than asked for)."""
    return request.method == "POST"
