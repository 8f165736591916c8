"""What staff type of a workshop, of who came, and of what an organisation said there or on paper. Shape only."""

from collections.abc import Iterable
from typing import Any

from babel import Locale
from flask_babel import get_locale
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from consultations.forms.days import DayField
from consultations.forms.delegate_comments import CommentForm
from consultations.forms.offered import offered
from consultations.forms.typed import limited, plain
from consultations.forms.unit import MISSING, WHICH_DAY, KnownForm
from consultations.wording import LANGUAGES

LONG = 20_000
MOST_PEOPLE = 100_000
_COUNT = (Optional(), NumberRange(0, MOST_PEOPLE, _("Count the people who came: at most %(max)d.")))


class WorkshopForm(KnownForm):
    """A workshop: where, when, who led it, how it was done."""

    place = StringField(_("Place"), (DataRequired(MISSING), limited(200)))
    country = SelectField(_("Country"), (InputRequired(MISSING),))
    held_on = DayField(_("Day"), (InputRequired(WHICH_DAY),))
    facilitator = StringField(_("Facilitator"), (DataRequired(MISSING), limited(200)))
    network_id = SelectField(_("Network"), coerce=int, default=0)
    method = TextAreaField(
        _("Method"), (Optional(), limited(4000)), filters=[plain],
        description=_("How people were heard: in groups, one by one, with a vote by hand."),
    )  # fmt: skip
    notes = TextAreaField(_("Notes"), (Optional(), limited(LONG)), filters=[plain])

    def offer(self, networks: Iterable[tuple[int, str]] | None, countries: Iterable[str] = ()) -> None:
        """The countries, those of the register first; the networks, or no such field for a network's own people."""
        names = (get_locale() or Locale("es")).territories
        codes = [
            code
            for code in names
            if len(code) == 2 and code.isalpha() and code not in ("ZZ", "EU", "EZ", "UN", "XA", "XB")
        ]
        rest = sorted(codes, key=lambda code: names[code])
        self.country.choices = offered(
            (code, names[code]) for code in dict.fromkeys([*countries, *rest]) if code in names
        )
        if networks is None:
            del self.network_id
        else:
            self.network_id.choices = offered([(0, _("None: one of the Unit's own")), *networks])


class AttendanceForm(FlaskForm):
    """How many people of an organisation came."""

    organisation_id = SelectField(_("Organisation"), coerce=int)
    women = IntegerField(_("Women"), _COUNT)
    men = IntegerField(_("Men"), _COUNT)
    others = IntegerField(_("Other, or not said"), _COUNT)

    def counts(self) -> dict[str, int]:
        """The numbers; an empty field counts nobody."""
        return {name: self[name].data or 0 for name in ("women", "men", "others")}


class EntryForm(CommentForm):
    """A comment that an organisation made on paper or in a workshop, as it stands there."""

    node_id = SelectField(_("Clause"), coerce=int, default=0)
    language = SelectField(_("Language of the comment"), choices=offered(LANGUAGES))

    def offer(self, clauses: Iterable[tuple[int, str]]) -> None:
        """The clauses to choose from, the text as a whole first."""
        self.node_id.choices = offered([(0, _("The text as a whole")), *clauses])


class FormUpload(FlaskForm):
    """A form that was filled in, as it came back. It is read first, and kept only when you say so."""

    file = FileField(
        _("The form that came back"), (FileRequired(_("Choose a file.")),),
        description=_("An Excel workbook (.xlsx) that was made here."),
    )  # fmt: skip


def chosen(data: Any) -> int | None:
    """The choice of a list whose first entry, 0, stands for none."""
    return int(data) or None
