"""Drafts as files, and versions imported from them."""

from datetime import UTC, datetime
from itertools import count

from consultations.actor import SYSTEM
from consultations.documents.standard import read_standard
from consultations.documents.standard_tree import Report
from consultations.engine import standards
from consultations.models.standards import StandardVersion

IMPORTED = datetime(2026, 2, 1, 12, tzinfo=UTC)
_numbers = count(1)

SPANISH = """# 1 Comercio

## 1.1 Contratos

1.1.1 La organización firma un contrato por cada venta.

1.1.2 La organización guarda los contratos cinco años.

# 2 Trabajo

## 2.1 Jornada

2.1.1 Nadie trabaja más de cuarenta y ocho horas por semana.
"""

ENGLISH = """# 1 Trade

## 1.1 Contracts

1.1.1 The organisation signs a contract for every sale.

1.1.2 The organisation keeps contracts for five years.

# 2 Work

## 2.1 Hours

2.1.1 Nobody works more than forty-eight hours a week.
"""


def report(text: str = SPANISH, filename: str = "draft.md") -> Report:
    """What reading this Markdown gives."""
    return read_standard(text.encode(), filename)


def version(
    text: str = SPANISH, *, code: str = "", label: str = "1.0", language: str = "es", at: datetime = IMPORTED
) -> StandardVersion:
    """A version imported from this Markdown, of a new standard unless `code` names one."""
    code = code or f"STD-{next(_numbers)}"
    titles = {"es": f"Criterio {code}", "en": f"Standard {code}"}
    return standards.import_version(
        report(text),
        code=code,
        titles=titles,
        label=label,
        language=language,
        source_name="draft.md",
        by=SYSTEM,
        at=at,
    )


def bilingual(*, code: str = "") -> StandardVersion:
    """A version with all its words in Spanish and English."""
    made = version(code=code)
    return standards.import_version(
        report(ENGLISH), code=made.standard.code, titles={}, label=made.label, language="en", source_name="draft.en.md",
        by=SYSTEM, at=IMPORTED,
    )  # fmt: skip
