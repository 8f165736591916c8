"""How a delegate votes over HTTP: open the page with the ballot, choose, confirm, and read the receipt."""

import re
from dataclasses import dataclass
from urllib.parse import urljoin
from uuid import uuid4

from tests.journeys.visitors import Answer, Visitor

RECEIPT = re.compile(r"\b[2-9A-HJ-NP-Z]{4}(?:-[2-9A-HJ-NP-Z]{4}){3}\b")


@dataclass(frozen=True)
class Prepared:
    """A ballot filled in and about to be sent: where to, what, and the cookies of who sends it."""

    path: str
    fields: dict[str, str]
    cookies: dict[str, str]


def prepare(visitor: Visitor, vote_id: int, session_cookie: str, choice: str) -> Prepared:
    """Open the vote as this person, choose, and come to the page that asks for a last look."""
    visitor.cookies = {"session": session_cookie}
    page = visitor.get(f"/v/{vote_id}")
    check = visitor.send(page, page.form_to("/check"), choice=choice)
    form = check.form_to("/cast")
    return Prepared(urljoin(check.path, form.action), form.fields, dict(visitor.cookies))


def prepare_at_once(visitor: Visitor, vote_id: int, session_cookie: str, choice: str) -> Prepared:
    """The same without the page for a last look, for tests with hundreds of delegates."""
    visitor.cookies = {"session": session_cookie}
    page = visitor.get(f"/v/{vote_id}")
    fields = page.form_to("/check").fields | {"choice": choice, "request_id": str(uuid4())}
    return Prepared(f"/v/{vote_id}/cast", fields, dict(visitor.cookies))


def cast(visitor: Visitor, prepared: Prepared, *, follow: bool = False) -> Answer:
    """Press the button; the same ballot may be sent again and again."""
    visitor.cookies = dict(prepared.cookies)
    return visitor.post(prepared.path, prepared.fields, follow=follow)


def receipt_on(page: Answer) -> str | None:
    """The receipt's code, when the page acknowledges a ballot."""
    found = RECEIPT.search(page.text)
    return found[0] if found else None
