"""Keyboard, screen reader, themes, viewports and paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue

Visit = Callable[..., Any]
Find = Callable[[Any], list[str]]
NARROW, WIDE = {"width": 360, "height": 740}, {"width": 1600, "height": 1000}


def focused(tab: Any) -> str:
    """The name or id of the element that has the focus."""
    return tab.evaluate("(it => it.id || it.getAttribute('aria-label') || it.textContent.trim())(document.activeElement)")


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wcag(scheme: str, viewport: dict[str, int], visit: Visit, small: Catalogue, violations: Find):
    tab = visit(small, "#order=-programs", color_scheme=scheme, viewport=viewport)
    tab.get_by_role("button", name="cudaMalloc", exact=True).click()
    tab.get_by_role("button", name="cudaMallocPitch", exact=True).click()
    assert violations(tab) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wcag_of_every_shade(scheme: str, visit: Visit, made: Callable[[int], Catalogue], violations: Find):
    tab = visit(made(600), color_scheme=scheme)
    tab.evaluate("document.querySelectorAll('#heat-table button').forEach((it, at) => { it.className = `level-${at % 10}` })")
    assert violations(tab) == []


def test_axe_finds_what_is_wrong(visit: Visit, small: Catalogue, violations: Find):
    tab = visit(small)
    tab.evaluate("q => { q.removeAttribute('placeholder'); q.parentElement.replaceWith(q) }", tab.locator("#q").element_handle())
    assert [found.partition(":")[0] for found in violations(tab)] == ["label"]


def test_landmarks_and_headings(visit: Visit, small: Catalogue):
    tree = visit(small).locator("body").aria_snapshot()
    landmarks = ("- banner:", "- main:", "- contentinfo:", '- search "Entries":', '- region "Entries":', '- region "Heat map":')
    for line in (*landmarks, "- status:", '- heading "Totals" [level=2]'):
        assert line in tree, line
    assert tree.count("[level=1]") == 1


def test_statuses_have_words(visit: Visit, small: Catalogue):
    cells = visit(small, "#q=cudaMallocPitch").locator("#entry-table tbody td .status").all_inner_texts()
    assert [cell.split(maxsplit=1)[1] for cell in cells] == ["differs", "differs", "untested", "untested"]


def test_keyboard_alone(visit: Visit, small: Catalogue):
    tab = visit(small)
    press = tab.keyboard.press
    press("Tab")
    assert focused(tab) == "Skip to the content"
    press("/")
    assert focused(tab) == "q"
    tab.keyboard.type("cudamalloc/")  # a slash is a letter here
    tab.locator("#count").get_by_text("0 entries of 10").wait_for()
    press("Backspace")
    tab.locator("#count").get_by_text("2 entries of 10").wait_for()
    while focused(tab) != "cudaMalloc":
        press("Tab")
    press("ArrowDown")
    assert focused(tab) == "cudaMallocPitch"
    press("ArrowDown")
    assert focused(tab) == "cudaMallocPitch"  # the last
    press("Enter")
    assert tab.get_by_text("pitch is a multiple of 256").is_visible()
    press("Home")
    assert focused(tab) == "cudaMalloc"


def test_escape_clears_the_search_first(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=runtime&q=malloc")
    tab.get_by_label("Search").press("Escape")
    tab.locator("#count").get_by_text("6 entries of 10").wait_for()
    tab.keyboard.press("Escape")
    tab.locator("#count").get_by_text("10 entries of 10").wait_for()


def test_escape_in_a_list_of_choices_clears_nothing(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=runtime")
    tab.locator("#kind").press("Escape")
    assert tab.locator("#family").input_value() == "runtime"


def test_arrows_in_the_heat_map(visit: Visit, small: Catalogue):
    tab = visit(small)
    buttons = tab.locator("#heat-table button")
    assert buttons.evaluate_all("all => all.filter(it => it.tabIndex === 0).length") == 1
    buttons.first.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowUp", "ArrowDown", "End", "ArrowRight"):
        tab.keyboard.press(key)
    assert focused(tab).endswith("CUDA driver API, absent, 0 of 1")
    tab.keyboard.press("Home")
    tab.keyboard.press("Enter")
    assert tab.evaluate("location.hash") == "#family=driver&device=cpu&status=works"


def test_headings_stay_in_view_and_hide_no_focus(visit: Visit, made: Callable[[int], Catalogue]):
    tab = visit(made(600), viewport=WIDE)
    last = tab.locator("#entry-table tbody tr").last
    last.scroll_into_view_if_needed()
    last.get_by_role("button").focus()
    for _ in range(40):
        tab.keyboard.press("Shift+Tab")
    top = tab.evaluate("document.activeElement.getBoundingClientRect().top")
    header = tab.locator("#entry-table thead th").first.bounding_box()
    assert header["y"] == 0 and top >= header["height"]


def test_modifiers_are_left_alone(visit: Visit, small: Catalogue):
    tab = visit(small)
    tab.keyboard.press("Control+/")
    assert focused(tab) != "q"


def paper(tab: Any) -> str:
    return tab.evaluate("getComputedStyle(document.body).backgroundColor")


def test_themes(visit: Visit, small: Catalogue):
    tab = visit(small, color_scheme="dark")
    dark = paper(tab)
    tab.get_by_label("Theme").select_option("light")
    light = paper(tab)
    assert light == "rgb(255, 255, 255)" != dark
    tab.reload()
    assert paper(tab) == light and tab.get_by_label("Theme").input_value() == "light"
    tab.get_by_label("Theme").select_option("as the system")
    assert paper(tab) == dark
    tab.emulate_media(color_scheme="light")
    assert paper(tab) == light


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_the_page_is_not_wider_than_its_window(viewport: dict[str, int], visit: Visit, small: Catalogue):
    tab = visit(small, viewport=viewport)
    tab.get_by_role("button", name="cudaMalloc", exact=True).click()
    assert tab.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_every_device_is_seen_in_a_narrow_window(visit: Visit, small: Catalogue):
    tab = visit(small, viewport=NARROW)
    tab.get_by_role("button", name="cudaMalloc", exact=True).click()
    signs = tab.locator('#entry-table tr:has([aria-expanded="true"]) .status > span')
    assert signs.all_inner_texts() == ["●", "○", "○", "○"]
    assert max(signs.nth(at).bounding_box()["x"] for at in range(4)) < NARROW["width"] - 20
    row = tab.get_by_role("row", name="cudaMalloc ", exact=False).first.aria_snapshot()
    assert row.count("untested") >= 3 and "works" in row  # the words are there for those who do not see the signs


def test_on_paper(visit: Visit, small: Catalogue):
    tab = visit(small, color_scheme="dark")
    tab.emulate_media(media="print")
    assert paper(tab) == "rgb(255, 255, 255)"
    assert not tab.get_by_label("Search").is_visible() and tab.locator("#entry-table").is_visible()


def test_without_scripts(visit: Visit, small: Catalogue):
    tab = visit(small, java_script_enabled=False)
    assert "need scripts" in tab.locator("noscript").inner_text()
    assert "CUDA itself: 30.0% works, 70.0% implemented" in tab.locator(".card").first.inner_text()
