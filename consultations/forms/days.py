"""A day of the process: one that can be reckoned with."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext
from wtforms import DateField

FIRST, LAST = date(2000, 1, 1), date(2100, 12, 31)


class DayField(DateField):
    """A day from FIRST to LAST. Beyond lie slips of the keyboard, and at the calendar's ends no zone can be reckoned."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the day. Errors: ValueError, which stands beside the field."""
        super().process_formdata(list(valuelist))
        if self.data is not None and not FIRST <= self.data <= LAST:
            self.data = None
            raise ValueError(
                gettext("Give a day from %(first)s to %(last)s.", first=FIRST.year, last=LAST.year)
            )
