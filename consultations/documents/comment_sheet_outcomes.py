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
_ON = r"(?:\s|[,:(–—-])+"
_WITH = r"(?:with|w/|after|subject to|con|com|avec|moyennant|apres|sous reserve de|sujet[oa] a|sujeit[oa] a)"
_SHAPES: tuple[tuple[Outcome | None, str], ...] = (
    (None, r"not (?:yet|only|reject\w*|withdrawn|deferred|out of scope|a duplicate|fully|entirely|completely)\b[^.;\n]*"),
    (None, r"(?:no|nao|non) (?:rechazad|rejeitad|rejete|retirad|retire)\w*"),
    (None, r"(?:agreed? (?:to|that)|disagree with)\b[^.;\n]*|(?:the|an) (?:accepted|agreed|approved|adopted) \w+"),
    (Outcome.ACCEPTED_IN_PART, (
        r"(?:part(?:ly|ially)|in part|parcialmente|en parte|em parte|partiellement|en partie) {yes}"
        r"|{yes},? \(?(?:part(?:ly|ially)|in part|parcialmente|en parte|em parte|partiellement|en partie)\b"
        r"|partial (?:acceptance|agreement)|aceptacion parcial|aceitacao parcial|acceptation partielle"
    )),
    (Outcome.REJECTED, (
        r"(?:not|non|no|nao|cannot(?: be)?|can ?not be|can't be|won't(?: be)?|pas|ne peut etre|no se puede)[ -](?:been |be |was |is |es |fue |"
        r"foi |se |ete |etre )*(?:{yes}|acceptable|aceptable|aceitavel|aceptar|aceitar|accepter)"
        r"|un(?:accepted|acceptable)|inaceptable|inaceitavel|inacceptable|en desacuerdo|no procede|not retained|disagreed?|reject(?:ed|s)?|refused?|declined|dismissed|turned down|rechazad[oa]s?|se rechaza|desestimad[oa]s?|"
        r"rejeitad[oa]s?|recusad[oa]s?|negad[oa]s?|rejetee?s?|refusee?s?|ecartee?s?"
    )),
    (Outcome.ACCEPTED_IN_PRINCIPLE, (
        r"{yes},? \(?(?:in principle|en principio|em principio|en principe|(?:sur|dans) (?:le|son) principe|in prinzip)\b"
        r"|(?:in principle|en principio|em principio|en principe),? {yes}|principle {yes}"
    )),
    (Outcome.ACCEPTED_WITH_CHANGE, (
        r"{yes}{on}(?:but |pero |mais |mas )?{with} (?:(?:the|a|an|some|minor|editorial|following|slight|small|further|una?|uns?|algun[oa]s?|"
        r"la|las|los|les?|des|une|as?|os?|leves|menores|siguientes?|seguintes?|suivantes?|legere?s?|quelques|certaines) )*"
        r"(?:modif\w*|mods?\b|chang\w+|amend\w+|alter\w+|adjust\w+|rewording|edits?|cambios?|ajustes?|mudancas?|alterac\w+|correc\w+|"
        r"enmiendas?|emendas?|(?:other|different|new|revised) wording)"
        r"|{yes} as (?:modified|amended|changed|reworded)"
        r"|{yes}{on}(?:but |in )?(?:modified|amended|reworded)(?: form)?(?=\s*(?:[).;:]|$))"
        r"|\bawm\b|modified and accepted|amended and accepted"
    )),
    (None, r"{yes},? (?:but|except|unless|provided|subject to|pero|salvo|excepto|mas|mais|sauf|sous reserve)\b[^.;\n]*"),
    (Outcome.ALREADY_COVERED, (
        r"covered already|already (?:covered|addressed|included|in the text|dealt with|taken into account|implemented|stated)"
        r"|ya (?:esta )?(?:cubiert|incluid|contemplad|tratad|recogid)[oa]s?|ja (?:esta )?(?:cobert|incluid|contemplad|tratad)[oa]s?"
        r"|deja (?:couverte?|incluse?|traitee?|prise? en compte|prevue?)s?"
    )),
    (Outcome.OUT_OF_SCOPE, (
        r"(?:out ?of|outside(?: of)?|beyond|not (?:with)?in)(?: the)? scope|out-of-scope|fuera d(?:e|el)(?: (?:la|su|este))?(?: objeto y)? ?(?:alcance|ambito)|"
        r"fora d[oe] (?:escopo|ambito|alcance)|hors(?: du| de)? (?:sujet|champ|perimetre|domaine|portee)\w*(?: d'application)?"
    )),
    (Outcome.DEFERRED, (
        r"deferred|postponed|carried (?:over|forward)|aplazad[oa]s?|se (?:aplaza|difiere|pospone)|diferid[oa]s?|pospuest[oa]s?|postergad[oa]s?|adiad[oa]s?|"
        r"reportee?s?|differee?s?|ajournee?s?|for (?:the|a) (?:next|future) (?:revision|edition)"
    )),
    (Outcome.WITHDRAWN, r"withdrawn|retirad[oa]s?|retiree?s?\b"),
    (Outcome.DUPLICATE, r"duplicated?(?=$|[.,;:)]| of| comment| with)|duplicad[oa]s?|repetid[oa]s?(?=$|[.,;:)])|en double|doublon"),
    (Outcome.NOTED, r"noted|tomad[oa]s? en cuenta|se tom[ao] nota|toma(?:do|da) nota|nota tomada|anotad[oa]s?|tomou-se nota|toma-se nota|prise? note|notees?|pris acte|note(?=$|[.,;:])"),
    (Outcome.ACCEPTED, r"{yes}"),
)  # fmt: skip


def _whole(shape: str) -> str:
    return shape.replace("{yes}", _YES).replace("{on}", _ON).replace("{with}", _WITH)


_ONE_OF_THEM = re.compile(
    "|".join(f"(?P<s{n}>\\b(?:{_whole(shape)})(?!\\w))" for n, (_, shape) in enumerate(_SHAPES))
)
_OPEN = re.compile(
    r"\?|\bpropos\w+(?: \w+)?:|\b(?:propose[ds]?|recommend(?:s|ed)?|suggest(?:s|ed)?) to\b|\b(?:to be|if|whether|would|could|should|may|might|until|pending|tbc|tbd|todo|"
    r"si|podria|deberia|pendiente|se|poderia|deveria|pourrait|devrait|a discuter|por confirmar|a confirmar)\b"
)
_GOES_ON = re.compile(r"(?<![.;:!?])\n(?=[^\W\d_])(?![A-ZÀ-ÖØ-Þ])")
"""A line that ends without a mark and goes on in lower case, as a narrow column breaks it."""

_BESIDE = re.compile(r"(?:[\s/,&+|]|\b(?:and|or|y|o|e|ou|et)\b)*")
"""What stands between two outcomes of equal rank, as in "accepted / rejected"."""

_GROUNDS = {
    Outcome.REJECTED,
    Outcome.NOTED,
    Outcome.ALREADY_COVERED,
    Outcome.OUT_OF_SCOPE,
    Outcome.DUPLICATE,
    Outcome.DEFERRED,
}
_LEAD = re.compile(
    r"(?:\W|(?:secretariat|secretaria|secretariado|iso/cs|decision|resolution|status|response|wg|outcome)\W)*"
)


def outcome_of(observation: str) -> str | None:
    """Return the outcome that an observation states, None when there is none or a person must decide.

    What is said at the beginning of a sentence counts before what stands within one; "not accepted" may be followed
    by its grounds ("already covered", "out of scope", …), which are no second outcome.
    """
    lines = [_plain(line) for line in _GOES_ON.sub(" ", clean(observation)).split("\n") if line]
    heads = {outcome for line in lines if (outcome := _head(line))}
    if heads and _head(lines[0]):
        return str(heads.pop()) if len(heads) == 1 else None
    leading: list[Outcome | None] = []
    others: list[Outcome | None] = []
    for sentence in (part for line in lines for part in re.split(r"(?<=[.;!])\s+", line)):
        end = _LEAD.match(sentence).end()  # type: ignore[union-attr]
        for found, outcome in _stated(sentence):
            is_leading = found.start() <= end or _BESIDE.fullmatch(sentence, end, found.start())
            (leading if is_leading else others).append(outcome)
            end = found.end() if is_leading else end
    return _only(leading or others)


def _only(stated: list[Outcome | None]) -> str | None:
    if stated[:1] == [Outcome.REJECTED] and {*stated[1:]} <= _GROUNDS:
        return str(Outcome.REJECTED)
    found = {*stated}
    return str(found.pop()) if len(found) == 1 and None not in found else None


def told(outcome: str | None, response: str) -> str:
    """Return the observation that says an outcome and its response, so that outcome_of() reads the same outcome.

    The outcome stands alone on its line; a line of the response that looks like such a line is made an item.
    """
    lines = [f"- {line}" if _head(_plain(line)) else line for line in clean(response).split("\n") if line]
    if outcome is None:
        return "\n".join(lines)
    word = WORDS[Outcome(outcome)]
    return "\n".join((f"{word}:", *lines)) if lines else word


def response_of(observation: str) -> str:
    """Return the observation without the line that only names the outcome; all of it where nothing else is said."""
    first, _, rest = observation.partition("\n")
    return rest if rest and _head(_plain(first)) else observation


def _head(line: str) -> Outcome | None:
    """Return the outcome of a line that is nothing but an outcome and a colon."""
    found = _ONE_OF_THEM.match(line) if line.endswith(":") else None
    return _SHAPES[_shape(found)][0] if found and not line[found.end() :].strip(" :") else None


def _stated(sentence: str) -> Iterator[tuple[re.Match[str], Outcome | None]]:
    """Yield each outcome of a sentence and where it stands; None for one that is open."""
    opening = _OPEN.search(sentence)
    for found in _ONE_OF_THEM.finditer(sentence):
        is_open = (opening and opening.end() <= found.start()) or sentence.startswith("?", found.end())
        yield found, None if is_open else _SHAPES[_shape(found)][0]


def _plain(line: str) -> str:
    return unaccented(line).replace("’", "'")


def _shape(found: re.Match[str]) -> int:
    return int(str(found.lastgroup)[1:])
