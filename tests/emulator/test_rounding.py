"""The four rounding modes, against exact fractions."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave
from numpy.typing import NDArray

from tests.emulator.lanes import program

NEAREST, UP, DOWN, ZERO = range(4)  # as MODE counts them


@dataclass(frozen=True)
class Format:
    """A binary format: its numpy type, bits of the significand, smallest exponent of a normal number."""

    dtype: type[np.floating]
    precision: int
    least: int

    @property
    def largest(self) -> Fraction:
        return Fraction(float(np.finfo(self.dtype).max))


FORMATS = {"f16": Format(np.float16, 11, -14), "f32": Format(np.float32, 24, -126), "f64": Format(np.float64, 53, -1022)}


def exponent_of(value: Fraction) -> int:
    """The largest e with 2**e <= value."""
    e = value.numerator.bit_length() - value.denominator.bit_length()
    return e if Fraction(2) ** e <= value else e - 1


def rounded(value: Fraction, to: Format, mode: int) -> Fraction | float:
    """A number that is not 0, rounded to a format; infinity beyond its largest number, where the mode goes there."""
    size = abs(value)
    quantum = Fraction(2) ** (max(exponent_of(size), to.least) - to.precision + 1)
    whole, rest = divmod(size, quantum)
    away = {UP: value > 0, DOWN: value < 0, ZERO: False}.get(mode, rest * 2 > quantum or (rest * 2 == quantum and whole % 2 == 1))
    result = (whole + (away and rest != 0)) * quantum
    if result > to.largest:
        result = float("inf") if away or mode == NEAREST else to.largest
    return result if value > 0 else -result


def numbers(source: random.Random, kind: str, count: int) -> list[float]:
    """Finite numbers with many or few bits, near each other's size, some denormal."""
    dtype = FORMATS[kind].dtype
    found = []
    while len(found) < count:
        spread = 8 if source.random() < 0.7 else -FORMATS[kind].least + 12
        exponent = source.randint(-spread, min(spread, 1 - FORMATS[kind].least))
        value = dtype(source.choice([-1, 1]) * source.choice([1.0, source.random() + 1]) * 2.0**exponent)
        if np.isfinite(value) and value != 0:
            found.append(float(value))
    return found


def put(wave: Wave, register: int, values: list[float], kind: str) -> None:
    array: NDArray[np.floating] = np.array(values, FORMATS[kind].dtype)
    bits = array.view(f"u{array.itemsize}").astype(np.uint64)
    wave.vgpr[register] = (bits & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    wave.vgpr[register + 1] = (bits >> np.uint64(32)).astype(np.uint32)


def get(wave: Wave, register: int, kind: str) -> list[float]:
    dtype = np.dtype(FORMATS[kind].dtype)
    bits = wave.vgpr[register].astype(np.uint64) | wave.vgpr[register + 1].astype(np.uint64) << np.uint64(32)
    return [float(value) for value in bits.astype(f"u{dtype.itemsize}").view(dtype)]


def registers(register: int, kind: str) -> str:
    return f"v[{register}:{register + 1}]" if kind == "f64" else f"v{register}"


Exact = Callable[..., Fraction]
ARITHMETIC: dict[str, tuple[Exact, int]] = {
    "v_add": (lambda a, b: a + b, 2), "v_mul": (lambda a, b: a * b, 2), "v_fma": (lambda a, b, c: a * b + c, 3),
}  # fmt: skip


def check(wave: Wave, kind: str, exact: list[Fraction], mode: int, where: str) -> None:
    for lane, (found, value) in enumerate(zip(get(wave, 8, kind), exact, strict=True)):
        expected = float(rounded(value, FORMATS[kind], mode)) if value else 0.0
        assert found == expected, f"{where}, mode {mode}, lane {lane}: {found!r}, not {expected!r}"


@pytest.mark.parametrize(("arch", "lanes"), [("gfx1100", 32), ("gfx942", 64), ("gfx1201", 32)])
@pytest.mark.parametrize("mode", [NEAREST, UP, DOWN, ZERO])
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("operation", ARITHMETIC)
def test_arithmetic(operation: str, kind: str, mode: int, arch: str, lanes: int) -> None:
    """f32's mode and that of f64 and f16 are apart; the other one is set to something else."""
    compute, count = ARITHMETIC[operation]
    text = f"{operation}_{kind} {', '.join(registers(r, kind) for r in (8, 0, 2, 4)[: count + 1])}"
    for seed in range(4):
        source = random.Random(f"{text} {seed}")
        operands = [numbers(source, kind, lanes) for _ in range(count)]
        wave = Wave(arch, lanes, lds_bytes=4, scratch_bytes=4)
        wave.mode = 0x3F0 | (mode | ZERO - mode << 2 if kind == "f32" else mode << 2 | ZERO - mode)
        for register, values in zip((0, 2, 4), operands, strict=False):
            put(wave, register, values, kind)
        wave.run(program(text, arch, lanes))
        check(wave, kind, [compute(*(Fraction(v) for v in lane)) for lane in zip(*operands, strict=True)], mode, f"{arch}: {text}")


@pytest.mark.parametrize(("arch", "lanes"), [("gfx1100", 32), ("gfx942", 64), ("gfx1201", 32)])
@pytest.mark.parametrize("mode", [NEAREST, UP, DOWN, ZERO])
@pytest.mark.parametrize(("to", "of"), [("f16", "f32"), ("f32", "f64")])
def test_conversions(to: str, of: str, mode: int, arch: str, lanes: int) -> None:
    text = f"v_cvt_{to}_{of} v8, {registers(0, of)}"
    for seed in range(4):
        source = random.Random(f"{text} {seed}")
        values = numbers(source, of, lanes)
        wave = Wave(arch, lanes, lds_bytes=4, scratch_bytes=4)
        wave.mode = 0x3F0 | (mode if to == "f32" else mode << 2)
        put(wave, 0, values, of)
        wave.run(program(text, arch, lanes))
        check(wave, to, [Fraction(value) for value in values], mode, f"{arch}: {text}")


@pytest.mark.parametrize("mode", [NEAREST, UP, DOWN, ZERO])
@pytest.mark.parametrize("of", ["i32", "u32"])
def test_integers_to_floats(of: str, mode: int) -> None:
    source = random.Random(of)
    patterns = [source.getrandbits(32) for _ in range(32)]
    wave = Wave("gfx1100", 32)
    wave.mode = 0x3F0 | mode
    wave.vgpr[0] = patterns
    wave.run(f"v_cvt_f32_{of} v8, v0")
    values = [p - (1 << 32) if of == "i32" and p >> 31 else p for p in patterns]
    check(wave, "f32", [Fraction(value) for value in values], mode, of)
