"""From the fields of a rule's form to its sentences and back, and what a sentence lacks."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _

from workflows.exact import MAX_LENGTH, exact_text, parse_exact
from workflows.rule_builder import CallLine, Comparison, Line, Said

_COMMA = re.compile(r"0,[0-9]+")
_PERCENT = re.compile(r"([0-9]+(?:[.,][0-9]+)?)\s*%")


def part_text(typed: str | None) -> str | None:
    """A part as rules are written: what was typed with a decimal comma or in percent becomes the same number as a fraction.

    Everything else is left as it is, to be judged: from 1 on a comma may also set the thousands apart.
    """
    text = (typed or "").strip()
    if len(text) <= MAX_LENGTH and _COMMA.fullmatch(text):
        return exact_text(parse_exact(text.replace(",", ".")))
    if len(text) <= MAX_LENGTH and (percent := _PERCENT.fullmatch(text)):
        return exact_text(parse_exact(percent[1].replace(",", ".")) / 100)
    return typed


def said(form: Any) -> Said:
    """What the form of a decision rule says, line for line in its order."""
    passing = tuple(_line(entry.form) for entry in form.passing.entries)
    return Said(tuple(form.choices.data.split()), call_lines(form), passing, form.tie.data)


def call_lines(form: Any) -> tuple[CallLine, ...]:
    """The ladder of calls that a form says."""
    return tuple(
        CallLine(
            str(call.form.wait.data) if n and call.form.wait.data else "", call.form.unit.data,
            tuple(_line(entry.form) for entry in call.form.lines.entries),
        )
        for n, call in enumerate(form.calls.entries)
    )  # fmt: skip


def shown(of: Said) -> dict[str, Any]:
    """The sentences of a decision rule as the form's data."""
    return {
        "choices": " ".join(of.choices), "tie": of.tie, "calls": calls_shown(of.calls),
        "passing": [_data(line) for line in of.passing],
    }  # fmt: skip


def calls_shown(calls: Iterable[CallLine]) -> list[dict[str, Any]]:
    """A ladder of calls as the form's data."""
    return [
        {"wait": int(call.wait) if call.wait else None, "unit": call.unit, "lines": [_data(line) for line in call.lines]}
        for call in calls
    ]  # fmt: skip


def _line(form: Any) -> Line:
    if form.measure.data != "groups":
        return Line(form.id.data or "", form.measure.data, _comparison(form, form.base), form.joined.data)
    outer = _comparison(form, form.group_base, count="yes")
    return Line(
        form.id.data or "", "groups", outer, form.joined.data, form.by.data, _comparison(form, form.inner_base, "inner_"),
        form.empty.data,
    )  # fmt: skip


def _comparison(form: Any, base: Any, prefix: str = "", count: str = "") -> Comparison:
    def given(name: str) -> str:
        return (form[f"{prefix}{name}"].data or "").strip()

    attribute = given("attribute")
    return Comparison(
        count or given("count"), given("cmp"), given("share"), base.data, given("fixed") if base.data == "fixed" else "",
        given("at_least"), attribute, given("value") if attribute else "",
    )  # fmt: skip


def _data(line: Line) -> dict[str, Any]:
    test, inner, groups = line.test, line.inner, line.measure == "groups"
    return {
        "id": line.id, "joined": line.joined, "measure": line.measure, "count": test.count, "cmp": test.cmp, "share": test.share,
        "base": "yes+no" if groups else test.base, "group_base": test.base if groups else "groups_on_roll", "fixed": test.fixed,
        "at_least": test.at_least, "attribute": test.attribute, "value": test.value, "by": line.by or "country",
        "inner_count": inner.count, "inner_cmp": inner.cmp, "inner_share": inner.share, "inner_base": inner.base,
        "inner_fixed": inner.fixed, "inner_at_least": inner.at_least, "inner_attribute": inner.attribute,
        "inner_value": inner.value, "empty": line.empty,
    }  # fmt: skip


def complete(line: Any) -> bool:
    """Whether a sentence has what it needs; what it lacks is said beside the field."""
    groups = line.measure.data == "groups"
    base = line.group_base if groups else line.base
    fine = [*_parts(line, base, "")]
    if groups:
        fine += [
            *_parts(line, line.inner_base, "inner_"),
            bool(line.by.data) or wrong(line.by, _("Choose one.")),
        ]
    return all(fine)


def _parts(line: Any, base: Any, prefix: str) -> Iterator[bool]:
    share, at_least = line[f"{prefix}share"], line[f"{prefix}at_least"]
    yield number_fits(share, _("Write a part from 0 to 1, such as 2/3."), most=1)
    if base.data == "fixed":
        yield number_fits(line[f"{prefix}fixed"], _("Write a number."))
    if (at_least.data or "").strip():
        yield number_fits(at_least, _("Write a number."))
    if line[f"{prefix}attribute"].data and not (line[f"{prefix}value"].data or "").strip():
        yield wrong(line[f"{prefix}value"], _("Write which one, as it stands on the roll."))


def number_fits(field: Any, message: str, most: int | None = None) -> bool:
    """Whether a field holds an exact number, of at most `most`; if not, `message` is said beside it."""
    try:
        number = parse_exact((field.data or "").strip())
    except ValueError:
        return wrong(field, message)
    return most is None or number <= most or wrong(field, message)


def wrong(field: Any, message: str) -> bool:
    """Say what is wrong beside a field that has been judged; False."""
    field.errors = [*field.errors, message]
    return False
