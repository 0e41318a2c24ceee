"""The catalogue's own page: the scripts count what the figures count, and nothing in it breaks the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Status
from crosswarp.cuda_api_coverage.report.figures import figures

COUNT = """() => DATA.versions.map(cuda => {
  const present = ENTRIES.filter(filterOf({...NOTHING, cuda}));
  const counts = DEVICES.map((_, device) => DATA.statuses.map((_, status) =>
    present.filter(entry => statusOn(entry, device) === status).length));
  const families = Object.keys(DATA.families).map(family => present.filter(entry => textOf("family", entry) === family).length);
  return [cuda, counts, families.filter(Boolean)];
})"""


def test_scripts_count_what_the_figures_count(visit: Callable[..., Any]):
    expected = [
        [
            version,
            [[count[status.value] for status in Status] for count in found["total"]["devices"].values()],
            [summary["entries"] for summary in found["families"].values()],
        ]
        for version, found in figures()["versions"].items()
    ]
    assert visit(catalogue()).evaluate(COUNT) == expected


def test_every_entry_opens(visit: Callable[..., Any]):
    """Each detail is made once, in the page: none lacks what it shows."""
    tab = visit(catalogue())
    bad = tab.evaluate("""ENTRIES.filter(entry => {
        const row = detailRow(entry);
        const leaves = [...row.querySelectorAll("*")].filter(it => !it.children.length).map(it => it.textContent.trim());
        return row.querySelectorAll("dt").length < 8 || leaves.some(text => ["undefined", "null", "NaN"].includes(text));
    }).map(entry => DATA.name[entry])""")
    assert bad == []
