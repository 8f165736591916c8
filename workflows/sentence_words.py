"""The words of the decision sentences in four languages (terms of glossary.md). Plain data, no logic.

They live here and not in the translation catalogues because a decision must be printable with the standard library
alone. Words for people are chosen so that they name no gender.
"""

from dataclasses import dataclass

LANGUAGES = ("es", "en", "pt", "fr")


@dataclass(frozen=True, slots=True)
class Words:
    """One language. What is counted or counted against is given twice: as a noun, and after "of" (contractions differ).

    `both`: the votes in favour and those against, as one noun; `must` and `singular`: the verb for several and for one,
    and what is one; `kinds`: what groups by an attribute are called.
    """

    bases: dict[str, tuple[str, str]]
    votes: dict[str, tuple[str, str]]
    votes_for: tuple[str, str]
    both: tuple[str, str]
    also: str
    must: tuple[str, str]
    singular: tuple[str, ...]
    shares: dict[str, str]
    bounds: dict[str, str]
    whole_bounds: dict[str, str]
    floor: str
    by_weight: str
    passing: str
    in_each: str
    only: str
    kinds: dict[str, tuple[str, str]]
    groups: tuple[str, str]
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
        bases={
            "voted": ("los votos emitidos", "de los votos emitidos"),
            "valid": ("los votos válidos", "de los votos válidos"),
            "present": ("la asistencia en persona", "de la asistencia en persona"),
            "represented": (
                "la asistencia en persona o por poder",
                "de la asistencia en persona o por poder",
            ),
            "roll": ("el padrón", "del padrón"),
            "groups_on_roll": ("{} del padrón", "{} del padrón"),
            "groups_with_votes": ("{} con votos", "{} con votos"),
        },
        votes={
            "yes": ("los votos a favor", "de los votos a favor"),
            "no": ("los votos en contra", "de los votos en contra"),
            "abstain": ("las abstenciones", "de las abstenciones"),
            "blank": ("los votos en blanco", "de los votos en blanco"),
            "invalid": ("los votos nulos", "de los votos nulos"),
        },
        votes_for=("los votos por {}", "de los votos por {}"),
        both=("los votos a favor y en contra", "de los votos a favor y en contra"),
        also="{}, junto con {}",
        must=("tienen que ser", "tiene que ser"),
        singular=("present", "represented"),
        shares={
            "1/2": "la mitad", "1/3": "un tercio", "2/3": "dos tercios", "1/4": "un cuarto",
            "3/4": "tres cuartos",
        },
        bounds={">": "más de {}", ">=": "al menos {}", "<": "menos de {}", "<=": "como máximo {}"},
        whole_bounds={
            ">": "más que {}", ">=": "no menos que {}", "<": "menos que {}", "<=": "no más que {}",
        },
        floor="y al menos {}",
        by_weight="según su peso",
        passing="{} que cumplen",
        in_each="en cada caso, {}",
        only="solo {}: {}",
        kinds={
            "country": ("los países", "de los países"), "region": ("las regiones", "de las regiones"),
            "kind": ("los tipos de organización", "de los tipos de organización"), "network": ("las redes", "de las redes"),
            "product": ("los productos", "de los productos"),
        },
        groups=("los grupos por {}", "de los grupos por {}"),
        attributes={
            "country": "país", "region": "región", "kind": "tipo de organización", "network": "red",
            "product": "producto",
        },
        needed=("hacía falta {}", "hacían falta {}"),
        allowed=("se permitía {} como máximo", "se permitían {} como máximo"),
        have="y hubo {}",
        verdicts=("Se cumple.", "No se cumple."),
        percent=("{}\u00a0%", "."),
        no_quorum_asked="No se pide quórum.",
        quorum="Quórum de la convocatoria {}. {}",
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
        bases={
            "voted": ("the votes cast", "of the votes cast"),
            "valid": ("the valid votes", "of the valid votes"),
            "present": ("those present in person", "of those present in person"),
            "represented": ("those present in person or by proxy", "of those present in person or by proxy"),
            "roll": ("the electoral roll", "of the electoral roll"),
            "groups_on_roll": ("{} on the roll", "{} on the roll"),
            "groups_with_votes": ("{} with votes", "{} with votes"),
        },
        votes={
            "yes": ("the votes in favour", "of the votes in favour"),
            "no": ("the votes against", "of the votes against"),
            "abstain": ("the abstentions", "of the abstentions"),
            "blank": ("the blank votes", "of the blank votes"),
            "invalid": ("the spoilt votes", "of the spoilt votes"),
        },
        votes_for=("the votes for {}", "of the votes for {}"),
        both=("the votes in favour and against", "of the votes in favour and against"),
        also="{}, together with {}",
        must=("must be", "must be"),
        singular=(),
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
        by_weight="by their weight",
        passing="{} that pass",
        in_each="in each of them, {}",
        only="only {}: {}",
        kinds={
            "country": ("the countries", "of the countries"), "region": ("the regions", "of the regions"),
            "kind": ("the kinds of organisation", "of the kinds of organisation"), "network": ("the networks", "of the networks"),
            "product": ("the products", "of the products"),
        },
        groups=("the groups by {}", "of the groups by {}"),
        attributes={
            "country": "country", "region": "region", "kind": "kind of organisation", "network": "network",
            "product": "product",
        },
        needed=("{} was needed", "{} were needed"),
        allowed=("at most {} was allowed", "at most {} were allowed"),
        have="and {} counted",
        verdicts=("Condition met.", "Condition not met."),
        percent=("{}%", "."),
        no_quorum_asked="No quorum is asked.",
        quorum="Quorum of call {}. {}",
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
        bases={
            "voted": ("os votos emitidos", "dos votos emitidos"),
            "valid": ("os votos válidos", "dos votos válidos"),
            "present": ("a presença em pessoa", "da presença em pessoa"),
            "represented": (
                "a presença em pessoa ou por procuração",
                "da presença em pessoa ou por procuração",
            ),
            "roll": ("a lista de votantes", "da lista de votantes"),
            "groups_on_roll": ("{} da lista", "{} da lista"),
            "groups_with_votes": ("{} com votos", "{} com votos"),
        },
        votes={
            "yes": ("os votos a favor", "dos votos a favor"),
            "no": ("os votos contra", "dos votos contra"),
            "abstain": ("as abstenções", "das abstenções"),
            "blank": ("os votos em branco", "dos votos em branco"),
            "invalid": ("os votos nulos", "dos votos nulos"),
        },
        votes_for=("os votos em {}", "dos votos em {}"),
        both=("os votos a favor e contra", "dos votos a favor e contra"),
        also="{}, junto com {}",
        must=("têm de ser", "tem de ser"),
        singular=("present", "represented"),
        shares={
            "1/2": "metade", "1/3": "um terço", "2/3": "dois terços", "1/4": "um quarto",
            "3/4": "três quartos",
        },
        bounds={">": "mais de {}", ">=": "ao menos {}", "<": "menos de {}", "<=": "no máximo {}"},
        whole_bounds={
            ">": "mais que {}", ">=": "não menos que {}", "<": "menos que {}", "<=": "não mais que {}",
        },
        floor="e ao menos {}",
        by_weight="pelo seu peso",
        passing="{} que cumprem",
        in_each="em cada caso, {}",
        only="só {}: {}",
        kinds={
            "country": ("os países", "dos países"), "region": ("as regiões", "das regiões"),
            "kind": ("os tipos de organização", "dos tipos de organização"), "network": ("as redes", "das redes"),
            "product": ("os produtos", "dos produtos"),
        },
        groups=("os grupos por {}", "dos grupos por {}"),
        attributes={
            "country": "país", "region": "região", "kind": "tipo de organização", "network": "rede",
            "product": "produto",
        },
        needed=("era preciso {}", "eram precisos {}"),
        allowed=("permitia-se {} no máximo", "permitiam-se {} no máximo"),
        have="e houve {}",
        verdicts=("Condição cumprida.", "Condição não cumprida."),
        percent=("{}\u00a0%", ","),
        no_quorum_asked="Não se pede quórum.",
        quorum="Quórum da convocação {}. {}",
        outcomes={
            "adopted": "Resultado: aprovação.",
            "rejected": "Resultado: não há aprovação.",
            "no_quorum": "Resultado: não há quórum e nada fica decidido.",
            "casting_vote": "Resultado: empate; falta o voto de qualidade.",
            "second_vote": "Resultado: empate; falta uma segunda votação.",
        },
        casting_decided="Empate: decide o voto de qualidade.",
        casting_unneeded="O voto de qualidade indicado não é necessário e não conta.",
    ),
    "fr": Words(
        bases={
            "voted": ("les bulletins déposés", "des bulletins déposés"),
            "valid": ("les votes valables", "des votes valables"),
            "present": ("la présence en personne", "de la présence en personne"),
            "represented": (
                "la présence en personne ou par procuration",
                "de la présence en personne ou par procuration",
            ),
            "roll": ("la liste électorale", "de la liste électorale"),
            "groups_on_roll": ("{} de la liste", "{} de la liste"),
            "groups_with_votes": ("{} ayant voté", "{} ayant voté"),
        },
        votes={
            "yes": ("les votes pour", "des votes pour"),
            "no": ("les votes contre", "des votes contre"),
            "abstain": ("les abstentions", "des abstentions"),
            "blank": ("les votes blancs", "des votes blancs"),
            "invalid": ("les votes nuls", "des votes nuls"),
        },
        votes_for=("les votes pour {}", "des votes pour {}"),
        both=("les votes pour et contre", "des votes pour et contre"),
        also="{}, avec {}",
        must=("doivent être", "doit être"),
        singular=("present", "represented"),
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
        by_weight="selon leur poids",
        passing="{} qui remplissent la condition",
        in_each="dans chaque cas, {}",
        only="seulement {}\u00a0: {}",
        kinds={
            "country": ("les pays", "des pays"), "region": ("les régions", "des régions"),
            "kind": ("les types d’organisation", "des types d’organisation"), "network": ("les réseaux", "des réseaux"),
            "product": ("les produits", "des produits"),
        },
        groups=("les groupes par {}", "des groupes par {}"),
        attributes={
            "country": "pays", "region": "région", "kind": "type d’organisation", "network": "réseau",
            "product": "produit",
        },
        needed=("il en fallait {}", "il en fallait {}"),
        allowed=("il en était permis {} au plus", "il en était permis {} au plus"),
        have="et il y en a eu {}",
        verdicts=("Condition remplie.", "Condition non remplie."),
        percent=("{}\u00a0%", ","),
        no_quorum_asked="Aucun quorum n’est demandé.",
        quorum="Quorum de la convocation {}. {}",
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
