"""What staff type of an attempt to reach organisations. Shape only."""

from collections.abc import Iterable
from datetime import datetime, time
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, SelectField, TextAreaField, TimeField
from wtforms.validators import InputRequired, Optional

from consultations.forms.days import DayField
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.forms.unit import MISSING, WHICH_DAY
from consultations.wording_participation import CHANNELS

ALL, ORGANISATION, NETWORK = "all", "organisation", "network"


class OutreachForm(FlaskForm):
    """Whom, how, when, and whether they were reached."""

    whom = SelectField(_("Whom"), (InputRequired(MISSING),))
    channel = SelectField(_("How"), (InputRequired(MISSING),), choices=offered(CHANNELS))
    reached = RadioField(
        _("Were they reached?"), (InputRequired(MISSING),),
        choices=offered({"yes": _("Yes"), "no": _("No")}),
    )  # fmt: skip
    declined = BooleanField(
        _("The organisation said that it does not take part"),
        description=_("Only of one organisation, while the round is open: it is not reminded any more. Write its reason in the note."),
    )  # fmt: skip
    day = DayField(_("Day"), (InputRequired(WHICH_DAY),))
    hour = TimeField(_("Time"), (Optional(),), description=_("Left empty, it was now if the day is today."))
    note = TextAreaField(_("Note"), (Optional(), limited(2000)), filters=[plain])

    def offer(
        self,
        organisations: Iterable[tuple[int, str]],
        networks: Iterable[tuple[int, str]],
        *,
        everybody: bool,
    ) -> None:
        """Whom one may name: everybody asked (the Unit), a network's members, one organisation."""
        whole = [(ALL, _("Everybody asked"))] if everybody else []
        self.whom.choices = offered(
            [("", _("Choose")), *whole, *((f"{NETWORK}-{id}", _("All of %(network)s", network=name)) for id, name in networks),
             *((f"{ORGANISATION}-{id}", name) for id, name in organisations)]
        )  # fmt: skip

    def named(self) -> tuple[int | None, int | None]:
        """The organisation's id and the network's id; at most one of them."""
        kind, _dash, id = (self.whom.data or "").partition("-")
        return (int(id) if kind == ORGANISATION else None), (int(id) if kind == NETWORK else None)

    def made_at(self, zone: str, now: datetime) -> datetime:
        """The instant in the round's zone. When no time is given: today the minute that it is `now`, else noon."""
        here = now.astimezone(ZoneInfo(zone)).replace(second=0, microsecond=0)
        if self.hour.data is None and self.day.data == here.date():
            return here
        return datetime.combine(self.day.data, self.hour.data or time(12), ZoneInfo(zone))
