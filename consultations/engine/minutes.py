"""The minutes of an assembly: figures computed from its rows, words written around them, signed by two persons.

A version once made stays as it is; other words are another version. What is signed is the hash of figures and words.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal
from consultations.engine.assembly_lock import led
from consultations.engine.work import add
from consultations.extensions import db
from consultations.facts import assemblies, minutes
from consultations.facts.minutes_versions import newest, signers
from consultations.facts.votes import person
from consultations.models.assemblies import AgendaItem, Assembly, AssemblyMinutes, MinutesSignature
from workflows.assembly import ASSEMBLY, AssemblyState
from workflows.machine import objections
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role
from workflows.vote_guards import covered

LONGEST = 20_000  # characters, of one passage
SHOWN = 5
BOTH = frozenset({Role.PRESIDENT, Role.SECRETARY})


def make(
    assembly_id: int, *, words: Mapping[str, str], known: int, by: Actor, at: datetime
) -> AssemblyMinutes:
    """Make a version: the figures as they are now, and these words. With nothing changed the newest one is the answer.

    Arguments: `known` the number of the version that the words were written on, 0 if there was none.
    Errors: Refused: not closed yet, somebody else made a version meanwhile, words too long or in no place.
    """
    assembly = led(assembly_id, by, at)
    said = {place: text.strip() for place, text in words.items() if text.strip()}
    found, before = minutes.figures(assembly, at), newest(assembly_id)
    if before is not None and before.words == said and not _changed(before, found):
        return before
    number = before.number if before else 0
    digest = minutes.sha256(found, said)
    facts = assemblies.assembly_facts(assembly, by=by, at=at, minutes_sha256=digest)
    against = (
        *objections(ASSEMBLY, assembly.state, "make_minutes", by.role, facts),
        *([refusal("minutes_superseded", read=known, newest=number)] if known != number else []),
        *_unfit(assembly, said),
    )
    if against:
        raise Refused(*against)
    journal.move(
        assembly,
        ASSEMBLY,
        "make_minutes",
        by=by,
        at=at,
        facts=facts,
        minutes=number + 1,
        minutes_sha256=digest,
    )
    return add(
        AssemblyMinutes(
            assembly_id=assembly.id, number=number + 1, figures=found, words=said, sha256=digest, made_at=at,
            made_by_id=by.person_id,
        )
    )  # fmt: skip


def sign(assembly_id: int, *, number: int, by: Actor, at: datetime) -> bool:
    """Sign the newest version; with president and secretary, two persons, it is signed. Says whether it is.

    Arguments: `number` the version that was read. Asking again is answered as before.
    Errors: Refused: another version has taken its place, the data have changed since, this person or role has signed.
    """
    assembly, version = led(assembly_id, by, at), newest(assembly_id)
    if version is None:
        raise Refused(refusal("minutes_none_yet"))
    before = signers(version.id)
    if version.number == number and (by.role, person(by.person_id)) in before:
        return assembly.state == AssemblyState.MINUTES_SIGNED
    facts = assemblies.assembly_facts(assembly, by=by, at=at, minutes_sha256=version.sha256, signers=before)
    against = (
        *objections(ASSEMBLY, assembly.state, "sign", by.role, facts), *_stale(version, number, assembly),
        *([refusal("role_signed_before", role=by.role.value)] if by.role in {role for role, _ in before} else []),
    )  # fmt: skip
    if against:
        raise Refused(*against)
    told = {"minutes": version.number, "minutes_sha256": version.sha256}
    journal.move(assembly, ASSEMBLY, "sign", by=by, at=at, facts=facts, **told)
    add(MinutesSignature(minutes_id=version.id, role=str(by.role), person_id=by.person_id, signed_at=at))
    after = signers(version.id)
    if not covered(BOTH, after):
        return False
    facts = assemblies.assembly_facts(assembly, by=by, at=at, minutes_sha256=version.sha256, signers=after)
    journal.move(assembly, ASSEMBLY, "sign_minutes", by=by, at=at, facts=facts, **told)
    db.session.flush()
    return True


def _stale(version: AssemblyMinutes, number: int, assembly: Assembly) -> Iterator[Refusal]:
    if version.number != number:
        yield refusal("minutes_superseded", read=number, newest=version.number)
    elif changed := minutes.differing(version.figures, minutes.figures(assembly, version.made_at)):
        yield refusal("minutes_outdated", places=", ".join(place for place, _, _ in changed[:SHOWN]))


def _changed(version: AssemblyMinutes, found: dict[str, object]) -> bool:
    """Whether anything but the instant of computing differs."""
    return any(place != "as_of" for place, _, _ in minutes.differing(version.figures, found))


def _unfit(assembly: Assembly, said: Mapping[str, str]) -> Iterator[Refusal]:
    positions = db.session.scalars(select(AgendaItem.position).where(AgendaItem.assembly_id == assembly.id))
    places = {"introduction", "closing", *(f"item-{position}" for position in positions)}
    if unknown := sorted(set(said) - places):
        yield refusal("minutes_words_unknown", places=", ".join(unknown[:SHOWN]))
    if long := sorted(place for place, text in said.items() if len(text) > LONGEST):
        yield refusal("minutes_words_long", places=", ".join(long), limit=LONGEST)
