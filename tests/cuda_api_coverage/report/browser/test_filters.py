"""Search, filters, order, heat map and addresses: what is listed is what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue

Visit = Callable[..., Any]


def listed(tab: Any) -> list[str]:
    """The names in the list."""
    return tab.locator("#entry-table tbody th button").all_inner_texts()


def wait_for_count(tab: Any, text: str) -> None:
    tab.locator("#count").get_by_text(text, exact=True).wait_for()


@pytest.mark.parametrize(
    ("fragment", "names"),
    [
        ("#q=cudamalloc", ["cudaMalloc", "cudaMallocPitch"]),
        ("#q=PITCH+256", ["cudaMallocPitch"]),
        ("#q=pitch+nothing", []),
        ("#family=driver", ["cuMemAlloc"]),
        ("#family=runtime&group=Texture", ["cudaBindTexture"]),
        ("#group=(none)", ["cudaUnheardOf"]),
        ("#kind=member", ["thread_block::sync", "grid_group::sync"]),
        ("#family=runtime&status=untested&device=cpu", ["cudaBindTexture", "cudaNewest"]),
        ("#status=works", ["cudaMalloc", "thread_block::sync"]),
        ("#status=works&device=amd", []),
        ("#status=usable&device=emulated", ["cudaMallocPitch"]),
        ("#status=missing&device=nvidia", ["cudaGraphicsMapResources", "cudaUnheardOf", "cuMemAlloc", "grid_group::sync"]),
        ("#family=runtime&status=refused", ["cudaGraphicsMapResources"]),
        ("#family=runtime&status=untested&cuda=12.9", ["cudaMalloc", "cudaMallocPitch", "cudaBindTexture"]),
        ("#family=runtime&status=untested&cuda=13.0", ["cudaMalloc", "cudaMallocPitch", "cudaNewest"]),
        ("#min=30", ["cudaMalloc", "cudaMallocPitch", "thread_block::sync", "grid_group::sync"]),
        ("#family=runtime&order=name&q=cudamalloc", ["cudaMalloc", "cudaMallocPitch"]),
        ("#order=-programs&min=20&family=runtime", ["cudaMalloc", "cudaMallocPitch"]),
        ("#family=nothing&q=cudamalloc", ["cudaMalloc", "cudaMallocPitch"]),
    ],
)
def test_address(fragment: str, names: list[str], visit: Visit, small: Catalogue):
    assert listed(visit(small, fragment)) == names


def test_controls_write_the_address(visit: Visit, small: Catalogue):
    tab = visit(small)
    assert len(listed(tab)) == 10
    tab.get_by_label("Search").fill("cudamalloc")
    wait_for_count(tab, "2 entries of 10")
    tab.locator("#device").select_option("cpu")
    tab.locator("#status").select_option("differs")
    wait_for_count(tab, "1 entry of 10")
    assert listed(tab) == ["cudaMallocPitch"]
    assert tab.evaluate("location.hash") == "#q=cudamalloc&device=cpu&status=differs"
    tab.get_by_role("button", name="Clear all").click()
    wait_for_count(tab, "10 entries of 10")
    assert tab.evaluate("location.hash") == "" and tab.get_by_label("Search").input_value() == ""


def test_groups_are_the_familys(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=runtime&group=Texture")
    tab.locator("#family").select_option("cooperative_groups")
    wait_for_count(tab, "2 entries of 10")
    assert tab.locator("#group option").all_inner_texts() == ["all", "grid_group", "thread_block"]


def test_programs_slider(visit: Visit, small: Catalogue):
    tab = visit(small)
    slider = tab.get_by_role("slider")
    slider.focus()
    slider.press("End")
    wait_for_count(tab, "1 entry of 10")
    assert listed(tab) == ["cudaMalloc"] and tab.locator("#min-shown").inner_text() == "600"


def test_order_by_headings(visit: Visit, small: Catalogue):
    tab = visit(small)
    heading = tab.get_by_role("columnheader", name="Programs")
    assert heading.get_attribute("aria-sort") is None
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "descending"
    assert listed(tab)[0] == "cudaMalloc"
    heading.get_by_role("button").click()
    assert heading.get_attribute("aria-sort") == "ascending"
    assert listed(tab)[-1] == "cudaMalloc"
    tab.get_by_role("columnheader", name="Name").get_by_role("button").click()
    assert listed(tab) == sorted(listed(tab)) and heading.get_attribute("aria-sort") is None


def test_heat_map_by_status(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=runtime")
    tab.locator("#heat-rows").select_option("family")
    cell = tab.get_by_role("button", name="CUDA runtime API, untested, 2 of 6")
    assert cell.inner_text().split() == ["33%", "2"]
    cell.click()
    assert listed(tab) == ["cudaBindTexture", "cudaNewest"]
    assert tab.evaluate("location.hash") == "#family=runtime&device=cpu&status=untested"
    assert tab.evaluate("document.activeElement.id") == "entries"
    assert cell.inner_text().split() == ["33%", "2"]  # the map goes on to show every status


def test_heat_map_by_device_and_group(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=runtime&cuda=12.9")
    assert tab.locator("#heat-rows").input_value() == "group"  # one family: its groups
    tab.locator("#heat-columns").select_option("device")
    assert tab.locator("#heat-table caption").inner_text().startswith("Share of the entries with the status works or differs;")
    tab.get_by_role("button", name="CUDA runtime API: Memory, AMD, emulated, 1 of 2").click()
    assert listed(tab) == ["cudaMallocPitch"]
    assert tab.evaluate("location.hash") == "#family=runtime&group=Memory&device=emulated&status=usable&cuda=12.9"


def test_heat_map_by_use(visit: Visit, small: Catalogue):
    tab = visit(small)
    tab.locator("#heat-weight").select_option("programs")
    assert tab.get_by_role("button", name="CUDA runtime API, works, 600 of 640").inner_text().split() == ["93%", "600"]
    assert tab.get_by_role("button", name="PTX instructions, works, 0 of 0").inner_text().split() == ["0%", "0"]
    assert tab.locator("#heat-table caption").inner_text().startswith("Share of the pairs of an entry and a program that uses it")


def test_heat_maps_device(visit: Visit, small: Catalogue):
    tab = visit(small)
    tab.locator("#heat-device").select_option("nvidia")
    assert tab.locator("#device").input_value() == "nvidia"
    assert tab.get_by_role("button", name="CUDA driver API, not supported, 1 of 1").inner_text().split() == ["100%", "1"]


def test_links_to_families_and_versions(visit: Visit, small: Catalogue):
    tab = visit(small)
    tab.get_by_role("link", name="CUDA driver API").click()
    wait_for_count(tab, "1 entry of 10")
    assert tab.evaluate("document.activeElement.id") == "entries"
    tab.get_by_role("link", name="13.0").click()
    wait_for_count(tab, "9 entries of 10")
    assert tab.locator("#family").input_value() == ""


def test_going_back(visit: Visit, small: Catalogue):
    tab = visit(small, "#family=driver")
    tab.get_by_role("link", name="cooperative groups").click()
    wait_for_count(tab, "2 entries of 10")
    tab.go_back()
    wait_for_count(tab, "1 entry of 10")


def test_more_entries_on_request(visit: Visit, made: Callable[[int], Catalogue]):
    tab = visit(made(20_000))
    wait_for_count(tab, "20,000 entries of 20,000")
    rows = tab.locator("#entry-table tbody tr")
    assert rows.count() == 200
    tab.get_by_role("button", name="Show 200 more of 20,000").click()
    assert rows.count() == 400
    assert tab.evaluate("document.activeElement.textContent").startswith("cudaMadeUp00200")
    tab.get_by_label("Search").fill("madeup19999")
    wait_for_count(tab, "1 entry of 20,000")
    assert not tab.locator("#more").is_visible()


def test_address_of_an_entry_far_down(visit: Visit, made: Callable[[int], Catalogue]):
    of = made(20_000)
    entry = of.entries[1234]
    tab = visit(of, f"#entry={entry.family}/{entry.name}")
    button = tab.get_by_role("button", name=entry.name, exact=True)
    assert button.get_attribute("aria-expanded") == "true"
    assert button.evaluate("it => { const r = it.getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight }")
