"""How an assembly came together: convocation, roll, calls with their quorum, who was there, what interrupted it."""

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import gettext, ngettext

from consultations import wording
from consultations.documents.minutes_blocks import Block
from consultations.documents.minutes_words import MODES, MOMENTS, quorum_sentence, short, threshold, when
from consultations.documents.synopsis_blocks import Heading, Paragraph, Table
from consultations.wording_assemblies import FORMS, KINDS
from workflows.refusals import refusal

Figures = dict[str, Any]


def convocation(told: Figures) -> Iterator[Block]:
    """When and how it was convened, to what, with how much notice."""
    zone = told["zone"]
    yield Heading(1, gettext("Convocation"))
    yield Paragraph(f"{KINDS[told['assembly_kind']]} · {FORMS[told['form']]}")
    yield Paragraph(
        gettext(
            "Convened on %(when)s for %(starts)s: %(days)s days of notice, where %(needed)s are asked.",
            when=when(told["convened_at"], zone), starts=when(told["starts_at"], zone), days=told["notice_days"],
            needed=told["notice_days_needed"],
        )
    )  # fmt: skip
    if told["ends_at"]:
        yield Paragraph(gettext("Votes in writing until %(when)s.", when=when(told["ends_at"], zone)))
    if told["place"]:
        yield Paragraph(gettext("Place: %(place)s", place=told["place"]))
    if told["cites"]:
        yield Paragraph(gettext("Source: %(cites)s", cites=told["cites"]), soft=True)


def the_roll(told: Figures) -> Iterator[Block]:
    """Who may vote, and who may not and why."""
    roll = told["roll"]
    yield Heading(1, gettext("The roll"))
    yield Paragraph(
        ngettext(
            "%(num)s organisation is on the roll that was frozen when the assembly was convened.",
            "%(num)s organisations are on the roll that was frozen when the assembly was convened.",
            roll["electors"],
        )
    )
    yield Paragraph(gettext("Hash of the roll: %(sha256)s", sha256=roll["sha256"]), soft=True)
    if roll["changes"]:
        heads = (gettext("Organisation"), gettext("Country"), gettext("Since"), gettext("Reason"))
        rows = tuple(
            (one["name"], wording.country(one["country"]), short(one["at"], told["zone"]), _reason(one))
            for one in roll["changes"]
        )
        yield Table(gettext("Left out, or let in by exception, and why"), heads, rows)


def calls(told: Figures) -> Iterator[Block]:
    """The quorum of each call, with its numbers."""
    if not told["calls"]:
        return
    yield Heading(1, gettext("Calls and quorum"))
    for call in told["calls"]:
        yield Heading(2, gettext("Call %(number)s", number=call["call"]))
        yield Paragraph(gettext("Made on %(when)s.", when=when(call["made_at"], told["zone"])))
        yield Paragraph(
            gettext(
                "On %(when)s there were %(present)s organisations, and %(represented)s represented by proxy, of %(size)s on the roll.",
                when=when(call["at"], told["zone"]), present=call["present"], represented=call["represented"],
                size=told["roll"]["electors"],
            )
        )  # fmt: skip
        for line in call["conditions"]:
            yield threshold(line, quorum_sentence(line))
        yield Paragraph(_met(call))


def attendance(told: Figures) -> Iterator[Block]:
    """Who was there from when to when, and who by proxy of whom."""
    found = told["attendance"]
    yield Heading(1, gettext("Attendance"))
    yield Paragraph(
        gettext(
            "Organisations that attended: %(came)s; represented by proxy only: %(represented)s; neither: %(absent)s.",
            came=found["came"], represented=found["represented"], absent=found["absent"],
        )
    )  # fmt: skip
    heads = (gettext("Organisation"), gettext("Country"), gettext("Attended"), gettext("Represented by"))
    rows = tuple(
        (row["name"], wording.country(row["country"]), _stays(row, told["zone"]), _proxies(row, told["zone"]))
        for row in found["rows"]
    )
    yield Table(gettext("Attendance by organisation"), heads, rows)


def course(told: Figures) -> Iterator[Block]:
    """When it was installed, suspended, adjourned, went on and closed, and who presided."""
    if not told["moments"]:
        return
    yield Heading(1, gettext("Course of the assembly"))
    heads = (gettext("When"), gettext("What happened"), gettext("Presided"), gettext("Reason"))
    rows = tuple(
        (
            short(one["at"], told["zone"]),
            _moment(one, told["zone"]),
            one["person"] or "–",
            one["reason"] or "–",
        )
        for one in told["moments"]
    )
    yield Table(gettext("Installed, interrupted, closed"), heads, rows)


def _met(call: Figures) -> str:
    if call["met"] is None:
        return gettext("The quorum of this call was not measured.")
    if not call["asked"]:
        return gettext("This call asks for none: those who are there are enough.")
    return gettext("Quorum: met") if call["met"] else gettext("Quorum: missing")


def _reason(one: Figures) -> str:
    """The rule's reasons in the reader's language, or the words of who decided."""
    if one["kind"] != "excluded":
        return str(one["reason"])
    found = (refusal(code, **params) for code, params in json.loads(one["reason"]))
    return " ".join(wording.refusal(reason)["sentence"] for reason in found)


def _stays(row: Figures, zone: str) -> str:
    return "; ".join(_stay(stay, zone) for stay in row["stays"]) or "–"


def _stay(stay: Figures, zone: str) -> str:
    begun, ended = short(stay["from"], zone), short(stay["to"], zone)
    day, comma, _hour = begun.rpartition(", ")
    ended = ended.removeprefix(day + comma)  # of the same day the hour is enough
    person = f" ({stay['person']})" if stay["person"] else ""
    return f"{begun} – {ended}, {MODES[stay['mode']]}{person}"


def _proxies(row: Figures, zone: str) -> str:
    return "; ".join(_proxy(one, zone) for one in row["proxy"]) or "–"


def _proxy(one: Figures, zone: str) -> str:
    item = gettext("item %(number)s", number=one["item"]) if one["item"] else ""
    ended = (
        gettext("taken back %(when)s", when=short(one["withdrawn_at"], zone)) if one["withdrawn_at"] else ""
    )
    beside = ", ".join(part for part in (item, ended) if part)
    return f"{one['holder']} ({beside})" if beside else str(one["holder"])


def _moment(one: Figures, zone: str) -> str:
    said = str(MOMENTS[one["event"]])
    return f"{said}: {gettext('until %(when)s', when=short(one['until'], zone))}" if one["until"] else said
