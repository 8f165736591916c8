"""Headings of comment sheets -> columns, in English, Spanish, Portuguese and French.

A heading is read without accents, digits (notes glue to them: "Type of comment2"), marks and what stands in brackets.
"""

import re

from consultations.documents.characters import unaccented
from consultations.documents.comment_sheet_report import COLUMNS

_BRACKETS = re.compile(r"\([^()]*\)")
_LETTERS = re.compile(r"[a-z]+")
_BROKEN_WORD = re.compile(r"com\W{1,2}ment")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_NUMBERING = _words("id no nr number numero num code codigo ref reference referencia date fecha data")

# The first line that shares a word with the heading says what the column holds.
_MEANINGS: tuple[tuple[str, frozenset[str]], ...] = (
    ("observation", _words(
        "secretariat secretaria secretariado secretaire observation observations observacion observacao observacoes "
        "resolution resolucion resolucao disposition response respuesta resposta reponse decision decisao"
    )),
    ("type", _words("type types tipo tipos")),
    ("proposed_change", _words(
        "proposed proposal proposals propuesta propuestas propuesto propuestos proposta propostas proposto proposee "
        "proposees propose proposition suggested suggestion sugerido sugerida sugerencia"
    )),
    ("comment", _words(
        "comment comments comentario comentarios commentaire commentaires justification justificacion justificativa "
        "motivation rationale observaciones remarks remark"
    )),
    ("proposed_change", _words("change changes cambio cambios modification modificacion modificacao alteracao mudanca")),
    ("line", _words("line lines linea lineas linha linhas ligne lignes renglon")),
    ("clause", _words(
        "clause subclause clauses subclauses clausula subclausula apartado subapartado capitulo seccion secao section "
        "chapter chapitre article articulo artigo requirement requisito exigence numeral criterio critere"
    )),
    ("paragraph", _words(
        "paragraph figure table parrafo figura tabla tabela tableau paragrafo paragraphe alinea element elemento note nota"
    )),
    ("member_body", _words(
        "mb nc nb member body organisation organization organisme organismo organizacion organizacao comite committee "
        "country pais pays commenter source author autor auteur user miembro membro membre"
    )),
)  # fmt: skip


def meaning(heading: str) -> str | None:
    """Return which of COLUMNS a heading names, or None."""
    flat = _BROKEN_WORD.sub("comment", unaccented(heading))
    words = frozenset(_LETTERS.findall(_BRACKETS.sub(" ", flat)))
    if words & _NUMBERING and words <= _NUMBERING | {"comment", "of", "the", "de"}:
        return None
    return next((column for column, known in _MEANINGS if words & known), None)


def columns_of(cells: tuple[str, ...]) -> tuple[str | None, ...] | None:
    """Return the column of each cell of a row of headings, a column once; None when the row is no heading.

    A heading row names the comment and at least two other columns, and most of its filled cells are headings, short
    ones. "Observaciones" alone may be the comments: it is, where no other column is.
    """
    found = [meaning(cell) if len(cell) <= MAX_HEADING_CHARS else None for cell in cells]
    found = [column if column not in found[:index] else None for index, column in enumerate(found)]
    if "comment" not in found and "observation" in found:
        found[found.index("observation")] = "comment"
    filled = sum(1 for cell in cells if cell)
    named = sum(1 for column in found if column)
    if "comment" not in found or named < LEAST_HEADINGS or named * 2 <= filled:
        return None
    return tuple(found)


MAX_HEADING_CHARS = 120
LEAST_HEADINGS = 3

_ONE = ("member_body", "clause", "paragraph", "type", "comment", "proposed_change")
FORMS: dict[int, tuple[tuple[str, ...], ...]] = {
    8: (COLUMNS,),
    7: ((*_ONE, "observation"), COLUMNS[:7]),
    6: (_ONE, ("member_body", "clause", "type", "comment", "proposed_change", "observation")),
}
"""Number of columns -> the forms that have so many, told apart by where the types of comment stand."""
