"""Where metadata of `mma.sp` lies, against the order in which CUTLASS stores it for whole tiles."""

from __future__ import annotations

import pytest
from crosswarp.ir.ptx.matrix.sparse import Sparsity


def _cutlass_lanes(halves: bool) -> dict[tuple[int, int], tuple[int, int]]:
    """(row, unit of k) -> (lane, half) after rows are interleaved and blocks of two by two swizzled.

    Source: CUTLASS, `reorder_meta`, and columns interleaved by two. Units are metadata of 16 bits; or of 32, a lane's whole
    register: then two lanes stand beside each other.
    """
    found = {}
    group, interleaved = (32, 4) if halves else (16, 2)
    for row in range(group):
        for unit in range(2):
            to_row, to_column = row % 8 * interleaved + row // 8, unit
            if to_row % 2 != to_column:
                to_row, to_column = to_row ^ 1, to_column ^ 1
            found[row, unit] = (to_row, to_column) if halves else (2 * to_row + to_column, 0)
    return found


@pytest.mark.parametrize(("kind", "depth"), [("f16", 32), ("bf16", 32), ("tf32", 16), ("s8", 64), ("u4", 128), ("e4m3", 64)])
def test_metadata_is_where_cutlass_puts_it(kind: str, depth: int) -> None:
    sparsity, halves = Sparsity(kind, depth), kind in ("f16", "bf16", "tf32")
    in_unit = 8 if halves else 16
    for (row, unit), (lane, half) in _cutlass_lanes(halves).items():
        for vector in range(in_unit):
            where, bit = sparsity.place(row % 16 // 8, unit * in_unit + vector)
            assert (row % 8 * 4 + row // 16 * sparsity.lanes + where, bit) == (lane, half * 16 + 2 * vector)
