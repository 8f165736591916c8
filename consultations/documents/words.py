"""The words by which a standard says what a line is, in Spanish, Portuguese, English and French; unaccented."""


def _listed(words: str) -> list[str]:
    return words.split()


ANNEX_WORDS = frozenset({"annex", "anexo", "annexe", "appendix", "apendice", "appendice"})

LABEL_WORDS = frozenset(
    _listed(
        "capitulo chapter chapitre seccion section secao criterio criterion critere requisito requirement exigence "
        "articulo article artigo clausula clause"
    )
)

UNIT_WORDS = frozenset(
    _listed(
        "kg g mg t lb lbs qq km m cm mm ha l ml millones millon mil million millions milhoes milhao mille toneladas "
        "tonelada tonnes tons quintales hectareas hectares hectare metros meters metres kilos horas hours heures dias "
        "days jours anos years usd eur euros dolares dollars puntos points pontos percent veces times"
        ""
    )
)

DEFINITION_TITLES = frozenset(
    {
        "definitions",
        "definiciones",
        "definicoes",
        "glossary",
        "glosario",
        "glossario",
        "glossaire",
        "terms and definitions",
        "terminos y definiciones",
        "termos e definicoes",
        "termes et definitions",
    }
)

GUIDANCE_WORDS = frozenset(
    _listed(
        "guidance orientacion orientaciones guia orientacao orientacoes orientation orientations directrices"
    )
)

KIND_WORDS = {
    **dict.fromkeys(
        _listed(
            "core basic critical fundamental basico basica fundamentale critico minimo minimum base critique"
        ),
        "core",
    ),
    **dict.fromkeys(_listed("development desarrollo desenvolvimento developpement"), "development"),
    **dict.fromkeys(_listed("progress progreso progresso progres mejora improvement"), "progress"),
}

YEAR_WORDS = ("ano", "year", "annee", "an")

COLUMN_WORDS = {
    **dict.fromkeys(_listed("no n.o n° nº num numero number code codigo # ref referencia numero."), "number"),
    **dict.fromkeys(
        _listed(
            "requirement requisito texto text texte criterio criterion critere exigence exigencia requirements "
            "requisitos criterios criteria exigences exigencias criteres descripcion description descricao clausula clause"
        ),
        "text",
    ),
    **dict.fromkeys(GUIDANCE_WORDS, "guidance"),
    **dict.fromkeys(["notes", "notas", "guidance notes", "explicacion"], "guidance"),
    **dict.fromkeys(_listed("kind type tipo level nivel niveau categoria category"), "kind"),
    **dict.fromkeys(["year", "years", "ano", "anos", "annee", "desde", "from year", "plazo"], "year"),
    **dict.fromkeys(_listed("title titulo titre heading tema"), "heading"),
}
"""Header of a table's column -> what the column holds."""
