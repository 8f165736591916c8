"""A browser over a real connection: keeps cookies and the connection, reads forms, sends them."""

from dataclasses import dataclass
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin

from flask import Flask, g, session

from consultations import auth, clock
from consultations.actor import Actor
from tests.browsing import Form, forms
from tests.journeys.servers import HOST

AGENT = "plenaria-tests"
REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Answer:
    """What the server said, and at which path in the end."""

    status: int
    path: str
    text: str
    location: str = ""

    def form_to(self, end: str) -> Form:
        """The form on this page whose address ends like this. Raises AssertionError when there is none."""
        found = [form for form in forms(self.text) if form.method == "post" and form.action.endswith(end)]
        assert found, f"no form to …{end} on {self.path} ({self.status}):\n{self.text[:2000]}"
        return found[0]


class Visitor:
    """One person's browser on 127.0.0.1. Not for several threads at once."""

    def __init__(self, port: int, session_cookie: str = "", *, timeout: float = 40) -> None:
        self.cookies = {"session": session_cookie} if session_cookie else {}
        self._connection = HTTPConnection(HOST, port, timeout=timeout)

    def get(self, path: str) -> Answer:
        """The page, redirects followed."""
        return self._followed(self._ask("GET", path))

    def post(self, path: str, fields: dict[str, str], *, follow: bool = True) -> Answer:
        """What comes of sending these fields, redirects followed unless told otherwise."""
        answer = self._ask("POST", path, fields)
        return self._followed(answer) if follow else answer

    def send(self, page: Answer, form: Form, *, follow: bool = True, **fields: str) -> Answer:
        """Send a form of a page, with these fields filled in."""
        return self.post(urljoin(page.path, form.action or page.path), form.fields | fields, follow=follow)

    def move(self, port: int) -> None:
        """Go on at another port, with the same cookies."""
        self.close()
        self._connection = HTTPConnection(HOST, port, timeout=self._connection.timeout)

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _followed(self, answer: Answer) -> Answer:
        for _ in range(MOST_REDIRECTS):
            if answer.status not in REDIRECTS:
                break
            answer = self._ask("GET", urljoin(answer.path, answer.location))
        return answer

    def _ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> Answer:
        headers = {"User-Agent": AGENT, "Cookie": "; ".join(f"{n}={v}" for n, v in self.cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            text = response.read().decode()
        except BaseException:
            self._connection.close()  # the next request opens a new one
            raise
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies.update({name: morsel.value for name, morsel in SimpleCookie(line).items()})
        return Answer(response.status, path, text, response.headers.get("Location", ""))


def session_cookie(app: Flask, actor: Actor) -> str:
    """The cookie that a browser holds after this person has signed in and chosen this capacity.

    Made by the application's own functions and key, without the tenth of a second that checking a password takes.
    """
    with app.test_request_context(headers={"User-Agent": AGENT}, environ_base={"REMOTE_ADDR": HOST}):
        g.at = clock.now()
        assert actor.person_id is not None
        assert actor.mandate_id is not None
        auth.open_session(actor.person_id, at=g.at)
        assert auth.choose(actor.mandate_id)
        serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
        return str(serializer.dumps(dict(session)))
