"""The rules that ship, as files; each cites where it is from (decision-rules.md, "Presets that ship")."""

from importlib import resources

from workflows.rules import Rule, read_rule

_SUFFIX = ".json"


def preset_names() -> tuple[str, ...]:
    """Return the names of the presets, sorted."""
    files = (file.name for file in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(_SUFFIX) for name in files if name.endswith(_SUFFIX)))


def preset_text(name: str) -> str:
    """Return the JSON text of a preset. Raises KeyError when there is none of that name."""
    if name not in preset_names():
        raise KeyError(f"there is no preset {name!r}; there are: {', '.join(preset_names())}")
    return (resources.files(__name__) / f"{name}{_SUFFIX}").read_text(encoding="utf-8")


def preset(name: str) -> Rule:
    """Return a preset as a rule. Raises KeyError when there is none of that name."""
    return read_rule(preset_text(name), name)
