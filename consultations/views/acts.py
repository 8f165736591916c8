"""How a page runs a verb: one unit of work, by who asks, at the instant of the request."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from flask import g, request

from consultations.auth import BROUGHT_BACK, actor
from consultations.engine.work import unit_of_work
from workflows.refusals import Refused

Result = TypeVar("Result")


@contextmanager
def committed() -> Iterator[None]:
    """One unit of work, unless the page only brings back what was typed: then it is tried, and nothing of it is kept.

    Errors: Refused without a reason for what was tried and could be done; pages answer it with the form, filled in.
    """
    with unit_of_work():
        yield
        if BROUGHT_BACK in request.form:
            raise Refused


def act(verb: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Run one verb and commit. Errors: Refused, NotFound and NotYours pass through to the page."""
    with committed():
        return verb(*args, by=actor(), at=g.at, **kwargs)


def try_out(verb: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Run one verb and keep nothing of it. Errors: what the verb refuses."""
    with suppress(_TriedOut), unit_of_work():
        verb(*args, by=actor(), at=g.at, **kwargs)
        raise _TriedOut


class _TriedOut(Exception):  # noqa: N818  (it went well)
    """Takes back what was tried out."""


def sent() -> bool:
    """Whether the form was sent (rather than asked for)."""
    return request.method == "POST"
