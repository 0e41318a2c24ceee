"""`ldmatrix` of every form feeding `mma`: rows are read where lanes say, in whatever layout the device multiplies."""

from __future__ import annotations

import numpy as np
from devices import on_devices
from numbers_of_kinds import decoded, encoded

CASES = [("f16", False), ("bf16", False), ("f16", True), ("f16", False), ("bf16", False), ("f16", True), ("s8", False),
         ("s8", False), ("f16", False)]
"""As the program runs them: the kind, and whether A lies by columns and B by rows."""
WARPS = 2


@on_devices("gfx1100")
def test_ldmatrix(tensor, device: str) -> None:
    source, given, expected = np.random.default_rng(2), [], []
    for kind, is_turned in CASES:
        depth = 32 if kind == "s8" else 16
        a, b = (encoded(kind, source.integers(-8, 8, (WARPS, lines, depth))) for lines in (16, 8))
        expected.append(decoded(kind, a) @ decoded(kind, b).swapaxes(1, 2))
        given += [matrix.swapaxes(1, 2).copy() if is_turned else matrix for matrix in (a, b)]
    *results, seen = tensor(device, "ldmatrix.cu", given)
    for (kind, _), found, right in zip(CASES, results, expected, strict=True):
        form = np.int32 if kind == "s8" else np.float32
        np.testing.assert_array_equal(np.frombuffer(found, form).reshape(WARPS, 16, 8), right, kind)
    rows = given[-2].view(np.uint32).reshape(WARPS, 16, 8)
    lanes, n = np.arange(32)[:, None], np.arange(4)
    right = rows[:, lanes // 4 + n % 2 * 8, lanes % 4 + n // 2 * 4]
    assert np.array_equal(np.frombuffer(seen, np.uint32).reshape(WARPS, 32, 4), right)
