"""Numbers of every kind as codes, and what sums of their products may be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.unsignedinteger]
Reals = npt.NDArray[np.float64]
BITS = {"f16": 16, "bf16": 16, "tf32": 32, "f32": 32, "f64": 64, "s8": 8, "u8": 8, "s4": 4, "u4": 4, "b1": 1, "s32": 32,
        "e4m3": 8, "e5m2": 8, "e3m2": 8, "e2m3": 8, "e2m1": 8}  # fmt: skip
FLOATS = {"f16": (5, 10), "bf16": (8, 7), "tf32": (8, 23), "f32": (8, 23), "f64": (11, 52), "e4m3": (4, 3), "e5m2": (5, 2),
          "e3m2": (3, 2), "e2m3": (2, 3), "e2m1": (2, 1)}  # fmt: skip
"""Bits of the exponent and of the fraction."""
_IN_BYTES = {"e4m3": (8, 0), "e5m2": (8, 0), "e3m2": (6, 0), "e2m3": (6, 0), "e2m1": (4, 2)}
"""Bits of a code, and the lowest of them in its byte."""
_WORDS = {16: (np.uint16, np.float16), 32: (np.uint32, np.float32), 64: (np.uint64, np.float64)}
_TF32 = np.uint32(0xFFFFE000)


def word(kind: str) -> type[np.unsignedinteger]:
    """What a code is held in."""
    return {1: np.uint8, 4: np.uint8, 8: np.uint8, 16: np.uint16, 32: np.uint32, 64: np.uint64}[BITS[kind]]


def decoded(kind: str, codes: Codes) -> npt.NDArray[np.number]:
    """The numbers: float64, or int64 of integers. tf32 has no low 13 bits."""
    if kind in _IN_BYTES:
        return _small_floats(kind)[codes]
    if kind == "bf16":
        return (codes.astype(np.uint32) << 16).view(np.float32).astype(np.float64)
    if kind in FLOATS:
        codes = codes & _TF32 if kind == "tf32" else codes
        return codes.view(_WORDS[BITS[kind]][1]).astype(np.float64)
    numbers, bits = codes.astype(np.int64), BITS[kind]
    return np.where(numbers >> (bits - 1) & 1, numbers - (1 << bits), numbers) if kind[0] == "s" else numbers


def _small_floats(kind: str) -> Reals:
    """All 256 numbers of a kind in bytes; e4m3 has no infinities, and one NaN of each sign, smaller ones have neither."""
    (exponents, fractions), (bits, first) = FLOATS[kind], _IN_BYTES[kind]
    codes = np.arange(256) >> first & (1 << bits) - 1
    exponent, fraction = codes >> fractions & (1 << exponents) - 1, codes & (1 << fractions) - 1
    bias = (1 << exponents - 1) - 1
    part = fraction / (1 << fractions)
    size = np.where(exponent, (1 + part) * 2.0 ** (exponent - bias), part * 2.0 ** (1 - bias))
    special = exponent == (1 << exponents) - 1
    if kind == "e5m2":
        size = np.where(special, np.where(fraction, np.nan, np.inf), size)
    elif kind == "e4m3":
        size = np.where(special & (fraction == 7), np.nan, size)
    return np.where(codes >> bits - 1, -size, size)


def encoded(kind: str, numbers: npt.NDArray[np.number]) -> Codes:
    """Codes of numbers that the kind has."""
    if kind in _IN_BYTES:
        table = {number: code for code, number in reversed(list(enumerate(_small_floats(kind))))}
        return np.vectorize(table.__getitem__, otypes=[np.uint8])(numbers.astype(np.float64))
    if kind == "bf16":
        return (numbers.astype(np.float32).view(np.uint32) >> 16).astype(np.uint16)
    if kind in FLOATS:
        bits, floating = _WORDS[BITS[kind]]
        return numbers.astype(floating).view(bits)
    return (numbers.astype(np.int64) & (1 << BITS[kind]) - 1).astype(word(kind))


def integers(source: np.random.Generator, kind: str, shape: tuple[int, ...]) -> Codes:
    """Small integers: sums of 64 products of two of them are exact in every order and in every kind of sum."""
    if kind in FLOATS:
        low, high = (-4, 4) if kind != "u8" else (0, 4)
        return encoded(kind, source.integers(low, high, shape, endpoint=True))
    return source.integers(0, 1 << BITS[kind], shape, dtype=np.uint64).astype(word(kind))


def moderate(source: np.random.Generator, kind: str, shape: tuple[int, ...]) -> Codes:
    """Numbers around one, with all fractions; of integers anything."""
    if kind not in FLOATS:
        return integers(source, kind, shape)
    if kind in _IN_BYTES and _IN_BYTES[kind][0] < 8:
        bits, first = _IN_BYTES[kind]
        return (source.integers(0, 1 << bits, shape) << first).astype(np.uint8)
    exponents, fractions = FLOATS[kind]
    near = (1 << exponents - 1) - 1 + source.integers(-3, 3, shape, endpoint=True).astype(np.uint64)
    codes = source.integers(0, 1 << fractions, shape, dtype=np.uint64) | near << np.uint64(fractions)
    return (codes | source.integers(0, 2, shape, dtype=np.uint64) << np.uint64(BITS[kind] - 1)).astype(word(kind))


def unusual(source: np.random.Generator, kind: str, shape: tuple[int, ...]) -> Codes:
    """Moderate numbers, a sixth of them subnormal or zero, and a few infinities and NaNs."""
    codes = moderate(source, kind, shape)
    if kind not in FLOATS:
        return codes
    fractions, sign = np.uint64(FLOATS[kind][1]), np.uint64(1 << BITS[kind] - 1)
    wide, chance = codes.astype(np.uint64), source.random(shape)
    wide = np.where(chance < 0.16, wide & (sign | (np.uint64(1) << fractions) - np.uint64(1)), wide)
    wide = np.where(chance < 0.04, wide & sign, wide)
    top = ((np.uint64(1) << np.uint64(FLOATS[kind][0])) - np.uint64(1)) << fractions
    wide = np.where(chance > 0.995, wide & sign | top, wide)
    return np.where(chance > 0.9985, top | np.uint64(1) << (fractions - np.uint64(1)), wide).astype(word(kind))


def packed(kind: str, codes: Codes, by_rows: bool, pitch: int) -> bytes:
    """A matrix as it lies in memory: `pitch` elements from one row (column) to the next, what is between them 0x5A bytes."""
    lines = codes if by_rows else codes.T
    if BITS[kind] >= 8:
        room = np.full((lines.shape[0], pitch * BITS[kind] // 8), 0x5A, np.uint8)
        room[:, : lines.shape[1] * BITS[kind] // 8] = np.ascontiguousarray(lines).view(np.uint8)
        return room.tobytes()
    bits = np.zeros((lines.shape[0], pitch, BITS[kind]), np.uint8)
    for n in range(BITS[kind]):
        bits[:, : lines.shape[1], n] = lines >> n & 1
    return np.packbits(bits.ravel(), bitorder="little").tobytes()


def unpacked(kind: str, content: bytes, by_rows: bool, shape: tuple[int, int], pitch: int) -> tuple[Codes, Codes]:
    """The matrix, and what lies between its rows (columns); of kinds of at least 8 bits."""
    height, width = shape if by_rows else shape[::-1]
    lines = np.frombuffer(content, word(kind)).reshape(height, pitch)
    return (lines[:, :width] if by_rows else lines[:, :width].T), lines[:, width:]


def check_floats(kind: str, found: Reals, products: Reals, given: Reals, result: str) -> None:
    """Sums of the last axis of `products` and of `given`, in any order, in f32 (f64 of f64), then rounded to `result`."""
    with np.errstate(invalid="ignore", over="ignore"):
        exact = products.sum(-1) + given
        bound = (products.shape[-1] + 1) * (2.0**-52 if kind == "f64" else 2.0**-23) * (np.abs(products).sum(-1) + np.abs(given))
    if result == "f16":
        bound = bound + 2.0**-11 * np.abs(exact) + 2.0**-25
    check_close(found, exact, bound, 65504.0 if result == "f16" else np.inf)


def check_close(found: Reals, exact: Reals, bound: Reals, largest: float = np.inf) -> None:
    """No number is further off than its bound; NaNs and infinities, also what is above `largest`, are where they must be."""
    known = ~np.isnan(exact)
    assert np.array_equal(np.isnan(found), ~known), "NaNs are elsewhere"
    infinite = known & (np.abs(np.where(known, exact, 0)) > min(largest, np.finfo(np.float64).max))
    assert np.array_equal(np.isinf(found), infinite), "infinities are elsewhere"
    assert np.array_equal(found[infinite] > 0, exact[infinite] > 0), "infinities have other signs"
    finite = known & ~infinite
    excess = np.where(finite, np.abs(np.where(finite, found, 0) - np.where(finite, exact, 0)) - np.where(finite, bound, 0), 0)
    worst = np.unravel_index(np.argmax(excess), excess.shape)
    assert excess[worst] <= 0, f"at {tuple(map(int, worst))}: {found[worst]}, not {exact[worst]} by {bound[worst]}"


def check_integers(found: npt.NDArray[np.number], total: npt.NDArray[np.number], saturates: bool) -> None:
    """Sums modulo 2**32, or clamped at the end."""
    low, high = -(1 << 31), (1 << 31) - 1
    expected = np.clip(total, low, high) if saturates else (total - low) % (1 << 32) + low
    assert np.array_equal(found, expected), f"{np.argwhere(found != expected)[:4].tolist()} of {(found != expected).sum()}"
