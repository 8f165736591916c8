"""The votes of an election's item: prepared from a template of the rule book and the options; the run-off from its result."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from consultations.actor import Actor
from consultations.engine import agenda_votes, counts, journal, vote_following
from consultations.engine.assembly_lock import led_item
from consultations.engine.vote_rules import objections as dated
from consultations.engine.vote_rules import of_kind
from consultations.extensions import db
from consultations.facts import elections
from consultations.facts.assemblies import item_id
from consultations.facts.items import is_over
from consultations.facts.votes import vote_facts
from consultations.models.assemblies import AgendaItem, Assembly
from consultations.models.rule_books import RuleVersion
from consultations.models.votes import Vote
from workflows.elections.following import next_terms, question
from workflows.elections.templates import compose
from workflows.elections.terms import Terms as ElectionTerms
from workflows.refusals import Refusal, Refused, refusal
from workflows.rule_book import RuleKind
from workflows.vote import VOTE

FEWEST = 2


@dataclass(frozen=True)
class Election:
    """How an item elects. `options`: what each is called, by language, in their order.

    `template_id`: a version of the body's book; `terms`: what it leaves open, or all of it where none is named, which then
    `cites` its source. Keys as in workflows/elections/terms.py.
    """

    options: Sequence[Mapping[str, str]] = ()
    template_id: int | None = None
    terms: Mapping[str, Any] = field(default_factory=dict)
    cites: str = ""
    show_turnout: bool = True
    contest_days: int = 5


def prepare(item_id: int, *, by: Actor, at: datetime, **election: Any) -> Vote:
    """Prepare the vote of an election. A draft that is there already is changed.

    Errors: InputRefusedError with every fault of the terms; Refused with every other reason; NotFound.
    """
    item, assembly = led_item(item_id, by, at)
    asked = Election(**election)
    template = of_kind(assembly.body_id, RuleKind.ELECTION, asked.template_id) if asked.template_id else None
    if against := (
        *agenda_votes.unfit(item, assembly),
        *_objections(item, asked),
        *(dated(template, assembly.starts_at, assembly.zone, 1) if template else ()),
    ):
        raise Refused(*against)  # fmt: skip
    terms = elections.read(_content(item, assembly, asked, template))
    return _written(item, assembly, terms, template, asked, by, at)


def prepare_next(item_id: int, *, by: Actor, at: datetime) -> Vote:
    """Prepare the run-off, or the second vote, that the counted vote of an election asks for, by its own terms.

    Prepared before, it is answered with. Errors: Refused `no_vote_follows`, `assembly_over`; NotFound.
    """
    item, assembly = led_item(item_id, by, at)
    before = db.session.get(Vote, item.vote_id) if item.vote_id else None
    if before is not None and elections.followed(before) is not None and before.convened_at is None:
        return before
    if is_over(assembly):
        raise Refused(refusal("assembly_over"))
    terms = _next(before)
    if before is None or terms is None:
        raise Refused(refusal("no_vote_follows"))
    asked = Election(show_turnout=before.show_turnout, contest_days=before.contest_days)
    return _written(item, assembly, terms, before.rule_version, asked, by, at)


def _next(before: Vote | None) -> ElectionTerms | None:
    if before is None or not elections.is_election(before) or before.closed_at is None:
        return None
    result = counts.decided(before, vote_following.casting_vote(before))
    return next_terms(elections.terms_of(before), result)  # type: ignore[arg-type]


def _objections(item: AgendaItem, asked: Election) -> tuple[Refusal, ...]:
    found = []
    if item.kind != "election":
        found.append(refusal("item_elects_nobody"))
    if len(asked.options) < FEWEST:
        found.append(refusal("options_missing", count=len(asked.options)))
    if asked.template_id is None and not asked.cites.strip():
        found.append(refusal("election_cites_missing"))
    return tuple(found)


def _content(
    item: AgendaItem, assembly: Assembly, asked: Election, template: RuleVersion | None
) -> dict[str, Any]:
    said = template.content if template else {}
    cites = template.cites if template else asked.cites.strip()
    return compose(
        said, asked.terms, id=f"{assembly.code}-{item.position}", title=item.titles, cites=cites, options=asked.options
    )  # fmt: skip


def _written(
    item: AgendaItem, assembly: Assembly, terms: ElectionTerms, template: RuleVersion | None, asked: Election, by: Actor, at: datetime
) -> Vote:  # fmt: skip
    vote, is_new = agenda_votes.draft_of(item, assembly)
    with db.session.no_autoflush:
        agenda_votes.bind(
            vote, assembly, [item], method=terms.method, content=json.loads(terms.canonical), sha256=terms.sha256, version=template,
            questions=question(terms, item.titles, item.motion) if terms.turn > 1 else item.motion, contest_days=asked.contest_days, show_turnout=asked.show_turnout,
        )  # fmt: skip
        vote.prepared_by_id = by.person_id
        known = vote_facts(vote, by=by, at=at, text_sha256=vote.text_sha256)
        named = [item_id(item.id)]
        if is_new:
            vote_following.let_go(item, vote.code, by=by, at=at)
            hashes = {"rule_sha256": terms.sha256, "text_sha256": vote.text_sha256}
            journal.begin(vote, VOTE, "prepare", by=by, at=at, facts=known, items=named, **hashes)
        else:
            journal.move(vote, VOTE, "edit", by=by, at=at, facts=known, rule_sha256=terms.sha256, items=named)
    item.vote_id = vote.id
    db.session.flush()
    return vote
