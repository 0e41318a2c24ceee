"""Takes the pictures of the catalogue's page for the documentation, light and dark; `make browser` makes its environment."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from crosswarp.cuda_api_coverage.report.page import page
from playwright.sync_api import Browser, sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SIZE = {"width": 1200, "height": 1000}


def take(browser: Browser, address: str, scheme: str) -> None:
    """The top of the page, as a file of `IMAGES`."""
    context = browser.new_context(viewport=SIZE, color_scheme=scheme, offline=True)
    tab = context.new_page()
    tab.goto(address)
    tab.screenshot(path=IMAGES / f"coverage-{scheme}.png")
    context.close()


def main() -> None:
    """Both pictures of the catalogue as it is."""
    program = next(found for name in CHROMIUM if (found := shutil.which(name)))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder, "page.html")
        path.write_text(page(), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            take(browser, path.as_uri(), scheme)
        browser.close()


if __name__ == "__main__":
    main()
