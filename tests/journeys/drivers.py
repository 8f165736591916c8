"""Two ways to walk the same journey, both by what a person sees: labels, links and buttons.

`Pages` reads HTML over HTTP and fills forms as a browser without JavaScript does; `Window` (windows.py) drives
Debian's chromium.
A word names the first thing that reads exactly so, else the first that begins so, else the first that holds it;
what stands in the page comes before what stands around it.
"""

from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Protocol
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from lxml import html

PHONE, LAPTOP = 360, 1280
BROKEN = 500
LINES = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "td",
        "th",
        "tr",
        "div",
        "section",
        "h1",
        "h2",
        "h3",
        "h4",
        "br",
        "caption",
        "legend",
        "option",
        "summary",
        "figcaption",
    ]
)


class Driver(Protocol):
    """One person at one device."""

    def go(self, path: str) -> None: ...
    def follow(self, link: str) -> None: ...
    def fill(self, label: str, value: str) -> None: ...
    def choose(self, label: str) -> None: ...
    def pick(self, label: str, option: str) -> None: ...
    def attach(self, label: str, file: Path) -> None: ...
    def unfold(self, summary: str) -> None: ...
    def press(self, button: str) -> None: ...
    def press_twice(self, button: str) -> None: ...
    def download(self, link: str) -> bytes: ...
    def offers(self, words: str) -> bool: ...
    def text(self) -> str: ...
    def source(self) -> str: ...
    def status(self) -> int: ...
    def address(self) -> str: ...


class Pages:
    """A browser without JavaScript: parsed pages, labelled fields, forms sent as they stand."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self._opener.addheaders = [("Accept-Language", "en"), ("User-Agent", "journey")]

    def go(self, path: str) -> None:
        """Open an address of this server."""
        self._read(Request(urljoin(self._base, path)))

    def follow(self, link: str) -> None:
        """Follow the first link that reads so."""
        self._read(Request(urljoin(self._url, self._one("//a[@href]", link).get("href"))))

    def fill(self, label: str, value: str) -> None:
        """Write into the field with this label."""
        field = self._labelled(label)
        if field.tag == "textarea":
            field.text = value
        else:
            field.set("value", value)

    def choose(self, label: str) -> None:
        """Tick the radio button or box with this label."""
        field = self._labelled(label)
        if field.get("type") == "radio":
            for other in field.xpath(
                "ancestor::form[1]//input[@type='radio'][@name=$name]", name=field.get("name")
            ):
                other.attrib.pop("checked", None)
        field.set("checked", "")

    def pick(self, label: str, option: str) -> None:
        """Choose an option of a list."""
        field = self._labelled(label)
        chosen = _best(list(field.iter("option")), option)
        assert chosen is not None, f"{label!r} offers no {option!r}: {_said(field)}"
        for item in field.iter("option"):
            item.attrib.pop("selected", None)
        chosen.set("selected", "")

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._labelled(label).set("data-file", str(file))

    def unfold(self, summary: str) -> None:
        """Open what is folded; its fields are in the page anyway."""
        self._one("//summary", summary)

    def press(self, button: str) -> None:
        """Press the button that reads so: its form is sent."""
        self._read(self._sending(button))

    def press_twice(self, button: str) -> None:
        """Press it again before the answer comes: both are sent."""
        request = self._sending(button)
        self._read(request)
        self._read(request)

    def download(self, link: str) -> bytes:
        """The file behind a link; the page stays."""
        address = urljoin(self._url, self._one("//a[@href]", link).get("href"))
        with self._opener.open(Request(address), timeout=60) as answer:
            return bytes(answer.read())

    def offers(self, words: str) -> bool:
        """Whether the page has a link or a button that begins so."""
        found = self._page.xpath("//main//a[@href] | //main//button")
        return any(_reads(item).startswith(words.lower()) for item in found)

    def text(self) -> str:
        """What the page says."""
        return _said(self._page.xpath("//main")[0])

    def source(self) -> str:
        """The page as it came."""
        return html.tostring(self._page, encoding="unicode")

    def status(self) -> int:
        """How the page was answered."""
        return self._status

    def address(self) -> str:
        """Where we are."""
        return self._url

    def _read(self, request: Request) -> None:
        try:
            answer = self._opener.open(request, timeout=60)
        except HTTPError as refusal:
            answer = refusal
        with answer:
            self._url, self._status = answer.geturl(), int(answer.status)
            self._page = html.fromstring(answer.read().decode())
        assert self._status < BROKEN, f"{self._status} at {self._url}"

    def _sending(self, button: str) -> Request:
        pressed = self._one("//button | //input[@type='submit']", button)
        form = pressed.xpath("ancestor::form[1]")[0]
        named = [(pressed.get("name"), pressed.get("value") or "")] if pressed.get("name") else []
        fields = [*_fields(form), *named]
        target = urljoin(self._url, pressed.get("formaction") or form.get("action") or self._url)
        if (form.get("method") or "get").lower() == "get":
            return Request(target.partition("?")[0] + "?" + urlencode(fields))
        body, kind = _body(form, fields)
        return Request(target, body, {"Content-Type": kind, "Referer": self._url})

    def _one(self, path: str, reads: str) -> html.HtmlElement:
        found = self._page.xpath(path)
        inside = [item for item in found if item.xpath("ancestor::main")]
        one = _best(inside, reads)
        one = _best(found, reads) if one is None else one
        assert one is not None, f"nothing reads {reads!r} at {self._url}: {self.text()[:3000]}"
        return one

    def _labelled(self, label: str) -> html.HtmlElement:
        named = self._one("//main//label", label)
        return (
            self._page.get_element_by_id(named.get("for")) if named.get("for") else named.xpath(".//input")[0]
        )


def _said(item: html.HtmlElement) -> str:
    return " ".join("".join(_spoken(item)).split())


def _spoken(item: html.HtmlElement) -> Iterator[str]:
    """The words of an element; what begins on a line of its own is apart from what is before."""
    apart = " " if item.tag in LINES else ""
    yield apart + (item.text or "" if isinstance(item.tag, str) else "")
    for child in item:
        yield from _spoken(child)
        yield child.tail or ""
    yield apart


def _reads(item: html.HtmlElement) -> str:
    return (_said(item) or item.get("value") or "").lower()


def _best(found: list[html.HtmlElement], words: str) -> html.HtmlElement | None:
    """The item that reads exactly so, else the first that begins so, else the first that holds it."""
    said = [(item, _reads(item), words.lower()) for item in found]
    fits = (
        [item for item, text, wanted in said if text == wanted],
        [item for item, text, wanted in said if text.startswith(wanted)],
        [item for item, text, wanted in said if wanted in text],
    )
    return next((items[0] for items in fits if items), None)


def _fields(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for field in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        name, kind = field.get("name"), field.get("type", "text")
        if field.tag == "textarea":
            yield name, (field.text or "").removeprefix("\n")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = [o for o in options if o.get("selected") is not None] or options[:1]
            yield from ((name, o.get("value", _said(o))) for o in chosen)
        elif kind in ("radio", "checkbox"):
            if field.get("checked") is not None:
                yield name, field.get("value", "on")
        elif kind not in ("submit", "button", "file"):
            yield name, field.get("value", "")


def _body(form: html.HtmlElement, fields: list[tuple[str, str]]) -> tuple[bytes, str]:
    if form.get("enctype") != "multipart/form-data":
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"
    edge = "a-journey-has-its-own-boundary"
    parts = [f'Content-Disposition: form-data; name="{n}"\r\n\r\n{v}'.encode() for n, v in fields]
    for field in form.xpath(".//input[@type='file']"):
        file = Path(field.get("data-file", ""))
        content = file.read_bytes() if field.get("data-file") else b""
        head = f'Content-Disposition: form-data; name="{field.get("name")}"; filename="{file.name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content)
    return b"".join(
        b"--%s\r\n%s\r\n" % (edge.encode(), part) for part in parts
    ) + f"--{edge}--\r\n".encode(), f"multipart/form-data; boundary={edge}"
