"""Which element of which matrix a place in the registers holds: from AMD's matrix instruction calculator, read from the register's
side (the emulator goes the other way)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# (lane, element of the lane) -> (block, row of A or column of B, k), or (block, row, column) for C and D; None where nothing lies.
Layout = Callable[[int, int], tuple[int, int, int] | None]


@dataclass(frozen=True)
class Fragment:
    """One operand: `registers` a lane, `width` bits an element, every `step`th element beginning at `first` is used."""

    registers: int
    width: int
    layout: Layout
    shape: tuple[int, int, int]  # of the matrices: blocks, rows, columns (columns of A and rows of B are k; B is stored transposed)

    def places(self, lanes: int) -> list[tuple[int, int, tuple[int, int, int]]]:
        """Lane, element and coordinates of everything that the fragment holds."""
        each = self.registers * 32 // self.width
        found = [(lane, element, self.layout(lane, element)) for lane in range(lanes) for element in range(each)]
        return [(lane, element, where) for lane, element, where in found if where is not None]


def put(vgpr: NDArray[np.uint32], first: int, fragment: Fragment, bits: NDArray[np.uint64]) -> None:
    """Writes matrices to registers from `first` on; other bits stay."""
    for lane, element, where in fragment.places(vgpr.shape[1]):
        at, value = element * fragment.width, int(bits[where])
        for word in range(max(1, fragment.width // 32)):
            ones = (1 << min(32, fragment.width)) - 1
            register, shift = first + at // 32 + word, at % 32
            kept = int(vgpr[register, lane]) & ~(ones << shift)
            vgpr[register, lane] = kept | ((value >> (32 * word) & ones) << shift)


def take(vgpr: NDArray[np.uint32], first: int, fragment: Fragment) -> NDArray[np.uint64]:
    """Reads matrices from registers."""
    bits = np.zeros(fragment.shape, np.uint64)
    for lane, element, where in fragment.places(vgpr.shape[1]):
        at, ones = element * fragment.width, (1 << min(32, fragment.width)) - 1
        words = [int(vgpr[first + at // 32 + word, lane]) >> at % 32 & ones for word in range(max(1, fragment.width // 32))]
        bits[where] = sum(word << (32 * n) for n, word in enumerate(words))
    return bits


def cdna_input(rows: int, k: int, blocks: int, width: int) -> Fragment:
    """A, and B by columns."""
    each = rows * k * blocks // 64

    def layout(lane: int, element: int) -> tuple[int, int, int]:
        return (lane // rows) % blocks, lane % rows, lane // (rows * blocks) * each + element

    return Fragment(each * width // 32, width, layout, (blocks, rows, k))


def cdna_output(size: int, blocks: int, width: int) -> Fragment:
    """C and D of `size` by `size`."""
    layouts: dict[tuple[int, int], Layout] = {
        (32, 32): lambda lane, r: (r // 16, 8 * (r // 4 % 4) + 4 * (lane // 32) + r % 4, lane % 32),
        (32, 16): lambda lane, r: (r // 4, 4 * (lane // 16) + r % 4, lane % 16),
        (32, 4): lambda lane, r: (lane // 4, r, lane % 4),
        (64, 16): lambda lane, r: (0, 4 * r + lane // 16, lane % 16),
        (64, 4): lambda lane, r: (lane // 4 % 4, lane // 16, lane % 4),
    }
    return Fragment(size * size * blocks * width // 2048, width, layouts[width, size], (blocks, size, size))


def gfx11_input(width: int, k: int) -> Fragment:
    """Every 16 lanes hold the whole matrix."""
    return Fragment(k * width // 32, width, lambda lane, element: (0, lane % 16, element), (1, 16, k))


def gfx11_output(lanes: int, width: int, high: bool = False) -> Fragment:
    """16-bit results fill one half of their registers."""
    groups = lanes // 16

    def layout(lane: int, element: int) -> tuple[int, int, int] | None:
        if width == 32:
            return 0, groups * element + lane // 16, lane % 16
        return (0, groups * (element // 2) + lane // 16, lane % 16) if element % 2 == high else None

    return Fragment(256 // lanes, width, layout, (1, 16, 16))


def gfx12_input(lanes: int, width: int, k: int) -> Fragment:
    """A, and B by columns; for sparse A, `k` counts the elements that are there."""
    group_k, upper = k * 16 // lanes, lanes == 64

    def layout(lane: int, element: int) -> tuple[int, int, int] | None:
        group = lane // 16
        if width == 16:
            piece = k // 4
            return 0, lane % 16, piece * (element // piece * (lanes // 16) + group) + element % piece
        if group_k * width < 32:  # 16 values of 4 bits
            return (0, lane % 16, 8 * group + element) if group < 2 else None
        return 0, lane % 16, (2 * group_k * (group % 2) + group_k * (group // 2) if upper else group_k * group) + element

    return Fragment(max(1, group_k * width // 32), width, layout, (1, 16, k))


def gfx12_output(lanes: int, width: int) -> Fragment:
    """Eight, or twice four, successive rows."""

    def layout(lane: int, element: int) -> tuple[int, int, int]:
        return 0, 8 * (lane // 16 % 2) + 4 * (lane // 32) + element, lane % 16

    return Fragment(256 // lanes * width // 32, width, layout, (1, 16, 16))
