"""A browser without pictures: fetch a page, fill in one of its forms, send it as a browser would."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and what it would send untouched."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    ticked: dict[str, list[str]] = field(default_factory=dict)

    def sent(self) -> dict[str, object]:
        """What a browser would send, every ticked box of a list of boxes too."""
        return {**self.fields, **self.ticked}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(at.get("action", ""), at.get("method", "get").lower()))
        if not self.forms:
            return
        fields = self.forms[-1].fields
        name = at.get("name", "")
        if tag == "input" and name and at.get("type") not in ("submit", "file"):
            if at.get("type") not in ("radio", "checkbox") or "checked" in at:
                fields[name] = at.get("value", "on" if at.get("type") == "checkbox" else "")
                if at.get("type") == "checkbox":
                    self.forms[-1].ticked.setdefault(name, []).append(fields[name])
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and ("selected" in at or self._select not in fields):
            fields[self._select] = at.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            fields = self.forms[-1].fields
            fields[self._textarea] = fields[self._textarea].lstrip("\r\n").replace("\r\n", "\n")
            self._textarea = ""


def forms(page: str) -> list[Form]:
    """The forms of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def post(
    client: FlaskClient, url: str, /, *, page_url: str = "", follow: bool = False, **fields: object
) -> TestResponse:
    """Open `page_url` (default: `url`), fill in the form that goes to `url`, and send it.

    Hidden fields, the token and what is preselected go along; `fields` overwrite them, None leaves one out.
    Raises AssertionError when the page does not open or has no such form.
    """
    source = page_url or url
    answer = client.get(source)
    assert answer.status_code == 200, (
        f"{source} answered {answer.status_code}: {answer.get_data(as_text=True)[:500]}"
    )
    path = url.partition("?")[0]
    found = [
        form
        for form in forms(answer.get_data(as_text=True))
        if form.method == "post" and _leads(form, path, source)
    ]
    if wanted := set(fields) - {"csrf_token"}:
        found = [form for form in found if wanted & set(form.fields)] or found
    assert found, f"no form on {source} goes to {url}"
    data: dict[str, object] = {**found[0].fields, **fields}
    return client.post(url, data={n: v for n, v in data.items() if v is not None}, follow_redirects=follow)


def token(client: FlaskClient, page_url: str) -> str:
    """The token of any form on a page."""
    page = client.get(page_url).get_data(as_text=True)
    return next(form.fields["csrf_token"] for form in forms(page) if "csrf_token" in form.fields)


def _leads(form: Form, path: str, source: str) -> bool:
    return (form.action.partition("?")[0] or source.partition("?")[0]) == path
