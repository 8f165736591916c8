"""Words a register may use: column names, kinds of organisation, yes and no, languages, names of countries."""

from functools import cache

from babel import Locale

from consultations.documents.characters import unaccented

LANGUAGES = ("es", "pt", "en", "fr")
LIST_FIELDS = ("networks", "product_networks", "products")
NETWORK_FIELDS = ("networks", "country_network", "product_networks", "workers_network", "regional")
WEIGHT_PREFIXES = ("weight_", "peso_", "poids_")
REQUIRED = ("code", "name", "country")

_NAMES = {
    "code": "code codigo",
    "name": "name nombre nome nom organisation organization organizacion organizacao",
    "country": "country pais pays",
    "kind": "kind type tipo",
    "networks": "networks network redes red rede reseaux reseau redes_y_productos redes_de_productos redes_e_produtos"
    " networks_and_products reseaux_et_produits redes_y_coordinadoras coordinadoras_y_redes",
    "country_network": "country_network country_networks red_de_pais red_pais red_nacional coordinadora"
    " coordinadora_nacional rede_nacional coordenadora coordenadora_nacional reseau_national",
    "product_networks": "product_networks product_network redes_de_producto red_de_producto redes_producto"
    " rede_de_produtos rede_de_produto reseaux_de_produit reseau_de_produit",
    "workers_network": "workers_network red_de_trabajadores red_de_trabajadoras rede_de_trabalhadores"
    " reseau_de_travailleurs",
    "regional": "regional region regiao regional_network red_regional rede_regional reseau_regional",
    "products": "products product productos producto produtos produto produits produit",
    "members": "members miembros membros membres socios number_of_members numero_de_miembros",
    "good_standing": "good_standing al_dia en_regla buen_estado habil em_dia a_jour",
    "language": "language idioma lengua lingua langue",
    "delegate_name": "delegate_name delegate delegado delegada nombre_delegado nombre_del_delegado delegue deleguee"
    " nome_delegado nom_delegue"
    " delegado_o_delegada",
    "delegate_email": "delegate_email correo_delegado correo_del_delegado correo_de_la_delegada email_delegado"
    " email_do_delegado email_delegue courriel_delegue",
    "alternate_name": "alternate_name alternate suplente nombre_suplente nombre_del_suplente suppleant suppleante"
    " nome_suplente nom_suppleant",
    "alternate_email": "alternate_email correo_suplente correo_del_suplente correo_de_la_suplente email_suplente"
    " email_do_suplente email_suppleant courriel_suppleant",
}
COLUMNS = {name: field for field, names in _NAMES.items() for name in names.split()}
FIELDS = tuple(_NAMES)

_KINDS = {
    "spo": "spo|opp|small producer organisation|small producer organization|small producers organisation"
    "|small producers organization|organizacion de pequenos productores|organizacao de pequenos produtores"
    "|organisation de petits producteurs|first grade|primer grado|spo first grade|opp primer grado",
    "spo_second_grade": "spo_second_grade|spo second grade|second grade|segundo grado|opp segundo grado"
    "|opp de segundo grado|segundo grau|opp de segundo grau|second degre|deuxieme degre|opp2|spo2|union",
    "workers": "workers|worker|workers organisation|workers organization|trabajadores|trabajadoras"
    "|organizacion de trabajadores|trabalhadores|organizacao de trabalhadores|travailleurs"
    "|organisation de travailleurs|hired labour|hired labor|hl",
}
KINDS = {word: kind for kind, words in _KINDS.items() for word in words.split("|")}

YES = frozenset(
    unaccented(word) for word in ("yes", "y", "sí", "sim", "s", "oui", "o", "1", "true", "verdadero", "vrai")
)
NO = frozenset(unaccented(word) for word in ("no", "n", "não", "non", "0", "false", "falso", "faux"))

LANGUAGE_NAMES = {
    **{code: code for code in LANGUAGES},
    **dict.fromkeys(("espanol", "spanish", "espanhol", "espagnol", "castellano"), "es"),
    **dict.fromkeys(("portugues", "portuguese", "portugais"), "pt"),
    **dict.fromkeys(("ingles", "english", "anglais"), "en"),
    **dict.fromkeys(("frances", "french", "francais"), "fr"),
}

_NO_COUNTRIES = frozenset(
    {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
)
"""Two-letter codes of CLDR that ISO 3166-1 does not give to a country or territory."""


def column(header: str) -> str | None:
    """Return the field a header names in one of the four languages, weight_… for weights, None for an unknown one."""
    name = "_".join(unaccented(header).replace("-", " ").replace("_", " ").split())
    prefix = next(
        (prefix for prefix in WEIGHT_PREFIXES if name.startswith(prefix) and len(name) > len(prefix)), None
    )
    return f"weight_{name[len(prefix) :]}" if prefix else COLUMNS.get(name)


@cache
def country_codes() -> frozenset[str]:
    """Return the ISO 3166-1 alpha-2 codes (and XK), from CLDR."""
    codes = Locale("en").territories
    return frozenset(code for code in codes if len(code) == 2 and code.isalpha()) - _NO_COUNTRIES


@cache
def _country_names() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if code in country_codes():
                found.setdefault(unaccented(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items()}


def country_code(text: str) -> str | None:
    """Return the alpha-2 code for a code or for a name in one of the four languages; None if unknown or ambiguous."""
    if text.upper() in country_codes():
        return text.upper()
    codes = _country_names().get(unaccented(text), frozenset())
    return next(iter(codes)) if len(codes) == 1 else None
