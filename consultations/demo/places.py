"""Countries, regions and networks, with how many organisations each holds (synthetic; 1,000 in 24 countries)."""

from dataclasses import dataclass

# country: (organisations, language, time zone, region)
COUNTRIES: dict[str, tuple[int, str, str, str]] = {
    "MX": (84, "es", "America/Mexico_City", "CAM"),
    "GT": (62, "es", "America/Guatemala", "CAM"),
    "BZ": (6, "en", "America/Belize", "CAM"),
    "HN": (58, "es", "America/Tegucigalpa", "CAM"),
    "SV": (22, "es", "America/El_Salvador", "CAM"),
    "NI": (46, "es", "America/Managua", "CAM"),
    "CR": (21, "es", "America/Costa_Rica", "CAM"),
    "PA": (7, "es", "America/Panama", "CAM"),
    "CU": (18, "es", "America/Havana", "CAR"),
    "HT": (24, "fr", "America/Port-au-Prince", "CAR"),
    "DO": (48, "es", "America/Santo_Domingo", "CAR"),
    "JM": (5, "en", "America/Jamaica", "CAR"),
    "LC": (9, "en", "America/St_Lucia", "CAR"),
    "VC": (8, "en", "America/St_Vincent", "CAR"),
    "DM": (6, "en", "America/Dominica", "CAR"),
    "CO": (130, "es", "America/Bogota", "AND"),
    "EC": (64, "es", "America/Guayaquil", "AND"),
    "PE": (226, "es", "America/Lima", "AND"),
    "BO": (38, "es", "America/La_Paz", "AND"),
    "BR": (60, "pt", "America/Sao_Paulo", "SUR"),
    "PY": (24, "es", "America/Asuncion", "SUR"),
    "AR": (14, "es", "America/Argentina/Buenos_Aires", "SUR"),
    "CL": (15, "es", "America/Santiago", "SUR"),
    "UY": (5, "es", "America/Montevideo", "SUR"),
}


@dataclass(frozen=True)
class Place:
    """A network of the demonstration: its code, names per language, and the countries it serves."""

    code: str
    names: dict[str, str]
    countries: tuple[str, ...] = ()


def _named(es: str, en: str, pt: str = "", fr: str = "") -> dict[str, str]:
    return {"es": es, "en": en, "pt": pt or es, "fr": fr or en}


REGIONS = (
    Place(
        "CAM",
        _named(
            "Centroamérica y México",
            "Central America and Mexico",
            "América Central e México",
            "Amérique centrale et Mexique",
        ),
    ),
    Place("CAR", _named("Caribe", "Caribbean", "Caribe", "Caraïbes")),
    Place("AND", _named("Región Andina", "Andean region", "Região Andina", "Région andine")),
    Place("SUR", _named("Cono Sur", "Southern Cone", "Cone Sul", "Cône Sud")),
)

COUNTRY_NETWORKS = tuple(
    Place(f"CN-{code}", _named(f"Coordinadora {'del' if es == 'Cono Sur' else 'de'} {es}", f"{en} country network", f"Coordenadora: {es}", f"Réseau national : {en}"), countries)
    for code, es, en, countries in (
        ("MX", "México", "Mexico", ("MX",)),
        ("GT", "Guatemala", "Guatemala", ("GT",)),
        ("HN", "Honduras", "Honduras", ("HN",)),
        ("SV", "El Salvador", "El Salvador", ("SV",)),
        ("NI", "Nicaragua", "Nicaragua", ("NI",)),
        ("CRPA", "Costa Rica y Panamá", "Costa Rica and Panama", ("CR", "PA")),
        ("CU", "Cuba", "Cuba", ("CU",)),
        ("HT", "Haití", "Haiti", ("HT",)),
        ("DO", "República Dominicana", "Dominican Republic", ("DO",)),
        ("JMBZ", "Jamaica y Belice", "Jamaica and Belize", ("JM", "BZ")),
        ("WI", "Islas de Barlovento", "Windward Islands", ("LC", "VC", "DM")),
        ("CO", "Colombia", "Colombia", ("CO",)),
        ("EC", "Ecuador", "Ecuador", ("EC",)),
        ("PE", "Perú", "Peru", ("PE",)),
        ("BO", "Bolivia", "Bolivia", ("BO",)),
        ("BR", "Brasil", "Brazil", ("BR",)),
        ("CS", "Cono Sur", "Southern Cone", ("PY", "AR", "CL", "UY")),
    )
)  # fmt: skip

# product network: (place, product, how many members, where it is grown)
PRODUCTS = (
    (Place("RP-CAFE", _named("Red de Café", "Coffee network", "Rede de Café", "Réseau Café")), "coffee", 155,
     ("MX", "GT", "HN", "SV", "NI", "CR", "HT", "DO", "CO", "EC", "PE", "BO", "BR", "JM")),
    (Place("RP-CACAO", _named("Red de Cacao", "Cocoa network", "Rede de Cacau", "Réseau Cacao")), "cocoa", 110,
     ("DO", "HT", "EC", "PE", "BO", "NI", "PA", "BZ", "CO", "BR")),
    (Place("RP-BANANO", _named("Red de Banano", "Banana network", "Rede de Banana", "Réseau Banane")), "banana", 90,
     ("DO", "EC", "PE", "CO", "LC", "VC", "DM")),
    (Place("RP-AZUCAR", _named("Red de Azúcar", "Sugar network", "Rede de Açúcar", "Réseau Sucre")), "sugar", 60,
     ("PY", "CR", "BZ", "CU", "SV", "EC", "PE")),
    (Place("RP-FRUTAS", _named("Red de Frutas y Jugos", "Fruit and juice network", "Rede de Frutas e Sucos", "Réseau Fruits et jus")), "fruit", 55,
     ("BR", "MX", "CU", "CO", "CL")),
    (Place("RP-MIEL", _named("Red de Miel", "Honey network", "Rede de Mel", "Réseau Miel")), "honey", 61,
     ("MX", "GT", "NI", "SV", "AR", "UY", "CL", "CU")),
    (Place("RP-QUINUA", _named("Red de Quinua", "Quinoa network", "Rede de Quinoa", "Réseau Quinoa")), "quinoa", 30, ("BO", "PE")),
    (Place("RP-OTROS", _named("Red de otros productos", "Other products network", "Rede de outros produtos", "Réseau Autres produits")), "other", 40,
     ("PE", "CO", "BR", "BO", "CL", "AR")),
)  # fmt: skip

WORKERS = Place(
    "RT",
    _named(
        "Red de Trabajadores y Trabajadoras",
        "Workers' network",
        "Rede de Trabalhadores e Trabalhadoras",
        "Réseau des travailleurs et travailleuses",
    ),
)

BODIES = (
    Place(
        "UNIDAD",
        _named("Unidad de Estándares", "Standards Unit", "Unidade de Critérios", "Unité des standards"),
    ),
    Place(
        "CECLAC",
        _named(
            "Comisión de Estándares (CECLAC)",
            "Standards Commission (CECLAC)",
            "Comissão de Estándares (CECLAC)",
            "Commission des standards (CECLAC)",
        ),
    ),
    Place(
        "ASAMBLEA",
        _named(
            "Asamblea general de CLAC",
            "CLAC general assembly",
            "Assembleia geral da CLAC",
            "Assemblée générale de la CLAC",
        ),
    ),
)
