"""`python -m workflows decide`: exit codes, streams, hostile files; and that nothing but exact numbers is used."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.workflows.votes import condition, rule_json

ROOT = Path(__file__).parents[2]
DECIDING = [
    "ballots",
    "canonical",
    "comparisons",
    "condition_reading",
    "conditions",
    "decisions",
    "exact",
    "faults",
    "groups",
    "json_fields",
    "lines",
    "percent",
    "roll_parts",
    "rolls",
    "rules",
    "sentence_words",
    "sentences",
    "tables",
    "tally",
    "__main__",
]
ROLL = "elector,weight,present\nA,1,yes\nB,1/2,proxy\nC,1.69,\n"
BALLOTS = "elector,choice\nA,yes\nB,no\n"


class Files:
    """The three files of one run, and how to run it."""

    def __init__(self, folder: Path) -> None:
        self.rule, self.roll, self.ballots = (
            folder / name for name in ("rule.json", "roll.csv", "ballots.csv")
        )
        self.write()

    def write(self, rule: Any = None, roll: str | bytes = ROLL, ballots: str | bytes = BALLOTS) -> None:
        self.rule.write_bytes(raw(rule if isinstance(rule, str | bytes) else json.dumps(rule or rule_json())))
        self.roll.write_bytes(raw(roll))
        self.ballots.write_bytes(raw(ballots))

    def arguments(self, *more: str) -> list[str]:
        named = ["--rule", str(self.rule), "--roll", str(self.roll), "--ballots", str(self.ballots)]
        return ["decide", *named, *more]

    def run(
        self, *more: str, start: tuple[str, ...] = ("-m", "workflows")
    ) -> "subprocess.CompletedProcess[bytes]":
        command = [sys.executable, *start, *self.arguments(*more)]
        # An ASCII locale: the answer is UTF-8 all the same.
        return subprocess.run(command, cwd=ROOT, capture_output=True, env={"LC_ALL": "C", "PYTHONUTF8": "0"})


def raw(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode()


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def refused(done: "subprocess.CompletedProcess[bytes]") -> list[str]:
    assert (done.returncode, done.stdout) == (2, b"")
    return done.stderr.decode().splitlines()


def test_a_decision_comes_as_json_whatever_its_status(files: Files) -> None:
    done = files.run()
    assert (done.returncode, done.stderr) == (0, b"")
    document = json.loads(done.stdout)
    assert list(document) == [
        "status", "rule", "roll_sha256", "ballots_sha256", "electors", "heads", "weight", "groups", "quorum",
        "conditions", "sentences",
    ]  # fmt: skip
    assert document["status"] == "rejected"
    assert document["weight"]["not_voted"] == "169/100"
    assert document["sentences"]["es"][-1] == "Resultado: no se aprueba."


def test_call_and_casting_vote(files: Files) -> None:
    ladder = [{"call": n, "all": [condition(f"q{n}", count="present", base={"fixed": str(4 - n)}, cmp=">=", share="1")]} for n in (2, 3)]  # fmt: skip
    files.write(rule_json(tie="casting_vote", quorum=ladder))
    runs = {
        call: json.loads(files.run("--call", call, "--casting-vote", "yes").stdout)["status"] for call in "23"
    }
    assert runs == {"2": "no_quorum", "3": "adopted"}
    assert json.loads(files.run("--call", "3").stdout)["status"] == "tie_pending"
    assert refused(files.run()) == ["call 1 is not on the rule's quorum ladder; its calls are: 2, 3"]


def test_the_same_input_gives_the_same_bytes_whatever_the_order_of_rows(files: Files) -> None:
    first = files.run().stdout
    files.write(
        ballots=b"\xef\xbb\xbfchoice,elector\r\nno,B\r\nyes,A\r\n",
        roll="present,elector,weight\n,C,169/100\nproxy,B,0.5\nyes,A,1.0\n",
    )
    assert files.run().stdout == first


def test_the_faults_of_all_three_files_come_together(files: Files) -> None:
    files.write(rule_json(condition(share="3/2")), ROLL + "A,x,yes\n", BALLOTS + "A,no\n")
    assert refused(files.run()) == [
        'rule.json.pass.all[0].share: "3/2" is outside 0..1',
        'roll.csv, line 5: the elector "A" is on the roll twice',
        'roll.csv, line 5: bad weight "x": not an integer, fraction or decimal such as 3, 1/2 or 1.69',
        'ballots.csv, line 4: second ballot of "A"; the first is at ballots.csv, line 2',
    ]


@pytest.mark.parametrize("name", ["rule", "roll", "ballots"])
def test_a_missing_file_is_one_fault(files: Files, name: str) -> None:
    path: Path = getattr(files, name)
    path.unlink()
    assert refused(files.run()) == [f"{path.name}: cannot be read: No such file or directory"]
    path.mkdir()
    assert refused(files.run()) == [f"{path.name}: cannot be read: Is a directory"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"rule": "{"}, "rule.json, line 1: not JSON"),
        ({"rule": "[" * 50_000}, "rule.json: nested too deeply"),
        ({"rule": b"\xff"}, "rule.json, line 1: not UTF-8"),
        ({"rule": rule_json(version=1.5)}, 'the number "1.5", which is not exact'),
        ({"rule": rule_json(tie="a\nb")}, 'rule.json.tie: "a\\nb" is unknown'),
        ({"rule": rule_json(condition(where={"kind": "x"}))}, 'the roll has no attribute "kind"'),
        ({"roll": ""}, "roll.csv: the file is empty"),
        ({"roll": ROLL.encode("utf-16")}, "roll.csv, line 1: not UTF-8"),
        ({"ballots": BALLOTS + "X,yes\n"}, 'ballots.csv, line 4: the elector "X" is not on the roll'),
        ({"ballots": BALLOTS + "C,\u2028yes\n"}, 'ballots.csv, line 4: unknown choice "\\u2028yes"'),
        ({"ballots": 'elector,choice\nA,"yes\n'}, "ballots.csv, line 2: not CSV"),
        ({"ballots": "elector,choice\nA," + "y" * 200_000 + "\n"}, "ballots.csv, line 2: not CSV (field larger"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_one_line(files: Files, content: dict[str, Any], said: str) -> None:
    files.write(**content)
    faults = refused(files.run())
    assert len(faults) == 1
    assert said in faults[0]


@pytest.mark.parametrize("more", [("--call", "x"), ("--casting-vote", "maybe"), ("--bogus",)])
def test_a_wrong_command_line_is_one_line(files: Files, more: tuple[str, ...]) -> None:
    assert len(refused(files.run(*more))) == 1


POISONED = """
import builtins, sys
from workflows.__main__ import main

class Poison(type(builtins.float)):
    def __call__(cls, *a, **k):
        raise AssertionError("float() was called")

class Float(metaclass=Poison):
    pass

Float.__repr__ = object.__repr__
builtins.float = Float
sys.exit(main(sys.argv[1:]))
"""


def test_a_decision_is_made_where_float_is_poisoned(files: Files) -> None:
    files.write(rule_json(condition(measure="weight", cmp=">=", share="2/3"), condition("b", base="roll")))
    done = files.run(start=("-c", POISONED))
    assert done.stderr == b""
    assert done.stdout == files.run().stdout


@pytest.mark.parametrize("module", DECIDING)
def test_no_float_is_in_the_path(module: str) -> None:
    """No float or complex literal, no true division, no float(), no math but lcm, no round() or statistics."""
    tree = ast.parse((ROOT / "workflows" / f"{module}.py").read_text(encoding="utf-8"))
    assert inexact(tree, paths=module in ("__main__",)) == []


def test_the_search_for_floats_finds_them() -> None:
    source = (
        "a = 0.5\nb = a / 2\nc = float(1)\nd = round(a)\nfrom math import sqrt\nimport statistics\na /= 2\n"
    )
    assert len(inexact(ast.parse(source), paths=False)) == 7


def inexact(tree: ast.AST, *, paths: bool) -> list[str]:
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"literal {node.value}")
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()) if not paths:
                found.append(ast.unparse(node))
            case ast.Name(id="float" | "complex" | "round"):
                found.append(node.id)
            case ast.ImportFrom(module="math") if [name.name for name in node.names] != ["lcm"]:
                found.append(ast.unparse(node))
            case ast.Import() if {name.name for name in node.names} & {
                "math",
                "statistics",
                "decimal",
                "random",
            }:
                found.append(ast.unparse(node))
    return found


def test_deciding_needs_the_standard_library_alone(files: Files) -> None:
    code = (
        "import sys; from workflows.__main__ import main; main(sys.argv[1:]);"
        "print(sorted({m.split('.')[0] for m in sys.modules} - set(sys.stdlib_module_names)), file=sys.stderr)"
    )
    # -S leaves site-packages out, and -P the current directory is put back by hand.
    done = files.run(start=("-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"))
    assert done.stderr.decode().strip() == "['__main__', 'workflows']"


def test_every_module_on_the_path_is_searched_for_floats() -> None:
    code = "import sys, workflows.__main__; print(' '.join(m for m in sys.modules if m.startswith('workflows.')))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {name.removeprefix("workflows.") for name in done.stdout.split()} == set(DECIDING)


def test_diagrams_are_printed_and_an_unknown_one_refused() -> None:
    def run(*more: str) -> "subprocess.CompletedProcess[bytes]":
        return subprocess.run(
            [sys.executable, "-m", "workflows", "diagram", *more], cwd=ROOT, capture_output=True
        )

    vote, everything = run("vote"), run()
    assert vote.stdout.startswith(b"stateDiagram")
    assert vote.stdout.strip() in everything.stdout
    assert refused(run("nothing"))[0].startswith('there is no workflow "nothing"; there are: ')
