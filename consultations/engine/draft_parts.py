"""One clause made of two, and two made of one; the clause map is told, so that the redline says so too."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.draft_moves import bury, check_free, new_clause
from consultations.engine.draft_order import Order
from consultations.engine.draft_terms import Terms
from consultations.engine.draft_words import Words, text_of, write_words
from consultations.engine.drafts import changed_meanwhile, clause_of, done_before, take_clause
from consultations.extensions import db
from consultations.facts.drafts import FRESH, clause_stamp, freshness, has_words, words_sha256
from consultations.models.drafts import ClauseLink
from consultations.models.standards import Node, StandardVersion
from workflows.refusals import Refused, refusal


def split(
    node_id: int, *, first: Mapping[str, Words], second: Mapping[str, Words], number: str, known: str, request: str,
    by: Actor, at: datetime,
) -> Node:  # fmt: skip
    """Make two clauses of one: it keeps its stable id and the first part, the second follows it with a new one.

    Arguments: the words of both parts by language; `number` of the second part, which has the kind and the terms of the
    first. Returns the second part. Errors: Refused `split_part_missing`, `edited_meanwhile`; NotFound.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if done := done_before(version, request):
        return clause_of(version, int(journal.ref(done, "into")))
    if not all(_has_text(part.get(version.reference_language)) for part in (first, second)):
        raise Refused(refusal("split_part_missing"))
    if known != clause_stamp(node):
        raise changed_meanwhile(version, node)
    fresh = _fresh_languages(node, version)
    order = Order(version)
    year = int(node.years) if (node.years or "").isdecimal() else None
    terms = Terms(node.kind, number, node.requirement_kind, year, node.applies_to)
    new = new_clause(version, terms, second)
    order.put(new, node.parent_id, order.place(node) + 1)
    order.write()
    _rewrite(node, version, first, fresh, by=by, at=at)
    _date(new, version, second, fresh)
    _link(version, _origins(version, node), (node, new), by=by, at=at)
    journal.record("clause_split", version, by=by, at=at, node=f"node/{node.id}", into=f"node/{new.id}", request=request)  # fmt: skip
    return new


def merge(
    node_id: int, other_id: int, *, words: Mapping[str, Words], known: str, known_other: str, request: str,
    by: Actor, at: datetime,
) -> Node:  # fmt: skip
    """Make one clause of two: the first keeps its stable id and takes what lay below the other, which is let go.

    Arguments: `words` of the merged clause by language; `known`, `known_other` the stamps of both.
    Errors: Refused `merge_with_itself`, `clause_asked_about`, `clause_commented`, `edited_meanwhile`; NotFound.
    """
    node, version = take_clause(node_id, by=by, at=at)
    if done_before(version, request):
        return node
    other = clause_of(version, other_id)
    order = Order(version)
    if node in order.below(other) or other in order.below(node):
        raise Refused(refusal("merge_with_itself"))
    check_free([other])
    if not _has_words(words.get(version.reference_language)):
        raise Refused(refusal("clause_words_missing"))
    if (known, known_other) != (clause_stamp(node), clause_stamp(other)):
        raise changed_meanwhile(version, node)
    fresh = _fresh_languages(node, version) & _fresh_languages(other, version)
    origins = (*_origins(version, node), *_origins(version, other))
    for child in list(order.sisters[other.id]):
        order.put(child, node.id, len(order.sisters[node.id]))
    order.take_out(other)
    bury(other, version)
    order.write()
    _rewrite(node, version, words, fresh, by=by, at=at)
    _link(version, origins, (node,), by=by, at=at)
    journal.record("clauses_merged", version, by=by, at=at, node=f"node/{node.id}", other=f"node/{other.id}", request=request)  # fmt: skip
    return node


def _has_words(words: Words | None) -> bool:
    return words is not None and bool(words.heading or words.text)


def _has_text(words: Words | None) -> bool:
    return words is not None and bool(words.text)


def _fresh_languages(node: Node, version: StandardVersion) -> frozenset[str]:
    """The languages whose words say what the reference words say."""
    reference = text_of(node, version.reference_language)
    return frozenset(text.language for text in node.texts if freshness(text, reference) == FRESH)


def _rewrite(
    node: Node,
    version: StandardVersion,
    words: Mapping[str, Words],
    fresh: frozenset[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Every language that is given, the reference language first; what was fresh is taken as fresh again."""
    reference = version.reference_language
    translates = words_sha256(words[reference])
    for language in sorted(words, key=lambda code: code != reference):
        there = text_of(node, language)
        if (
            there is not None
            and words_sha256(there) == words_sha256(words[language])
            and language not in fresh
        ):
            continue
        write_words(
            node,
            version,
            language,
            words[language],
            translates=translates if language in fresh else "",
            by=by,
            at=at,
        )


def _date(new: Node, version: StandardVersion, words: Mapping[str, Words], fresh: frozenset[str]) -> None:
    translates = words_sha256(words[version.reference_language])
    for language, said in words.items():
        text = text_of(new, language)
        if text is not None and has_words(said) and language in fresh:
            text.translates_sha256 = translates
    db.session.flush()


def _origins(version: StandardVersion, node: Node) -> tuple[int, ...]:
    """The clauses of the version it was drawn up from that became this one: by the clause map, else by the stable id."""
    if version.based_on_id is None:
        return ()
    lines = select(ClauseLink.from_node_id).where(
        ClauseLink.from_version_id == version.based_on_id, ClauseLink.to_version_id == version.id,
        ClauseLink.to_node_id == node.id,
    )  # fmt: skip
    told = list(db.session.scalars(lines))
    same = select(Node.id).where(Node.version_id == version.based_on_id, Node.stable_id == node.stable_id)
    return tuple(id for id in (told or db.session.scalars(same)) if id is not None)


def _link(
    version: StandardVersion, origins: tuple[int, ...], became: tuple[Node, ...], *, by: Actor, at: datetime
) -> None:
    pair = {"from_version_id": version.based_on_id, "to_version_id": version.id}
    for origin in dict.fromkeys(origins):
        for node in became:
            line = {**pair, "from_node_id": origin, "to_node_id": node.id}
            if db.session.scalar(select(ClauseLink.id).filter_by(**line)) is None:
                db.session.add(ClauseLink(**line, made_at=at, made_by_id=by.person_id))
    db.session.flush()
