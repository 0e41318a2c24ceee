"""The results as a table: a line for the terminal, Markdown for the documentation."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scan_check.compare import Comparison
from scan_check.measuring import Measured

BETWEEN = re.compile(r"(<!-- scans of projects:[^\n]*-->\n)(.*?)(<!-- end of scans -->)", re.S)
_HEADINGS = ("project", "lines", "files read by hand", "found", "missed", "false", "found in all files", "missed", "false",
             "APIs missing on AMD")


def line(result: Measured) -> str:
    """One project on one line."""
    total = result.total
    return (f"{result.project.name}: read by hand: {total.found} found, {len(total.missed)} missed, {len(total.false)} false;"
            f" all files: {result.found:,} found, {result.missed} missed, {result.false} false")


def page(text: str, results: Sequence[Measured]) -> str:
    """The page with its table made anew."""
    table = "\n".join(["", *_rows(results), "", ""])
    return BETWEEN.sub(lambda match: match[1] + table + match[3], text)


def _rows(results: Sequence[Measured]) -> list[str]:
    every = sum((result.total for result in results), Comparison())
    cells = [_cells(result) for result in results]
    whole = [sum(result.scanned.lines for result in results), sum(len(result.by_hand) for result in results),
             every.found, len(every.missed), len(every.false),
             *(sum(getattr(result, name) for result in results) for name in ("found", "missed", "false"))]
    cells.append(["all", *(f"{count:,}" for count in whole), ""])
    return ["| " + " | ".join(_HEADINGS) + " |", "|---|" + "--:|" * (len(_HEADINGS) - 1),
            *("| " + " | ".join(row) + " |" for row in cells)]


def _cells(result: Measured) -> list[str]:
    total, source = result.total, result.project.source
    title = f"{result.project.title} ({source.title})" if source else result.project.title
    counts = [result.scanned.lines, len(result.by_hand), total.found, len(total.missed), len(total.false),
              result.found, result.missed, result.false, len(result.scanned.missing)]
    return [title, *(f"{count:,}" for count in counts)]
