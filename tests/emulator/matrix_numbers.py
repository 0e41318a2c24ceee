"""Number formats of matrix elements: bits to values, written apart from the emulator's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Bits = NDArray[np.uint64]
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Number:
    """A format: `width` in bits; `table` has the value of every pattern of formats that have few."""

    name: str
    width: int
    is_integer: bool = False
    epsilon: float = 0.0  # of rounding to it

    def values(self, raw: Bits) -> Values:
        """What bits mean. Exact."""
        with np.errstate(invalid="ignore"):  # signalling NaNs
            return _READERS[self.name](raw)

    def encode(self, values: Values) -> Bits:
        """The bits of values that the format has exactly."""
        with np.errstate(over="ignore"):
            if self.is_integer:
                return values.astype(np.int64).astype(np.uint64) & np.uint64((1 << self.width) - 1)
            if self.width == 64:
                return values.view(np.uint64)
            if self.width == 32:
                return values.astype(np.float32).view(np.uint32).astype(np.uint64)
            if self.name == "f16":
                return values.astype(np.float16).view(np.uint16).astype(np.uint64)
            if self.name == "bf16":
                return (values.astype(np.float32).view(np.uint32) >> 16).astype(np.uint64)
        table = self.values(np.arange(256, dtype=np.uint64))
        return np.array([int(np.flatnonzero(table == v)[0]) for v in values.ravel()], np.uint64).reshape(values.shape)


def _float8(exponent_bits: int, bias: int, fnuz: bool) -> Values:
    mantissa_bits, table = 7 - exponent_bits, []
    for raw in range(256):
        sign = -1.0 if raw >> 7 else 1.0
        exponent, fraction = raw >> mantissa_bits & ((1 << exponent_bits) - 1), raw & ((1 << mantissa_bits) - 1)
        if fnuz:
            special = float("nan") if raw == 0x80 else None
        elif exponent_bits == 4:
            special = float("nan") if raw & 0x7F == 0x7F else None
        else:
            special = None if exponent != 31 else float("nan") if fraction else sign * float("inf")
        if special is not None:
            table.append(special)
        elif exponent == 0:
            table.append(sign * fraction * 2.0 ** (1 - bias - mantissa_bits))
        else:
            table.append(sign * (1 + fraction / (1 << mantissa_bits)) * 2.0 ** (exponent - bias))
    return np.array(table)


def _xf32(raw: Bits) -> Values:
    """10 bits of fraction, the others cut off, by scaling."""
    full = raw.astype(np.uint32).view(np.float32).astype(np.float64)
    fraction, exponent = np.frexp(full)
    finite = np.isfinite(full)
    return np.where(finite, np.ldexp(np.trunc(np.where(finite, fraction, 0) * 2.0**11), exponent - 11), full)


def _signed(raw: Bits, width: int) -> Values:
    half = 1 << (width - 1)
    return ((raw.astype(np.int64) + half) % (2 * half) - half).astype(np.float64)


_TABLES = {"fp8": _float8(4, 7, False), "bf8": _float8(5, 15, False), "fp8z": _float8(4, 8, True), "bf8z": _float8(5, 16, True)}
_READERS = {
    "f64": lambda raw: raw.view(np.float64),
    "f32": lambda raw: raw.astype(np.uint32).view(np.float32).astype(np.float64),
    "xf32": _xf32,
    "f16": lambda raw: raw.astype(np.uint16).view(np.float16).astype(np.float64),
    "bf16": lambda raw: (raw.astype(np.uint32) << np.uint32(16)).view(np.float32).astype(np.float64),
    **{name: (lambda raw, table=table: table[raw.astype(np.int64)]) for name, table in _TABLES.items()},
    "i32": lambda raw: _signed(raw, 32), "i8": lambda raw: _signed(raw, 8), "i4": lambda raw: _signed(raw, 4),
    "u8": lambda raw: raw.astype(np.float64), "u4": lambda raw: raw.astype(np.float64),
}  # fmt: skip

NUMBERS = {
    n.name: n
    for n in [
        Number("f64", 64, epsilon=2.0**-53), Number("f32", 32, epsilon=2.0**-24), Number("xf32", 32),
        Number("f16", 16, epsilon=2.0**-11), Number("bf16", 16, epsilon=2.0**-8),
        Number("fp8", 8), Number("bf8", 8), Number("fp8z", 8), Number("bf8z", 8),
        Number("i32", 32, True), Number("i8", 8, True), Number("u8", 8, True), Number("i4", 4, True), Number("u4", 4, True),
    ]
}  # fmt: skip
