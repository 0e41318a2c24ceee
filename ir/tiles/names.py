"""Names of matrix operations whose layouts are chosen late, and of the functions that say what they compute."""

from __future__ import annotations

TILE, EXACT = "__cw.tile.", "__cw.exact."
DENSE = ".dense"
"""Ends the name of a `wmma` load or store without a stride."""


def has_tiles(text: bytes) -> bool:
    """Whether LLVM text has operations with an open layout."""
    return f"@{TILE}".encode() in text
