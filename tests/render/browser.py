"""A real browser without network access, for tests of any book folder.

Use it as::

    with offline_browser(path) as browser:
        visit = open_page(browser, book, "index.html", width=390)
        assert visit.problems == []
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESKTOP = 390, 1280
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""Tags of axe-core's rules."""
AXE = {"runOnly": list(RULES), "preload": False, "resultTypes": ["violations"]}
"""Only violations are reported in detail: describing what is right takes longer than the check itself."""


@dataclass
class Visit:
    """An open page and its problems: failed or outside requests, errors and warnings of the console."""

    page: Page
    home: str
    problems: list[str] = field(default_factory=list)

    def go(self, name: str, *, width: int = DESKTOP, dark: bool = False) -> None:
        """Open a page of the book in this window, which reuses scripts that the browser has compiled for others."""
        self.problems.clear()
        self.become(width=width, dark=dark)
        self.page.goto(f"{self.home}/{name}")

    def become(self, *, width: int = DESKTOP, dark: bool = False) -> None:
        """Change width and colour scheme, also of the open page, and wait until its colours have settled."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="dark" if dark else "light")
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished)).then(() => 0)")

    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

    def scrolling(self) -> int:
        """Number of tables and charts that are too wide and have to be scrolled sideways."""
        boxes = "[...document.querySelectorAll('.bang, .bieu-do')]"
        return int(self.page.evaluate(f"{boxes}.filter(one => one.scrollWidth > one.clientWidth + 1).length"))

    def barriers(self, *, without: str = "") -> list[str]:
        """Violations of WCAG 2.2 AA and good practice found by axe-core: rule, and its first place.

        ``without`` is a selector of parts of the page to leave out. Shades at the ends of wide tables are taken away:
        axe-core judges no contrast on a gradient.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
            self.page.add_style_tag(content="* { background-image: none !important }")
        parts = [[one] for one in [without] if one]
        found = self.page.evaluate("([parts, options]) => axe.run({exclude: parts}, options)", [parts, AXE])
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]

    def hidden_charts(self) -> int:
        """Number of charts without a visible area or without marks."""
        boxes = "[...document.querySelectorAll('.bieu-do svg')].map(one => one.getBoundingClientRect())"
        return int(self.page.evaluate(f"{boxes}.filter(one => one.width < 100 || one.height < 40).length"))


def find_browser() -> str:
    """Path of a Chromium on this machine; empty if there is none."""
    return next((path for name in NAMES if (path := shutil.which(name))), "")


@contextmanager
def offline_browser(path: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def open_page(browser: Browser, book: Path, name: str, *, width: int = DESKTOP, dark: bool = False) -> Visit:
    """Open a page of the book from disk in a new window."""
    visit = open_window(browser, book)
    visit.go(name, width=width, dark=dark)
    return visit


def open_window(browser: Browser, book: Path) -> Visit:
    """A window for pages of the book; requests for anything but files of the book are refused and noted."""
    home = book.resolve().as_uri()
    context = browser.new_context(reduced_motion="reduce")
    visit = Visit(context.new_page(), home)

    def admit(route: Route) -> None:
        if route.request.url.startswith(home):
            route.continue_()
        else:
            visit.problems.append(f"outside: {route.request.url}")
            route.abort()

    def failed(request: Request) -> None:
        visit.problems.append(f"failed: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            visit.problems.append(f"console: {message.text}")

    visit.page.route("**/*", admit)
    visit.page.on("requestfailed", failed)
    visit.page.on("console", said)
    visit.page.on("pageerror", lambda error: visit.problems.append(f"error: {error}"))
    return visit
