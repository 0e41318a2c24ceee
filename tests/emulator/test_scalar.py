"""Scalar instructions, against Python's integers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Wave, disassemble

from tests.emulator.lanes import ARCHS, as_type, known, patterns, signed

U32, U64 = 1 << 32, 1 << 64


@dataclass(frozen=True)
class Scalar:
    """An instruction: its names on the architectures, types of result and operands, and what it computes.

    `compute` takes the operands, and SCC as `scc`; it gives the result, or the result and SCC.
    """

    names: str
    kinds: str
    compute: Callable[..., object]
    operands: str = "{d}, {a}, {b}"


def unary(names: str, kinds: str, compute: Callable[..., object]) -> Scalar:
    return Scalar(names, kinds, compute, "{d}, {a}")


def nonzero(compute: Callable[..., int], bits: int = 32) -> Callable[..., object]:
    """The result, with SCC saying whether it is not 0."""

    def both(*values: int, scc: bool) -> tuple[int, bool]:
        result = compute(*values) % (1 << bits)
        return result, result != 0

    return both


def plain(compute: Callable[..., int]) -> Callable[..., object]:
    return lambda *values, scc: (compute(*values), scc)


def overflow(value: int) -> tuple[int, bool]:
    return value, value != signed(value, 32)


def field(value: int, offset: int, width: int) -> int:
    return value >> offset & ((1 << width) - 1)


def signed_field(value: int, offset: int, width: int) -> int:
    return signed(field(value, offset, width), width) if width else 0


def leading_zeros(value: int, bits: int) -> int:
    return bits - value.bit_length() if value else -1


def trailing_zeros(value: int) -> int:
    return (value & -value).bit_length() - 1


def quads(value: int, bits: int) -> list[bool]:
    return [value >> (4 * n) & 15 != 0 for n in range(bits // 4)]


LOGIC = {
    "s_and_{}": lambda a, b: a & b, "s_or_{}": lambda a, b: a | b, "s_xor_{}": lambda a, b: a ^ b,
    "s_nand_{}": lambda a, b: ~(a & b),
    "s_nor_{}": lambda a, b: ~(a | b), "s_xnor_{}": lambda a, b: ~(a ^ b), "s_andn2_{} s_and_not1_{}": lambda a, b: a & ~b,
    "s_orn2_{} s_or_not1_{}": lambda a, b: a | ~b,
}  # fmt: skip


WORDS = [
    *(Scalar(names.replace("{}", f"b{n}"), f"u{n} u{n} u{n}", nonzero(compute, n))
      for names, compute in LOGIC.items() for n in (32, 64)),
    *(unary(f"s_not_b{n}", f"u{n} u{n}", nonzero(lambda a: ~a, n)) for n in (32, 64)),
    *(unary(f"s_mov_b{n}", f"u{n} u{n}", plain(lambda a: a)) for n in (32, 64)),
    *(unary(f"s_cmov_b{n}", f"u{n} u{n}", lambda a, scc: (a if scc else None, scc)) for n in (32, 64)),
    *(Scalar(f"s_cselect_b{n}", f"u{n} u{n} u{n}", lambda a, b, scc: (a if scc else b, scc)) for n in (32, 64)),
    *(unary(f"s_brev_b{n}", f"u{n} u{n}", plain(lambda a, n=n: int(f"{a:0{n}b}"[::-1], 2))) for n in (32, 64)),
    unary("s_sext_i32_i8", "u32 i8", plain(lambda a: a)),
    unary("s_sext_i32_i16", "u32 i16", plain(lambda a: a)),
    Scalar("s_pack_ll_b32_b16", "u32 u32 u32", plain(lambda a, b: a & 0xFFFF | b << 16)),
    Scalar("s_pack_lh_b32_b16", "u32 u32 u32", plain(lambda a, b: a & 0xFFFF | b >> 16 << 16)),
    Scalar("s_pack_hh_b32_b16", "u32 u32 u32", plain(lambda a, b: a >> 16 | b >> 16 << 16)),
    Scalar("s_pack_hl_b32_b16", "u32 u32 u32", plain(lambda a, b: a >> 16 | b << 16)),
    *(Scalar(f"s_lshl_b{n}", f"u{n} u{n} u{k}", nonzero(lambda a, b: a << b, n)) for n, k in ((32, 5), (64, 6))),
    *(Scalar(f"s_lshr_b{n}", f"u{n} u{n} u{k}", nonzero(lambda a, b: a >> b, n)) for n, k in ((32, 5), (64, 6))),
    *(Scalar(f"s_ashr_i{n}", f"u{n} i{n} u{k}", nonzero(lambda a, b: a >> b, n)) for n, k in ((32, 5), (64, 6))),
    *(Scalar(f"s_bfe_u{n}", f"u{n} u{n} u32", nonzero(lambda a, b, n=n: field(a, b % n, b >> 16 & 0x7F), n)) for n in (32, 64)),
    *(Scalar(f"s_bfe_i{n}", f"u{n} i{n} u32", nonzero(lambda a, b, n=n: signed_field(a, b % n, b >> 16 & 0x7F), n))
      for n in (32, 64)),
    *(Scalar(f"s_bfm_b{n}", f"u{n} u{k} u{k}", plain(lambda a, b: ((1 << a) - 1) << b)) for n, k in ((32, 5), (64, 6))),
    *(unary(f"s_bcnt0_i32_b{n}", f"u32 u{n}", nonzero(lambda a, n=n: n - a.bit_count())) for n in (32, 64)),
    *(unary(f"s_bcnt1_i32_b{n}", f"u32 u{n}", nonzero(lambda a: a.bit_count())) for n in (32, 64)),
    *(unary(f"s_ff1_i32_b{n} s_ctz_i32_b{n}", f"u32 u{n}", plain(trailing_zeros)) for n in (32, 64)),
    *(unary(f"s_ff0_i32_b{n}", f"u32 u{n}", plain(lambda a, n=n: trailing_zeros(~a % (1 << n)))) for n in (32, 64)),
    *(unary(f"s_flbit_i32_b{n} s_clz_i32_u{n}", f"u32 u{n}", plain(lambda a, n=n: leading_zeros(a, n))) for n in (32, 64)),
    unary("s_flbit_i32 s_cls_i32", "u32 i32", plain(lambda a: leading_zeros(a if a >= 0 else ~a, 32))),
    unary("s_flbit_i32_i64 s_cls_i32_i64", "u32 i64", plain(lambda a: leading_zeros(a if a >= 0 else ~a, 64))),
    *(unary(f"s_quadmask_b{n}", f"u{n} u{n}", nonzero(lambda a, n=n: sum(q << k for k, q in enumerate(quads(a, n))), n))
      for n in (32, 64)),
    *(unary(f"s_wqm_b{n}", f"u{n} u{n}", nonzero(lambda a, n=n: sum(15 * q << 4 * k for k, q in enumerate(quads(a, n))), n))
      for n in (32, 64)),
    unary("s_bitreplicate_b64_b32", "u64 u32", plain(lambda a: sum((a >> k & 1) * 3 << 2 * k for k in range(32)))),
]  # fmt: skip

NUMBERS = [
    Scalar("s_add_u32 s_add_co_u32", "u32 u32 u32", lambda a, b, scc: (a + b, a + b >= U32)),
    Scalar("s_sub_u32 s_sub_co_u32", "u32 u32 u32", lambda a, b, scc: (a - b, a < b)),
    Scalar("s_add_i32 s_add_co_i32", "i32 i32 i32", lambda a, b, scc: overflow(a + b)),
    Scalar("s_sub_i32 s_sub_co_i32", "i32 i32 i32", lambda a, b, scc: overflow(a - b)),
    Scalar("s_addc_u32 s_add_co_ci_u32", "u32 u32 u32", lambda a, b, scc: (a + b + scc, a + b + scc >= U32)),
    Scalar("s_subb_u32 s_sub_co_ci_u32", "u32 u32 u32", lambda a, b, scc: (a - b - scc, a < b + scc)),
    Scalar("s_add_nc_u64", "u64 u64 u64", plain(lambda a, b: a + b)),
    Scalar("s_sub_nc_u64", "u64 u64 u64", plain(lambda a, b: a - b)),
    Scalar("s_mul_u64", "u64 u64 u64", plain(lambda a, b: a * b)),
    Scalar("s_mul_i32", "u32 u32 u32", plain(lambda a, b: a * b)),
    Scalar("s_mul_hi_u32", "u32 u32 u32", plain(lambda a, b: a * b >> 32)),
    Scalar("s_mul_hi_i32", "u32 i32 i32", plain(lambda a, b: a * b >> 32)),
    unary("s_abs_i32", "u32 i32", nonzero(abs)),
    Scalar("s_absdiff_i32", "u32 i32 i32", nonzero(lambda a, b: abs(signed(a - b, 32)))),
    *(Scalar(f"s_min_{t}", f"u32 {t} {t}", lambda a, b, scc: (min(a, b), a < b)) for t in ("i32", "u32")),
    *(Scalar(f"s_max_{t}", f"u32 {t} {t}", lambda a, b, scc: (max(a, b), a >= b)) for t in ("i32", "u32")),
    *(Scalar(f"s_lshl{n}_add_u32", "u32 u32 u32", lambda a, b, scc, n=n: ((a << n) + b, (a << n) + b >= U32))
      for n in (1, 2, 3, 4)),
]  # fmt: skip

COMPARES: dict[str, Callable[[int, int], bool]] = {
    "eq": lambda a, b: a == b, "lg": lambda a, b: a != b, "gt": lambda a, b: a > b, "ge": lambda a, b: a >= b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
}  # fmt: skip
TESTS = [
    *(Scalar(f"s_cmp_{name}_{t}", f"none {t} {t}", lambda a, b, scc, f=f: (None, f(a, b)), "{a}, {b}")
      for name, f in COMPARES.items() for t in ("i32", "u32", "u64")),
    *(Scalar(f"s_cmpk_{name}_i32", "none i32", lambda a, scc, f=f, k=k: (None, f(a, k)), f"{{a}}, {k}")
      for name, f in COMPARES.items() for k in (-1, 5, -32768)),
    *(Scalar(f"s_cmpk_{name}_u32", "none u32", lambda a, scc, f=f, k=k: (None, f(a, k)), f"{{a}}, {k}")
      for name, f in COMPARES.items() for k in (0xFFFF, 5, 0x8000)),
    *(Scalar(f"s_bitcmp{v}_b{n}", f"none u{n} u{k}", lambda a, b, scc, v=v: (None, a >> b & 1 == v), "{a}, {b}")
      for v in (0, 1) for n, k in ((32, 5), (64, 6))),
]  # fmt: skip
IMPOSSIBLE = {f"s_cmp_{name}_u64" for name in ("gt", "ge", "lt", "le")}  # no such instructions

CONSTANTS = [
    *(Scalar("s_movk_i32", "u32", lambda scc, k=k: (k, scc), f"{{d}}, {k}") for k in (-1, 5, -32768, 32767)),
    *(Scalar("s_mov_b32", "u32", lambda scc, k=k: (k, scc), f"{{d}}, {k:#x}") for k in (0x12345678, 0xFFFFFFF0, 0x3F800000)),
    *(Scalar("s_mov_b64", "u64", lambda scc, k=k: (k, scc), f"{{d}}, {k}") for k in (-16, 64, 0)),
    Scalar("s_mov_b32", "u32", lambda scc: (0x3F000000, scc), "{d}, 0.5"),
    *(Scalar("s_cmovk_i32", "u32", lambda scc, k=k: (k if scc else None, scc), f"{{d}}, {k}") for k in (-1, 5)),
]

# Read and change their destination.
CHANGES = [
    *(Scalar("s_addk_i32 s_addk_co_i32", "i32 old", lambda old, scc, k=k: overflow(old + k), f"{{d}}, {k}")
      for k in (-1, 5, -32768, 32767)),
    *(Scalar("s_mulk_i32", "i32 old", lambda old, scc, k=k: (old * k, scc), f"{{d}}, {k}") for k in (-1, 5, -32768)),
    *(Scalar(f"s_bitset{v}_b{n}", f"u{n} u{k} old",
             lambda a, old, scc, v=v: (old | 1 << a if v else old & ~(1 << a), scc), "{d}, {a}")
      for v in (0, 1) for n, k in ((32, 5), (64, 6))),
]  # fmt: skip

DESTINATION, FIRST, SECOND = 8, 10, 12  # scalar registers


def register(number: int, kind: str) -> str:
    return f"s[{number}:{number + 1}]" if kind[1:] == "64" or kind == "u64" else f"s{number}"


def line_of(case: Scalar, name: str) -> str:
    kinds = case.kinds.split()
    operands = [kind for kind in kinds[1:] if kind != "old"]
    names = {"d": register(DESTINATION, kinds[0])}
    names |= {letter: register(number, kind) for letter, number, kind in zip("ab", (FIRST, SECOND), operands, strict=False)}
    return f"{name} {case.operands.format(**names)}"


def value_of(wave: Wave, number: int, kind: str) -> int:
    return as_type(int(wave.sgpr[number]) | int(wave.sgpr[number + 1]) << 32, kind)


def put(wave: Wave, number: int, value: int) -> None:
    wave.sgpr[number], wave.sgpr[number + 1] = value % U32, value >> 32 & 0xFFFFFFFF


def check(case: Scalar, code: bytes, arch: str, lanes: int, seed: str) -> None:
    source = random.Random(seed)
    kinds = case.kinds.split()
    wave = Wave(arch, lanes, lds_bytes=4, scratch_bytes=4)
    a, b, old = patterns(source, 3, 64)
    if source.random() < 0.5:
        a, b = (int(n) & 0xFFFFFFFF for n in (a, b))
    for number, value in ((DESTINATION, old), (FIRST, a), (SECOND, b)):
        put(wave, number, value)
    wave.scc = scc = source.random() < 0.5
    wave.run(code)
    given = iter((FIRST, SECOND))
    values = [as_type(old, kinds[0]) if kind == "old" else as_type(a if next(given) == FIRST else b, kind) for kind in kinds[1:]]
    result, condition = case.compute(*values, scc=scc)  # type: ignore[misc]
    where = f"{arch}: {case.names} of {[hex(v) for v in values]}, scc {scc}"
    assert wave.scc == condition, where
    if kinds[0] == "none" or result is None:
        assert value_of(wave, DESTINATION, "u64") == old, where
        return
    ones = (1 << int(kinds[0][1:])) - 1
    expected = old & ~ones | result & ones
    assert value_of(wave, DESTINATION, "u64") == expected % U64, (
        f"{where}: {value_of(wave, DESTINATION, 'u64'):#x}, not {expected:#x}"
    )


FAMILIES = {"words": WORDS, "numbers": NUMBERS, "tests": TESTS, "constants": CONSTANTS, "changes": CHANGES}


def pieces(lines: list[str], arch: str, lanes: int) -> list[bytes]:
    """Each line as a program of its own."""
    code = assemble("\n".join(f"{line}\ns_endpgm" for line in lines), arch, lanes)
    found, start = [], 0
    for offset, name, size in disassemble(code, arch, lanes):
        if name == "s_endpgm":
            found.append(code[start : offset + size])
            start = offset + size
    return found


@pytest.mark.parametrize("family", FAMILIES)
def test_scalars(family: str) -> None:
    cases = [(case, name) for case in FAMILIES[family] for name in case.names.split() if name not in IMPOSSIBLE]
    lines = [line_of(*case) for case in cases]
    ran = set()
    for arch, lanes in ARCHS:
        there = [n for n, accepted in enumerate(known(lines, arch, lanes)) if accepted]
        programs = pieces([lines[n] for n in there], arch, lanes)
        for n, code in zip(there, programs, strict=True):
            for seed in range(30):
                check(cases[n][0], code, arch, lanes, f"{lines[n]} {seed}")
        ran |= {lines[n] for n in there}
    assert ran == set(lines)  # every instruction is of some architecture
