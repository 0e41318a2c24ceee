"""Narrow floating-point formats by their definition, as an independent reference: tables of every value, rounding by search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

Array = np.ndarray


@dataclass(frozen=True)
class Format:
    """Sign, exponent and mantissa bits; codes past `largest` are `infinity`, `nan` or other NaNs."""

    name: str
    exponent_bits: int
    mantissa_bits: int
    bias: int
    largest: int
    infinity: int | None
    nan: int | None

    @property
    def sign(self) -> int:
        """The code of minus zero."""
        return 1 << self.exponent_bits + self.mantissa_bits

    @cached_property
    def magnitudes(self) -> Array:
        """The values of codes 0 to `largest`, and the next one that a wider exponent would allow."""
        codes = np.arange(self.largest + 2)
        exponents, mantissas = codes >> self.mantissa_bits, codes & (1 << self.mantissa_bits) - 1
        significands = np.where(exponents > 0, mantissas + (1 << self.mantissa_bits), mantissas)
        return np.ldexp(significands.astype("f8"), np.maximum(exponents, 1) - self.bias - self.mantissa_bits)

    @property
    def _overflow(self) -> int:
        """What a magnitude that is too large becomes: infinity, NaN, or the largest one."""
        return next(code for code in (self.infinity, self.nan, self.largest) if code is not None)

    def decode(self, codes: Array) -> Array:
        """Values as float64."""
        magnitude = np.asarray(codes, "i8") & self.sign - 1
        values = np.where(magnitude <= self.largest, self.magnitudes[np.minimum(magnitude, self.largest)], np.nan)
        if self.infinity is not None:
            values = np.where(magnitude == self.infinity, np.inf, values)
        return np.where(np.asarray(codes, "i8") & self.sign, -values, values)

    def encode(self, values: Array, mode: str = "rn", *, error: Array | float = 0.0, saturate: bool = False) -> Array:
        """Codes of `values + error`, where `error` is less than half a unit in the last place of a float64 value."""
        magnitude = np.abs(values)
        error = np.broadcast_to(np.where(np.signbit(values), -np.asarray(error), error), magnitude.shape)
        below = np.searchsorted(self.magnitudes[:-1], magnitude, "right") - 1
        # The exact value is under the table's value that float64 rounded it to.
        below = np.where((self.magnitudes[np.maximum(below, 0)] == magnitude) & (error < 0) & (below > 0), below - 1, below)
        low, high = self.magnitudes[below], self.magnitudes[below + 1]
        middle = (low + high) / 2
        exact = (low == magnitude) & (error == 0)
        if mode == "rn":
            tie = (magnitude == middle) & (error == 0)
            up = np.where(tie, below & 1, (magnitude > middle) | ((magnitude == middle) & (error > 0)))
        else:
            towards = {"rz": np.zeros_like(exact), "ru": ~np.signbit(values), "rd": np.signbit(values)}[mode]
            up = ~exact & towards
        codes = below + up.astype("i8")
        infinite = np.isinf(magnitude)
        codes = np.where((codes > self.largest) | infinite, self.largest if saturate else self._overflow, codes)
        codes = codes | np.where(np.signbit(values), self.sign, 0)
        return np.where(np.isnan(values), self.nan if self.nan is not None else self.largest, codes)


E4M3 = Format("e4m3", 4, 3, 7, 0x7E, None, 0x7F)
E5M2 = Format("e5m2", 5, 2, 15, 0x7B, 0x7C, 0x7F)
E2M3 = Format("e2m3", 2, 3, 1, 0x1F, None, None)
E3M2 = Format("e3m2", 3, 2, 3, 0x1F, None, None)
E2M1 = Format("e2m1", 2, 1, 1, 0x07, None, None)
FLOAT16 = Format("half", 5, 10, 15, 0x7BFF, 0x7C00, 0x7FFF)
BFLOAT16 = Format("bfloat16", 8, 7, 127, 0x7F7F, 0x7F80, 0x7FFF)


def two_sum(a: Array, b: Array) -> tuple[Array, Array]:
    """The rounded sum of float64 values and what it lacks, exactly (Knuth)."""
    with np.errstate(all="ignore"):
        total = a + b
        part = total - a
        error = (a - (total - part)) + (b - part)
    return total, np.where(np.isfinite(error), error, 0.0)
