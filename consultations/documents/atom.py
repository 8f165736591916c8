"""An Atom feed (RFC 4287), made from plain values with the standard library: what is told is text, never markup."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from xml.etree import ElementTree

NAMESPACE = "http://www.w3.org/2005/Atom"
MIMETYPE = "application/atom+xml"
# What XML 1.0 cannot hold, however it is escaped (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Entry:
    """One piece of news. `id` a tag: or urn: that never changes; `updated` an aware instant."""

    id: str
    title: str
    summary: str
    url: str
    updated: datetime


@dataclass(frozen=True)
class Feed:
    """A feed: `self_url` where it is, `page_url` the page it belongs to, both complete."""

    id: str
    title: str
    author: str
    language: str
    self_url: str
    page_url: str
    updated: datetime
    entries: tuple[Entry, ...] = ()


def tag(host: str, day: date, what: str) -> str:
    """A name that stays the same wherever the page moves to (RFC 4151): "tag:host,2026-03-02:event/7"."""
    return f"tag:{host},{day.isoformat()}:{what}"


def written(feed: Feed) -> bytes:
    """The feed as UTF-8 XML; the same values give the same bytes."""
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, _XML_LANG: feed.language})
    _texts(root, (("id", feed.id), ("title", feed.title), ("updated", _instant(feed.updated))))
    _texts(ElementTree.SubElement(root, "author"), (("name", feed.author),))
    _link(root, "self", feed.self_url, MIMETYPE)
    _link(root, "alternate", feed.page_url, "text/html")
    for entry in feed.entries:
        node = ElementTree.SubElement(root, "entry")
        _texts(node, (("id", entry.id), ("title", entry.title), ("updated", _instant(entry.updated))))
        _texts(node, (("published", _instant(entry.updated)), ("summary", entry.summary)))
        _link(node, "alternate", entry.url, "text/html")
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def _texts(parent: ElementTree.Element, texts: Iterable[tuple[str, str]]) -> None:
    for name, text in texts:
        ElementTree.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _link(parent: ElementTree.Element, rel: str, url: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "type": kind, "href": url})


def _instant(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
