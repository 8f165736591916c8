"""How the rules refuse input: every reason at once, each on one line."""

from collections.abc import Iterable

_SHOWN = 60


class InputRefusedError(ValueError):
    """Input that cannot be meant. `faults` holds every reason, one line of plain text each."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults: tuple[str, ...] = tuple(map(_one_line, faults))
        super().__init__("\n".join(self.faults))


def shown(value: object) -> str:
    """Quote a value taken from the input so that it stays on one line and is not endless."""
    text = value if isinstance(value, str) else ascii(value)
    cut = text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
    return f'"{_one_line(cut)}"'


def _one_line(text: str) -> str:
    """Write what cannot be printed (line breaks, control characters, lone surrogates) as escapes."""
    return text if text.isprintable() else "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)
