"""The words of election sentences in four languages (terms of glossary.md). Plain data, no logic.

As in workflows/sentence_words.py they live here so that a result is printable with the standard library alone, and
words for people are chosen so that they name no gender: what is elected are options.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """One language. Lists of names are put in by `also` before the last; numbers are put in as text."""

    also: str
    ballots: str
    votes: tuple[str, str]
    majority: str
    bases: dict[str, str]
    quota: str
    first: str
    actions: dict[str, str]
    by: dict[str, str]
    reached: tuple[str, str]
    last: tuple[str, str]
    condorcet: tuple[str, str]
    ranking: str
    equal: str
    drawn: str
    taken: dict[str, str]
    cast: str
    cast_unneeded: str
    elected: tuple[str, str]
    nobody: str
    open_seats: str
    ties: dict[str, str]
    stopped: dict[str, str]
    run_off: str


WORDS = {
    "es": Words(
        also="y",
        ballots="Papeletas con alguna opción: {named}; en blanco: {blank}; nulas: {invalid}; sin votar: {not_voted}.",
        votes=("{}: {} voto.", "{}: {} votos."),
        majority="Mayoría absoluta ({}): hacen falta {} de {}.",
        bases={
            "named": "los votos a alguna opción", "valid": "los votos válidos", "voted": "los votos emitidos",
            "present": "la asistencia en persona", "represented": "la asistencia en persona o por poder",
            "roll": "el padrón",
        },
        quota="Cociente para obtener un puesto: {} de {} votos.",
        first="Etapa {}: se cuentan las primeras preferencias.",
        actions={
            "surplus": "Etapa {}: se transfiere el excedente de {}{}.",
            "exclusion": "Etapa {}: se excluye la opción {}, con menos votos{}.",
        },
        by={"votes": "", "earlier_stage": " (empate: decide una etapa anterior)", "lots": " (empate: decide el sorteo)"},
        reached=("Alcanza el cociente: {}.", "Alcanzan el cociente: {}."),
        last=("Queda para el último puesto: {}.", "Quedan para los últimos puestos: {}."),
        condorcet=("Gana a todas las demás opciones, una a una: {}.", "Ninguna opción gana a todas las demás una a una."),
        ranking="Orden: {}.",
        equal="empatadas {}",
        drawn="Empate entre {}: el sorteo con la semilla publicada toma {}.",
        taken={
            "seat": "para un puesto: {}", "surplus": "para transferir primero: {}", "exclusion": "para excluir: {}",
        },
        cast="Empate: el voto de calidad elige {}.",
        cast_unneeded="El voto de calidad que se indicó no hace falta y no cuenta.",
        elected=("Resultado: opción elegida: {}.", "Resultado: opciones elegidas: {}."),
        nobody="Resultado: ninguna opción elegida.",
        open_seats="Puestos sin cubrir: {}.",
        ties={
            "lots": "Empate entre {} por {}; falta el sorteo.",
            "second_vote": "Empate entre {} por {}; falta una segunda votación.",
            "casting_vote": "Empate entre {} por {}; falta el voto de calidad.",
        },
        stopped={
            "seat": "puestos: {}", "surplus": "el orden de las transferencias", "exclusion": "la exclusión",
        },
        run_off="Falta una segunda vuelta entre {}.",
    ),
    "en": Words(
        also="and",
        ballots="Ballots that name an option: {named}; blank: {blank}; spoilt: {invalid}; not cast: {not_voted}.",
        votes=("{}: {} vote.", "{}: {} votes."),
        majority="Absolute majority ({}): {} needed of {}.",
        bases={
            "named": "the votes for an option", "valid": "the valid votes", "voted": "the votes cast",
            "present": "those present in person", "represented": "those present in person or by proxy",
            "roll": "the electoral roll",
        },
        quota="Quota for a seat: {} of {} votes.",
        first="Stage {}: first preferences are counted.",
        actions={
            "surplus": "Stage {}: the surplus of {} is transferred{}.",
            "exclusion": "Stage {}: {} is excluded, with the fewest votes{}.",
        },
        by={"votes": "", "earlier_stage": " (a tie: an earlier stage decides)", "lots": " (a tie: lots decide)"},
        reached=("Reaches the quota: {}.", "Reach the quota: {}."),
        last=("Left for the last seat: {}.", "Left for the last seats: {}."),
        condorcet=("Preferred to every other option, one by one: {}.", "No option is preferred to every other, one by one."),
        ranking="Ranking: {}.",
        equal="{} as equals",
        drawn="A tie of {}: lots from the published seed take {}.",
        taken={"seat": "for a seat: {}", "surplus": "to be transferred first: {}", "exclusion": "to be excluded: {}"},
        cast="A tie: the casting vote takes {}.",
        cast_unneeded="The casting vote that was given is not needed and does not count.",
        elected=("Result: option elected: {}.", "Result: options elected: {}."),
        nobody="Result: no option elected.",
        open_seats="Seats not filled: {}.",
        ties={
            "lots": "A tie of {} for {}; lots are still to be drawn.",
            "second_vote": "A tie of {} for {}; a second vote is still to be held.",
            "casting_vote": "A tie of {} for {}; the casting vote is still to be given.",
        },
        stopped={"seat": "seats: {}", "surplus": "the order of transfers", "exclusion": "the exclusion"},
        run_off="A run-off between {} is still to be held.",
    ),
    "pt": Words(
        also="e",
        ballots="Cédulas com alguma opção: {named}; em branco: {blank}; nulas: {invalid}; sem votar: {not_voted}.",
        votes=("{}: {} voto.", "{}: {} votos."),
        majority="Maioria absoluta ({}): são precisos {} de {}.",
        bases={
            "named": "os votos em alguma opção", "valid": "os votos válidos", "voted": "os votos emitidos",
            "present": "a presença em pessoa", "represented": "a presença em pessoa ou por procuração",
            "roll": "a lista de votantes",
        },
        quota="Quociente para obter uma vaga: {} de {} votos.",
        first="Etapa {}: contam-se as primeiras preferências.",
        actions={
            "surplus": "Etapa {}: transfere-se o excedente de {}{}.",
            "exclusion": "Etapa {}: exclui-se a opção {}, com menos votos{}.",
        },
        by={"votes": "", "earlier_stage": " (empate: decide uma etapa anterior)", "lots": " (empate: decide o sorteio)"},
        reached=("Alcança o quociente: {}.", "Alcançam o quociente: {}."),
        last=("Fica para a última vaga: {}.", "Ficam para as últimas vagas: {}."),
        condorcet=("Vence todas as outras opções, uma a uma: {}.", "Nenhuma opção vence todas as outras uma a uma."),
        ranking="Ordem: {}.",
        equal="empatadas {}",
        drawn="Empate entre {}: o sorteio com a semente publicada toma {}.",
        taken={"seat": "para uma vaga: {}", "surplus": "para transferir primeiro: {}", "exclusion": "para excluir: {}"},
        cast="Empate: o voto de qualidade escolhe {}.",
        cast_unneeded="O voto de qualidade que se indicou não é preciso e não conta.",
        elected=("Resultado: opção eleita: {}.", "Resultado: opções eleitas: {}."),
        nobody="Resultado: nenhuma opção eleita.",
        open_seats="Vagas não preenchidas: {}.",
        ties={
            "lots": "Empate entre {} por {}; falta o sorteio.",
            "second_vote": "Empate entre {} por {}; falta uma segunda votação.",
            "casting_vote": "Empate entre {} por {}; falta o voto de qualidade.",
        },
        stopped={"seat": "vagas: {}", "surplus": "a ordem das transferências", "exclusion": "a exclusão"},
        run_off="Falta um segundo turno entre {}.",
    ),
    "fr": Words(
        also="et",
        ballots=(
            "Bulletins nommant une option\u00a0: {named}\u00a0; blancs\u00a0: {blank}\u00a0; nuls\u00a0: {invalid}\u00a0; "
            "sans vote\u00a0: {not_voted}."
        ),
        votes=("{}\u00a0: {} voix.", "{}\u00a0: {} voix."),
        majority="Majorité absolue\u00a0({})\u00a0: il en faut {} sur {}.",
        bases={
            "named": "les voix pour une option", "valid": "les votes valables", "voted": "les votes exprimés",
            "present": "la présence en personne", "represented": "la présence en personne ou par procuration",
            "roll": "la liste électorale",
        },
        quota="Quotient pour obtenir un siège\u00a0: {} sur {} voix.",
        first="Étape {}\u00a0: les premières préférences sont comptées.",
        actions={
            "surplus": "Étape {}\u00a0: transfert du surplus de l’option {}{}.",
            "exclusion": "Étape {}\u00a0: exclusion de l’option {}, qui a le moins de voix{}.",
        },
        by={
            "votes": "", "earlier_stage": " (égalité\u00a0: une étape antérieure décide)",
            "lots": " (égalité\u00a0: le tirage au sort décide)",
        },
        reached=("Atteint le quotient\u00a0: {}.", "Atteignent le quotient\u00a0: {}."),
        last=("Reste pour le dernier siège\u00a0: {}.", "Restent pour les derniers sièges\u00a0: {}."),
        condorcet=(
            "L’emporte sur toutes les autres options, une à une\u00a0: {}.",
            "Aucune option ne l’emporte sur toutes les autres une à une.",
        ),
        ranking="Classement\u00a0: {}.",
        equal="{} à égalité",
        drawn="Égalité entre {}\u00a0: le tirage au sort par la graine publiée prend {}.",
        taken={
            "seat": "pour un siège\u00a0: {}", "surplus": "pour le premier transfert\u00a0: {}",
            "exclusion": "pour l’exclusion\u00a0: {}",
        },
        cast="Égalité\u00a0: la voix prépondérante choisit {}.",
        cast_unneeded="La voix prépondérante indiquée n’est pas nécessaire et ne compte pas.",
        elected=("Résultat\u00a0: option élue\u00a0: {}.", "Résultat\u00a0: options élues\u00a0: {}."),
        nobody="Résultat\u00a0: aucune option élue.",
        open_seats="Sièges non pourvus\u00a0: {}.",
        ties={
            "lots": "Égalité entre {} pour {}\u00a0; le tirage au sort reste à faire.",
            "second_vote": "Égalité entre {} pour {}\u00a0; un second vote reste à tenir.",
            "casting_vote": "Égalité entre {} pour {}\u00a0; la voix prépondérante reste à donner.",
        },
        stopped={
            "seat": "sièges\u00a0: {}", "surplus": "l’ordre des transferts", "exclusion": "l’exclusion",
        },
        run_off="Un second tour entre {} reste à tenir.",
    ),
}  # fmt: skip
