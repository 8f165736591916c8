"""`python -m workflows decide | elect | diagram`: the rules on the command line (decision-rules.md, "Command").

Exit 0 with the answer on standard output; exit 2, with one line per fault on standard error and nothing on standard
output, for input that is refused.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeVar

from workflows.ballots import ballot_faults, read_ballots
from workflows.decisions import decide
from workflows.faults import InputRefusedError, shown
from workflows.rolls import read_roll
from workflows.rules import read_rule

Read = TypeVar("Read")
REFUSED = 2


class Parser(argparse.ArgumentParser):
    """An argument parser whose complaint is one line, as for every other fault."""

    def error(self, message: str) -> NoReturn:
        """Print the fault and exit 2."""
        self.exit(REFUSED, f"{self.prog}: {' '.join(message.split())}\n")


def main(arguments: list[str] | None = None) -> int:
    """Run a sub-command; returns the exit code."""
    options = _parser().parse_args(arguments)
    try:
        answer: str = options.run(options)
    except InputRefusedError as refused:
        sys.stderr.buffer.write(
            "".join(f"{fault}\n" for fault in refused.faults).encode(errors="backslashreplace")
        )
        return REFUSED
    # Bytes, because the answer is UTF-8 whatever the terminal's locale says.
    sys.stdout.buffer.write(f"{answer}\n".encode())
    sys.stdout.buffer.flush()
    return 0


def _parser() -> Parser:
    parser = Parser(prog="python -m workflows", description="The rules of Plenaria.", allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)
    decision = commands.add_parser("decide", help="count ballots by a rule", allow_abbrev=False)
    _add_files(decision, "rule")
    decision.add_argument(
        "--casting-vote", choices=("yes", "no"), help="settles a tie where the rule asks for it"
    )
    decision.set_defaults(run=run_decide)
    election = commands.add_parser(
        "elect", help="count ballots by the terms of an election", allow_abbrev=False
    )
    _add_files(election, "terms")
    election.add_argument("--seed", metavar="TEXT", help="draws lots where the terms settle ties by lots")
    election.add_argument("--committed", metavar="SHA256", help="what was published before of the seed")
    election.add_argument(
        "--casting-vote", metavar="OPTIONS", help="settles a tie where the terms ask for it: ana or ana+eva"
    )
    election.set_defaults(run=run_elect)
    diagram = commands.add_parser("diagram", help="print the state machines as mermaid", allow_abbrev=False)
    diagram.add_argument("name", nargs="?", metavar="NAME", help="one workflow; all of them when left out")
    diagram.set_defaults(run=run_diagram)
    return parser


def _add_files(command: argparse.ArgumentParser, conditions: str) -> None:
    """The three files that a count takes, and the call."""
    for name, what in ((conditions, "JSON"), ("roll", "CSV"), ("ballots", "CSV")):
        command.add_argument(
            f"--{name}", required=True, type=Path, metavar="FILE", help=f"the {name}, {what} in UTF-8"
        )
    command.add_argument(
        "--call", type=int, default=1, metavar="N", help="which call of the quorum ladder (1)"
    )


def run_decide(options: argparse.Namespace) -> str:
    """Read the three files and return the Decision as JSON. Raises InputRefusedError with the faults of all three."""
    faults: list[str] = []
    rule = _read(options.rule, read_rule, faults)
    roll = _read(options.roll, read_roll, faults)
    ballots = _read(options.ballots, read_ballots, faults)
    if rule is not None and roll is not None and ballots is not None and not faults:
        return decide(rule, roll, ballots, call=options.call, casting_vote=options.casting_vote).to_json()
    if ballots is not None:
        faults += ballot_faults(ballots, roll, rule.choices if rule else None)
    raise InputRefusedError(faults)


def run_elect(options: argparse.Namespace) -> str:
    """Read the three files and return the Result as JSON. Raises InputRefusedError with the faults of all three."""
    # Imported here, so that `decide` loads what it needs and no more; this too is the standard library alone.
    from workflows.elections.counting import elect
    from workflows.elections.papers import election_faults
    from workflows.elections.reading import read_terms

    faults: list[str] = []
    terms = _read(options.terms, read_terms, faults)
    roll = _read(options.roll, read_roll, faults)
    ballots = _read(options.ballots, read_ballots, faults)
    if terms is not None and roll is not None and ballots is not None and not faults:
        lots = {"seed": options.seed, "committed": options.committed}
        casting = {"casting_vote": options.casting_vote}
        return elect(terms, roll, ballots, call=options.call, **lots, **casting).to_json()
    if ballots is not None:
        faults += election_faults(terms, roll, ballots)
    raise InputRefusedError(faults)


def run_diagram(options: argparse.Namespace) -> str:
    """Return the mermaid source of one workflow or of all. Raises InputRefusedError for an unknown name."""
    # Imported here, so that `decide` needs nothing but the standard library.
    from workflows.catalogue import WORKFLOWS
    from workflows.machine import diagram

    if options.name is None:
        return "\n\n".join(diagram(workflow).strip() for workflow in WORKFLOWS.values())
    if options.name not in WORKFLOWS:
        raise InputRefusedError(
            [f"there is no workflow {shown(options.name)}; there are: {', '.join(WORKFLOWS)}"]
        )
    return diagram(WORKFLOWS[options.name]).strip()


def _read(path: Path, reader: Callable[[bytes, str], Read], faults: list[str]) -> Read | None:
    """Read one file; what is wrong with it goes to `faults`."""
    name = shown(path.name or str(path)).strip('"')
    try:
        return reader(path.read_bytes(), name)
    except OSError as error:
        faults.append(f"{name}: cannot be read: {error.strerror}")
    except InputRefusedError as refused:
        faults += refused.faults
    return None


if __name__ == "__main__":
    sys.exit(main())
