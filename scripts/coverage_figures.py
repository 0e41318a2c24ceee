"""Writes the figures of the API catalogue into README.md. `--check` only compares."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.report.figures import IMPLEMENTED, PARTS, WORKING, figures
from crosswarp.cuda_api_coverage.report.html import DEVICE_TITLES

sys.path.insert(0, str(Path(__file__).parent))
from generated_block import bring_up_to_date

PAGE = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- figures: scripts/coverage_figures.py -->", "<!-- end of figures -->"


def block() -> str:
    """A sentence and a table: for each family and device how many entries work, and how many are implemented."""
    found = figures()
    usage, versions = found["total"]["usage"], list(found["versions"])
    lines = [
        f"{found['total']['entries']:,} entries: CUDA {versions[0]} to {versions[-1]},",
        f"and {found['older']:,} names removed before. In each cell: entries that work, as a test that used them",
        "on that device passed / entries that are implemented, tested or not.",
        *_unproven(found["total"]["devices"]),
        "",
        f"| | entries | {' | '.join(DEVICE_TITLES.values())} |",
        f"|---|---:|{'---:|' * len(DEVICE_TITLES)}",
        *_rows(found),
        f"| **All** | **{found['total']['entries']:,}** | {_cells(found['total'], '**')} |",
        f"| **By use** | | {' | '.join(_by_use(usage))} |",
        "",
        f"*By use*: of {usage['pairs']:,} pairs of a program and a name of the catalogue that it writes,",
        f"in {found['programs']} public programs, the share whose name works / is implemented.",
    ]
    return "\n".join(lines) + "\n"


def _unproven(devices: dict[str, Any]) -> list[str]:
    """Devices on which no test has proved anything yet: none had the hardware."""
    named = [device for device, count in devices.items() if not any(count[status.value] for status in WORKING)]
    titles = ", ".join(DEVICE_TITLES[Device(device)] for device in named)
    return [f"Proved by no test yet, as none had the hardware: all of {titles}."] if named else []


def _rows(found: dict[str, Any]) -> Iterator[str]:
    for part, families in PARTS.items():
        if part in found["parts"]:
            yield f"| **{part}** | **{found['parts'][part]['entries']:,}** | {_cells(found['parts'][part], '**')} |"
        for family in families:
            if family in found["families"]:
                summary = found["families"][family]
                yield f"| {FAMILIES[family]} | {summary['entries']:,} | {_cells(summary)} |"


def _cells(summary: dict[str, Any], bold: str = "") -> str:
    counts = summary["devices"].values()
    pairs = [[sum(count[status.value] for status in statuses) for statuses in (WORKING, IMPLEMENTED)] for count in counts]
    return " | ".join(f"{bold}{works:,} / {implemented:,}{bold}" for works, implemented in pairs)


def _by_use(usage: dict[str, Any]) -> list[str]:
    return [f"**{shares['works_percent']}% / {shares['implemented_percent']}%**" for shares in usage["devices"].values()]


if __name__ == "__main__":
    sys.exit(bring_up_to_date(PAGE, BEGIN, END, block()))
