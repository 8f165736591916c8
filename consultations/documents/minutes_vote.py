"""A vote as minutes print it: rule, count, every threshold drawn, the decision in a sentence, the roll call by country."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from flask_babel import gettext, ngettext

from consultations import wording
from consultations.documents.minutes_blocks import Block
from consultations.documents.minutes_words import (
    INTERRUPTIONS,
    SHEETS,
    ballot,
    choice,
    said,
    short,
    threshold,
    when,
)
from consultations.documents.synopsis_blocks import Heading, Paragraph, Table, text_blocks
from consultations.facts.minutes_votes import place
from consultations.wording_votes import RESOLUTIONS, STATES
from workflows.roles import Role
from workflows.vote import VoteState

Vote = dict[str, Any]


def result(vote: Vote, level: int, zone: str) -> Iterator[Block]:
    """What was decided, with its figures; that there is no count, where there is none."""
    yield Heading(level, gettext("Vote %(code)s", code=vote["code"]))
    if not vote["count"]:
        yield Paragraph(gettext("This vote was not counted."))
        yield from interrupted(vote, level + 1, zone)
        return
    yield Paragraph(
        gettext("Open from %(opened)s to %(closed)s.", opened=when(vote["opened_at"], zone), closed=when(vote["closed_at"], zone))
    )  # fmt: skip
    yield Paragraph(
        gettext(
            "%(voters)s of %(electors)s organisations of the roll took part by casting a ballot.",
            voters=vote["voters"], electors=vote["electors"],
        )
    )  # fmt: skip
    title = wording.local(vote["rule"]["title"])
    yield Paragraph(
        gettext("Rule: %(title)s (%(cites)s)", title=title, cites=vote["rule"]["cites"]), soft=True
    )
    yield counted(vote)
    yield from decided(vote)
    yield from standing(vote, zone)
    yield from _recounted(vote, zone)
    yield from interrupted(vote, level + 1, zone)
    yield from sheets(vote, level + 1)
    yield from contests(vote, level + 1, zone)


def counted(vote: Vote) -> Table:
    """How many chose what."""
    weighted = vote["weighted"]
    heads = (gettext("Choice"), gettext("Organisations"), *((gettext("Weight"),) if weighted else ()))
    rows = tuple(
        (choice(one["choice"]), str(one["heads"]), *((one["weight"],) if weighted else ()))
        for one in vote["heads"]
    )
    return Table(gettext("Count %(number)s", number=vote["count"]), heads, rows, (1, 2) if weighted else (1,))


def decided(vote: Vote) -> Iterator[Block]:
    """Every condition with its figures drawn, then the outcome; of an election the steps of its count."""
    sentences, lines = said(vote["sentences"]), vote["conditions"]
    spare = len(sentences) - len(lines) - 1
    if spare in (0, 1) and vote["method"] == "rule":
        yield from (Paragraph(sentence) for sentence in sentences[:spare])
        yield from (threshold(line, sentences[spare + n]) for n, line in enumerate(lines))
    else:
        yield from (Paragraph(sentence) for sentence in sentences[:-1])
    if vote["casting_vote"]:
        told = ballot(vote, vote["casting_vote"])
        yield Paragraph(
            gettext("The votes were equal; the president's casting vote: %(choice)s.", choice=told)
        )
    yield from (Paragraph(sentence) for sentence in sentences[-1:])


def standing(vote: Vote, zone: str) -> Iterator[Block]:
    """How the result stood when the minutes were made; of what was annulled, who annulled it and why."""
    state = str(STATES[VoteState(vote["state"])][0]) if vote["state"] else "–"
    if vote["state"] == VoteState.ANNULLED:
        yield Paragraph(
            gettext("Annulled on %(when)s: this result no longer stands.", when=when(vote["state_at"], zone))
        )
        yield from (Paragraph(_by(one, zone)) for one in vote["annulled_by"])
    elif vote["state"] == VoteState.CONTESTED:
        yield Paragraph(
            gettext("Contested since %(when)s: the committee decides.", when=when(vote["state_at"], zone))
        )
    else:
        yield Paragraph(
            gettext("State of this result: %(state)s, since %(when)s.", state=state, when=when(vote["state_at"], zone))
        )  # fmt: skip


def interrupted(vote: Vote, level: int, zone: str) -> Iterator[Block]:
    """When it was suspended, went on, was extended or stopped for good, by whom and why."""
    if not vote["interruptions"]:
        return
    yield Heading(level, gettext("Suspended or extended"))
    heads = (gettext("When"), gettext("What happened"), gettext("By whom"), gettext("Reason"))
    rows = tuple(
        (short(one["at"], zone), _happened(one, zone), who(one), one["reason"] or "–")
        for one in vote["interruptions"]
    )
    yield Table(gettext("Interruptions of vote %(code)s", code=vote["code"]), heads, rows)


def sheets(vote: Vote, level: int) -> Iterator[Block]:
    """The count sheets of ballots on paper: their serial numbers, their two counters and their numbers."""
    if not vote["sheets"]:
        return
    yield Heading(level, gettext("Ballots on paper"))
    heads = (
        gettext("Sheet"), gettext("Counted by"), gettext("Handed out"), gettext("Spoilt"), gettext("Unused"),
        gettext("Used"), gettext("State"),
    )  # fmt: skip
    rows = tuple(
        (
            f"{one['serial']} ({one['place']})" if one["place"] else one["serial"],
            f"{one['first_counter']}; {one['second_counter']}",
            *(str(one[key]) for key in ("issued", "spoilt", "unused", "used")),
            _sheet(one),
        )
        for one in vote["sheets"]
    )
    yield Table(gettext("Count sheets of vote %(code)s", code=vote["code"]), heads, rows, (2, 3, 4, 5))


def contests(vote: Vote, level: int, zone: str) -> Iterator[Block]:
    """Who contested the result and what the committee answered; of those that wait only how many there are."""
    if not vote["contests"]:
        return
    yield Heading(level, gettext("Contests"))
    answered = [one for one in vote["contests"] if one["resolution"]]
    if waiting := len(vote["contests"]) - len(answered):
        yield Paragraph(
            ngettext(
                "%(num)s contest waits for the committee's answer. Its grounds become public with the answer.",
                "%(num)s contests wait for the committee's answers. Their grounds become public with the answers.",
                waiting,
            )
        )
    for one in answered:
        yield Paragraph(f"{one['name']}, {short(one['at'], zone)}:")
        yield from text_blocks(one["grounds"])
        yield Paragraph(_answer(one, zone))


def who(one: dict[str, Any]) -> str:
    """Who did it: the name, and in which capacity."""
    role = str(wording.ROLES[Role(one["role"])])
    return f"{one['person']}, {role}" if one["person"] else role


def _by(one: dict[str, Any], zone: str) -> str:
    return f"{who(one)} ({short(one['at'], zone)}): {one['reason']}"


def _answer(one: dict[str, Any], zone: str) -> str:
    group = f" ({one['group']})" if one["group"] else ""
    return f"{RESOLUTIONS[one['resolution']]}{group} ({short(one['answered_at'], zone)}): {one['reason']}"


def _happened(one: dict[str, Any], zone: str) -> str:
    said = str(INTERRUPTIONS[one["event"]])
    return f"{said}: {gettext('until %(when)s', when=short(one['until'], zone))}" if one["until"] else said


def _sheet(one: dict[str, Any]) -> str:
    said = str(SHEETS.get(one["state"], "–"))
    return f"{said}: {one['reason']}" if one["state"] == "cancelled" else said


def roll_call(vote: Vote, level: int) -> Iterator[Block]:
    """Who voted how, by country: as paragraphs, since hundreds of names fill more than a page."""
    if not vote["count"]:
        return
    yield Heading(level, gettext("Roll call of vote %(code)s", code=vote["code"]))
    for country, group in groupby(vote["roll_call"], lambda row: row["country"]):
        rows = list(group)
        yield Heading(level + 1, wording.country(country))
        for code in sorted({row["choice"] for row in rows}, key=place):
            if names := [_named(row, vote) for row in rows if row["choice"] == code]:
                yield Paragraph(f"{ballot(vote, code)} ({len(names)}): {'; '.join(names).removesuffix('.')}.")


def hashes(vote: Vote) -> Table:
    """What the result rests on, to recount it."""
    rows = (
        (gettext("Hash of the rule"), vote["rule"]["sha256"]),
        (gettext("Hash of the roll"), vote["roll_sha256"]),
        (gettext("Hash of the roll with attendance"), vote["counted_roll_sha256"]),
        (gettext("Hash of the ballots"), vote["ballots_sha256"]),
        (gettext("Head of the board at closing"), vote["board_head"]),
        *(
            (gettext("Head of the board at the count"), head)
            for head in (vote["counted_board_head"],)
            if head
        ),
    )
    return Table(
        gettext("Hashes of vote %(code)s", code=vote["code"]), (gettext("What"), gettext("Which")), rows
    )


def _recounted(vote: Vote, zone: str) -> Iterator[Block]:
    if vote["group_by"]:
        told = gettext("Counted again: the ballots of one group only (%(group)s).", group=vote["group_value"])
        yield Paragraph(told)
    for one in vote["earlier"]:
        yield Paragraph(
            gettext("An earlier count stays on record: count %(number)s of %(when)s.", number=one["count"], when=when(one["at"], zone)),
            soft=True,
        )  # fmt: skip


def _named(row: dict[str, Any], vote: Vote) -> str:
    marks = [row["weight"]] if vote["weighted"] else []
    marks += [gettext("by proxy")] if row["proxy"] else []
    marks += [gettext("on paper")] if row["channel"] == "paper" else []
    return f"{row['name']} ({', '.join(marks)})" if marks else str(row["name"])
