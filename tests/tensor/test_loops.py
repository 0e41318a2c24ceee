"""Loops around products: guards that leave them, and turns that are done two at a time."""

from __future__ import annotations

import numpy as np
from devices import on_devices

SIDE, ROWS, DEPTH = 16, 64, 96


def _expected(product: np.ndarray, threads: int, limit: int, first: int) -> np.ndarray:
    """The tiles of a block's warps; rows that no warp has, or that are beyond the limit, stay as they were."""
    found = np.full((ROWS, SIDE), np.frombuffer(b"\xa5" * 4, product.dtype)[0])
    end = min(threads // 2, limit)
    found[:end] = np.where(np.arange(end)[:, None] >= first, product[:end], 0)
    return found


@on_devices("gfx1201")
def test_loops(tensor, device: str) -> None:
    source = np.random.default_rng(6)
    a, b = (source.integers(-4, 4, shape, endpoint=True).astype(np.float16) for shape in ((ROWS, DEPTH), (DEPTH, SIDE)))
    x, y = (source.integers(-128, 127, (count, DEPTH), np.int8, endpoint=True) for count in (ROWS, SIDE))
    results = iter(tensor(device, "loops.cu", [np.int32(ROWS), np.int32(DEPTH), a, b, x, y]))
    product, wrong = a.astype(np.float32) @ b.astype(np.float32), []
    for threads in (32, 64, 96, 128):
        for limit in (SIDE, 3 * SIDE, ROWS):
            for first in (0, SIDE, 2 * SIDE):
                found = np.frombuffer(next(results), np.float32).reshape(ROWS, SIDE)
                if not np.array_equal(found, _expected(product, threads, limit, first)):
                    wrong.append(f"{threads} threads, rows {first} to {limit}")
    for threads in (64, 96):
        for depth in range(0, DEPTH + 1, SIDE):
            found = np.frombuffer(next(results), np.int32).reshape(ROWS, SIDE)
            sums = x[:, :depth].astype(np.int32) @ y[:, :depth].astype(np.int32).T
            if not np.array_equal(found, _expected(sums, threads, 2 * SIDE, 0)):
                wrong.append(f"{threads} threads, bytes up to {depth}")
    assert not wrong
