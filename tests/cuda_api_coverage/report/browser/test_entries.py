"""What an opened entry says, and that hostile names are text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import Catalogue

Visit = Callable[..., Any]


def opened(tab: Any, name: str) -> dict[str, str]:
    """Open an entry; its details by their terms."""
    button = tab.get_by_role("button", name=name, exact=True)
    button.click()
    detail = tab.locator(f"#{button.get_attribute('aria-controls')}")
    return dict(zip(detail.locator("dt").all_inner_texts(), detail.locator("dd").all_inner_texts(), strict=True))


def test_evidence_is_named_and_counted(visit: Visit, small: Catalogue):
    tab = visit(small)
    details = opened(tab, "cudaMalloc")
    assert "works, as these tests that used it passed:" in details["CPU"] and "tests/shim/test_memory.py::test_4" in details["CPU"]
    assert "and 2 more" in details["CPU"] and "test_5" not in details["CPU"]
    assert details["AMD, emulated"].split() == ["○", "untested"]
    assert opened(tab, "cudaGraphicsMapResources")["CPU"].split() == ["✕", "not", "supported"]
    assert "untested; over a library that records calls" in details["AMD GPU"]


def test_differences_and_versions(visit: Visit, small: Catalogue):
    tab = visit(small)
    assert opened(tab, "cudaMallocPitch")["Stated difference"] == "pitch is a multiple of 256"
    assert opened(tab, "cudaBindTexture")["CUDA"] == "deprecated in 11.0, removed in 13.0"
    assert "CUDA" not in opened(tab, "cudaMalloc")
    assert opened(tab, "cudaUnheardOf")["Source"] == "none"


def test_what_others_say(visit: Visit, small: Catalogue):
    details = opened(visit(small), "cudaMalloc")
    assert details["HIP says"] == "supported"
    assert "HIP says" not in opened(visit(small), "grid_group::sync")


def test_links(visit: Visit, small: Catalogue):
    tab = visit(small)
    opened(tab, "cudaMalloc")
    assert tab.get_by_role("link", name="api/cudaMalloc.cpp").get_attribute("href") == "https://example.org/tree/api/cudaMalloc.cpp"
    test = tab.get_by_role("link", name="tests/shim/test_memory.py::test_1").get_attribute("href")
    assert test == "https://example.org/tree/tests/shim/test_memory.py"
    documentation = tab.get_by_role("link", name="cudaMalloc in NVIDIA's documentation").get_attribute("href")
    assert documentation.startswith("https://docs.nvidia.com/") and documentation.endswith("=cudaMalloc")
    opened(tab, "mad{.lo}.T")
    assert tab.get_by_role("link", name="mad in NVIDIA's documentation").is_visible()


def test_an_entry_opens_and_closes(visit: Visit, small: Catalogue):
    tab = visit(small)
    button = tab.get_by_role("button", name="cudaMalloc", exact=True)
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert button.get_attribute("aria-expanded") == "true" and tab.locator("tr.detail").count() == 1
    button.click()
    assert button.get_attribute("aria-expanded") == "false" and tab.locator("tr.detail").count() == 0


def test_address_of_an_entry(visit: Visit, small: Catalogue):
    tab = visit(small, "#entry=cooperative_groups/grid_group::sync")
    assert tab.evaluate("document.activeElement.textContent") == "grid_group::sync"
    link = tab.get_by_role("link", name="to this entry").get_attribute("href")
    assert tab.evaluate("link => new URLSearchParams(link.slice(1)).get('entry')", link) == "cooperative_groups/grid_group::sync"


def test_hostile_names_are_text(visit: Visit, hostile: Catalogue):
    tab = visit(hostile)
    names = tab.locator("#entry-table tbody th button")
    assert names.evaluate_all("all => all.map(it => it.textContent)") == [entry.name for entry in hostile.entries]
    for at in range(names.count()):
        names.nth(at).click()
    tab.locator("#heat-rows").select_option("group")
    tab.locator("#group").select_option(hostile.entries[0].name)
    tab.locator("#count").get_by_text("1 entry of 8").wait_for()
    tab.reload()
    assert names.all_text_contents() == [hostile.entries[0].name]
    tab.evaluate("new Promise(done => setTimeout(done, 50))")  # an image that fails to load would have told by now
    assert tab.title() == "Crosswarp: coverage of CUDA's APIs"
    assert tab.locator("img, iframe, svg[onload]").count() == 0


def test_hostile_addresses(visit: Visit, small: Catalogue):
    tab = visit(small)
    for fragment in ("q=%3Cimg%20src%3Dx%3E", "entry=__proto__/x", "entry=x", "order=constructor", "min=x", "status=__proto__",
                     "%zz&&==", "cuda=1.2.3.x", "family=toString"):
        tab.evaluate("fragment => { location.hash = fragment }", fragment)
        tab.evaluate("new Promise(done => setTimeout(done, 20))")
        assert tab.locator("#count").inner_text().endswith("of 10")
        assert tab.locator("img").count() == 0
