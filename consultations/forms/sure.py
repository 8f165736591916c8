"""Asking twice: what cannot be taken back is shown once more in full, and done when it is sent again unchanged."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class SureForm(FlaskForm):
    """A form whose page says what would follow before it is done. `sure`: what was shown."""

    sure = HiddenField()

    def sure_of(self, said: str) -> bool:
        """Whether exactly this was shown before it was sent; if not, the form asks for it next time."""
        if self.sure.data == said:
            return True
        self.sure.raw_data, self.sure.data = None, said
        return False
