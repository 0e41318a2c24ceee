"""Matrices as the lanes of a warp hold them: bits in memory, a lane after the other, by a product's layouts."""

from __future__ import annotations

import numpy as np
from crosswarp.ir.tiles.layout import Layout
from numpy.typing import NDArray

from tests.emulator.matrix_numbers import NUMBERS, Number, Values

LANES = 32
_NAMES = {"s8": "i8", "s4": "i4", "s32": "i32", "tf32": "f32", "e4m3": "fp8", "e5m2": "bf8"}
_UNSIGNED = {"u8": 8, "u4": 4, "b1": 1}


def number(kind: str) -> Number:
    """The number format of a kind."""
    return Number(kind, _UNSIGNED[kind], is_integer=True) if kind in _UNSIGNED else NUMBERS[_NAMES.get(kind, kind)]


def spread(matrix: Values, kind: str, layout: Layout) -> NDArray[np.uint8]:
    """The bytes that each lane holds: one row a lane."""
    codes = number(kind).encode(matrix)
    rows = [_bits([int(codes[layout.at(register=r, lane=lane)]) for r in range(layout.size("register"))], number(kind).width)
            for lane in range(LANES)]
    return np.array(rows, np.uint8)


def _bits(codes: list[int], width: int) -> list[int]:
    together = sum(code << place * width for place, code in enumerate(codes))
    return list(together.to_bytes(len(codes) * width // 8, "little"))


def gathered(held: NDArray[np.uint8], kind: str, layout: Layout) -> Values:
    """The matrix that lanes hold. All holders of an element must have the same."""
    width, found = number(kind).width, {}
    for lane in range(LANES):
        together = int.from_bytes(held[lane].tobytes(), "little")
        for register in range(layout.size("register")):
            code, place = together >> register * width & (1 << width) - 1, layout.at(register=register, lane=lane)
            assert found.setdefault(place, code) == code, f"copies of {place} differ"
    shape = [layout.size(name) for name, _ in layout.outputs]
    codes = np.array([found[row, column] for row in range(shape[0]) for column in range(shape[1])], np.uint64)
    return number(kind).values(codes.reshape(shape))
