"""Parts of a page that are asked for again and again: read once a second for everybody, answered with 304 while unchanged.

Five hundred open pages that ask every two seconds are 250 requests a second; each costs a look into a dictionary.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from flask import Response, current_app, g, request
from markupsafe import Markup

SECONDS = 1.0  # how old what everybody is shown may be
SHARE = 20  # a reading is kept at least so many times as long as it took: reading never takes the time of those who vote
MOST = 256  # different parts that are kept
EVERY = 2  # seconds after which a page asks again


@dataclass(frozen=True)
class Reading:
    """A part as it was read, plain and compressed once for everybody."""

    body: bytes
    zipped: bytes
    etag: str
    read_at: float
    took: float

    @property
    def text(self) -> Markup:
        """The part, to be put into a page: it was made by a template."""
        return Markup(self.body.decode())  # noqa: S704


@dataclass
class _Place:
    """Where the newest reading of one part is kept; whoever renews it holds the lock."""

    reading: Reading | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


class Shared:
    """Readings that many ask for at once. Per process; whoever comes while one is being renewed gets the one before."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._places: OrderedDict[Hashable, _Place] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, read: Callable[[], str]) -> Reading:
        """The newest reading of a part; `read` makes it, at most once in `seconds`. What it raises passes through."""
        place = self._place(key)
        known = place.reading
        if known and self._fresh(known):
            return known
        if not place.lock.acquire(blocking=known is None):
            return known  # type: ignore[return-value]  # only the first reading is waited for
        try:
            if place.reading is None or not self._fresh(place.reading):
                place.reading = _reading(read)
            return place.reading
        except BaseException:
            self._forget(key, place)
            raise
        finally:
            place.lock.release()

    def renew(self, key: Hashable, read: Callable[[], str]) -> Reading:
        """Read it anew, for a page that is opened: whoever has just acted sees what it did."""
        reading = self._place(key).reading = _reading(read)
        return reading

    def _fresh(self, reading: Reading) -> bool:
        return time.monotonic() - reading.read_at < max(
            self.seconds, min(SHARE * self.seconds, SHARE * reading.took)
        )

    def _forget(self, key: Hashable, place: _Place) -> None:
        """What cannot be read (an assembly that is not there) takes no place away from what can."""
        with self._lock:
            if place.reading is None and self._places.get(key) is place:
                del self._places[key]

    def _place(self, key: Hashable) -> _Place:
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > MOST:
                self._places.popitem(last=False)
            return place


def shared() -> Shared:
    """The readings of this application."""
    kept: Shared = current_app.extensions.setdefault("live", Shared())
    return kept


def answer(reading: Reading) -> Response:
    """A part as HTML, or 304 for who has it already; the house's clock goes along, for countdowns."""
    known = request.if_none_match.as_set(include_weak=True)
    if reading.etag in known:
        response = Response(status=304)
    elif "gzip" in request.accept_encodings:
        response = Response(reading.zipped, headers={"Content-Encoding": "gzip"}, mimetype="text/html")
    else:
        response = Response(reading.body, mimetype="text/html")
    response.set_etag(reading.etag)
    response.vary.add("Accept-Encoding")
    response.headers["X-Now"] = now()
    return response


def now() -> str:
    """The instant of this request in milliseconds, by the house's clock."""
    return str(int(g.at.timestamp() * 1000))


def _reading(read: Callable[[], str]) -> Reading:
    begun = time.thread_time()
    body = read().encode()
    zipped, etag = gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:20]
    return Reading(body, zipped, etag, time.monotonic(), time.thread_time() - begun)
