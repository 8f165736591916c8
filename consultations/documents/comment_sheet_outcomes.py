"""What an observation of the secretariat says became of a comment: one of the model's outcomes, or a person decides.

Order matters: "not accepted" is read before "accepted", and "accepted with modifications" before it too. Nothing is
guessed: two outcomes in one observation, a question or a condition leave it to a person.
"""

import re
from collections.abc import Iterator

from consultations.documents.characters import clean, unaccented
from workflows.comment import CommentOutcome as Outcome

WORDS = {
    Outcome.ACCEPTED: "Accepted",
    Outcome.ACCEPTED_IN_PART: "Accepted in part",
    Outcome.ACCEPTED_WITH_CHANGE: "Accepted with modification",
    Outcome.ACCEPTED_IN_PRINCIPLE: "Accepted in principle",
    Outcome.NOTED: "Noted",
    Outcome.ALREADY_COVERED: "Already covered",
    Outcome.OUT_OF_SCOPE: "Out of scope",
    Outcome.DEFERRED: "Deferred",
    Outcome.REJECTED: "Not accepted",
    Outcome.WITHDRAWN: "Withdrawn",
    Outcome.DUPLICATE: "Duplicate",
}
"""How an export writes each outcome, as secretariats do."""

# Unaccented, lower case. {yes}: accepted, agreed and their like in four languages.
_YES = (
    r"(?:accept(?:ed|e|es|ee|ees)?|agree[ds]?|approved|adopted|aceptad[oa]s?|se acept[ao]|aceite?s?|aceito[sa]?|aceitad[oa]s?|"
    r"aceit[oa]s?|aprobad[oa]s?|aprovad[oa]s?|retenue?s?|adoptee?s?|d'accord|de acuerdo|de acordo)"
)
_SHAPES: tuple[tuple[Outcome | None, str], ...] = (
    (None, r"not (?:yet|only|reject\w*|withdrawn|deferred|out of scope|a duplicate|fully|entirely|completely)\b[^.;\n]*"),
    (None, r"(?:no|nao|non) (?:rechazad|rejeitad|rejete|retirad|retire)\w*"),
    (None, r"(?:agreed? (?:to|that)|disagree with)\b[^.;\n]*"),
    (Outcome.ACCEPTED_IN_PART, (
        r"(?:part(?:ly|ially)|in part|parcialmente|en parte|em parte|partiellement|en partie) {yes}"
        r"|{yes},? \(?(?:part(?:ly|ially)|in part|parcialmente|en parte|em parte|partiellement|en partie)\b"
    )),
    (Outcome.REJECTED, (
        r"(?:not|non|no|nao|cannot(?: be)?|can ?not be|can't be|pas|ne peut etre|no se puede) (?:been |be |was |is |es |fue |foi |se |"
        r"ete |etre )*(?:{yes}|acceptable|aceptable|aceitavel|aceptar|aceitar|accepter)"
        r"|no procede|not retained|disagreed?|reject(?:ed|s)?|refused?|declined|dismissed|turned down|rechazad[oa]s?|se rechaza|desestimad[oa]s?|"
        r"rejeitad[oa]s?|recusad[oa]s?|negad[oa]s?|rejetee?s?|refusee?s?|ecartee?s?"
    )),
    (Outcome.ACCEPTED_IN_PRINCIPLE, (
        r"{yes},? \(?(?:in principle|en principio|em principio|en principe|sur le principe|in prinzip)\b"
        r"|(?:in principle|en principio|em principio|en principe),? {yes}|principle {yes}"
    )),
    (Outcome.ACCEPTED_WITH_CHANGE, (
        r"{yes},?(?: but)? \(?(?:with|con|com|avec)(?: (?:the|a|an|some|minor|editorial|following|slight|small|further|una?|uns?|algun[oa]s?|"
        r"la|las|los|les?|des|une|as?|os?|leves|menores|siguientes?|seguintes?|suivantes?|legere?s?|quelques|certaines))* "
        r"(?:modif\w+|chang\w+|amend\w+|alter\w+|adjust\w+|rewording|edits?|cambios?|ajustes?|mudancas?|alterac\w+|correc\w+)"
        r"|{yes} as (?:modified|amended|changed|reworded)|\bawm\b|modified and accepted|amended and accepted"
    )),
    (None, r"{yes},? (?:but|except|unless|provided|subject to|pero|salvo|excepto|mas|mais|sauf|sous reserve)\b[^.;\n]*"),
    (Outcome.ALREADY_COVERED, (
        r"already (?:covered|addressed|included|in the text|dealt with|taken into account|implemented|stated)"
        r"|ya (?:esta )?(?:cubiert|incluid|contemplad|tratad|recogid)[oa]s?|ja (?:esta )?(?:cobert|incluid|contemplad|tratad)[oa]s?"
        r"|deja (?:couverte?|incluse?|traitee?|prise? en compte|prevue?)s?"
    )),
    (Outcome.OUT_OF_SCOPE, (
        r"(?:out ?of|outside(?: of)?|beyond)(?: the)? scope|out-of-scope|fuera d(?:e|el)(?: (?:la|su|este))?(?: objeto y)? ?(?:alcance|ambito)|"
        r"fora d[oe] (?:escopo|ambito|alcance)|hors(?: du)? (?:sujet|champ|perimetre|domaine)\w*(?: d'application)?"
    )),
    (Outcome.DEFERRED, (
        r"deferred|postponed|carried (?:over|forward)|aplazad[oa]s?|diferid[oa]s?|pospuest[oa]s?|postergad[oa]s?|adiad[oa]s?|"
        r"reportee?s?|differee?s?|ajournee?s?|for (?:the|a) (?:next|future) (?:revision|edition)"
    )),
    (Outcome.WITHDRAWN, r"withdrawn|retirad[oa]s?|retiree?s?\b"),
    (Outcome.DUPLICATE, r"duplicate(?=$|[.,;:)]| of| comment| with)|duplicad[oa]s?|repetid[oa]s?(?=$|[.,;:)])|en double|doublon"),
    (Outcome.NOTED, r"noted|tomad[oa]s? en cuenta|se toma nota|toma(?:do|da) nota|anotad[oa]s?|tomou-se nota|toma-se nota|prise? note|notees?|pris acte|note(?=$|[.,;:])"),
    (Outcome.ACCEPTED, r"{yes}"),
)  # fmt: skip
_ONE_OF_THEM = re.compile(
    "|".join(
        f"(?P<s{n}>\\b(?:{shape.replace('{yes}', _YES)})(?!\\w))" for n, (_, shape) in enumerate(_SHAPES)
    )
)
_OPEN = re.compile(
    r"\?|\b(?:if|whether|would|could|should|may|might|until|pending|tbc|tbd|todo|to be (?:confirmed|discussed|decided|checked|"
    r"considered)|si|podria|deberia|pendiente|se|poderia|deveria|pourrait|devrait|a discuter|por confirmar|a confirmar)\b"
)
_HEAD = re.compile(r"[^:]*:\s*")
_LEAD = re.compile(
    r"(?:\W|(?:secretariat|secretaria|secretariado|iso/cs|decision|resolution|status|response|wg|outcome)\W)*"
)


def outcome_of(observation: str) -> str | None:
    """Return the outcome that an observation states, None when there is none or a person must decide."""
    lines = [unaccented(line) for line in clean(observation).split("\n") if line]
    heads = {outcome for line in lines if (outcome := _head(line))}
    if heads and _head(lines[0]):
        return str(heads.pop()) if len(heads) == 1 else None
    leading, others = set(), set()
    for sentence in (part for line in lines for part in re.split(r"(?<=[.;!])\s+", line)):
        start = _LEAD.match(sentence).end()  # type: ignore[union-attr]
        for at, outcome in _stated(sentence):
            (leading if at <= start else others).add(outcome)
    found = leading or others
    return str(found.pop()) if len(found) == 1 and None not in found else None


def told(outcome: str | None, response: str) -> str:
    """Return the observation that says an outcome and its response, so that outcome_of() reads the same outcome.

    The outcome stands alone on its line; a line of the response that looks like such a line is made an item.
    """
    lines = [f"- {line}" if _head(unaccented(line)) else line for line in clean(response).split("\n") if line]
    if outcome is None:
        return "\n".join(lines)
    word = WORDS[Outcome(outcome)]
    return "\n".join((f"{word}:", *lines)) if lines else word


def response_of(observation: str) -> str:
    """Return the observation without the line that only names the outcome; all of it where nothing else is said."""
    first, _, rest = observation.partition("\n")
    return rest if rest and _head(unaccented(first)) else observation


def _head(line: str) -> Outcome | None:
    """Return the outcome of a line that is nothing but an outcome and a colon."""
    found = _ONE_OF_THEM.match(line) if line.endswith(":") else None
    return _SHAPES[_shape(found)][0] if found and not line[found.end() :].strip(" :") else None


def _stated(sentence: str) -> Iterator[tuple[int, Outcome | None]]:
    """Yield where each outcome stands in a sentence; None for one that is open."""
    for found in _ONE_OF_THEM.finditer(sentence):
        outcome = _SHAPES[_shape(found)][0]
        is_open = _OPEN.search(sentence[: found.start()]) or sentence[found.end() :].startswith("?")
        yield found.start(), None if is_open else outcome


def _shape(found: re.Match[str]) -> int:
    return int(str(found.lastgroup)[1:])
