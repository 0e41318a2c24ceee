"""Pages in the system's Chromium, by Playwright. `make browser` makes the environment; without it these tests are skipped.

A page must load from a file, without the network, and write nothing to the console: every opened page is watched.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.report.page import page

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for all tests. A machine without one fails: whoever has Playwright wants these tests."""
    assert CHROMIUM, f"install Chromium (Debian: apt-get install chromium): none of {', '.join(NAMES)} is on PATH"
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Write a page, or that of a catalogue, and open it at a fragment; keywords are those of a browser context (`viewport`)."""
    complaints: list[str] = []
    contexts: list[Any] = []

    def opened(of: Catalogue | str, fragment: str = "", **context: Any) -> Any:
        path = tmp_path / "page.html"
        path.write_text(of if isinstance(of, str) else page(of, "https://example.org/tree/"), encoding="utf-8")
        contexts.append(chromium.new_context(offline=True, **context))
        tab = contexts[-1].new_page()
        tab.set_default_timeout(5_000)
        tab.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
        tab.goto(path.as_uri() + fragment)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def violations() -> Callable[[Any], list[str]]:
    """What axe-core finds on a page, with the first element of each."""

    def find(tab: Any) -> list[str]:
        found = axe.Axe().run(tab, options=WCAG).response["violations"]
        return [f"{violation['id']}: {violation['nodes'][0]['html'][:200]}" for violation in found]

    return find
