"""Random layouts for tests: onto, with or without copies, plain or sheared."""

from __future__ import annotations

from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.algebra import from_columns
from crosswarp.ir.tiles.layout import Layout
from hypothesis import strategies as st

LANES = 5


@st.composite
def layouts(draw, rows: int | None = None, columns: int | None = None, copies: bool = True, sheared: bool = True) -> Layout:
    """A matrix of at most 16 by 16 held by 32 lanes."""
    rows = draw(st.integers(0, 4)) if rows is None else rows
    columns = draw(st.integers(0, 4)) if columns is None else columns
    bits = rows + columns
    registers = max(bits - LANES, 0) + (draw(st.integers(0, 2)) if copies else 0)
    images = [1 << bit for bit in range(bits)] + [0] * (registers + LANES - bits)
    images = draw(st.permutations(images))
    if sheared:
        for _ in range(draw(st.integers(0, 4))):
            images = _sheared(images, draw(st.integers(0, len(images) - 1)), draw(st.integers(0, len(images) - 1)))
    layout = from_columns(images, {"register": registers, "lane": LANES}, {"row": rows, "column": columns})
    assert linear.rank(layout.columns) == bits
    return layout


def _sheared(images: list[int], onto: int, other: int) -> list[int]:
    """One image added to another; of copies this makes places that several holders share in turn."""
    return [image ^ images[other] if n == onto and n != other else image for n, image in enumerate(images)]


@st.composite
def pairs(draw, copies: bool = True, sheared: bool = True) -> tuple[Layout, Layout]:
    """Two layouts of one matrix."""
    rows, columns = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    return draw(layouts(rows, columns, copies, sheared)), draw(layouts(rows, columns, copies, sheared))
