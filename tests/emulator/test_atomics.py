"""Atomics of memory and LDS: every operation and width, returning and not, against the old values one lane at a time."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.memory_forms import Array, assembled_apart, group, is_old, lanes_of, set_addresses

SMALL = ("gfx1100", "gfx1030", "gfx1201", "gfx90a", "gfx942")
LANES = {"gfx1100": 32, "gfx1030": 32, "gfx1201": 32, "gfx90a": 64, "gfx942": 64}
CDNA = ("gfx90a", "gfx942")


@dataclass(frozen=True)
class Operation:
    """An atomic: its modern and older name without prefix, what it computes of old and data (and second data), and where it is.

    `in_memory` and `in_lds` are architectures; the LDS name is `ds_<shared>` or `ds_<shared with rtn>`.
    """

    name: str
    old: str
    dtype: Any
    compute: Callable[..., Any]
    in_memory: tuple[str, ...] = SMALL
    in_lds: tuple[str, ...] = SMALL
    not_flat: tuple[str, ...] = ()  # of `in_memory`, those without the FLAT form
    second: str = ""  # "" one operand, "pair": a pair of registers, "source": an operand of its own

    @property
    def registers(self) -> int:
        """Registers of a value."""
        return max(1, np.dtype(self.dtype).itemsize // 4)


def wrap(dtype: Any, value: int) -> Any:
    """A Python integer as `dtype`, modulo its range."""
    bits = 8 * np.dtype(dtype).itemsize
    unsigned = np.uint64(value % (1 << bits))
    return unsigned.astype(f"uint{bits}").view(dtype)


def integers(name: str, old: str, compute: Callable[[int, int], int], kinds: str, **where: Any) -> list[Operation]:
    """An integer operation in 32 and 64 bits."""
    found = []
    for bits, suffix in ((32, ""), (64, "_x2")):
        dtype = np.dtype(f"{'int' if kinds == 'i' else 'uint'}{bits}")
        found.append(Operation(f"{name}_{kinds}{bits}", old + suffix, dtype,
                               lambda a, b, dtype=dtype: wrap(dtype, compute(int(a), int(b))), **where))  # fmt: skip
    return found


def increment(old: int, data: int) -> int:
    return 0 if old >= data else old + 1


def decrement(old: int, data: int) -> int:
    return data if old == 0 or old > data else old - 1


INTEGERS = [
    *integers("add", "add", lambda a, b: a + b, "u"),
    *integers("sub", "sub", lambda a, b: a - b, "u"),
    *integers("rsub", "", lambda a, b: b - a, "u", in_memory=()),
    *integers("min", "smin", min, "i"),
    *integers("min", "umin", min, "u"),
    *integers("max", "smax", max, "i"),
    *integers("max", "umax", max, "u"),
    *integers("and", "and", lambda a, b: a & b, "b"),
    *integers("or", "or", lambda a, b: a | b, "b"),
    *integers("xor", "xor", lambda a, b: a ^ b, "b"),
    *integers("inc", "inc", increment, "u"),
    *integers("dec", "dec", decrement, "u"),
    Operation("sub_clamp_u32", "csub", np.uint32, lambda a, b: a - b if a >= b else a * 0, ("gfx1201",), ("gfx1201",)),
    Operation("csub_u32", "csub", np.uint32, lambda a, b: a - b if a >= b else a * 0, ("gfx1100", "gfx1030"), (),
              ("gfx1100", "gfx1030")),
    Operation("cond_sub_u32", "", np.uint32, lambda a, b: a - b if a >= b else a, ("gfx1201",), ("gfx1201",)),
]
EXCHANGES = [
    Operation("swap_b32", "swap", np.uint32, lambda a, b: b, SMALL, ()),
    Operation("swap_b64", "swap_x2", np.uint64, lambda a, b: b, SMALL, ()),
    Operation("cmpswap_b32", "cmpswap", np.uint32, lambda a, b, c: b if a == c else a, SMALL, (), (), "pair"),
    Operation("cmpswap_b64", "cmpswap_x2", np.uint64, lambda a, b, c: b if a == c else a, SMALL, (), (), "pair"),
    Operation("cmpswap_f32", "fcmpswap", np.float32, lambda a, b, c: b if a == c else a, ("gfx1100", "gfx1030"), (), (), "pair"),
    Operation("cmpswap_f64", "fcmpswap_x2", np.float64, lambda a, b, c: b if a == c else a, ("gfx1030",), (), (), "pair"),
    *[Operation(f"cmpstore_{t}", "", d, lambda a, b, c: b if a == c else a, (), w, (), "source")
      for t, d, w in (("b32", np.uint32, ("gfx1100", "gfx1201")), ("b64", np.uint64, ("gfx1100", "gfx1201")),
                      ("f32", np.float32, ("gfx1100",)), ("f64", np.float64, ("gfx1100",)))],
    *[Operation(f"cmpst_{t}", "", d, lambda a, b, c: c if a == b else a, (), ("gfx1030", *CDNA), (), "source")
      for t, d in (("b32", np.uint32), ("b64", np.uint64), ("f32", np.float32), ("f64", np.float64))],
    Operation("mskor_b32", "", np.uint32, lambda a, b, c: (a & ~b) | c, (), SMALL, (), "source"),
    Operation("mskor_b64", "", np.uint64, lambda a, b, c: (a & ~b) | c, (), SMALL, (), "source"),
]  # fmt: skip


def lower(a: Any, b: Any) -> Any:
    return b if b < a else a


def higher(a: Any, b: Any) -> Any:
    return b if b > a else a


def number(pick: Callable[[float, float], bool]) -> Callable[[Any, Any], Any]:
    """IEEE 754-2019 minimumNumber or maximumNumber; `pick(old, data)` says that data is nearer."""

    def compute(a: Any, b: Any) -> Any:
        if math.isnan(b):
            return b if math.isnan(a) else a
        if math.isnan(a):
            return b
        if a == b:
            return b if pick(math.copysign(1, a), math.copysign(1, b)) else a
        return b if pick(a, b) else a

    return compute


def flush(value: Any) -> Any:
    """Without denormals."""
    return np.copysign(np.float32(0), value) if abs(value) < np.finfo(np.float32).tiny else value


def add_without_denormals(a: Any, b: Any) -> Any:
    return flush(flush(a) + flush(b))


FLOATS = [
    Operation("add_f32", "add_f32", np.float32, lambda a, b: a + b, ("gfx942", "gfx1100", "gfx1201"), SMALL),
    Operation("add_f32", "add_f32", np.float32, add_without_denormals, ("gfx90a",), (), ("gfx90a",)),
    Operation("add_f64", "add_f64", np.float64, lambda a, b: a + b, CDNA, CDNA),
    Operation("min_f32", "fmin", np.float32, lower, ("gfx1100", "gfx1030"), ("gfx1100", "gfx1030", *CDNA)),
    Operation("max_f32", "fmax", np.float32, higher, ("gfx1100", "gfx1030"), ("gfx1100", "gfx1030", *CDNA)),
    Operation("min_f64", "fmin_x2", np.float64, lower, ("gfx1030",), ("gfx1100", "gfx1030", *CDNA)),
    Operation("max_f64", "fmax_x2", np.float64, higher, ("gfx1030",), ("gfx1100", "gfx1030", *CDNA)),
    Operation("min_f64", "min_f64", np.float64, lower, CDNA, ()),
    Operation("max_f64", "max_f64", np.float64, higher, CDNA, ()),
    Operation("min_num_f32", "", np.float32, number(lambda a, b: b < a), ("gfx1201",), ("gfx1201",)),
    Operation("max_num_f32", "", np.float32, number(lambda a, b: b > a), ("gfx1201",), ("gfx1201",)),
    Operation("min_num_f64", "", np.float64, number(lambda a, b: b < a), (), ("gfx1201",)),
    Operation("max_num_f64", "", np.float64, number(lambda a, b: b > a), (), ("gfx1201",)),
]
OPERATIONS = [*INTEGERS, *EXCHANGES, *FLOATS]


def corner_values(dtype: Any, count: int, seed: int) -> Array:
    """Random values among which the corners come often, and repeat."""
    rng = np.random.default_rng(seed)
    kind = np.dtype(dtype)
    if kind.kind == "f":
        tiny = np.finfo(dtype).smallest_subnormal
        corners = [0.0, -0.0, 1.0, -2.5, np.inf, -np.inf, np.nan, tiny, -3 * tiny, np.finfo(dtype).tiny, np.finfo(dtype).max]
        random = rng.normal(size=count)
    else:
        info = np.iinfo(dtype)
        corners = [0, 1, 2, 3, info.max, info.min, info.max - 1]
        random = rng.integers(info.min, info.max, count, dtype=dtype, endpoint=True)
    picked = np.array(corners, dtype)[rng.integers(0, len(corners), count)]
    return np.where(rng.integers(0, 3, count) > 0, picked, np.array(random, dtype)).astype(dtype)


def split(values: Array) -> Array:
    """Values as registers: [registers, lanes]."""
    return np.ascontiguousarray(values).view(np.uint32).reshape(len(values), -1).T


def bits_of(values: Array) -> Array:
    """Bit patterns, with one pattern for all NaN."""
    unsigned = np.ascontiguousarray(values).view(f"uint{8 * values.dtype.itemsize}").copy()
    if values.dtype.kind == "f":
        unsigned[np.isnan(values)] = 1
    return unsigned


@dataclass
class Case:
    """One operation where it is tested: its instruction without and with a returned value."""

    operation: Operation
    space: str
    plain: str
    returning: str


def instructions(operation: Operation, space: str, arch: str) -> Case | None:
    n = operation.registers
    data = group(8, 2 * n) if operation.second == "pair" else group(8, n)
    if space == "ds":
        if arch not in operation.in_lds:
            return None
        stem, kind = operation.name.rsplit("_", 1)
        second = f", {group(8 + n, n)}" if operation.second == "source" else ""
        return Case(operation, space, f"ds_{operation.name} v0, {data}{second}",
                    f"ds_{stem}_rtn_{kind} {group(16, n)}, v0, {data}{second}")  # fmt: skip
    if arch not in operation.in_memory or (space == "flat" and arch in operation.not_flat):
        return None
    name = f"{space}_atomic_{operation.old if is_old(arch) else operation.name}"
    flag = {"gfx1201": "th:TH_ATOMIC_RETURN", "gfx942": "sc0"}.get(arch, "glc")
    if space == "buffer":
        zero = "null" if arch == "gfx1201" else "0"
        text = f"{name} {data}, v0, s[4:7], {zero} offen"
        return Case(operation, space, text, f"{text} {flag}")
    off = ", off" if space == "global" else ""
    return Case(operation, space, f"{name} v[2:3], {data}{off}", f"{name} {group(16, n)}, v[2:3], {data}{off} {flag}")


def expected(operation: Operation, memory: Array, places: Array, data: list[Array], mask: int) -> tuple[Array, Array]:
    """Memory afterwards, and the old value that each active lane sees when the lanes go one after another."""
    memory, seen = memory.copy(), np.zeros(len(places), memory.dtype)
    with np.errstate(all="ignore"):
        for lane in lanes_of(mask, len(places)):
            seen[lane] = memory[places[lane]]
            memory[places[lane]] = operation.compute(seen[lane], *[d[lane] for d in data])
    return memory, seen


def check(case: Case, code: bytes, arch: str, seed: int, returning: bool) -> None:
    """Runs a case on memory whose places several lanes share."""
    lanes, operation = LANES[arch], case.operation
    dtype = np.dtype(operation.dtype)
    wave = Wave(arch, lanes)
    memory = corner_values(dtype, 40, seed)
    data = [corner_values(dtype, lanes, seed + 1), corner_values(dtype, lanes, seed + 2)][: 2 if operation.second else 1]
    places = np.random.default_rng(seed).integers(0, 40, lanes)
    mask = 0x6DB7_9E3F_5A5A_FFFF & ((1 << lanes) - 1)
    place_data(wave, case, memory, places, data)
    wave.exec = mask
    after, seen = expected(operation, memory, places, data, mask)
    before = wave.vgpr.copy()
    wave.run(code)
    found = wave.lds[: memory.nbytes].view(dtype) if case.space == "ds" else memory
    assert np.array_equal(bits_of(found), bits_of(after)), (case.plain, arch)
    if returning:
        first, n = 8 if case.space == "buffer" else 16, operation.registers
        old = np.ascontiguousarray(wave.vgpr[first : first + n].T).view(dtype)[:, 0]
        active = lanes_of(mask, lanes)
        assert np.array_equal(bits_of(old)[active], bits_of(seen)[active]), (case.returning, arch)
        before[first : first + n, active] = wave.vgpr[first : first + n, active]
    assert np.array_equal(wave.vgpr, before)


def place_data(wave: Wave, case: Case, memory: Array, places: Array, data: list[Array]) -> None:
    base, n = int(memory.ctypes.data), case.operation.registers
    wave.vgpr[0] = places * memory.itemsize
    set_addresses(wave, 2, (places * memory.itemsize + base).astype(np.uint64))
    wave.sgpr[4:8] = [base & 0xFFFFFFFF, base >> 32, 0xFFFFFFFF, 0x3000_0000 if wave.arch.startswith("gfx1") else 0]
    for k, values in enumerate(data):
        wave.vgpr[8 + n * k : 8 + n * k + n] = split(values)
    if case.space == "ds":
        wave.lds[: memory.nbytes] = memory.view(np.uint8)


@pytest.mark.parametrize("arch", SMALL)
@pytest.mark.parametrize("space", ["global", "flat", "buffer", "ds"])
def test_atomics(arch: str, space: str) -> None:
    """All lanes at once, several of them at one place."""
    cases = [case for operation in OPERATIONS if (case := instructions(operation, space, arch))]
    assert len(cases) > 20
    runs = [(seed, case, returning) for seed, case in enumerate(cases) for returning in (False, True)
            if returning or "csub" not in case.plain]  # fmt: skip
    codes = assembled_apart([case.returning if returning else case.plain for _, case, returning in runs], arch, LANES[arch])
    for (seed, case, returning), code in zip(runs, codes, strict=True):
        check(case, code, arch, seed, returning)


def packed_sum(kind: str, a: int, b: int) -> int:
    """The bits of the sum of two 16-bit numbers, rounded once."""
    if kind == "f16":
        with np.errstate(all="ignore"):
            total = np.uint16(a).view(np.float16) + np.uint16(b).view(np.float16)
        return int(total.view(np.uint16))
    wide = float(np.uint32(a << 16).view(np.float32)) + float(np.uint32(b << 16).view(np.float32))  # exact in double precision
    if math.isnan(wide) or math.isinf(wide) or wide == 0:
        return int(np.float32(wide).view(np.uint32)) >> 16
    exponent = max(math.frexp(wide)[1] - 8, -133)
    rounded = math.ldexp(round(math.ldexp(wide, -exponent)), exponent)
    with np.errstate(over="ignore"):
        return int(np.float32(rounded).view(np.uint32)) >> 16


def is_nan(kind: str, bits: int) -> bool:
    return (bits & 0x7FFF) > (0x7C00 if kind == "f16" else 0x7F80)


PACKED = [(a, k, s) for a, spaces in (("gfx90a", ("global",)), ("gfx942", ("global", "flat", "ds")),
                                      ("gfx1201", ("global", "flat", "ds", "buffer")))
          for k in ("f16", "bf16") for s in spaces if (a, k) != ("gfx90a", "bf16")]  # fmt: skip


@pytest.mark.parametrize(("arch", "kind", "space"), PACKED)
def test_packed_sums(arch: str, kind: str, space: str) -> None:
    """Each half on its own."""
    name = f"ds_pk_add_{kind}" if space == "ds" else f"{space}_atomic_pk_add_{kind}"
    text = {"ds": "v0, v8", "global": "v[2:3], v8, off", "flat": "v[2:3], v8", "buffer": "v8, v0, s[4:7], null offen"}[space]
    lanes = LANES[arch]
    rng = np.random.default_rng(3)
    memory, data = (rng.integers(0, 1 << 32, lanes, dtype=np.uint32) for _ in range(2))
    memory[:8] = [0x00010001, 0x80000000, 0x7C007F80, 0x3C003F80, 0x3BFF3F7F, 0x7BFF7F7F, 0x04000080, 0x83FF807F]
    data[:8] = [0x80018001, 0x80008000, 0xFC00FF80, 0x10013B81, 0x00013001, 0x7BFF7F7F, 0x83FF807F, 0x04000080]
    wanted, wave = memory.copy(), Wave(arch, lanes)
    case = Case(Operation("pk", "pk", np.uint32, max), space, "", "")
    place_data(wave, case, memory, np.arange(lanes), [data])
    wave.run(f"{name} {text}")
    found = wave.lds[: memory.nbytes].view(np.uint32) if space == "ds" else memory
    for lane in range(lanes):
        for shift in (0, 16):
            total = packed_sum(kind, int(wanted[lane]) >> shift & 0xFFFF, int(data[lane]) >> shift & 0xFFFF)
            half = int(found[lane]) >> shift & 0xFFFF
            assert half == total or (is_nan(kind, half) and is_nan(kind, total)), (lane, shift, hex(half), hex(total))


@pytest.mark.parametrize("arch", ["gfx1100", "gfx90a"])
def test_lds_specials(arch: str) -> None:
    """Exchange with or without a second address, conditional exchange, wrapping subtraction."""
    lanes, old = LANES[arch], is_old(arch)
    wave = Wave(arch, lanes)
    rng = np.random.default_rng(9)
    words = rng.integers(0, 1 << 32, 2048, dtype=np.uint32)
    wave.lds[: words.nbytes] = words.view(np.uint8)
    wave.vgpr[0] = 8 * np.arange(lanes)
    wave.vgpr[4:12] = rng.integers(0, 1 << 32, (8, lanes), dtype=np.uint32)
    before = wave.vgpr.copy()
    wave.run(f"""ds_{'wrxchg' if old else 'storexchg'}_rtn_b32 v16, v0, v4
                 ds_{'wrxchg' if old else 'storexchg'}_rtn_b64 v[18:19], v0, v[4:5] offset:2048
                 ds_condxchg32_rtn_b64 v[20:21], v0, v[6:7] offset:4096
                 ds_wrap_rtn_b32 v22, v0, v8, v9 offset:6144""")
    after = wave.lds[: words.nbytes].view(np.uint32).reshape(4, -1)[:, : 2 * lanes].reshape(4, lanes, 2)
    first = words.reshape(4, -1)[:, : 2 * lanes].reshape(4, lanes, 2)
    assert np.array_equal(wave.vgpr[16], first[0, :, 0])
    assert np.array_equal(after[0, :, 0], before[4])
    assert np.array_equal(wave.vgpr[18:20].T, first[1])
    assert np.array_equal(after[1].T, before[4:6])
    assert np.array_equal(wave.vgpr[20:22].T, first[2])
    marked = before[6:8].T >> 31 == 1
    assert np.array_equal(after[2], np.where(marked, before[6:8].T & 0x7FFFFFFF, first[2]))
    values = first[3, :, 0]
    assert np.array_equal(wave.vgpr[22], values)
    assert np.array_equal(after[3, :, 0], np.where(values >= before[8], values - before[8], values + before[9]))


def test_denormals_of_lds() -> None:
    """LDS obeys the mode of f32."""
    for mode, kept in ((0x2F0, True), (0x2C0, False)):
        wave = Wave("gfx1100", 32)
        wave.mode = mode
        wave.lds[:4] = np.array([3], np.uint32).view(np.uint8)
        wave.exec = 1
        wave.vgpr[1] = 4
        wave.run("ds_add_f32 v0, v1")
        assert wave.lds[:4].view(np.uint32)[0] == (7 if kept else 0)


def test_refused() -> None:
    """What the hardware reports as a violation: addresses that are not aligned, 64 bits in private memory."""
    memory = np.zeros(64, np.uint32)
    wave = Wave("gfx1100", 32)
    set_addresses(wave, 0, np.full(32, memory.ctypes.data + 2, np.uint64))
    with pytest.raises(Fault, match="not a multiple"):
        wave.run("global_atomic_add_u32 v[0:1], v2, off")
    set_addresses(wave, 0, np.full(32, 0x00020000 << 32, np.uint64))
    with pytest.raises(Fault, match="64-bit atomic in private memory"):
        wave.run("flat_atomic_add_u64 v[0:1], v[2:3]")
    wave.run("flat_atomic_add_u32 v[0:1], v2")


def test_threads_share_memory() -> None:
    """Waves on several threads of the host lose no update."""
    code = assemble("""s_movk_i32 s0, 2000
loop:
global_atomic_add_u32 v[0:1], v2, off
global_atomic_add_u64 v[4:5], v[6:7], off
global_atomic_add_f32 v[8:9], v10, off
s_sub_u32 s0, s0, 1
s_cmp_lg_u32 s0, 0
s_cbranch_scc1 loop
s_endpgm""", "gfx1100", 32)  # fmt: skip
    memory = np.zeros(8, np.uint32)

    def work() -> None:
        wave = Wave("gfx1100", 32)
        for register, offset in ((0, 0), (4, 8), (8, 16)):
            set_addresses(wave, register, np.full(32, memory.ctypes.data + offset, np.uint64))
        wave.vgpr[2], wave.vgpr[6], wave.vgpr[7], wave.vgpr[10] = 1, 0xFFFFFFFF, 0, 0x3F800000
        wave.run(code)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    count = 4 * 32 * 2000
    assert memory[0] == count
    assert memory[2:4].view(np.uint64)[0] == count * 0xFFFFFFFF
    assert memory[4:5].view(np.float32)[0] == count
