"""The second driver of drivers.py: windows of Debian's chromium, worked as a person works them."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from tests.journeys.drivers import PHONE

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-extensions",
    "--renderer-process-limit=2",
]
# The place of the item that reads exactly so, else begins so, else holds it; as _best() does for parsed pages.
BEST = """(items, words) => {
  const said = items.map(item => item.textContent.replace(/\\s+/g, " ").trim().toLowerCase());
  const wanted = words.toLowerCase();
  const fits = [text => text === wanted, text => text.startsWith(wanted), text => text.includes(wanted)];
  return fits.map(fit => said.findIndex(fit)).find(place => place >= 0) ?? -1;
}"""


class Window:
    """A window of Debian's chromium."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self._base, self._status = page, base, 200
        page.on("response", self._note)

    def go(self, path: str) -> None:
        """Open an address of this server."""
        self.page.goto(urljoin(self._base, path), wait_until="domcontentloaded")

    def follow(self, link: str) -> None:
        """Follow the first link that reads so."""
        self._leave(self._one("a[href]", link))

    def fill(self, label: str, value: str) -> None:
        """Write into the field with this label."""
        self._labelled(label).fill(value)

    def choose(self, label: str) -> None:
        """Tick the radio button or box with this label."""
        self._labelled(label).check()

    def pick(self, label: str, option: str) -> None:
        """Choose an option of a list."""
        field = self._labelled(label)
        field.select_option(value=field.locator("option", has_text=option).first.get_attribute("value"))

    def attach(self, label: str, file: Path) -> None:
        """Choose a file."""
        self._labelled(label).set_input_files(str(file))

    def unfold(self, summary: str) -> None:
        """Open what is folded."""
        self.page.locator("main summary", has_text=summary).first.click()

    def press(self, button: str) -> None:
        """Press the button that reads so."""
        self._leave(self._one("button", button))

    def press_twice(self, button: str) -> None:
        """Press it again before the answer comes."""
        self._one("button", button).dblclick()
        self.page.wait_for_load_state("networkidle")

    def download(self, link: str) -> bytes:
        """The file behind a link; the page stays."""
        with self.page.expect_download() as coming:
            self._one("a[href]", link).click()
        return coming.value.path().read_bytes()

    def offers(self, words: str) -> bool:
        """Whether the page has a link or a button that begins so."""
        said = self.page.locator("main").locator("a[href], button").all_text_contents()
        return any(" ".join(one.split()).lower().startswith(words.lower()) for one in said)

    def text(self) -> str:
        """What the page says."""
        return " ".join(self.page.locator("main").inner_text().split())

    def source(self) -> str:
        """The page as it came."""
        return self.page.content()

    def status(self) -> int:
        """How the page was answered."""
        return self._status

    def address(self) -> str:
        """Where we are."""
        return self.page.url

    def picture(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        self.page.screenshot(path=str(path), full_page=True)

    def _note(self, response: object) -> None:
        if response.request.is_navigation_request():  # type: ignore[attr-defined]
            self._status = response.status  # type: ignore[attr-defined]

    def _leave(self, pressed: Locator) -> None:
        # A click returns while the next page is still being parsed: what follows would read half of it.
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            pressed.click()

    def _one(self, which: str, words: str) -> Locator:
        inside, anywhere = (self.page.locator(f"{place} {which}") for place in ("main", "body"))
        at = inside.evaluate_all(BEST, words)
        if at >= 0:
            return inside.nth(at)
        at = anywhere.evaluate_all(BEST, words)
        assert at >= 0, f"nothing reads {words!r} at {self.address()}: {self.text()[:3000]}"
        return anywhere.nth(at)

    def _labelled(self, label: str) -> Locator:
        named = self._one("label", label)
        field = named.get_attribute("for")
        return self.page.locator(f'[id="{field}"]') if field else named.locator("input")


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    """Debian's chromium, without a sandbox (we may be root) and without calls of its own."""
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def window(browser: Browser, base: str, *, width: int = PHONE, script: bool = False) -> Window:
    """A new private window, as wide as an old phone and without JavaScript unless told otherwise."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, locale="en-GB", java_script_enabled=script
    )
    context.set_default_timeout(15_000)
    return Window(context.new_page(), base)
