"""Tiled products as CUDA programs write them: `wmma` through shared memory, and `mma.sync` fed by asynchronous copies."""

from __future__ import annotations

import numpy as np
from devices import on_devices
from numbers_of_kinds import Codes, Reals, check_close, check_floats, decoded, moderate


def _operands(kind: str, shape: tuple[int, int, int], b_by_rows: bool) -> tuple[Codes, Codes, Reals, Reals]:
    """Codes of A, B as it lies in memory, and both as numbers, B by rows."""
    source = np.random.default_rng(shape[2])
    m, n, k = shape
    a, b = moderate(source, kind, (m, k)), moderate(source, kind, (k, n) if b_by_rows else (n, k))
    right = decoded(kind, b)
    return a, b, decoded(kind, a), right if b_by_rows else right.T


def _products(a: Reals, b: Reals) -> Reals:
    return a[:, None, :] * b.T[None, :, :]


@on_devices()
def test_mma_gemm(tensor, device: str) -> None:
    cases = [("f16", (112, 72, 80), False), ("f16", (64, 104, 72), True), ("bf16", (80, 64, 136), True),
             ("s8", (72, 120, 208), False)]  # fmt: skip
    given, scale = [], np.float32(1 / 512)
    for kind, shape, by_rows in cases:
        a, b, _, _ = _operands(kind, shape, by_rows)
        given += [*np.array(shape, np.int32), scale, a, b]
    for (kind, shape, by_rows), raw in zip(cases, tensor(device, "mma_gemm.cu", given), strict=True):
        _, _, a, b = _operands(kind, shape, by_rows)
        if kind == "s8":
            expected = np.clip(np.rint((a @ b).astype(np.float32) * scale), 0, 127)
            assert np.array_equal(np.frombuffer(raw, np.int8).reshape(shape[:2]), expected)
            continue
        found = np.frombuffer(raw, np.float32).reshape(shape[:2]).astype(np.float64)
        check_floats(kind, found, _products(a, b), np.zeros(shape[:2]), "f32")


@on_devices("gfx1100", "gfx90a")
def test_wmma_gemm(tensor, device: str) -> None:
    shape, given = (128, 64, 96), []
    cases = (("f16", "f32", np.float32), ("f16", "f16", np.float16), ("s8", "s32", np.int32))
    for kind, sums, form in cases:
        a, b, _, _ = _operands(kind, shape, False)
        c = moderate(np.random.default_rng(1), sums, shape[:2])
        given += [*np.array(shape, np.int32), form(2), form(-3), a, b, c]
    results = tensor(device, "wmma_gemm.cu", given)
    for (kind, sums, form), raw in zip(cases, results, strict=True):
        _, _, a, b = _operands(kind, shape, False)
        c = decoded(sums, moderate(np.random.default_rng(1), sums, shape[:2]))
        found = np.frombuffer(raw, form).reshape(shape[:2])
        if kind == "s8":
            low = 1 << 31
            assert np.array_equal(found, (2 * (a @ b - 3 * c) + low) % (2 * low) - low)
            continue
        room = 2 * (np.abs(a) @ np.abs(b) + 3 * np.abs(c))
        # In f16 sums are rounded after each of the steps of 16, and once where C is multiplied.
        bound = room * (shape[2] + 2) * 2.0**-23 if sums == "f32" else room * (shape[2] // 16 + 2) * 2.0**-11
        check_close(found.astype(np.float64), 2 * (a @ b - 3 * c), bound, 65504.0 if sums == "f16" else np.inf)
