"""The rules of calls, representation and the roll that ship, as files; each cites where it is from."""

from importlib import resources
from typing import Any

from workflows import presets
from workflows.canonical import read_json

KINDS = ("calls", "representation", "roll")
_SUFFIX = ".json"


def kind_preset_names(kind: str) -> tuple[str, ...]:
    """The names of the rules of a kind that ship, sorted; none for a kind without any here."""
    if kind not in KINDS:
        return ()
    files = (file.name for file in (resources.files(presets) / kind).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))


def kind_preset(kind: str, name: str) -> dict[str, Any]:
    """The content of a rule that ships. Raises KeyError when there is none of that kind and name."""
    if name not in kind_preset_names(kind):
        raise KeyError(f"there is no preset {name!r} for {kind}")
    text = (resources.files(presets) / kind / f"{name}{_SUFFIX}").read_text(encoding="utf-8")
    content: Any = read_json(text, name)[0]
    return dict(content)
