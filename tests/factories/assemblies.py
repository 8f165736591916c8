"""Assemblies in every state, with their rules, agenda, roll and who is there."""

from datetime import UTC, datetime, timedelta
from typing import Any

from consultations.actor import Actor
from consultations.engine import agenda, agenda_votes, assemblies, attendance, votes
from consultations.engine import proxies as proxy_engine
from consultations.extensions import db
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyElector
from consultations.models.organisations import Network
from consultations.models.presence import Proxy
from consultations.models.votes import Vote
from tests.factories import rules
from tests.factories import votes as vote_factory
from tests.factories.votes import Hall, hall
from workflows.refusals import Refused

CALLED = datetime(2026, 10, 1, 15, tzinfo=UTC)
STARTS = datetime(2026, 11, 14, 15, tzinfo=UTC)  # nine o'clock in Managua
HOUR = timedelta(hours=1)
HALF = {"id": "half", "measure": "heads", "count": "represented", "base": "roll", "cmp": ">", "share": "1/2"}

__all__ = ["hall"]


def calls_rule(**changes: Any) -> dict[str, Any]:
    """The usual ladder: half plus one at the first call, those present at the second, an hour later."""
    return {
        "id": "calls", "version": 1, "cites": "Estatutos, art. 20", "convened_by": ["president"],
        "notice_days": {"ordinary": 30, "extraordinary": 15},
        "calls": [{"call": 1, "all": [HALF]}, {"call": 2, "after": "PT1H", "all": []}],
        "quorum_again": False, "online": True, "written": True, "max_postponement": "P30D", "annual": None, **changes,
    }  # fmt: skip


def representation_rule(**changes: Any) -> dict[str, Any]:
    """Delegate, two alternates, one proxy each, within a country or not."""
    proxies = {
        "allowed": True, "per_holder": 2, "share": None, "same_country": False, "scope": ["assembly", "item"],
        "instrument": False, "deadline": "opening", "take_back_until": "closing",
    }  # fmt: skip
    return {
        "id": "representation", "version": 1, "cites": "Estatutos, art. 24", "delegate": True, "alternates": 2,
        "proxies": {**proxies, **changes},
    }  # fmt: skip


def roll_rule(**changes: Any) -> dict[str, Any]:
    """Every member in good standing, one vote each."""
    return {
        "id": "roll", "version": 1, "cites": "Estatutos, art. 8", "good_standing": True, "weight": {"by": "one"}, **changes,
    }  # fmt: skip


def terms(body: Network, **changes: Any) -> dict[str, Any]:
    """What `assemblies.prepare` asks for: an ordinary assembly in Managua; rules given as JSON are put into the book."""
    given = {
        kind: rules.in_book(body, changes.pop(kind, rule), kind=of).id
        for kind, rule, of in (
            ("calls", calls_rule(), "calls"), ("representation", representation_rule(), "representation"),
            ("roll_rule", roll_rule(), "roll"),
        )
    }  # fmt: skip
    return {
        "titles": {"es": "Asamblea general", "en": "General assembly"}, "kind": "ordinary", "form": "in_person",
        "zone": "America/Managua", "starts_at": STARTS, "place": "Managua", **given, **changes,
    }  # fmt: skip


def prepared(at_hall: Hall, *, code: str = "A-1", at: datetime = CALLED, **changes: Any) -> Assembly:
    """A draft without an agenda."""
    return assemblies.prepare(
        at_hall.body.id, code=code, by=at_hall.secretary, at=at, **terms(at_hall.body, **changes)
    )


def item(
    assembly: Assembly, at_hall: Hall, title: str = "Secretaría", *, rule: Any = None, kind: str = "decision",
    reviewed: bool = True, **changes: Any,
) -> AgendaItem:  # fmt: skip
    """An item with its vote, reviewed unless told otherwise."""
    added = agenda.add(
        assembly.id, kind=kind, titles={"es": title}, motion={"es": f"Se aprueba: {title}."}, by=at_hall.secretary, at=CALLED,
        **{key: value for key, value in changes.items() if key in ("background", "block")},
    )  # fmt: skip
    if kind != "information":
        given = {key: value for key, value in changes.items() if key not in ("background", "block")}
        vote = agenda_votes.prepare(
            added.id, rule=rule or vote_factory.rule(), by=at_hall.secretary, at=CALLED, **given
        )
        if reviewed:
            votes.review(vote.id, samples_shown=3, by=at_hall.scrutineer, at=CALLED)
    return added


def convened(at_hall: Hall, titles: tuple[str, ...] = ("Secretaría",), **changes: Any) -> Assembly:
    """Convened with an item per title."""
    assembly = prepared(at_hall, **changes)
    for title in titles:
        item(assembly, at_hall, title)
    return assemblies.convene(assembly.id, by=at_hall.president, at=CALLED)


def elector(assembly: Assembly, n: int, at_hall: Hall) -> AssemblyElector:
    """The roll's line of the n-th member of the hall."""
    organisation = at_hall.members[n].id
    return (
        db.session.query(AssemblyElector)
        .filter_by(assembly_id=assembly.id, organisation_id=organisation)
        .one()
    )


def arrive(
    assembly: Assembly, at_hall: Hall, *numbers: int, at: datetime = STARTS, mode: str = "in_person"
) -> None:
    """The delegates of these members come in."""
    if not assembly.attendance_open:
        attendance.open_doors(assembly.id, by=at_hall.secretary, at=at)
    for n in numbers:
        attendance.admit(
            assembly.id, elector(assembly, n, at_hall).id, person_id=person(at_hall, n), mode=mode,  # type: ignore[arg-type]
            by=at_hall.secretary, at=at,
        )  # fmt: skip


def leave(assembly: Assembly, at_hall: Hall, n: int, *, at: datetime) -> None:
    """The delegate of a member goes."""
    attendance.see_off(
        assembly.id,
        elector(assembly, n, at_hall).id,
        person_id=person(at_hall, n),
        by=at_hall.secretary,
        at=at,
    )


def person(at_hall: Hall, n: int) -> int:
    """Who acts for the n-th member."""
    found = at_hall.delegates[n].person_id
    assert found is not None
    return found


def proxy(
    assembly: Assembly, at_hall: Hall, principal: int, holder: int, *, by: Actor | None = None, at: datetime = CALLED,
    item_id: int | None = None,
) -> Proxy:  # fmt: skip
    """A proxy from one member to another, given by the principal's delegate."""
    return proxy_engine.give(
        assembly.id, principal_id=elector(assembly, principal, at_hall).id, holder_id=elector(assembly, holder, at_hall).id,
        item_id=item_id, request_id=f"{assembly.id}-{principal}-{holder}-{item_id}-{at.isoformat()}"[:36],
        by=by or at_hall.delegates[principal], at=at,
    )  # fmt: skip


def installed(
    at_hall: Hall, *there: int, titles: tuple[str, ...] = ("Secretaría",), **changes: Any
) -> Assembly:
    """In session with these members (all, if none is named): at the first call if its quorum is met, else the second."""
    assembly = convened(at_hall, titles, **changes)
    arrive(assembly, at_hall, *(there or range(len(at_hall.members))))
    assemblies.call_next(assembly.id, by=at_hall.president, at=STARTS)
    try:
        return assemblies.install(assembly.id, by=at_hall.president, at=STARTS)
    except Refused:
        assemblies.call_next(assembly.id, by=at_hall.president, at=STARTS + HOUR)
        return assemblies.install(assembly.id, by=at_hall.president, at=STARTS + HOUR)


def items(assembly: Assembly) -> list[AgendaItem]:
    """The agenda, in order."""
    return list(db.session.query(AgendaItem).filter_by(assembly_id=assembly.id).order_by(AgendaItem.position))


def opened(
    assembly: Assembly, at_hall: Hall, n: int = 0, *, minutes: int = 10, at: datetime = STARTS + 2 * HOUR
) -> Vote:
    """The vote of the n-th item, open."""
    chosen = items(assembly)[n]
    agenda.take_up(chosen.id, by=at_hall.president, at=at)
    assert chosen.vote_id is not None
    return agenda_votes.open_vote(chosen.vote_id, minutes=minutes, by=at_hall.president, at=at)
