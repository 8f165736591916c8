"""`python -m workflows elect`: exit codes, streams, and that nothing but exact numbers and the standard library is used."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.elections.voting import terms_json
from tests.workflows.test_decide_command import POISONED, inexact, refused
from workflows.elections.lots import commitment

ROOT = Path(__file__).parents[3]
ROLL = "elector,weight,present\nA,1,yes\nB,1/2,proxy\nC,1.69,\n"
BALLOTS = "elector,choice\nA,ana>eva\nB,eva\nC,luz>ana\n"
SEED = "a seed for this test"


class Files:
    """The three files of one run, and how to run it."""

    def __init__(self, folder: Path) -> None:
        self.terms, self.roll, self.ballots = (folder / n for n in ("terms.json", "roll.csv", "ballots.csv"))
        self.write()

    def write(self, terms: Any = None, roll: str = ROLL, ballots: str = BALLOTS) -> None:
        self.terms.write_text(json.dumps(terms or terms_json("stv", ["ana", "eva", "luz"])))
        self.roll.write_text(roll)
        self.ballots.write_text(ballots)

    def run(
        self, *more: str, start: tuple[str, ...] = ("-m", "workflows")
    ) -> "subprocess.CompletedProcess[bytes]":
        named = ["--terms", str(self.terms), "--roll", str(self.roll), "--ballots", str(self.ballots)]
        command = [sys.executable, *start, "elect", *named, *more]
        return subprocess.run(command, cwd=ROOT, capture_output=True, env={"LC_ALL": "C", "PYTHONUTF8": "0"})


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def test_a_result_comes_as_json_whatever_its_status(files: Files) -> None:
    done = files.run()
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    assert list(document) == [
        "status", "method", "terms", "roll_sha256", "ballots_sha256", "electors", "heads", "weight", "quorum", "seats",
        "elected", "tie", "tie_rule", "casting_vote", "run_off", "drawn", "lots", "count", "sentences",
    ]  # fmt: skip
    assert (document["status"], document["elected"]) == ("elected", ["luz"])
    assert document["count"]["quota"] == "8/5"  # 160 of 319 hundredths
    assert document["weight"]["named"] == "319/100"


def test_lots_need_the_seed_that_was_committed(files: Files) -> None:
    files.write(
        terms_json("choose_one", "ab"), ballots="elector,choice\nA,a\nB,b\n", roll=ROLL.replace("1/2", "1")
    )
    waiting = json.loads(files.run().stdout)
    assert (waiting["status"], waiting["tie"]) == (
        "tie_pending",
        {"why": "seat", "options": ["a", "b"], "places": 1},
    )
    drawn = json.loads(files.run("--seed", SEED, "--committed", commitment(SEED)).stdout)
    assert (drawn["status"], drawn["elected"]) == ("elected", drawn["lots"]["order"][:1])
    assert refused(files.run("--seed", SEED, "--committed", "0" * 64)) == [
        "The seed is not the one whose hash was published before. Give the seed exactly as it was kept."
    ]


def test_a_casting_vote(files: Files) -> None:
    files.write(
        terms_json("choose_one", "ab", tie="casting_vote"),
        ballots="elector,choice\nA,a\nB,b\n",
        roll=ROLL.replace("1/2", "1"),
    )
    assert json.loads(files.run("--casting-vote", "b").stdout)["elected"] == ["b"]
    assert len(refused(files.run("--casting-vote", "c"))) == 1


def test_the_faults_of_all_three_files_come_together(files: Files) -> None:
    files.write(terms_json("stv", ["ana", "eva", "luz"], seats=0), ROLL + "A,x,yes\n", BALLOTS + "A,ana\n")
    assert refused(files.run()) == [
        "terms.json.seats: must be an integer of 1 or more, not the number 0",
        'roll.csv, line 5: the elector "A" is on the roll twice',
        'roll.csv, line 5: bad weight "x": not an integer, fraction or decimal such as 3, 1/2 or 1.69',
        'ballots.csv, line 5: second ballot of "A"; the first is at ballots.csv, line 2',
    ]


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        ("ana>ana", 'ballots.csv, line 5: The ballot names "ana" more than once. Name every option once.'),
        ("ana=eva", "ballots.csv, line 5: The ballot gives several options the same rank, and this election is counted by one option for each rank. Give every option a rank of its own."),
        ("", "ballots.csv, line 5: The ballot leaves a choice empty. Choose an option, or cast a blank ballot where the election takes it."),
        ("a\u2028b", 'ballots.csv, line 5: "a\\u2028b" is not an option of this election. Choose among the options shown.'),
    ],
)  # fmt: skip
def test_a_bad_ballot_is_one_line(files: Files, ballot: str, said: str) -> None:
    files.write(roll=ROLL + "D,1,\n", ballots=BALLOTS + f"D,{ballot}\n")
    assert refused(files.run()) == [said]


@pytest.mark.parametrize("more", [("--call", "x"), ("--seed",), ("--bogus",)])
def test_a_wrong_command_line_is_one_line(files: Files, more: tuple[str, ...]) -> None:
    assert len(refused(files.run(*more))) == 1


METHODS = {
    "stv": "ana>eva", "schulze": "ana>eva=luz", "approval": "ana+eva", "choose_one": "ana",
}  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
def test_an_election_is_counted_where_float_is_poisoned(files: Files, method: str) -> None:
    files.write(
        terms_json(method, ["ana", "eva", "luz"]),
        ballots=f"elector,choice\nA,{METHODS[method]}\nB,luz\nC,eva\n",
    )
    done = files.run("--seed", SEED, start=("-c", POISONED))
    assert done.stderr == b""
    assert done.stdout == files.run("--seed", SEED).stdout


def loaded() -> list[str]:
    code = "import sys, workflows.__main__, workflows.elections.counting, workflows.elections.reading, workflows.elections.following, workflows.elections.term_words; print(' '.join(m for m in sys.modules if m.startswith('workflows.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return sorted(done.stdout.split())


def test_no_float_is_in_the_path() -> None:
    """No float or complex literal, no true division, no float(), no math but lcm, in any module that is loaded."""
    modules = loaded()
    assert {
        f"workflows.elections.{path.stem}" for path in (ROOT / "workflows" / "elections").glob("*.py")
    } - {"workflows.elections.__init__", "workflows.elections.templates"} <= set(modules)
    for module in modules:
        path = ROOT / Path(*module.split("."))
        source = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
        tree = ast.parse(source.read_text(encoding="utf-8"))
        assert inexact(tree, paths=module == "workflows.__main__") == [], module


def test_electing_needs_the_standard_library_alone(files: Files) -> None:
    code = (
        "import sys; from workflows.__main__ import main; main(sys.argv[1:]);"
        "print(sorted({m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)), file=sys.stderr)"
    )
    done = files.run(start=("-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"))
    assert done.stderr.decode().strip() == "['__main__', 'workflows']"
