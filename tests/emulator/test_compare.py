"""Comparisons of vector registers, against numpy."""

from __future__ import annotations

import operator
from collections.abc import Callable

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave
from numpy.typing import NDArray

from tests.emulator.lanes import ARCHS, known

Bools = NDArray[np.bool_]
Values = NDArray[np.generic]

TYPES = {
    "f16": np.float16, "f32": np.float32, "f64": np.float64, "u16": np.uint16, "i16": np.int16, "u32": np.uint32, "i32": np.int32,
    "u64": np.uint64, "i64": np.int64,
}  # fmt: skip

INTEGERS: dict[str, Callable[[Values, Values], Bools]] = {
    "f": lambda a, b: np.zeros(a.shape, bool), "t": lambda a, b: np.ones(a.shape, bool), "lt": operator.lt, "eq": operator.eq,
    "le": operator.le, "gt": operator.gt, "ne": operator.ne, "ge": operator.ge,
}  # fmt: skip
FLOATS: dict[str, Callable[[Values, Values], Bools]] = {
    "f": INTEGERS["f"], "t": INTEGERS["t"], "tru": INTEGERS["t"], "lt": operator.lt, "eq": operator.eq, "le": operator.le,
    "gt": operator.gt, "ge": operator.ge, "neq": operator.ne,
    "lg": lambda a, b: (a < b) | (a > b), "o": lambda a, b: ~(np.isnan(a) | np.isnan(b)),
    "u": lambda a, b: np.isnan(a) | np.isnan(b),
    "nge": lambda a, b: ~(a >= b), "nlg": lambda a, b: ~((a < b) | (a > b)), "ngt": lambda a, b: ~(a > b),
    "nle": lambda a, b: ~(a <= b), "nlt": lambda a, b: ~(a < b),
}  # fmt: skip


def interesting(kind: str, count: int, seed: int) -> Values:
    """Numbers of a type that are often equal, and where floats are concerned every kind of number."""
    source = np.random.default_rng(seed)
    dtype = np.dtype(TYPES[kind])
    raw = source.integers(0, 256, count * dtype.itemsize, np.uint8).view(dtype)
    if kind[0] != "f":
        edges = np.array([0, 1, 2, np.iinfo(dtype).max, np.iinfo(dtype).min, np.iinfo(dtype).max - 1], dtype)
    else:
        info = np.finfo(dtype)
        tiny = info.smallest_subnormal
        edges = np.array(
            [0.0, -0.0, 1.0, -1.0, np.inf, -np.inf, np.nan, -np.nan, tiny, -tiny, info.tiny, info.max, info.min], dtype
        )
        edges = np.append(edges, signalling(dtype))
    return np.where(source.random(count) < 0.8, source.choice(edges, count), raw)


def signalling(dtype: np.dtype[np.generic]) -> Values:
    """Two signalling NaNs, one of each sign."""
    info = np.finfo(dtype)
    unsigned = np.dtype(f"u{dtype.itemsize}")
    infinity = ((1 << info.nexp) - 1) << info.nmant
    patterns = np.array([infinity + 1, infinity + 1 + (1 << (8 * dtype.itemsize - 1))], unsigned)
    return patterns.view(dtype)


def put(wave: Wave, register: int, values: Values) -> None:
    """Numbers of any width into one register or two, lane by lane."""
    wide = values.view(np.dtype(f"u{values.dtype.itemsize}")).astype(np.uint64)
    junk = np.uint64(0xABCD0000) if values.dtype.itemsize == 2 else np.uint64(0)
    wave.vgpr[register] = ((wide | junk) & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    wave.vgpr[register + 1] = (wide >> np.uint64(32)).astype(np.uint32)


def as_mask(bits: Bools) -> int:
    return sum(1 << lane for lane, bit in enumerate(bits) if bit)


def operand(register: int, kind: str) -> str:
    return f"v[{register}:{register + 1}]" if kind[1:] == "64" else f"v{register}"


def mask_register(wave: Wave, register: int) -> int:
    high = int(wave.sgpr[register + 1]) << 32 if wave.lanes == 64 else 0
    return int(wave.sgpr[register]) | high


def mask_name(register: int, lanes: int) -> str:
    return f"s[{register}:{register + 1}]" if lanes == 64 else f"s{register}"


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("kind", TYPES)
def test_compares(kind: str, arch: str, lanes: int) -> None:
    names = list(FLOATS if kind[0] == "f" else INTEGERS)
    lines = [
        f"v_cmp_{name}_{kind} {mask_name(8 + 2 * n, lanes)}, {operand(0, kind)}, {operand(2, kind)}" for n, name in enumerate(names)
    ]
    there = known(lines, arch, lanes)
    assert sum(there) >= 6
    code = "\n".join(line for line, ok in zip(lines, there, strict=True) if ok)
    for seed in range(6):
        wave = Wave(arch, lanes)
        a, b = interesting(kind, lanes, 2 * seed), interesting(kind, lanes, 2 * seed + 1)
        put(wave, 0, a), put(wave, 2, b)
        wave.exec = int(np.random.default_rng(seed).integers(0, 1 << 32)) * 0x100000001 & (1 << lanes) - 1
        wave.run(code)
        for n, name in enumerate(names):
            expected = as_mask((FLOATS if kind[0] == "f" else INTEGERS)[name](a, b)) & wave.exec
            assert not there[n] or mask_register(wave, 8 + 2 * n) == expected, lines[n]


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("kind", TYPES)
def test_compares_to_exec(kind: str, arch: str, lanes: int) -> None:
    """The mask becomes EXEC; on gfx9 it goes to its destination as well."""
    names = FLOATS if kind[0] == "f" else INTEGERS
    gfx9 = arch.startswith("gfx9")
    forms = [f"v_cmpx_{name}_{kind} {'vcc, ' if gfx9 else ''}{operand(0, kind)}, {operand(2, kind)}" for name in names]
    there = known(forms, arch, lanes)
    assert sum(there) >= 6
    lines = []
    for n, form in enumerate(forms):
        if there[n]:
            wide = "b64" if lanes == 64 else "b32"
            execs, saved = ("exec", mask_name(6, lanes)) if lanes == 64 else ("exec_lo", mask_name(6, lanes))
            lines += [form, f"s_mov_{wide} {mask_name(8 + 2 * n, lanes)}, {execs}", f"s_mov_{wide} {execs}, {saved}"]
            lines += [f"s_cmp_lg_u64 vcc, {mask_name(8 + 2 * n, lanes)}", "s_addc_u32 s60, s60, 0"] if gfx9 else []
    wave = Wave(arch, lanes)
    a, b = interesting(kind, lanes, 1), interesting(kind, lanes, 2)
    put(wave, 0, a), put(wave, 2, b)
    wave.exec = wave.exec & 0xF0F0FFFFABCD1234
    wave.sgpr[6:8] = wave.sgpr[126:128]
    before = wave.exec
    wave.vcc = 0x1234
    wave.run("\n".join(lines))
    for n, name in enumerate(names):
        assert not there[n] or mask_register(wave, 8 + 2 * n) == as_mask(names[name](a, b)) & before, forms[n]
    assert wave.sgpr[60] == 0
    assert gfx9 or wave.vcc == 0x1234


def classes(values: Values) -> list[int]:
    """The bit of each number's class, from its pattern."""
    info = np.finfo(values.dtype)
    width = 8 * values.dtype.itemsize
    found = []
    for value in values:
        pattern = int(value.view(np.dtype(f"u{values.dtype.itemsize}")))
        negative, exponent = pattern >> (width - 1), pattern >> info.nmant & ((1 << info.nexp) - 1)
        fraction = pattern & ((1 << info.nmant) - 1)
        if exponent == (1 << info.nexp) - 1:
            found.append((2 if negative else 9) if fraction == 0 else fraction >> (info.nmant - 1))
        elif exponent == 0:
            found.append((5 if negative else 6) if fraction == 0 else (4 if negative else 7))
        else:
            found.append(3 if negative else 8)
    return found


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("kind", ["f16", "f32", "f64"])
@pytest.mark.parametrize("mode", [0x3F0, 0x300])
def test_classes(kind: str, arch: str, lanes: int, mode: int) -> None:
    """Denormals stay denormals where arithmetic flushes them."""
    wave = Wave(arch, lanes)
    wave.mode = mode
    values = interesting(kind, lanes, 7)
    asked = np.random.default_rng(3).integers(0, 1024, lanes).astype(np.uint32)
    put(wave, 0, values)
    wave.vgpr[2] = asked
    modified = f"-|{operand(0, kind)}|"
    wave.run(f"""
        v_cmp_class_{kind} {mask_name(8, lanes)}, {operand(0, kind)}, v2
        v_cmp_class_{kind} {mask_name(10, lanes)}, {modified}, v2
    """)
    expected = as_mask(np.array([bool(asked[n] >> c & 1) for n, c in enumerate(classes(values))]))
    assert mask_register(wave, 8) == expected
    expected = as_mask(np.array([bool(asked[n] >> c & 1) for n, c in enumerate(classes(-np.abs(values)))]))
    assert mask_register(wave, 10) == expected


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("kind", ["f16", "f32", "f64"])
def test_classes_to_exec(kind: str, arch: str, lanes: int) -> None:
    wave = Wave(arch, lanes)
    values = interesting(kind, lanes, 9)
    put(wave, 0, values)
    wave.vgpr[2] = 0x155
    mask = "vcc, " if arch.startswith("gfx9") else ""
    wave.run(f"v_cmpx_class_{kind} {mask}{operand(0, kind)}, v2")
    assert wave.exec == as_mask(np.array([bool(0x155 >> c & 1) for c in classes(values)]))


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("kind", ["f16", "f32", "f64"])
def test_compares_flush(kind: str, arch: str, lanes: int) -> None:
    """Where denormals are flushed, they are zeros to comparisons."""
    wave = Wave(arch, lanes)
    wave.mode = 0x300
    put(wave, 0, np.full(lanes, np.finfo(TYPES[kind]).smallest_subnormal, TYPES[kind]))
    put(wave, 2, np.zeros(lanes, TYPES[kind]))
    wave.run(f"v_cmp_eq_{kind} {mask_name(8, lanes)}, {operand(0, kind)}, {operand(2, kind)}")
    assert mask_register(wave, 8) == wave.exec
