"""Names of matrix operations whose layouts are chosen late, of the functions that say what they compute, and of attributes."""

from __future__ import annotations

TILE, EXACT = "__cw.tile.", "__cw.exact."
DENSE = ".dense"
"""Ends the name of a `wmma` load or store without a stride."""
WHOLE_WAVES = "cw-whole-waves"
"""Attribute of a function that every lane of a wave is there for."""
BEGUN_TOGETHER = "cw-begun-together"
"""Attribute of a function that all lanes of a wave that have a thread begin together, with the same arguments, as a kernel."""
SIDE_BY_SIDE = ".side_by_side"
"""Ends the name of a load of two matrices that lie side by side along k: rows are aligned as those of each are."""


def has_tiles(text: bytes) -> bool:
    """Whether LLVM text has operations with an open layout."""
    return f"@{TILE}".encode() in text
