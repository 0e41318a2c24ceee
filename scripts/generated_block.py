"""The generated part of a page, between two comments that stay."""

from __future__ import annotations


def with_block(page: str, begin: str, end: str, block: str) -> str:
    """The page with another text between `begin` and `end`; ValueError where one of them is missing."""
    before, found_begin, rest = page.partition(begin)
    _, found_end, after = rest.partition(end)
    if not found_begin or not found_end:
        raise ValueError(f"the page lacks {begin} or {end}")
    return f"{before}{begin}\n{block}{end}{after}"
