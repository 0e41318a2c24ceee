"""Fragments filled, copied, changed by elements, passed to functions, kept in arrays and laid aside: exactly, of small integers."""

from __future__ import annotations

import numpy as np
import pytest
from devices import on_devices
from numbers_of_kinds import decoded, encoded, packed, unpacked

KINDS = {"F16": (16, 16, 16, "f16", "f32"), "F16Sums": (32, 8, 16, "f16", "f16"), "BF16": (16, 16, 16, "bf16", "f32"),
         "S8": (8, 32, 16, "s8", "s32"), "TF32": (16, 16, 8, "tf32", "f32"), "F64": (8, 8, 4, "f64", "f64")}  # fmt: skip
"""m, n, k, the kind of A and B, and of C and D."""
TILES, SPARE = 3, 16
KERNELS = ("chained", "scaled", "indexed", "changed_operands", "by_functions", "ahead", "ahead", "laid_aside", "column_sums",
           "twice", "tiled", "tiled")  # fmt: skip


def matrices(name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A, B and C: two by two tiles, `TILES` deep."""
    m, n, k, _, _ = KINDS[name]
    source = np.random.default_rng(len(name))
    return tuple(source.integers(-3, 3, shape, endpoint=True) for shape in ((2 * m, TILES * k), (TILES * k, 2 * n), (2 * m, 2 * n)))


def expected(name: str) -> list[np.ndarray]:
    """What each of `KERNELS` makes."""
    m, n, k, _, _ = KINDS[name]
    a, b, c = matrices(name)
    first = np.zeros((k, 2 * n), int)
    sums, made = a @ b + c, []
    for row in range(2):
        rows = slice(row * m, row * m + m)
        one = (a[rows, :k] @ b[:k] + c[rows]) & 1
        first[: min(k, m)] = one[: min(k, m)]
        made.append(a[rows, :k] @ first)
    scaled = 2 * (a @ b) - c
    return [sums, scaled, scaled, np.maximum(a, 0) @ (2 * b) + c, np.maximum(sums, 0), sums, np.full_like(sums, 7), sums,
            np.ones_like(a) @ b + c[0], np.vstack(made), sums, sums]  # fmt: skip


@pytest.mark.parametrize("kind", [pytest.param(kind, marks=() if kind == "F16" else pytest.mark.slow) for kind in KINDS])
@on_devices("gfx1201")
def test_fragments(tensor, device: str, kind: str) -> None:
    _, _, _, factor, sums = KINDS[kind]
    main = f"int main(int, char** arguments) {{\n  Files files = opened(arguments);\n  run<{kind}>(files);\n}}\n"
    a, b, c = matrices(kind)
    given = [packed(factor, encoded(factor, a), True, a.shape[1] + SPARE),
             packed(factor, encoded(factor, b), False, len(b) + SPARE),
             packed(sums, encoded(sums, c), True, c.shape[1] + SPARE)]  # fmt: skip
    results = tensor(device, '#include "wmma_fragments.cuh"\n' + main, [np.int32(TILES), np.int32(SPARE), *given])
    wrong = []
    for name, content, right in zip(KERNELS, results, expected(kind), strict=True):
        codes, between = unpacked(sums, content, True, c.shape, c.shape[1] + SPARE)
        found = decoded(sums, np.ascontiguousarray(codes))
        if not np.array_equal(found, right) or np.any(between.view(np.uint8) != 0xA5):
            wrong.append((name, np.argwhere(found != right)[:3].tolist()))
    assert not wrong
