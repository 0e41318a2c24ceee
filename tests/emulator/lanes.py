"""Vector instructions against functions of Python numbers: many instructions in one run, every lane compared."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Wave
from numpy.typing import NDArray

ARCHS = (("gfx1100", 32), ("gfx942", 64), ("gfx1201", 32), ("gfx1030", 32), ("gfx90a", 64))

Words = NDArray[np.uint32]


def set_pair(wave: Wave, register: int, value: int) -> None:
    """Two scalar registers."""
    wave.sgpr[register], wave.sgpr[register + 1] = value & 0xFFFFFFFF, value >> 32 & 0xFFFFFFFF


def pair(wave: Wave, register: int) -> int:
    """The value of two scalar registers."""
    return int(wave.sgpr[register]) | int(wave.sgpr[register + 1]) << 32


@cache
def program(text: str, arch: str, lanes: int) -> bytes:
    """Machine code of assembly, ended by `s_endpgm`; kept for the next time."""
    return assemble(f"{text}\ns_endpgm", arch, lanes)


def known(lines: Sequence[str], arch: str, lanes: int) -> list[bool]:
    """Which lines the assembler accepts for an architecture."""
    accepted = [True] * len(lines)
    try:
        assemble("\n".join(lines), arch, lanes)
    except ValueError as messages:
        for line in re.findall(r"x\.s:(\d+):\d+: error", str(messages)):
            accepted[int(line) - 2] = False  # the first line is .text
    return accepted


def signed(value: int, bits: int) -> int:
    """The number that `bits` bits mean in two's complement."""
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def as_type(value: int, kind: str) -> int:
    """A pattern read as "u32", "i16", ...: the number. "u16h" is the upper half of a register."""
    bits = _bits(kind)
    if kind[-1] == "h":
        value >>= 16
    return signed(value, bits) if kind[0] == "i" else value & ((1 << bits) - 1)


def corners(bits: int) -> list[int]:
    """Patterns at which integers overflow, change sign or run out."""
    top, ones = 1 << (bits - 1), (1 << bits) - 1
    small = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 31, 32, 33, 63, 64]
    return [value & ones for value in (*small, *(-v for v in small), top, top - 1, top + 1, 0x5555555555555555, 0xFF00FF00FF00FF00)]


def patterns(random_source: random.Random, count: int, bits: int) -> list[int]:
    """Half of them corners, half random numbers of any length."""
    edges = corners(bits)
    return [
        random_source.choice(edges) if random_source.random() < 0.5 else random_source.getrandbits(random_source.randint(1, bits))
        for _ in range(count)
    ]


@dataclass(frozen=True)
class Form:
    """An instruction to try. `{d}`, `{a}`, `{b}`, `{c}` in `text` are registers; `{m}` and `{n}` masks read and written.

    `kinds` are the result's type and the operands'; "mask" as a result is a bit a lane, as an operand the lane's bit of `{m}`,
    "u32+mask" a number and a bit. The operand "lane" is the lane's number, which is in no register.
    """

    text: str
    kinds: tuple[str, ...]
    compute: Callable[..., int | bool | tuple[int, bool]]
    old_high: bool = False  # a 16-bit result that leaves the other half of its register alone on gfx9


SOURCES = {"a": 0, "b": 2, "c": 4}
FIRST_RESULT = 8
MASK_IN, FIRST_MASK = 20, 24  # scalar registers
SENTINEL = 0xC0DEC0DE


def _registers(base: int, bits: int) -> str:
    return f"v[{base}:{base + 1}]" if bits == 64 else f"v{base}"


def _mask(base: int, lanes: int) -> str:
    return f"s[{base}:{base + 1}]" if lanes == 64 else f"s{base}"


def _bits(kind: str) -> int:
    return int(kind.split("+", maxsplit=1)[0][1:].rstrip("h"))


def render(form: Form, index: int, lanes: int) -> str:
    """The line of a form whose results are number `index` of the run."""
    names = {"m": _mask(MASK_IN, lanes), "n": _mask(FIRST_MASK + 2 * index, lanes)}
    if form.kinds[0] != "mask":
        names["d"] = _registers(FIRST_RESULT + 2 * index, _bits(form.kinds[0]))
    for letter, kind in zip("abc", [k for k in form.kinds[1:] if k not in IMPLIED], strict=False):
        names[letter] = _registers(SOURCES[letter], _bits(kind))
    return form.text.format(**names)


IMPLIED = ("mask", "lane")  # operands without a vector register
GROUP = 36  # forms in one run: as many as there are masks to write


def check_forms(forms: Sequence[Form], arch: str, lanes: int, *, rounds: int = 6) -> set[str]:
    """Runs all forms that the architecture has, with several sets of operands. The texts of those that ran."""
    accepted = known([render(form, 0, lanes) for form in forms], arch, lanes)
    present = [form for form, there in zip(forms, accepted, strict=True) if there]
    for start in range(0, len(present), GROUP):
        group = present[start : start + GROUP]
        lines = tuple(render(form, index, lanes) for index, form in enumerate(group))
        for seed in range(rounds):
            _check_round(group, lines, arch, lanes, seed)
    return {form.text for form in present}


def _check_round(group: Sequence[Form], lines: tuple[str, ...], arch: str, lanes: int, seed: int) -> None:
    source = random.Random(f"{lines[0]} {seed}")
    wave = Wave(arch, lanes)
    wave.vgpr[:] = SENTINEL
    wave.vgpr[:6] = np.array([patterns(source, lanes, 32) for _ in range(6)], np.uint32)
    wave.exec = source.getrandbits(lanes) if seed else (1 << lanes) - 1
    mask = source.getrandbits(lanes)
    wave.sgpr[MASK_IN], wave.sgpr[MASK_IN + 1] = mask & 0xFFFFFFFF, mask >> 32
    before = wave.vgpr.copy()
    wave.run(program("\n".join(lines), arch, lanes))
    for index, form in enumerate(group):
        _check_form(_Run(wave, before, mask), form, lines[index], index)


def _operand(before: Words, letter: str, kind: str, lane: int) -> int:
    register = SOURCES[letter]
    low, high = int(before[register, lane]), int(before[register + 1, lane])
    return as_type(low | high << 32, kind)


def _operands(form: Form, before: Words, mask: int, lane: int) -> list[int]:
    letters = iter("abc")
    implied = {"mask": mask >> lane & 1, "lane": lane}
    return [implied[kind] if kind in implied else _operand(before, next(letters), kind, lane) for kind in form.kinds[1:]]


@dataclass(frozen=True)
class _Run:
    """A wave that has run, with the operands that it had."""

    wave: Wave
    before: Words
    mask: int

    def results(self, index: int, lane: int) -> tuple[int, int]:
        """Both registers and the bit of result number `index`."""
        register, mask = FIRST_RESULT + 2 * index, FIRST_MASK + 2 * index
        half = mask + lane // 32
        return self._pair(register, lane), int(self.wave.sgpr[half]) >> lane % 32 & 1

    def _pair(self, register: int, lane: int) -> int:
        return int(self.wave.vgpr[register, lane]) | int(self.wave.vgpr[register + 1, lane]) << 32


def _check_form(run: _Run, form: Form, line: str, index: int) -> None:
    for lane in range(run.wave.lanes):
        values = _operands(form, run.before, run.mask, lane)
        result = form.compute(*values)
        number, bit = result if isinstance(result, tuple) else (result, bool(result))
        on = bool(run.wave.exec >> lane & 1)
        found, found_bit = run.results(index, lane)
        where = f"{run.wave.arch}: {line}, lane {lane} of {[hex(v) for v in values]}"
        if "mask" in form.kinds[0]:
            assert found_bit == (on and bit), where
        if form.kinds[0] != "mask":
            expected = _written(form, int(number), run.wave.arch) if on else SENTINEL | SENTINEL << 32
            assert found == expected, f"{where}: {found:#x}, not {expected:#x}"


def _written(form: Form, number: int, arch: str) -> int:
    """Both registers of a result, with what an instruction leaves of the old value."""
    bits, old = _bits(form.kinds[0]), SENTINEL | SENTINEL << 32
    if form.kinds[0][-1] == "h":
        return (old & ~0xFFFF0000) | (number & 0xFFFF) << 16
    if bits == 16 and arch.startswith("gfx9") and not form.old_high:
        bits, number = 32, number & 0xFFFF
    ones = (1 << bits) - 1
    return (old & ~ones) | (number & ones)
