"""Products that only some warps of a block, or of a wave of two warps, execute, or more often than others."""

from __future__ import annotations

import numpy as np
from devices import on_devices

SIDE, TILES, WARPS = 16, 6, 4
COUNTS = np.array([0, 3, 2, 2, 4, 1], np.int32)
KERNELS = ("edge", "returning", "counted", "skipping", "choosing", "waiting")


def _expected(name: str, a: np.ndarray, b: np.ndarray, c: np.ndarray, warp: int) -> np.ndarray | None:
    """A warp's tile; None where it must write nothing."""
    count, own = int(COUNTS[warp]), b[warp]
    factors = {"edge": [(0, own), (1, own)], "returning": [(0, own), (1, own)], "counted": [(n, own) for n in range(count)],
               "skipping": [(n, own) for n in range(min(4, count + 2)) if n != count], "waiting": [(n, own) for n in range(count)],
               "choosing": [(0, own) if warp % 2 else (1, b[0]), (2, own)]}[name]  # fmt: skip
    if name in ("edge", "returning") and warp >= WARPS:
        return None
    return c[warp] + sum((a[n].astype(float) @ factor.T.astype(float) for n, factor in factors), np.zeros((SIDE, SIDE)))


@on_devices("cpu", "gfx1100", "gfx942")
def test_guards(tensor, device: str) -> None:
    source = np.random.default_rng(5)
    a, b, c = (source.integers(-3, 3, (TILES, SIDE, SIDE), endpoint=True).astype(kind) for kind in ("f2", "f2", "f4"))
    results = iter(tensor(device, "guards.cu", [np.int32(TILES), np.int32(WARPS), a, b, c, COUNTS]))
    untouched, wrong = np.frombuffer(b"\xa5" * 4, np.float32)[0], []
    for warps in (1, 2, 3):
        for way in ("wmma", "mma"):
            for name in KERNELS:
                found = np.frombuffer(next(results), np.float32).reshape(TILES, SIDE, SIDE)
                for warp in range(TILES):
                    right = _expected(name, a, b, c, warp)
                    if not np.array_equal(found[warp], np.full((SIDE, SIDE), untouched) if right is None else right):
                        wrong.append(f"{name} by {way}, warp {warp} of blocks of {warps}")
    assert not wrong
