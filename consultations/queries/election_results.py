"""The result of an election as pages draw it: who is elected, the votes of each option, the stages, the comparisons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from workflows.elections.stages import cut
from workflows.exact import parse_exact

Names = dict[str, str]
FINE = 1000  # steps of a bar


@dataclass(frozen=True)
class OptionVotes:
    """One option: its votes as printed, and on the scale of a bar of FINE steps."""

    names: Names
    votes: str
    bar: int
    elected: bool


@dataclass(frozen=True)
class StageCell:
    """How an option stands after a stage; `mark`: reached, last, excluded, or "" ."""

    votes: str
    mark: str


@dataclass(frozen=True)
class StageColumn:
    """A stage of a count by single transferable vote: what was done with whom, and what nobody has any more."""

    number: int
    action: str
    option: Names | None
    lost: str


@dataclass(frozen=True)
class Pairing:
    """How many prefer one option to another; `wins`: more than prefer the other."""

    votes: str
    wins: bool


@dataclass(frozen=True)
class Drawn:
    """A tie that lots settled: what it was about, between whom, who was taken."""

    why: str
    options: tuple[Names, ...]
    taken: tuple[Names, ...]


@dataclass(frozen=True)
class ElectionResult:
    """`votes` for choose_one and approval; `stages` with `rows` for stv; `matrix` with `ranking` for schulze."""

    method: str
    seats: int
    options: tuple[Names, ...]
    elected: tuple[Names, ...]
    open_seats: int
    tied: tuple[Names, ...]
    run_off: tuple[Names, ...]
    casting: tuple[Names, ...]
    drawn: tuple[Drawn, ...]
    seed: str
    order: tuple[Names, ...]
    votes: tuple[OptionVotes, ...] = ()
    quota: str = ""
    stages: tuple[StageColumn, ...] = ()
    rows: tuple[tuple[StageCell, ...], ...] = ()
    matrix: tuple[tuple[Pairing | None, ...], ...] = ()
    ranking: tuple[tuple[Names, ...], ...] = ()


def election_result(result: Mapping[str, Any], options: Sequence[Mapping[str, Any]]) -> ElectionResult:
    """Read a stored result (workflows/elections/results.py); `options` are those of the terms."""
    names = {option["id"]: option["names"] for option in options}

    def named(ids: Sequence[str]) -> tuple[Names, ...]:
        return tuple(names[id] for id in ids)

    lots, tie, casting = result["lots"] or {}, result["tie"] or {}, result["casting_vote"]
    return ElectionResult(
        method=result["method"], seats=result["seats"], options=named(list(names)), elected=named(result["elected"]),
        open_seats=result["seats"] - len(result["elected"]), tied=named(tie.get("options", ())), run_off=named(result["run_off"]),
        casting=named(casting.split("+")) if casting else (), seed=lots.get("seed", ""), order=named(lots.get("order", ())),
        drawn=tuple(Drawn(one["why"], named(one["options"]), named(one["taken"])) for one in result["drawn"]),
        **_count(result, names),
    )  # fmt: skip


def _count(result: Mapping[str, Any], names: Mapping[str, Names]) -> dict[str, Any]:
    count = result["count"]
    if result["method"] == "stv":
        return _stages(count, names)
    if result["method"] == "schulze":
        return _pairs(count, names)
    votes = {id: parse_exact(said) for id, said in count["votes"].items()}
    most = max((*votes.values(), Fraction(1)))
    lines = (
        OptionVotes(names[id], cut(given), int(given * FINE / most), id in result["elected"])
        for id, given in sorted(votes.items(), key=lambda pair: -pair[1])
    )
    return {"votes": tuple(lines)}


def _stages(count: Mapping[str, Any], names: Mapping[str, Names]) -> dict[str, Any]:
    stages = count["stages"]
    columns = (
        StageColumn(
            one["number"], one["action"], names.get(one["option"] or ""), cut(parse_exact(one["lost"]))
        )
        for one in stages
    )
    rows = (tuple(_cell(one, id) for one in stages) for id in names)
    return {"quota": cut(parse_exact(count["quota"])), "stages": tuple(columns), "rows": tuple(rows)}


def _cell(stage: Mapping[str, Any], id: str) -> StageCell:
    mark = "reached" if id in stage["reached"] else "last" if id in stage["last"] else ""
    if stage["action"] == "exclusion" and stage["option"] == id:
        mark = "excluded"
    return StageCell(cut(parse_exact(stage["votes"][id])), mark)


def _pairs(count: Mapping[str, Any], names: Mapping[str, Names]) -> dict[str, Any]:
    preferred = {
        (one, other): parse_exact(votes) for one, row in count["preferred"].items() for other, votes in row.items()
    }  # fmt: skip

    def pairing(one: str, other: str) -> Pairing | None:
        if one == other:
            return None
        return Pairing(cut(preferred[one, other]), preferred[one, other] > preferred[other, one])

    matrix = tuple(tuple(pairing(one, other) for other in names) for one in names)
    return {"matrix": matrix, "ranking": tuple(tuple(names[id] for id in tier) for tier in count["ranking"])}
