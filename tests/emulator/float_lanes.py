"""Runs vector instructions over long columns of operands, wave by wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import DEFAULT_MODE, Wave
from numpy.typing import NDArray

from tests.emulator.lanes import known

ARCHS = (("gfx1100", 32), ("gfx942", 64), ("gfx1201", 32), ("gfx1030", 32), ("gfx90a", 64))
WAVE32 = ("gfx1100", 32)

Column = NDArray[np.uint64]
FIRST_RESULT = 8
SENTINEL = 0xC0DEC0DE


@cache
def code_of(text: str, arch: str, lanes: int) -> bytes:
    """Machine code of assembly, with the end of the program."""
    return assemble(f"{text}\ns_endpgm", arch, lanes)


def wide(register: int) -> str:
    """A pair of registers."""
    return f"v[{register}:{register + 1}]"


@dataclass(frozen=True)
class Line:
    """`{d}` is the result, `{a}`, `{b}`, `{c}` operands (v0, v2, v4); capitals are pairs of registers."""

    text: str
    bits: int  # of the result

    def rendered(self, index: int) -> str:
        """The line that writes result number `index`."""
        d = FIRST_RESULT + 2 * index
        return self.text.format(d=f"v{d}", a="v0", b="v2", c="v4", D=wide(d), A=wide(0), B=wide(2), C=wide(4))


def present(lines: Sequence[Line], arch: str, lanes: int) -> list[Line]:
    """Those whose last instruction the architecture has."""
    accepted = known([line.rendered(0).splitlines()[-1] for line in lines], arch, lanes)
    return [line for line, there in zip(lines, accepted, strict=True) if there]


def results(
    lines: Sequence[Line], operands: Sequence[Sequence[int] | Column], arch: str, lanes: int, *, mode: int = DEFAULT_MODE
) -> list[Column]:
    """The results of each line for each row of operands, all lanes on. Bits beyond a result's width are those of its register."""
    columns = [np.array(column, np.uint64) for column in operands]
    count = len(columns[0])
    code = code_of("\n".join(line.rendered(index) for index, line in enumerate(lines)), arch, lanes)
    found = [np.zeros(count, np.uint64) for _ in lines]
    wave = Wave(arch, lanes)
    wave.mode = mode
    for start in range(0, count, lanes):
        part = slice(start, min(start + lanes, count))
        width = part.stop - start
        wave.vgpr[FIRST_RESULT : FIRST_RESULT + 2 * len(lines)] = SENTINEL
        for number, column in enumerate(columns):
            wave.vgpr[2 * number, :width] = column[part] & 0xFFFFFFFF
            wave.vgpr[2 * number + 1, :width] = column[part] >> 32
        wave.run(code)
        for index, line in enumerate(lines):
            register = FIRST_RESULT + 2 * index
            low, high = (wave.vgpr[register + k, :width].astype(np.uint64) for k in (0, 1))
            found[index][part] = low | high << 32 if line.bits == 64 else low
    return found


def low_bits(column: Column, bits: int) -> list[int]:
    """The lowest bits of each number."""
    return [int(value) & ((1 << bits) - 1) for value in column]
