"""A browser that takes note of everything that should not happen, and a shop for it to visit.

While Playwright runs, its event loop keeps Django's ORM from being used here: tests set up before, and then look
at pages as people do.
"""

from __future__ import annotations

import shutil
import socket
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.support.processes import wait_until

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import BrowserContext, Page
    from redis import Redis

    from tests.support.processes import StartProcess

QUICKLY = {"preload": False, "resultTypes": ["violations"]}
COLOURS = {**QUICKLY, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
expect.set_options(timeout=30_000)  # ms; a machine may have more to do than these tests


@dataclass
class Visit:
    """One person's browser in one shop, with all that went wrong in it."""

    address: str
    context: BrowserContext
    page: Page
    wrong: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Take note of errors, refused parts and requests that leave the shop, in every tab."""
        self.context.on("console", lambda line: self._note(line.type in ("error", "warning"), line.text))
        self.context.on("weberror", lambda error: self._note(True, str(error.error)))
        self.context.on("request", lambda sent: self._note(not self._is_ours(sent.url), f"request to {sent.url}"))
        self.context.on("response", lambda got: self._note(got.status >= 400, f"{got.status} for {got.url}"))

    def look(self, page: Page | None = None, schemes: Sequence[Literal["light", "dark"]] = ("light", "dark")) -> None:
        """Look for barriers on the page, in light and in dark, where nothing but colours is another."""
        page = page or self.page
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            options = COLOURS if scheme == "dark" else QUICKLY
            found = Axe().run(page, options=options).response["violations"]
            self.wrong += [f"{page.url} ({scheme}): {each['id']} {each['nodes'][0]['target']}" for each in found]

    def go(self, place: str) -> None:
        """Open an address of the shop, and look at it."""
        self.page.goto(f"{self.address}{place}")
        self.look()

    def _is_ours(self, url: str) -> bool:
        return url.startswith((f"{self.address}/", "data:"))

    def _note(self, is_wrong: bool, words: str) -> None:
        if is_wrong:
            self.wrong.append(words)


@pytest.fixture
def shop(broker: Redis, transactional_db: None, start_process: StartProcess) -> str:
    """The address of a running web process on the test database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    web = start_process("runserver", "--noreload", "--insecure", place)

    def answers() -> bool:
        try:
            return bool(urllib.request.urlopen(f"http://{place}/admin/login/").status == 200)
        except urllib.error.URLError:
            assert web.process.poll() is None, web.output()
            return False

    wait_until(answers, 30, "the shop answers")
    return f"http://{place}"


@pytest.fixture
def visit(shop: str) -> Iterator[Visit]:
    """Chromium, not yet logged in."""
    chromium = shutil.which("chromium")
    assert chromium, "the browser tests need chromium; as root type: apt install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--disable-gpu", "--disable-dev-shm-usage"]
        )
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-US", reduced_motion="reduce")
        visited = Visit(shop, context, context.new_page())
        visited.watch()
        yield visited
        browser.close()
