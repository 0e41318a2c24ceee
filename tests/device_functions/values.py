"""Columns of values: the edges of each type in all combinations, then what hypothesis draws."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import strategies as st

Array = np.ndarray
DRAWN = 64


def edges(dtype: str) -> Array:
    """Values where integer or floating-point functions change their behaviour."""
    kind = np.dtype(dtype)
    if kind.kind == "f":
        info = np.finfo(kind)
        limits = [float(info.tiny), float(info.smallest_subnormal), float(info.max)]
        thresholds = [2.0**31, 2.0**32, 2.0**53, 2.0**63, 2.0**64, 2147483647.5, 4294967295.5, 65504.0, 65520.0, 448.0, 464.0]
        finite = [*limits, *thresholds, 0.0, 0.5, 1.0, 1.5, 2.5]
        values = np.array([*finite, np.inf, np.nan]).astype(kind)
        with np.errstate(over="ignore"):
            return np.concatenate([values, -values, np.nextafter(values, kind.type(0)), np.nextafter(values, kind.type(np.inf))])
    bits = 8 * kind.itemsize
    patterns = {0, 1, 2, 3, 7, 31, 32, 33, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x80808080, 0x80008000, 0x7f7f7f7f, 0x7fff7fff}
    patterns |= {(1 << bits) - 1, (1 << bits) - 2, 1 << bits - 1, (1 << bits - 1) - 1, (1 << bits - 1) + 1, 0x123456789abcdef0}
    return np.array(sorted({p & (1 << bits) - 1 for p in patterns}), f"u{kind.itemsize}").view(kind)


def drawn_bits() -> st.SearchStrategy[list[int]]:
    """64 bits for each value that hypothesis chooses."""
    return st.lists(st.integers(0, 2**64 - 1), min_size=DRAWN, max_size=DRAWN)


def columns(dtypes: list[str], drawn: list[int]) -> list[Array]:
    """A column a type. `drawn`: bits that all columns take theirs from, each in another order."""
    bits = np.array(drawn, "u8")
    own = []
    for position, dtype in enumerate(dtypes):
        mixed = np.concatenate([bits, bits ^ np.roll(bits, position + 1)]) * np.uint64(2 * position + 1)
        unsigned = mixed.astype(f"u{np.dtype(dtype).itemsize}")
        own.append(unsigned.view(dtype))
    if len(dtypes) < 3:
        corners = list(itertools.product(*(edges(d) for d in dtypes)))
    else:
        corners = list(zip(*(np.resize(np.roll(edges(d), i * i), 997) for i, d in enumerate(dtypes)), strict=True))
    return [np.concatenate([np.array([c[i] for c in corners], d), own[i]]) for i, d in enumerate(dtypes)]
