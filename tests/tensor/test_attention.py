"""Attention: two chained products with softmax between them, in registers by `mma.sync` and through shared memory by `wmma`."""

from __future__ import annotations

import numpy as np
import pytest
from devices import on_devices
from numbers_of_kinds import check_close

WIDE = 64


@pytest.mark.parametrize(("program", "queries", "keys"), [
    ("attention_mma.cu", 75, 88),
    pytest.param("attention_wmma.cu", 48, 64, marks=pytest.mark.slow)])
@on_devices("gfx1100", "gfx942")
def test_attention(tensor, device: str, program: str, queries: int, keys: int) -> None:
    source = np.random.default_rng(queries)
    q, k, v = (source.standard_normal((rows, WIDE)).astype(np.float16) for rows in (queries, keys, keys))
    scale = np.float32(1 / 8)
    results = tensor(device, program, [np.int32(queries), np.int32(keys), scale, q, k, v])
    q, k, v = (matrix.astype(np.float64) for matrix in (q, k, v))
    for causal, raw in zip((False, True), results, strict=True):
        scores = scale * (q @ k.T)
        if causal:
            scores[np.arange(keys) > np.arange(queries)[:, None]] = -np.inf
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        weights /= weights.sum(-1, keepdims=True)
        # Weights are rounded to f16, after they were computed from sums of f32.
        relative = 2.0**-11 + (WIDE + 4) * 2.0**-23 * scale * (np.abs(q) @ np.abs(k).T).max(-1, keepdims=True)
        bound = (relative + keys * 2.0**-22) * (weights @ np.abs(v)) + keys * 2.0**-25 * np.abs(v).max()
        check_close(np.frombuffer(raw, np.float32).reshape(queries, WIDE).astype(np.float64), weights @ v, bound)
