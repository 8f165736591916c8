"""A million weighted ballots by country: workflows' tally against SQL's GROUP BY, side by side in one run.

Three pairs, because "counting" can mean three things:

- joined: ballots and roll are apart. Ours: `tally` places each ballot at its elector, checks that nobody votes twice,
  none is off the roll and each choice is known, and sums. SQL: LEFT JOIN by elector, GROUP BY country and choice,
  with COUNT and SUM; it checks nothing (unique keys did so when the tables were filled).
- grouped: each elector's choice stands beside it. Ours: `count`. SQL: one table, GROUP BY alone.
- decided: ours is all of `decide`: the checks, the count, a double majority by country, and the SHA-256 of roll and ballots
  in canonical order. SQL: the query of "joined". It has no gate: hashing and deciding are not what SQL does here.

Data is in memory on our side and in tables (warmed, analysed, indexed by the primary key) on the other. Weights are
integers in units of 1/100 for SQL (its fastest exact type); ours are the same integers over a denominator. Reading the
answer is included on both sides. Both must give the same cells, or the run fails.

    python -m benchmarks.tally [--ballots 1000000] [--repetitions 5]
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from statistics import median
from typing import Any

from sqlalchemy import Connection, create_engine, text

from benchmarks.measuring import interleaved, machine, median_ratio, table
from tests.databases import postgres_database, postgres_server
from workflows.ballots import Ballot, ballots_of, place
from workflows.canonical import read_json
from workflows.conditions import NOT_VOTED
from workflows.decisions import decide
from workflows.presets import preset_text
from workflows.rolls import Roll
from workflows.rules import rule_from
from workflows.tally import Tally, count, tally

TARGET = 3.0
CHOICES = ("yes", "no", "abstain")
COUNTRIES = tuple(f"C{n:02}" for n in range(24))
HUNDREDTHS = 100
Cells = dict[tuple[str, str], tuple[int, int]]

JOINED = """
    SELECT roll.country, COALESCE(ballots.choice, 'not_voted'), COUNT(*), SUM(roll.units)
    FROM roll LEFT JOIN ballots ON ballots.elector = roll.elector GROUP BY 1, 2
"""
GROUPED = "SELECT country, choice, COUNT(*), SUM(units) FROM placed GROUP BY country, choice"


def electorate(ballots: int) -> tuple[Roll, list[Ballot]]:
    """A roll in which eleven in twelve cast a ballot, in shuffled order; always the same one."""
    chance = random.Random(2026)
    size = ballots * 12 // 11
    electors = tuple(f"E{n:07}" for n in range(size))
    units = tuple(chance.randrange(1, 500) for _ in range(size))
    country = tuple(chance.choice(COUNTRIES) for _ in range(size))
    voters = chance.sample(electors, ballots)
    cast = [(elector, chance.choice(CHOICES)) for elector in voters]
    return Roll(electors, units, HUNDREDTHS, ("",) * size, {"country": country}), cast


def fill(connection: Connection, roll: Roll, ballots: list[Ballot], placed: list[str]) -> None:
    """The three tables, analysed."""
    connection.execute(text("CREATE TABLE roll (elector VARCHAR PRIMARY KEY, units BIGINT, country VARCHAR)"))
    connection.execute(text("CREATE TABLE ballots (elector VARCHAR PRIMARY KEY, choice VARCHAR)"))
    connection.execute(text("CREATE TABLE placed (choice VARCHAR, units BIGINT, country VARCHAR)"))
    country = roll.attributes["country"]
    _copy(connection, "roll", zip(roll.electors, roll.units, country, strict=True))
    _copy(connection, "ballots", iter(ballots))
    _copy(connection, "placed", zip(placed, roll.units, country, strict=True))
    connection.commit()
    analyse = "VACUUM ANALYZE" if connection.dialect.name == "postgresql" else "ANALYZE"
    connection.execution_options(isolation_level="AUTOCOMMIT").execute(text(analyse))


def _copy(connection: Connection, name: str, rows: Iterator[tuple[Any, ...]]) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    if connection.dialect.name == "postgresql":
        with driver.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    width = len(connection.execute(text(f"SELECT * FROM {name}")).keys())
    driver.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * width)})", rows)


def by_sql(connection: Connection, query: str) -> Callable[[], Cells]:
    """A side that runs the query and reads its answer."""
    statement = text(query)

    def side() -> Cells:
        return {
            (country, choice): (heads, int(units))
            for country, choice, heads, units in connection.execute(statement)
        }

    return side


def cells_of(counted: Tally) -> Cells:
    """Our cells in the shape of SQL's answer."""
    return {(cell.attributes[0], cell.choice): (cell.heads, cell.units) for cell in counted.cells}


@contextmanager
def databases() -> Iterator[dict[str, Connection]]:
    """SQLite in memory, and PostgreSQL when a server answers."""
    with ExitStack() as stack:
        found = {"SQLite": stack.enter_context(create_engine("sqlite://").connect())}
        if server := postgres_server():
            engine = create_engine(stack.enter_context(postgres_database(server, "plenaria_bench_tally")))
            stack.callback(engine.dispose)
            found["PostgreSQL"] = stack.enter_context(engine.connect())
        yield found


def compare(
    pair: str,
    ours: Callable[[], Cells | None],
    connections: dict[str, Connection],
    query: str,
    repetitions: int,
) -> list[Any]:
    """One pair on every database: rows of the table, with the ratio last."""
    sides = {"ours": ours, **{name: by_sql(connection, query) for name, connection in connections.items()}}
    answers = {name: side() for name, side in sides.items()}
    if len({repr(sorted(answer.items())) for answer in answers.values() if answer is not None}) != 1:
        sys.exit(f"{pair}: the sides do not agree")
    seconds = interleaved(sides, repetitions)
    return [
        (
            pair,
            name,
            median(seconds["ours"]),
            median(seconds[name]),
            median_ratio(seconds["ours"], seconds[name]),
        )
        for name in connections
    ]


def run(ballots: int, repetitions: int) -> int:
    """Measure, print, and answer 1 when a pair with a target misses it."""
    roll, cast = electorate(ballots)
    rule = rule_from(read_json(preset_text("double-majority"), "double-majority")[0])
    placed, _ = place(roll, ballots_of(cast), CHOICES)
    given = ballots_of(cast)

    def joined() -> Cells:
        return cells_of(tally(roll, given, CHOICES, ["country"]))

    def grouped() -> Cells:
        return cells_of(count(roll, placed, ["country"]))

    def decided() -> None:
        decide(rule, roll, given)

    with databases() as connections:
        for connection in connections.values():
            fill(connection, roll, cast, placed)
        rows = compare("joined", joined, connections, JOINED, repetitions)
        rows += compare("grouped", grouped, connections, GROUPED, repetitions)
        rows += compare("decided", decided, connections, JOINED, max(2, repetitions // 2))
    print(
        f"{machine()}; {len(cast):,} ballots, {len(roll):,} electors, {placed.count(NOT_VOTED):,} without a ballot\n"
    )
    shown = [
        (pair, name, f"{ours:.2f} s", f"{sql:.2f} s", f"{ratio:.2f}", _target(pair))
        for pair, name, ours, sql, ratio in rows
    ]
    print(table(("pair", "database", "ours, median", "SQL, median", "median ratio", "target"), shown))
    return int(any(row[4] > TARGET for row in rows if row[0] != "decided"))


def _target(pair: str) -> str:
    return "none" if pair == "decided" else f"at most {TARGET:.0f}"


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="Tally against GROUP BY.")
    parser.add_argument("--ballots", type=int, default=1_000_000)
    parser.add_argument("--repetitions", type=int, default=5)
    given = parser.parse_args()
    sys.exit(run(given.ballots, given.repetitions))


if __name__ == "__main__":
    main()
