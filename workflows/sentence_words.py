"""The words of the decision sentences in four languages (terms of glossary.md). Plain data, no logic.

They live here and not in the translation catalogues because a decision must be printable with the standard library
alone. Words for people are chosen so that they name no gender.
"""

from dataclasses import dataclass

LANGUAGES = ("es", "en", "pt", "fr")


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `bases` and `votes` give each base twice: as a noun, and after "of" (contractions differ).

    Several choices are one base `together`; `repeats_of` tells whether "of" is said before each of them.
    """

    choices: dict[str, str]
    bases: dict[str, tuple[str, str]]
    votes: dict[str, tuple[str, str]]
    votes_for: tuple[str, str]
    also: str
    together: str
    repeats_of: bool
    plus: str
    shares: dict[str, str]
    bounds: dict[str, str]
    whole_bounds: dict[str, str]
    floor: str
    by_weight: str
    passing_groups: str
    attributes: dict[str, str]
    needed: tuple[str, str]
    allowed: tuple[str, str]
    have: str
    verdicts: tuple[str, str]
    percent: tuple[str, str]
    no_quorum_asked: str
    quorum: str
    outcomes: dict[str, str]
    casting_decided: str
    casting_unneeded: str


WORDS = {
    "es": Words(
        choices={
            "yes": "a favor", "no": "en contra", "abstain": "abstenciones", "blank": "en blanco",
            "invalid": "nulos",
        },
        bases={
            "voted": ("los votos emitidos", "de los votos emitidos"),
            "valid": ("los votos válidos", "de los votos válidos"),
            "present": ("la asistencia en persona", "de la asistencia en persona"),
            "represented": (
                "la asistencia en persona o por poder",
                "de la asistencia en persona o por poder",
            ),
            "roll": ("el padrón", "del padrón"),
            "groups_on_roll": ("los grupos del padrón", "de los grupos del padrón"),
            "groups_with_votes": ("los grupos con votos", "de los grupos con votos"),
        },
        votes={
            "yes": ("los votos a favor", "de los votos a favor"),
            "no": ("los votos en contra", "de los votos en contra"),
            "abstain": ("las abstenciones", "de las abstenciones"),
            "blank": ("los votos en blanco", "de los votos en blanco"),
            "invalid": ("los votos nulos", "de los votos nulos"),
        },
        votes_for=("los votos por {}", "de los votos por {}"),
        also="y",
        together="{} sumados",
        repeats_of=False,
        plus="más",
        shares={
            "1/2": "la mitad", "1/3": "un tercio", "2/3": "dos tercios", "1/4": "un cuarto",
            "3/4": "tres cuartos",
        },
        bounds={">": "más de {}", ">=": "al menos {}", "<": "menos de {}", "<=": "como máximo {}"},
        whole_bounds={
            ">": "más que {}", ">=": "no menos que {}", "<": "menos que {}", "<=": "no más que {}",
        },
        floor="y al menos {}",
        by_weight="en peso",
        passing_groups="grupos que cumplen, por {}",
        attributes={
            "country": "país", "region": "región", "kind": "tipo de organización", "network": "red",
            "product": "producto",
        },
        needed=("hacía falta {}", "hacían falta {}"),
        allowed=("se permitía {}", "se permitían {}"),
        have="hubo {}",
        verdicts=("Se cumple.", "No se cumple."),
        percent=("{}\u00a0%", "."),
        no_quorum_asked="No se pide quórum.",
        quorum="Quórum, convocatoria {}: {}",
        outcomes={
            "adopted": "Resultado: se aprueba.",
            "rejected": "Resultado: no se aprueba.",
            "no_quorum": "Resultado: no hay quórum y no se decide.",
            "casting_vote": "Resultado: empate; falta el voto de calidad.",
            "second_vote": "Resultado: empate; falta una segunda votación.",
        },
        casting_decided="Empate: decide el voto de calidad.",
        casting_unneeded="El voto de calidad que se indicó no hace falta y no cuenta.",
    ),
    "en": Words(
        choices={
            "yes": "in favour", "no": "against", "abstain": "abstentions", "blank": "blank",
            "invalid": "spoilt",
        },
        bases={
            "voted": ("the votes cast", "of the votes cast"),
            "valid": ("the valid votes", "of the valid votes"),
            "present": ("those present in person", "of those present in person"),
            "represented": ("those present in person or by proxy", "of those present in person or by proxy"),
            "roll": ("the electoral roll", "of the electoral roll"),
            "groups_on_roll": ("the groups on the roll", "of the groups on the roll"),
            "groups_with_votes": ("the groups with votes", "of the groups with votes"),
        },
        votes={
            "yes": ("the votes in favour", "of the votes in favour"),
            "no": ("the votes against", "of the votes against"),
            "abstain": ("the abstentions", "of the abstentions"),
            "blank": ("the blank votes", "of the blank votes"),
            "invalid": ("the spoilt votes", "of the spoilt votes"),
        },
        votes_for=("the votes for {}", "of the votes for {}"),
        also="and",
        together="{} together",
        repeats_of=False,
        plus="plus",
        shares={
            "1/2": "half", "1/3": "one third", "2/3": "two thirds", "1/4": "one quarter",
            "3/4": "three quarters",
        },
        bounds={">": "more than {}", ">=": "at least {}", "<": "less than {}", "<=": "at most {}"},
        whole_bounds={
            ">": "more than {}", ">=": "at least as many as {}", "<": "fewer than {}",
            "<=": "at most as many as {}",
        },
        floor="and at least {}",
        by_weight="by weight",
        passing_groups="groups that pass, by {}",
        attributes={
            "country": "country", "region": "region", "kind": "kind of organisation", "network": "network",
            "product": "product",
        },
        needed=("{} needed", "{} needed"),
        allowed=("{} allowed", "{} allowed"),
        have="{} counted",
        verdicts=("Met.", "Not met."),
        percent=("{}%", "."),
        no_quorum_asked="No quorum is asked.",
        quorum="Quorum, call {}: {}",
        outcomes={
            "adopted": "Result: adopted.",
            "rejected": "Result: not adopted.",
            "no_quorum": "Result: no quorum, so nothing is decided.",
            "casting_vote": "Result: a tie; the casting vote is still to be given.",
            "second_vote": "Result: a tie; a second vote is still to be held.",
        },
        casting_decided="A tie: the casting vote decides.",
        casting_unneeded="The casting vote that was given is not needed and does not count.",
    ),
    "pt": Words(
        choices={
            "yes": "a favor", "no": "contra", "abstain": "abstenções", "blank": "em branco",
            "invalid": "nulos",
        },
        bases={
            "voted": ("os votos emitidos", "dos votos emitidos"),
            "valid": ("os votos válidos", "dos votos válidos"),
            "present": ("a presença em pessoa", "da presença em pessoa"),
            "represented": (
                "a presença em pessoa ou por procuração",
                "da presença em pessoa ou por procuração",
            ),
            "roll": ("a lista de votantes", "da lista de votantes"),
            "groups_on_roll": ("os grupos da lista", "dos grupos da lista"),
            "groups_with_votes": ("os grupos com votos", "dos grupos com votos"),
        },
        votes={
            "yes": ("os votos a favor", "dos votos a favor"),
            "no": ("os votos contra", "dos votos contra"),
            "abstain": ("as abstenções", "das abstenções"),
            "blank": ("os votos em branco", "dos votos em branco"),
            "invalid": ("os votos nulos", "dos votos nulos"),
        },
        votes_for=("os votos em {}", "dos votos em {}"),
        also="e",
        together="{} somados",
        repeats_of=True,
        plus="mais",
        shares={
            "1/2": "metade", "1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto",
            "3/4": "três quartos",
        },
        bounds={">": "mais de {}", ">=": "ao menos {}", "<": "menos de {}", "<=": "no máximo {}"},
        whole_bounds={
            ">": "mais que {}", ">=": "não menos que {}", "<": "menos que {}", "<=": "não mais que {}",
        },
        floor="e ao menos {}",
        by_weight="em peso",
        passing_groups="grupos que cumprem, por {}",
        attributes={
            "country": "país", "region": "região", "kind": "tipo de organização", "network": "rede",
            "product": "produto",
        },
        needed=("era preciso {}", "eram precisos {}"),
        allowed=("era permitido {}", "eram permitidos {}"),
        have="houve {}",
        verdicts=("Cumpre-se.", "Não se cumpre."),
        percent=("{}\u00a0%", ","),
        no_quorum_asked="Não se pede quórum.",
        quorum="Quórum, convocação {}: {}",
        outcomes={
            "adopted": "Resultado: aprova-se.",
            "rejected": "Resultado: não se aprova.",
            "no_quorum": "Resultado: não há quórum e nada se decide.",
            "casting_vote": "Resultado: empate; falta o voto de qualidade.",
            "second_vote": "Resultado: empate; falta uma segunda votação.",
        },
        casting_decided="Empate: decide o voto de qualidade.",
        casting_unneeded="O voto de qualidade indicado não é necessário e não conta.",
    ),
    "fr": Words(
        choices={
            "yes": "pour", "no": "contre", "abstain": "abstentions", "blank": "blancs", "invalid": "nuls",
        },
        bases={
            "voted": ("tous les bulletins", "de tous les bulletins"),
            "valid": ("les votes valables", "des votes valables"),
            "present": ("la présence en personne", "de la présence en personne"),
            "represented": (
                "la présence en personne ou par procuration",
                "de la présence en personne ou par procuration",
            ),
            "roll": ("la liste électorale", "de la liste électorale"),
            "groups_on_roll": ("les groupes de la liste", "des groupes de la liste"),
            "groups_with_votes": ("les groupes ayant voté", "des groupes ayant voté"),
        },
        votes={
            "yes": ("les votes pour", "des votes pour"),
            "no": ("les votes contre", "des votes contre"),
            "abstain": ("les abstentions", "des abstentions"),
            "blank": ("les votes blancs", "des votes blancs"),
            "invalid": ("les votes nuls", "des votes nuls"),
        },
        votes_for=("les votes pour {}", "des votes pour {}"),
        also="et",
        together="{} réunis",
        repeats_of=True,
        plus="plus",
        shares={
            "1/2": "la moitié", "1/3": "un tiers", "2/3": "deux tiers", "1/4": "un quart",
            "3/4": "trois quarts",
        },
        bounds={">": "plus de {}", ">=": "au moins {}", "<": "moins de {}", "<=": "au plus {}"},
        whole_bounds={
            ">": "plus que {}", ">=": "au moins autant que {}", "<": "moins que {}",
            "<=": "au plus autant que {}",
        },
        floor="et au moins {}",
        by_weight="en poids",
        passing_groups="groupes qui remplissent la condition, par {}",
        attributes={
            "country": "pays", "region": "région", "kind": "type d’organisation", "network": "réseau",
            "product": "produit",
        },
        needed=("il en fallait {}", "il en fallait {}"),
        allowed=("il en était permis {}", "il en était permis {}"),
        have="il y en a eu {}",
        verdicts=("Condition remplie.", "Condition non remplie."),
        percent=("{}\u00a0%", ","),
        no_quorum_asked="Aucun quorum n’est demandé.",
        quorum="Quorum, convocation {}\u00a0: {}",
        outcomes={
            "adopted": "Résultat\u00a0: adoption.",
            "rejected": "Résultat\u00a0: pas d’adoption.",
            "no_quorum": "Résultat\u00a0: pas de quorum, rien n’est décidé.",
            "casting_vote": "Résultat\u00a0: égalité\u00a0; la voix prépondérante reste à donner.",
            "second_vote": "Résultat\u00a0: égalité\u00a0; un second vote reste à tenir.",
        },
        casting_decided="Égalité\u00a0: la voix prépondérante décide.",
        casting_unneeded="La voix prépondérante indiquée n’est pas nécessaire et ne compte pas.",
    ),
}  # fmt: skip
