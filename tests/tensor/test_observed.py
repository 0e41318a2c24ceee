"""Registers of `mma.sync` that programs write by lane, reduce by shuffles, or use for the next product: exactly."""

from __future__ import annotations

import numpy as np
from devices import on_devices
from numbers_of_kinds import decoded, encoded

KINDS = {"f16": (16, np.float32), "bf16": (16, np.float32), "s8": (32, np.int32)}
"""k, and what sums are."""


def _operands(kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Codes of A by rows and of B by columns."""
    source, depth = np.random.default_rng(len(kind)), KINDS[kind][0]
    return tuple(encoded(kind, source.integers(-5, 5, (lines, depth), endpoint=True)) for lines in (16, 8))


@on_devices("gfx1201", "gfx90a")
def test_observed(tensor, device: str) -> None:
    operands = {kind: _operands(kind) for kind in KINDS}
    given = [matrix for kind in (*KINDS, "f16") for matrix in operands[kind]]
    results = iter(tensor(device, "observed.cu", given))
    lanes = np.arange(32)[:, None]
    rows, columns = lanes // 4 + np.array([0, 0, 8, 8]), lanes % 4 * 2 + np.array([0, 1, 0, 1])
    for kind, (_, form) in KINDS.items():
        a, b = (decoded(kind, matrix) for matrix in operands[kind])
        sums = a @ b.T
        by_lane, placed, reduced = (np.frombuffer(next(results), form) for _ in range(3))
        assert np.array_equal(by_lane.reshape(32, 4), sums[rows, columns])
        assert np.array_equal(placed.reshape(16, 8), sums + 100 * np.arange(16)[:, None] + 1000 * np.arange(8))
        assert np.array_equal(reduced, [*sums.sum(1), *sums.max(0), sums.sum()])
    a, b = (decoded("f16", matrix) for matrix in operands["f16"])
    low = (a @ b.T).astype(int) & 3
    assert np.array_equal(np.frombuffer(next(results), np.float32).reshape(16, 16), low @ low.T)
