"""What a reader has to say about a file: doubts (imported, but look) and faults (refused), as data.

A finding names a code of `wording`, the place in the file and the values of the sentence. Nothing here is text
for a person, so the same report serves the page, the command line and `--json` in every language.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field

Value = str | int


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the file: unit is paragraph, row (of table `table`), line or column; index starts at 1."""

    unit: str
    index: int
    table: int | None = None

    def to_dict(self) -> dict[str, Value]:
        """Return the place for a JSON report, without empty values."""
        return {key: value for key, value in asdict(self).items() if value is not None}


@dataclass(frozen=True, slots=True)
class Finding:
    """A code of `wording.SENTENCES`, its place (None: the whole file) and the values its sentence needs."""

    code: str
    place: Place | None = None
    params: Mapping[str, Value] = field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """Return the finding for a JSON report."""
        place = self.place.to_dict() if self.place else None
        return {"code": self.code, "place": place, "params": dict(self.params)}


class Doubt(Finding):
    """Something was imported in one way and could be meant in another: a person should look."""

    __slots__ = ()


class Fault(Finding):
    """A reason to refuse the file or the row."""

    __slots__ = ()


class FileRefused(ValueError):  # noqa: N818 - a refusal of the domain, not a programming error
    """The file is refused; `faults` holds every reason found, never only the first."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.code for fault in self.faults))

    def to_dict(self) -> dict[str, object]:
        """Return the refusal for a JSON report."""
        return {"refused": True, "faults": [fault.to_dict() for fault in self.faults]}


def refuse(code: str, place: Place | None = None, **params: Value) -> FileRefused:
    """Return the refusal for a single reason."""
    return FileRefused((Fault(code, place, params),))
