"""The minutes of one vote as a document: a pure function of its figures."""

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext

from consultations import wording
from consultations.documents.minutes_blocks import Block, Minutes
from consultations.documents.minutes_document import Signed, signatures
from consultations.documents.minutes_vote import hashes, result, roll_call
from consultations.documents.minutes_words import when
from consultations.documents.synopsis_blocks import Heading, Paragraph

Figures = dict[str, Any]


def vote_document(told: Figures, signed: Sequence[Signed]) -> Minutes:
    """The whole of it in the reader's language."""
    title = gettext("Minutes: %(title)s", title=wording.local(told["titles"], told["language"]))
    foot = f"{told['code']} · {told['minutes_sha256'][:16]}"
    attached = {
        "figures": told, "language": wording.language(), "sha256": told["minutes_sha256"],
        "signatures": [{"role": one.role, "name": one.name, "at": one.at} for one in signed],
    }  # fmt: skip
    return Minutes(
        title, wording.language(), told["opens_at"][:10], foot, tuple(_blocks(told, signed)), attached
    )


def _blocks(told: Figures, signed: Sequence[Signed]) -> Iterator[Block]:
    zone, vote = told["zone"], told["vote"]
    yield Paragraph(f"{wording.local(told['body'], told['language'])} · {told['code']}")
    yield Heading(1, gettext("Call"))
    yield Paragraph(
        gettext(
            "Convened on %(when)s, %(days)s days before opening, as call number %(call)s.",
            when=when(told["convened_at"], zone), days=told["notice_days"], call=vote["call"],
        )
    )  # fmt: skip
    yield Paragraph(
        gettext(
            "Prepared by %(author)s and reviewed by %(reviewer)s.", author=told["prepared_by"] or "–",
            reviewer=told["reviewed_by"] or "–",
        )
    )  # fmt: skip
    if told["extensions"]:
        first = when(told["first_closes_at"], zone)
        yield Paragraph(gettext("It was extended; the first closing time was %(first)s.", first=first))
    yield Heading(1, gettext("Question"))
    yield Paragraph(wording.local(vote["questions"], told["language"]))
    if told["text"]:
        yield Paragraph(gettext("Text to vote on: %(text)s", text=told["text"]))
    yield Paragraph(gettext("Hash of the text: %(sha256)s", sha256=vote["text_sha256"]), soft=True)
    yield from result(vote, 1, zone)
    yield from signatures(signed, zone, told["minutes_sha256"])
    yield from roll_call(vote, 1)
    yield hashes(vote)
