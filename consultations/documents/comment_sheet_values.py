"""What the cells of a comment sheet say: the type of comment, and clauses that a spreadsheet turned into dates."""

import re

from consultations.documents.characters import unaccented

_TYPES = {
    "general": "ge gen general generale generales geral gerais g",
    "technical": "te tech technical tecnico tecnica technique t th tl",
    "editorial": "ed edit editorial editoriale redaccion redaccional redactionnel redacao e",
    "question": "question pregunta pergunta q",
    "cost": "cost",
    "feasibility": "feasibility",
    "gender": "gender",
    "child_labour": "child_labour",
    "climate": "climate",
}
TYPES = {word: kind for kind, words in _TYPES.items() for word in words.split()}
MAX_TYPE_CHARS = 20
SHORT = {"general": "ge", "technical": "te", "editorial": "ed"}
"""How the forms write a type; the other kinds of a consultation go by their own name."""

_NUMERIC_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ].*)?|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}")
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|mai|set|out|dez|avr|juin|juil|aou"
)
_NAMED_DATE = re.compile(rf"\d{{1,2}}[-/. ](?:{_MONTHS})[a-z]*\.?(?:[-/. ]\d{{2,4}})?")


def types_in(cell: str) -> list[str]:
    """Return the known types that a cell names, each once, in its order; nothing for an unknown or empty one."""
    words = re.findall(r"[a-z_]+", unaccented(cell))
    return list(dict.fromkeys(TYPES[word] for word in words if word in TYPES))


def is_type(cell: str) -> bool:
    """Tell whether a cell is short and names a type, as the column of types does in a table without headings."""
    return len(cell) <= MAX_TYPE_CHARS and bool(types_in(cell))


def short(kind: str | None) -> str:
    """Return a type as the forms write it: ge, te, ed, or its own name."""
    return SHORT.get(kind or "", kind or "")


def is_date(clause: str) -> bool:
    """Tell whether the text of a clause cell is a date, as a spreadsheet makes of 3.2.1."""
    return any(shape.fullmatch(unaccented(clause)) for shape in (_NUMERIC_DATE, _NAMED_DATE))
