"""The terms of an election in words, before anybody has voted, in four languages: how a ballot is filled in and what decides.

As in words.py they are plain data beside the rules, and name no gender.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.elections.terms import Terms
from workflows.elections.words import WORDS as RESULT_WORDS


@dataclass(frozen=True, slots=True)
class TermWords:
    """One language: a sentence per method, with one seat or several; what counts, majority, ties, blank ballots, turn."""

    methods: dict[str, tuple[str, str]]
    measures: dict[str, str]
    majority: str
    ties: dict[str, str]
    blank: str
    no_blank: str
    turn: str


WORDS = {
    "es": TermWords(
        methods={
            "choose_one": (
                "Cada papeleta nombra una opción; se elige la que tiene más votos.",
                "Cada papeleta nombra una opción; se eligen las {seats} con más votos.",
            ),
            "approval": (
                "Cada papeleta nombra hasta {most} opciones; se elige la que está en más papeletas.",
                "Cada papeleta nombra hasta {most} opciones; se eligen las {seats} que están en más papeletas.",
            ),
            "stv": (
                "Cada papeleta ordena opciones por preferencia; se cuenta por voto único transferible para un puesto.",
                "Cada papeleta ordena opciones por preferencia; se cuenta por voto único transferible para {seats} puestos.",
            ),
            "schulze": (
                "Cada papeleta ordena opciones, también iguales; se comparan de dos en dos por el método de Schulze, para un puesto.",
                "Cada papeleta ordena opciones, también iguales; se comparan de dos en dos por el método de Schulze, para {seats} puestos.",
            ),
        },
        measures={"heads": "Cada organización cuenta una vez.", "weight": "Cada organización cuenta con su peso."},
        majority="Hace falta más de la mitad de {base}; si no, pasan a segunda vuelta {run_off} opciones por puesto sin cubrir.",
        ties={
            "lots": "Los empates se resuelven por sorteo, con una semilla cuyo hash se publica antes de votar.",
            "second_vote": "Los empates se resuelven con una segunda votación.",
            "casting_vote": "Los empates los resuelve el voto de calidad de la presidencia.",
        },
        blank="Se puede votar en blanco.",
        no_blank="No se puede votar en blanco.",
        turn="Es la votación número {turn} de esta elección.",
    ),
    "en": TermWords(
        methods={
            "choose_one": (
                "A ballot names one option; the one with the most votes is elected.",
                "A ballot names one option; the {seats} with the most votes are elected.",
            ),
            "approval": (
                "A ballot names up to {most} options; the one on the most ballots is elected.",
                "A ballot names up to {most} options; the {seats} on the most ballots are elected.",
            ),
            "stv": (
                "A ballot ranks options by preference; they are counted by single transferable vote for one seat.",
                "A ballot ranks options by preference; they are counted by single transferable vote for {seats} seats.",
            ),
            "schulze": (
                "A ballot ranks options, equals too; they are compared two by two by the Schulze method, for one seat.",
                "A ballot ranks options, equals too; they are compared two by two by the Schulze method, for {seats} seats.",
            ),
        },
        measures={"heads": "Every organisation counts once.", "weight": "Every organisation counts by its weight."},
        majority="More than half of {base} is needed; otherwise {run_off} options for each seat left open go on to a run-off.",
        ties={
            "lots": "Ties are settled by lots, drawn from a seed whose hash is published before the vote.",
            "second_vote": "Ties are settled by a second vote.",
            "casting_vote": "Ties are settled by the president's casting vote.",
        },
        blank="A blank ballot may be cast.",
        no_blank="No blank ballot may be cast.",
        turn="This is vote number {turn} of this election.",
    ),
    "pt": TermWords(
        methods={
            "choose_one": (
                "Cada cédula nomeia uma opção; é eleita a que tem mais votos.",
                "Cada cédula nomeia uma opção; são eleitas as {seats} com mais votos.",
            ),
            "approval": (
                "Cada cédula nomeia até {most} opções; é eleita a que está em mais cédulas.",
                "Cada cédula nomeia até {most} opções; são eleitas as {seats} que estão em mais cédulas.",
            ),
            "stv": (
                "Cada cédula ordena opções por preferência; conta-se por voto único transferível para uma vaga.",
                "Cada cédula ordena opções por preferência; conta-se por voto único transferível para {seats} vagas.",
            ),
            "schulze": (
                "Cada cédula ordena opções, também iguais; comparam-se duas a duas pelo método de Schulze, para uma vaga.",
                "Cada cédula ordena opções, também iguais; comparam-se duas a duas pelo método de Schulze, para {seats} vagas.",
            ),
        },
        measures={"heads": "Cada organização conta uma vez.", "weight": "Cada organização conta com o seu peso."},
        majority="É preciso mais da metade de {base}; senão, passam ao segundo turno {run_off} opções por vaga não preenchida.",
        ties={
            "lots": "Os empates se resolvem por sorteio, com uma semente cujo hash se publica antes da votação.",
            "second_vote": "Os empates se resolvem com uma segunda votação.",
            "casting_vote": "Os empates são resolvidos pelo voto de qualidade da presidência.",
        },
        blank="Pode-se votar em branco.",
        no_blank="Não se pode votar em branco.",
        turn="É a votação número {turn} desta eleição.",
    ),
    "fr": TermWords(
        methods={
            "choose_one": (
                "Un bulletin nomme une option\u00a0; celle qui a le plus de voix est élue.",
                "Un bulletin nomme une option\u00a0; les {seats} qui ont le plus de voix sont élues.",
            ),
            "approval": (
                "Un bulletin nomme jusqu’à {most} options\u00a0; celle qui figure sur le plus de bulletins est élue.",
                "Un bulletin nomme jusqu’à {most} options\u00a0; les {seats} qui figurent sur le plus de bulletins sont élues.",
            ),
            "stv": (
                "Un bulletin classe des options par préférence\u00a0; on compte par vote unique transférable pour un siège.",
                "Un bulletin classe des options par préférence\u00a0; on compte par vote unique transférable pour {seats} sièges.",
            ),
            "schulze": (
                "Un bulletin classe des options, à égalité aussi\u00a0; elles sont comparées deux à deux par la méthode de Schulze, pour un siège.",
                "Un bulletin classe des options, à égalité aussi\u00a0; elles sont comparées deux à deux par la méthode de Schulze, pour {seats} sièges.",
            ),
        },
        measures={"heads": "Chaque organisation compte une fois.", "weight": "Chaque organisation compte selon son poids."},
        majority="Il faut plus de la moitié de\u00a0: {base}\u00a0; sinon, {run_off} options par siège non pourvu passent au second tour.",
        ties={
            "lots": "Les égalités sont tranchées par tirage au sort, avec une graine dont l’empreinte est publiée avant le vote.",
            "second_vote": "Les égalités sont tranchées par un second vote.",
            "casting_vote": "Les égalités sont tranchées par la voix prépondérante de la présidence.",
        },
        blank="On peut voter blanc.",
        no_blank="On ne peut pas voter blanc.",
        turn="C’est le vote numéro {turn} de cette élection.",
    ),
}  # fmt: skip


def terms_in_words(terms: Terms, lang: str) -> Iterator[str]:
    """Yield what the terms ask, sentence by sentence, apart from the quorum; `lang` is es, en, pt or fr."""
    words = WORDS[lang]
    if terms.turn > 1:
        yield words.turn.format(turn=terms.turn)
    yield words.methods[terms.method][terms.seats > 1].format(seats=terms.seats, most=terms.most)
    if terms.majority is not None:
        base = RESULT_WORDS[lang].bases[terms.majority.base]
        yield words.majority.format(base=base, run_off=terms.majority.run_off)
    yield words.measures[terms.measure]
    yield words.ties[terms.tie]
    yield words.blank if terms.allow_blank else words.no_blank
