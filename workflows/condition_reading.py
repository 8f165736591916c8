"""Read the conditions of a rule from JSON, noting every fault (decision-rules.md, "COND")."""

from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from workflows.comparisons import COMPARISONS
from workflows.conditions import (
    BASES,
    BLANK,
    COUNTS,
    GROUP_BASES,
    INVALID,
    Branch,
    Condition,
    EmptyGroup,
    GroupTest,
    Measure,
)
from workflows.faults import shown
from workflows.json_fields import Faults, kind

MAX_DEPTH = 16
_PLAIN_KEYS = ("id", "measure", "count", "base", "cmp", "share")
_GROUP_REQUIRED = ("id", "measure", "base", "cmp", "share", "by", "group_passes")
_GROUP_OPTIONAL = ("count", "group_weights", "empty_group")
_INNER_REQUIRED = ("count", "base", "cmp", "share")
_ALWAYS_OPTIONAL = ("at_least", "where")


@dataclass(slots=True)
class ConditionReader:
    """Reads conditions for a rule with these choices; faults go to `faults`, ids are checked to be unique."""

    choices: tuple[str, ...]
    faults: Faults
    ids: dict[str, str]

    def branch(self, value: object, path: str, *, may_be_empty: bool = False, depth: int = 0) -> Branch:
        """Read {"all": […]} or {"any": […]}. An empty list is a fault, save `all` where `may_be_empty`."""
        content = self.faults.fields(value, path, (), ("all", "any"))
        kinds = [word for word in ("all", "any") if word in content]
        if len(kinds) != 1:
            self.faults.add(path, 'must hold either "all" or "any"')
            return Branch("all", ())
        word = kinds[0]
        parts = self.faults.items(content[word], f"{path}.{word}")
        if not parts and not (may_be_empty and word == "all") and isinstance(content[word], list):
            self.faults.add(f"{path}.{word}", "holds no condition")
        if depth >= MAX_DEPTH:
            self.faults.add(path, f"nested more than {MAX_DEPTH} deep")
            return Branch("all", ())
        read = [self._part(part, f"{path}.{word}[{n}]", depth + 1) for n, part in enumerate(parts)]
        return Branch("all" if word == "all" else "any", tuple(read))

    def _part(self, value: object, path: str, depth: int) -> Condition | Branch:
        if isinstance(value, dict) and ("all" in value or "any" in value):
            return self.branch(value, path, depth=depth)
        return self.condition(value, path)

    def condition(self, value: object, path: str) -> Condition:
        """Read one condition with its id."""
        by_groups = isinstance(value, dict) and value.get("measure") == "groups"
        if not by_groups:
            content = self.faults.fields(value, path, _PLAIN_KEYS, _ALWAYS_OPTIONAL)
            return self._plain(content, path, self._id(content, path))
        optional = (*_GROUP_OPTIONAL, *_ALWAYS_OPTIONAL)
        content = self.faults.fields(value, path, _GROUP_REQUIRED, optional)
        return self._grouped(content, path, self._id(content, path))

    def _id(self, content: dict[str, object], path: str) -> str:
        if "id" not in content:
            return ""
        name = self.faults.text(content["id"], f"{path}.id")
        if name and name in self.ids:
            self.faults.add(f"{path}.id", f"{shown(name)} already names the condition at {self.ids[name]}")
        self.ids.setdefault(name, path)
        return name

    def _plain(
        self, content: dict[str, object], path: str, name: str, default: str | None = None
    ) -> Condition:
        measure = "heads"
        if "measure" in content or default is None:
            known = ("heads", "weight") if default else ("heads", "weight", "groups")
            measure = self._word(content, "measure", path, known)
        return Condition(
            id=name,
            measure=cast(Measure, measure),
            count=self._count(content, path),
            base=self._base(content, path, measure),
            cmp=self._word(content, "cmp", path, tuple(COMPARISONS)),
            share=self._share(content, path),
            at_least=self._at_least(content, path),
            where=self._where(content, path),
        )

    def _grouped(self, content: dict[str, object], path: str, name: str) -> Condition:
        inner_path = f"{path}.group_passes"
        inner_optional = ("id", "measure", *_ALWAYS_OPTIONAL)
        inner: dict[str, object] = {}
        if "group_passes" in content:
            inner = self.faults.fields(content["group_passes"], inner_path, _INNER_REQUIRED, inner_optional)
        passes = self._plain(inner, inner_path, "", default="heads")
        if "count" in content and self._count(content, path) != passes.count:
            self.faults.add(
                f"{path}.count", "a groups condition counts what group_passes counts; leave it out"
            )
        by = self.faults.text(content["by"], f"{path}.by") if "by" in content else ""
        empty = self._word(content, "empty_group", path, ("not_passed", "ignored"))
        return Condition(
            id=name,
            measure="groups",
            count=passes.count,
            base=self._base(content, path, "groups"),
            cmp=self._word(content, "cmp", path, tuple(COMPARISONS)),
            share=self._share(content, path),
            at_least=self._at_least(content, path),
            where=self._where(content, path),
            groups=GroupTest(by, passes, self._group_weights(content, path), cast(EmptyGroup, empty)),
        )

    def _word(self, content: dict[str, object], key: str, path: str, known: tuple[str, ...]) -> str:
        return self.faults.one_of(content[key], f"{path}.{key}", known) if key in content else known[0]

    def _count(self, content: dict[str, object], path: str) -> tuple[str, ...] | str:
        value = content.get("count", "voted")
        if isinstance(value, list):
            return self._choices(value, f"{path}.count")
        return self.faults.one_of(value, f"{path}.count", COUNTS)

    def _base(self, content: dict[str, object], path: str, measure: str) -> tuple[str, ...] | str | Fraction:
        own, other = (GROUP_BASES, BASES) if measure == "groups" else (BASES, GROUP_BASES)
        value, path = content.get("base", own[0]), f"{path}.base"
        if isinstance(value, dict):
            return self._fixed(value, path)
        if isinstance(value, list):
            if measure == "groups":
                self.faults.add(path, "a list of choices is in another unit than the measure groups")
            return self._choices(value, path)
        if isinstance(value, str) and value in other and value not in own:
            self.faults.add(path, f"{shown(value)} is in another unit than the measure {measure}")
            return own[0]
        return self.faults.one_of(value, path, own)

    def _fixed(self, value: dict[str, object], path: str) -> Fraction:
        content = self.faults.fields(value, path, ("fixed",))
        number = self.faults.number(content["fixed"], f"{path}.fixed") if "fixed" in content else None
        if number == 0:
            self.faults.add(f"{path}.fixed", "must be more than 0")
        return number or Fraction(1)

    def _choices(self, value: list[object], path: str) -> tuple[str, ...]:
        if not value:
            self.faults.add(path, "names no choice")
        names: list[str] = []
        for choice in value:
            if not isinstance(choice, str) or choice not in (*self.choices, BLANK, INVALID):
                known = ", ".join((*self.choices, BLANK, INVALID))
                said = shown(choice) if isinstance(choice, str) else kind(choice)
                self.faults.add(path, f"unknown choice {said}; the choices are: {known}")
            elif choice in names:
                self.faults.add(path, f"names {shown(choice)} twice")
            else:
                names.append(choice)
        return tuple(names)

    def _share(self, content: dict[str, object], path: str) -> Fraction:
        number = self.faults.number(content["share"], f"{path}.share") if "share" in content else None
        if number is not None and number > 1:
            self.faults.add(f"{path}.share", f"{shown(content['share'])} is outside 0..1")
        return number or Fraction(0)

    def _at_least(self, content: dict[str, object], path: str) -> Fraction | None:
        return self.faults.number(content["at_least"], f"{path}.at_least") if "at_least" in content else None

    def _where(self, content: dict[str, object], path: str) -> tuple[tuple[str, str], ...]:
        if "where" not in content:
            return ()
        path = f"{path}.where"
        wanted = self.faults.mapping(content["where"], path)
        if isinstance(content["where"], dict) and not wanted:
            self.faults.add(path, "names no attribute; leave it out to mean the whole roll")
        return tuple(sorted((key, self.faults.text(value, f"{path}.{key}")) for key, value in wanted.items()))

    def _group_weights(self, content: dict[str, object], path: str) -> tuple[tuple[str, Fraction], ...]:
        if "group_weights" not in content:
            return ()
        path = f"{path}.group_weights"
        weights = self.faults.mapping(content["group_weights"], path)
        read = {name: self.faults.number(weight, f"{path}.{name}") for name, weight in weights.items()}
        return tuple(sorted((name, weight) for name, weight in read.items() if weight is not None))
