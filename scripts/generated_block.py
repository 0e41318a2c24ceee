"""The generated part of a page, between two comments that stay."""

from __future__ import annotations

import sys
from pathlib import Path


def with_block(page: str, begin: str, end: str, block: str) -> str:
    """The page with another text between `begin` and `end`; ValueError where one of them is missing."""
    before, found_begin, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"the page lacks {begin} or {end}")
    return f"{before}{begin}\n{block}{end}{after}"


def bring_up_to_date(path: Path, begin: str, end: str, block: str) -> int:
    """Write the page anew, or with `--check` on the command line compare. Returns the exit status."""
    page = path.read_text(encoding="utf-8")
    new = with_block(page, begin, end, block)
    if "--check" in sys.argv:
        return 0 if new == page else 1
    path.write_text(new, encoding="utf-8")
    return 0
