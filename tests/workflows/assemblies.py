"""Builders for the tests of assemblies: rules as JSON, electors, mandates, proxies and stays in a line each."""

from datetime import UTC, datetime, timedelta
from typing import Any

from workflows.attendance import Interval
from workflows.call_reading import calls_from
from workflows.calls import CallRule
from workflows.proxies import Proxy
from workflows.representation import Mandate
from workflows.representation_rules import RepresentationRule, representation_from
from workflows.rolls import Roll, roll_of

START = datetime(2026, 5, 9, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)
LONG_AGO = START - timedelta(days=365)


def at(hours: int) -> datetime:
    """So many hours after the beginning; less than 0 is before."""
    return START + hours * HOUR


def proxies_json(**more: Any) -> dict[str, Any]:
    """What a body says about proxies; `more` replaces or adds keys."""
    start = {
        "allowed": True,
        "per_holder": 2,
        "share": None,
        "same_country": False,
        "scope": ["assembly", "item"],
        "instrument": False,
        "deadline": "opening",
        "take_back_until": "closing",
    }
    return {**start, **more}


def representation_json(**more: Any) -> dict[str, Any]:
    """A rule of representation as JSON; `more` replaces or adds keys."""
    start = {
        "id": "representation",
        "version": 1,
        "title": {"es": "Representación"},
        "cites": "Estatutos, art. 24",
        "delegate": True,
        "alternates": 2,
        "proxies": proxies_json(),
    }
    return {**start, **more}


def representation(proxies: dict[str, Any] | None = None, **more: Any) -> RepresentationRule:
    """A rule of representation; `proxies` replaces keys of what is said about proxies."""
    return representation_from(representation_json(proxies=proxies_json(**(proxies or {})), **more))


def calls_json(*calls: Any, **more: Any) -> dict[str, Any]:
    """A rule of calls as JSON: half plus one, then an hour later whoever is there."""
    usual = [
        {"call": 1, "all": [present_share("half", "1/2")]},
        {"call": 2, "after": "PT1H", "all": [present_share("anyone", "0")]},
    ]
    start = {
        "id": "calls",
        "version": 1,
        "title": {"es": "Convocatorias"},
        "cites": "Estatutos, art. 20",
        "convened_by": ["president"],
        "notice_days": {"ordinary": 30, "extraordinary": 15},
        "calls": list(calls) or usual,
        "quorum_again": False,
        "online": True,
        "max_postponement": "P30D",
        "annual": {"every": "P1Y"},
    }
    return {**start, **more}


def calls(*given: Any, **more: Any) -> CallRule:
    """A rule of calls."""
    return calls_from(calls_json(*given, **more))


def first_call(*conditions: Any) -> CallRule:
    """A rule of one call that asks all of these conditions."""
    return calls({"call": 1, "all": list(conditions)})


def present_share(name: str, share: str, **more: Any) -> dict[str, Any]:
    """A condition as JSON: more than this share of the roll is represented."""
    start = {
        "id": name,
        "measure": "heads",
        "count": "represented",
        "base": "roll",
        "cmp": ">",
        "share": share,
    }
    return {**start, **more}


def roll(*electors: str, weights: dict[str, str] | None = None, **attributes: dict[str, str]) -> Roll:
    """A roll of these electors, of weight 1 and country GT unless said otherwise."""
    columns = {"country": {}, **attributes}
    rows = [
        (name, (weights or {}).get(name, "1"), "", *(column.get(name, "GT") for column in columns.values()))
        for name in electors
    ]
    return roll_of(rows, tuple(columns))


def mandate(person: str, rank: int = 1, **more: Any) -> Mandate:
    """A mandate for the elector whose name the person's begins with: `a1` and `a2` act for A."""
    return Mandate(
        **{"person": person, "elector": person[0].upper(), "rank": rank, "since": LONG_AGO, **more}
    )


def stay(person: str, came: int = 0, left: int | None = None, **more: Any) -> Interval:
    """A stay in the room of a person for the elector whose name theirs begins with, in hours after the beginning."""
    gone = None if left is None else at(left)
    return Interval(
        **{"elector": person[0].upper(), "came_at": at(came), "left_at": gone, "person": person, **more}
    )


def proxy(principal: str, holder: str, **more: Any) -> Proxy:
    """A proxy given a day before."""
    return Proxy(
        **{
            "id": f"{principal}>{holder}",
            "principal": principal,
            "holder": holder,
            "given_at": at(-24),
            **more,
        }
    )
