"""Standards and their versions: what a file held becomes a tree, is completed in other languages, and is frozen."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from consultations.actor import Actor
from consultations.engine import journal, turns
from consultations.engine.mandates import check_mandate
from consultations.engine.standard_trees import add_language, compare, write_tree
from consultations.engine.work import add, locked
from consultations.extensions import db
from consultations.facts import texts
from consultations.facts.drafts import under_review
from consultations.models.events import Event
from consultations.models.standards import Node, NodeText, Standard, StandardVersion
from consultations.wording import LANGUAGES
from workflows.refusals import Refusal, Refused, refusal
from workflows.roles import Role, implies

_MAY_IMPORT = frozenset({Role.UNIT, Role.SYSTEM})


@dataclass(frozen=True)
class Comparison:
    """A translation held against the version it belongs to: how many clauses match, and which do not."""

    matched: int
    missing: tuple[str, ...]  # in the version, not in the file
    surplus: tuple[str, ...]  # in the file, not in the version: left out


def import_version(
    report: Any,
    *,
    code: str,
    titles: dict[str, str],
    label: str,
    language: str,
    source_name: str,
    by: Actor,
    at: datetime,
) -> StandardVersion:
    """Keep what a file held as version `label` of standard `code`, made if it is new.

    Arguments: `report` what documents.read_standard gave. A second language of a version adds its texts by number;
    what does not match is left out (ask `compare_with_version` first: it names them).
    Errors: Refused with every reason; the same file, or a language that is there, is not imported twice
    (consultation-model.md, "Draft standard").
    """  # fmt: skip
    _check_importer(by, at)
    turns.wait_turn("code")  # the second of two tabs finds the file imported
    code, label = code.strip(), label.strip()
    if faults := import_objections(report, code=code, titles=titles, label=label, language=language):
        raise Refused(*faults)
    standard, version = _found(code, label)
    standard = standard or add(Standard(code=code, titles=_known(titles)))
    name = "standard_imported" if version is None else "translation_imported"
    if version is None:
        version = _begin_version(standard, label, language, source_name, by=by, at=at)
        write_tree(report.tree, version)
    else:
        add_language(report.tree, version, language)
        standard.titles = {**_known(titles), **standard.titles}
    journal.record(name, version, by=by, at=at, source=report.sha256, language=language, label=label)
    db.session.flush()
    return version


def begin(code: str, titles: dict[str, str], *, known: int | None = None) -> Standard:
    """A standard without a text, which is imported later under its code.

    `known`: the standard that this very request has begun before, which is answered with again.
    Errors: Refused: no code, no title, a code that another standard has.
    """
    code = code.strip()
    there = db.session.scalar(select(Standard).where(Standard.code == code))
    if there is not None and there.id == known:
        return there
    faults = (
        None if code else refusal("code_missing"),
        None if _known(titles) else refusal("title_missing"),
        refusal("standard_code_taken", taken=code) if there else None,
    )
    if reasons := [one for one in faults if one]:
        raise Refused(*reasons)
    return add(Standard(code=code, titles=_known(titles)))


def _begin_version(
    standard: Standard, label: str, language: str, source_name: str, *, by: Actor, at: datetime
) -> StandardVersion:
    return add(
        StandardVersion(
            standard_id=standard.id, label=label, reference_language=language, source_name=source_name[:300],
            imported_at=at, imported_by_id=by.person_id,
        )
    )  # fmt: skip


def import_objections(
    report: Any, *, code: str, titles: dict[str, str], label: str, language: str
) -> tuple[Refusal, ...]:
    """Everything that speaks against importing this file under these names; the dry run asks the same."""
    code, label = code.strip(), label.strip()
    standard, version = _found(code, label)
    faults = _name_faults(code, label, language)
    if standard is None and not _known(titles):
        faults.append(refusal("title_missing"))
    if before := _imported_before(standard, report.sha256):
        faults.append(refusal("file_imported_before", label=before))
    return (*faults, *(_version_faults(report, version, language) if version else ()))


def _name_faults(code: str, label: str, language: str) -> list[Refusal]:
    return [
        *([] if code else [refusal("code_missing")]),
        *([] if label else [refusal("label_missing")]),
        *([] if language in LANGUAGES else [refusal("language_unknown", language=language or "?")]),
    ]


def _version_faults(report: Any, version: StandardVersion, language: str) -> Iterator[Refusal]:
    """What speaks against a further language of a version that is there."""
    if version.text_sha256 is not None:
        yield refusal("version_frozen", label=version.label)
    elif under_review(version):
        yield refusal("version_under_review", label=version.label)
    if _has_language(version, language):
        yield refusal("version_has_text", label=version.label)
    elif not compare(report.tree, version)[0]:
        yield refusal("nothing_matches", label=version.label)


def compare_with_version(report: Any, *, code: str, label: str) -> Comparison | None:
    """A file held against the version it would complete; None when it would make a version of its own."""
    _, version = _found(code.strip(), label.strip())
    return Comparison(*compare(report.tree, version)) if version else None


def text_sha256(version_id: int) -> str:
    """SHA-256 (hex) of a version's text as it stands; what is hashed: facts.texts.text_sha256."""
    return texts.text_sha256(version_id)


def freeze(version: StandardVersion, *, at: datetime) -> str:
    """Fix the text of a locked version and return its hash; frozen before, it must still be the same.

    Errors: Refused `text_changed` (process.md: "text hash equals the frozen one").
    """
    sha256 = text_sha256(version.id)
    if version.text_sha256 is None:
        version.text_sha256, version.frozen_at = sha256, at
    elif version.text_sha256 != sha256:
        raise Refused(refusal("text_changed"))
    return sha256


def lock_version(version_id: int) -> StandardVersion:
    """The version, locked: nobody imports into it while it is frozen."""
    return locked(StandardVersion, version_id)


def _check_importer(by: Actor, at: datetime) -> None:
    if implies(by.role).isdisjoint(_MAY_IMPORT):
        raise Refused(refusal("role_may_not", move="import", role=by.role.value))
    check_mandate(by, at=at)


def _found(code: str, label: str) -> tuple[Standard | None, StandardVersion | None]:
    standard = db.session.scalar(select(Standard).where(Standard.code == code))
    if standard is None:
        return None, None
    query = select(StandardVersion).where(
        StandardVersion.standard_id == standard.id, StandardVersion.label == label
    )
    return standard, db.session.scalar(query.with_for_update())


def _imported_before(standard: Standard | None, sha256: str) -> str | None:
    """The label under which these very bytes were imported into this standard."""
    if standard is None:
        return None
    query = (
        select(StandardVersion.label)
        .join(Event, Event.subject_id == StandardVersion.id)
        .where(
            StandardVersion.standard_id == standard.id,
            Event.subject_kind == "standardversion",
            Event.payload.contains(f'"source":"{sha256}"', autoescape=True),
        )
    )
    return db.session.scalars(query).first()


def _has_language(version: StandardVersion, language: str) -> bool:
    query = select(NodeText.id).join(Node).where(Node.version_id == version.id, NodeText.language == language)
    return db.session.scalars(query.limit(1)).first() is not None


def _known(titles: dict[str, str]) -> dict[str, str]:
    return {language: text.strip() for language, text in titles.items() if text and text.strip()}
