"""Time zones to choose from, by city and country in the reader's language."""

from zoneinfo import ZoneInfo

from flask_babel.speaklater import LazyString
from wtforms.fields.choices import SelectChoice

from consultations import moments
from consultations.forms.offered import offered

# The zones of the 24 countries, west to east, and UTC.
ZONES = (
    "America/Tijuana", "America/Hermosillo", "America/Mexico_City", "America/Guatemala", "America/El_Salvador",
    "America/Tegucigalpa", "America/Managua", "America/Costa_Rica", "America/Belize", "America/Cancun",
    "America/Jamaica", "America/Panama", "America/Bogota", "America/Guayaquil", "America/Lima", "America/Havana",
    "America/Port-au-Prince", "America/Santo_Domingo", "America/Puerto_Rico", "America/Dominica",
    "America/St_Lucia", "America/St_Vincent", "America/Grenada", "America/Caracas", "America/La_Paz",
    "America/Manaus", "America/Guyana", "America/Asuncion", "America/Santiago", "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires", "America/Montevideo", "Europe/Madrid", "Europe/Berlin", "UTC",
)  # fmt: skip


def zones(present: str = "") -> list[SelectChoice]:
    """The zones offered, and the present one if it is another."""
    others = (present,) if present not in ZONES and _is_zone(present) else ()
    return offered((zone, LazyString(moments.zone_name, zone)) for zone in (*others, *ZONES))


def _is_zone(name: str) -> bool:
    try:
        return bool(ZoneInfo(name))
    except (KeyError, ValueError):
        return False
