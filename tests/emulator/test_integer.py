"""Vector integer instructions, against Python's integers."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.wave import Wave

from tests.emulator.lanes import ARCHS, Form, check_forms, known, patterns, signed

U32, I32, U64, I64 = 1 << 32, 1 << 31, 1 << 64, 1 << 63


def saturated(value: int, kind: str) -> int:
    bits = int(kind[1:])
    low, high = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1) if kind[0] == "i" else (0, (1 << bits) - 1)
    return min(max(value, low), high)


def forms_of(names: str, kinds: str, compute, operands: str = "{d}, {a}, {b}", **more) -> list[Form]:
    """A form for each name of an instruction."""
    return [Form(f"{name} {operands}", tuple(kinds.split()), compute, **more) for name in names.split()]


def with_clamp(names: str, kinds: str, compute, operands: str = "{d}, {a}, {b}", **more) -> list[Form]:
    """As it is, and saturating with clamp."""
    kind = kinds.split(maxsplit=1)[0]
    clamped = forms_of(names, kinds, lambda *v: saturated(compute(*v), kind), f"{operands} clamp", **more)
    return forms_of(names, kinds, compute, operands, **more) + clamped


ADDITIONS = [
    *with_clamp("v_add_nc_u32_e64 v_add_u32_e64", "u32 u32 u32", lambda a, b: a + b),
    *with_clamp("v_sub_nc_u32_e64 v_sub_u32_e64", "u32 u32 u32", lambda a, b: a - b),
    *with_clamp("v_subrev_nc_u32_e64 v_subrev_u32_e64", "u32 u32 u32", lambda a, b: b - a),
    *forms_of("v_add_nc_u32 v_add_u32", "u32 u32 u32", lambda a, b: a + b),
    *forms_of("v_sub_nc_u32 v_sub_u32", "u32 u32 u32", lambda a, b: a - b),
    *forms_of("v_subrev_nc_u32 v_subrev_u32", "u32 u32 u32", lambda a, b: b - a),
    *with_clamp("v_add_nc_i32 v_add_i32", "i32 i32 i32", lambda a, b: a + b),
    *with_clamp("v_sub_nc_i32 v_sub_i32", "i32 i32 i32", lambda a, b: a - b),
    *with_clamp("v_add_nc_u16 v_add_u16_e64", "u16 u16 u16", lambda a, b: a + b),
    *with_clamp("v_sub_nc_u16 v_sub_u16_e64", "u16 u16 u16", lambda a, b: a - b),
    *with_clamp("v_subrev_u16_e64", "u16 u16 u16", lambda a, b: b - a),
    *with_clamp("v_add_nc_i16 v_add_i16", "i16 i16 i16", lambda a, b: a + b, old_high=True),
    *with_clamp("v_sub_nc_i16 v_sub_i16", "i16 i16 i16", lambda a, b: a - b, old_high=True),
    *forms_of("v_add_co_u32_e64", "u32+mask u32 u32", lambda a, b: (a + b, a + b >= U32), "{d}, {n}, {a}, {b}"),
    *forms_of("v_sub_co_u32_e64", "u32+mask u32 u32", lambda a, b: (a - b, a < b), "{d}, {n}, {a}, {b}"),
    *forms_of("v_subrev_co_u32_e64", "u32+mask u32 u32", lambda a, b: (b - a, b < a), "{d}, {n}, {a}, {b}"),
    *forms_of("v_add_co_u32_e64", "u32+mask u32 u32", lambda a, b: (min(a + b, U32 - 1), a + b >= U32), "{d}, {n}, {a}, {b} clamp"),
    *forms_of("v_sub_co_u32_e64", "u32+mask u32 u32", lambda a, b: (max(a - b, 0), a < b), "{d}, {n}, {a}, {b} clamp"),
    *forms_of("v_add_co_ci_u32_e64 v_addc_co_u32_e64", "u32+mask u32 u32 mask",
              lambda a, b, c: (a + b + c, a + b + c >= U32), "{d}, {n}, {a}, {b}, {m}"),
    *forms_of("v_sub_co_ci_u32_e64 v_subb_co_u32_e64", "u32+mask u32 u32 mask",
              lambda a, b, c: (a - b - c, a < b + c), "{d}, {n}, {a}, {b}, {m}"),
    *forms_of("v_subrev_co_ci_u32_e64 v_subbrev_co_u32_e64", "u32+mask u32 u32 mask",
              lambda a, b, c: (b - a - c, b < a + c), "{d}, {n}, {a}, {b}, {m}"),
    *forms_of("v_add3_u32", "u32 u32 u32 u32", lambda a, b, c: a + b + c, "{d}, {a}, {b}, {c}"),
    *forms_of("v_xad_u32", "u32 u32 u32 u32", lambda a, b, c: (a ^ b) + c, "{d}, {a}, {b}, {c}"),
    *forms_of("v_lshl_add_u32", "u32 u32 u32 u32", lambda a, b, c: (a << (b & 31)) + c, "{d}, {a}, {b}, {c}"),
    *forms_of("v_add_lshl_u32", "u32 u32 u32 u32", lambda a, b, c: (a + b) << (c & 31), "{d}, {a}, {b}, {c}"),
    *(Form(f"v_lshl_add_u64 {{d}}, {{a}}, {n}, {{b}}", ("u64", "u64", "u64"), lambda a, b, n=n: (a << n) + b) for n in range(5)),
]  # fmt: skip


def carried(value: int) -> tuple[int, bool]:
    return value, bool(value >> 64 & 1)


THREE, WITH_CARRY = "{d}, {a}, {b}, {c}", "{d}, {n}, {a}, {b}, {c}"
MULTIPLICATIONS = [
    *forms_of("v_mul_lo_u32", "u32 u32 u32", lambda a, b: a * b),
    *forms_of("v_mul_hi_u32", "u32 u32 u32", lambda a, b: a * b >> 32),
    *forms_of("v_mul_hi_i32", "i32 i32 i32", lambda a, b: a * b >> 32),
    *forms_of("v_mul_lo_u16", "u16 u16 u16", lambda a, b: a * b),
    *forms_of("v_mul_i32_i24", "u32 i24 i24", lambda a, b: a * b),
    *forms_of("v_mul_hi_i32_i24", "u32 i24 i24", lambda a, b: a * b >> 32),
    *forms_of("v_mul_u32_u24", "u32 u24 u24", lambda a, b: a * b),
    *forms_of("v_mul_hi_u32_u24", "u32 u24 u24", lambda a, b: a * b >> 32),
    *with_clamp("v_mad_i32_i24", "i32 i24 i24 i32", lambda a, b, c: a * b + c, THREE),
    *with_clamp("v_mad_u32_u24", "u32 u24 u24 u32", lambda a, b, c: a * b + c, THREE),
    *with_clamp("v_mad_i32_i16", "i32 i16 i16 i32", lambda a, b, c: a * b + c, THREE),
    *with_clamp("v_mad_u32_u16", "u32 u16 u16 u32", lambda a, b, c: a * b + c, THREE),
    *with_clamp("v_mad_i16", "i16 i16 i16 i16", lambda a, b, c: a * b + c, THREE, old_high=True),
    *with_clamp("v_mad_u16", "u16 u16 u16 u16", lambda a, b, c: a * b + c, THREE, old_high=True),
    *with_clamp("v_mad_legacy_i16", "i16 i16 i16 i16", lambda a, b, c: a * b + c, THREE),
    *with_clamp("v_mad_legacy_u16", "u16 u16 u16 u16", lambda a, b, c: a * b + c, THREE),
    *forms_of("v_mad_u64_u32 v_mad_co_u64_u32", "u64+mask u32 u32 u64", lambda a, b, c: carried(a * b + c), WITH_CARRY),
    *forms_of("v_mad_i64_i32 v_mad_co_i64_i32", "i64+mask i32 i32 i64", lambda a, b, c: carried(a * b + c), WITH_CARRY),
    *forms_of("v_mad_u64_u32", "u64+mask u32 u32 u64",
              lambda a, b, c: (min(a * b + c, U64 - 1), a * b + c >= U64), "{d}, {n}, {a}, {b}, {c} clamp"),
    *forms_of("v_mad_i64_i32", "i64+mask i32 i32 i64",
              lambda a, b, c: (saturated(a * b + c, "i64"), a * b + c < 0), "{d}, {n}, {a}, {b}, {c} clamp"),
]  # fmt: skip


def field(a: int, offset: int, width: int) -> int:
    return a >> offset & ((1 << width) - 1)


def permuted(pair: int, selectors: int) -> int:
    result = 0
    for n in range(4):
        selector = selectors >> (8 * n) & 0xFF
        sign = 0xFF * (pair >> (16 * (selector & 3) + 15) & 1)
        byte = field(pair, 8 * selector, 8) if selector < 8 else sign if selector < 12 else 0 if selector == 12 else 0xFF
        result |= byte << (8 * n)
    return result


def leading_zeros(a: int) -> int:
    return 32 - a.bit_length() if a else -1


def trailing_zeros(a: int) -> int:
    return (a & -a).bit_length() - 1


BITS = [
    *forms_of("v_and_b32", "u32 u32 u32", lambda a, b: a & b),
    *forms_of("v_or_b32", "u32 u32 u32", lambda a, b: a | b),
    *forms_of("v_xor_b32", "u32 u32 u32", lambda a, b: a ^ b),
    *forms_of("v_xnor_b32", "u32 u32 u32", lambda a, b: ~(a ^ b)),
    *forms_of("v_not_b32", "u32 u32", lambda a: ~a, "{d}, {a}"),
    *forms_of("v_and_b16", "u16 u16 u16", lambda a, b: a & b),
    *forms_of("v_or_b16", "u16 u16 u16", lambda a, b: a | b),
    *forms_of("v_xor_b16", "u16 u16 u16", lambda a, b: a ^ b),
    *forms_of("v_not_b16", "u16 u16", lambda a: ~a, "{d}, {a}"),
    *forms_of("v_and_or_b32", "u32 u32 u32 u32", lambda a, b, c: a & b | c, THREE),
    *forms_of("v_or3_b32", "u32 u32 u32 u32", lambda a, b, c: a | b | c, THREE),
    *forms_of("v_xor3_b32", "u32 u32 u32 u32", lambda a, b, c: a ^ b ^ c, THREE),
    *forms_of("v_lshl_or_b32", "u32 u32 u32 u32", lambda a, b, c: a << (b & 31) | c, THREE),
    *forms_of("v_bfe_u32", "u32 u32 u5 u5", field, THREE),
    *forms_of("v_bfe_i32", "u32 i32 u5 u5", lambda a, b, c: signed(field(a, b, c), c) if c else 0, THREE),
    *forms_of("v_bfi_b32", "u32 u32 u32 u32", lambda a, b, c: a & b | ~a & c, THREE),
    *forms_of("v_bfm_b32", "u32 u5 u5", lambda a, b: ((1 << a) - 1) << b),
    *forms_of("v_alignbit_b32", "u32 u32 u32 u5", lambda a, b, c: (a << 32 | b) >> c, THREE),
    *forms_of("v_alignbyte_b32", "u32 u32 u32 u2", lambda a, b, c: (a << 32 | b) >> 8 * c, THREE),
    *forms_of("v_bfrev_b32", "u32 u32", lambda a: int(f"{a:032b}"[::-1], 2), "{d}, {a}"),
    *forms_of("v_bcnt_u32_b32", "u32 u32 u32", lambda a, b: a.bit_count() + b),
    *forms_of("v_ffbh_u32 v_clz_i32_u32", "i32 u32", leading_zeros, "{d}, {a}"),
    *forms_of("v_ffbl_b32 v_ctz_i32_b32", "i32 u32", trailing_zeros, "{d}, {a}"),
    *forms_of("v_ffbh_i32 v_cls_i32", "i32 i32", lambda a: leading_zeros(a if a >= 0 else ~a), "{d}, {a}"),
    *forms_of("v_mbcnt_lo_u32_b32", "u32 u32 u32 lane", lambda a, b, lane: (a & (1 << min(lane, 32)) - 1).bit_count() + b),
    *forms_of("v_mbcnt_hi_u32_b32", "u32 u32 u32 lane", lambda a, b, lane: (a & (1 << max(lane - 32, 0)) - 1).bit_count() + b),
    *forms_of("v_perm_b32", "u32 u32 u32 u32", lambda a, b, c: permuted(a << 32 | b, c), THREE),
    *(Form(f"v_perm_b32 {{d}}, {{a}}, {{b}}, {s:#x}", ("u32", "u32", "u32"), lambda a, b, s=s: permuted(a << 32 | b, s))
      for s in (0x07060504, 0x0B0A0908, 0x0D0C0100, 0xFF0C0302)),
]  # fmt: skip

SHIFTS = [
    *forms_of("v_lshlrev_b32", "u32 u5 u32", lambda a, b: b << a),
    *forms_of("v_lshrrev_b32", "u32 u5 u32", lambda a, b: b >> a),
    *forms_of("v_ashrrev_i32", "u32 u5 i32", lambda a, b: b >> a),
    *forms_of("v_lshlrev_b16", "u16 u4 u16", lambda a, b: b << a),
    *forms_of("v_lshrrev_b16", "u16 u4 u16", lambda a, b: b >> a),
    *forms_of("v_ashrrev_i16", "u16 u4 i16", lambda a, b: b >> a),
    *forms_of("v_lshlrev_b64", "u64 u6 u64", lambda a, b: b << a),
    *forms_of("v_lshrrev_b64", "u64 u6 u64", lambda a, b: b >> a),
    *forms_of("v_ashrrev_i64", "u64 u6 i64", lambda a, b: b >> a),
]


def middle(*values: int) -> int:
    return sorted(values)[1]


MIN_MAX = [
    *(form for t in ("u32", "i32", "u16", "i16") for form in (
        *forms_of(f"v_min_{t}", f"{t} {t} {t}", min), *forms_of(f"v_max_{t}", f"{t} {t} {t}", max),
        *forms_of(f"v_min3_{t}", f"{t} {t} {t} {t}", min, THREE, old_high=True),
        *forms_of(f"v_max3_{t}", f"{t} {t} {t} {t}", max, THREE, old_high=True),
        *forms_of(f"v_med3_{t}", f"{t} {t} {t} {t}", middle, THREE, old_high=True))),
    *(form for t in ("u32", "i32") for form in (
        *forms_of(f"v_minmax_{t}", f"{t} {t} {t} {t}", lambda a, b, c: max(min(a, b), c), THREE),
        *forms_of(f"v_maxmin_{t}", f"{t} {t} {t} {t}", lambda a, b, c: min(max(a, b), c), THREE))),
]  # fmt: skip


def split(value: int, bits: int, count: int = 4) -> list[int]:
    return [value >> (bits * n) & ((1 << bits) - 1) for n in range(count)]


def joined(values: list[int], bits: int) -> int:
    return sum((value & ((1 << bits) - 1)) << (bits * n) for n, value in enumerate(values))


def sad(a: int, b: int) -> int:
    return sum(abs(x - y) for x, y in zip(split(a, 8), split(b, 8), strict=True))


def msad(a: int, b: int) -> int:
    return sum(abs(x - y) for x, y in zip(split(a, 8), split(b, 8), strict=True) if y)


BYTES = [
    *forms_of("v_sad_u8", "u32 u32 u32 u32", lambda a, b, c: sad(a, b) + c, THREE),
    *forms_of("v_sad_hi_u8", "u32 u32 u32 u32", lambda a, b, c: (sad(a, b) << 16) + c, THREE),
    *forms_of("v_sad_u16", "u32 u32 u32 u32",
              lambda a, b, c: abs((a & 0xFFFF) - (b & 0xFFFF)) + abs((a >> 16) - (b >> 16)) + c, THREE),
    *forms_of("v_sad_u32", "u32 u32 u32 u32", lambda a, b, c: abs(a - b) + c, THREE),
    *forms_of("v_msad_u8", "u32 u32 u32 u32", lambda a, b, c: msad(a, b) + c, THREE),
    *forms_of("v_qsad_pk_u16_u8", "u64 u64 u32 u64",
              lambda a, b, c: joined([sad(a >> 8 * n, b) + part for n, part in enumerate(split(c, 16))], 16), THREE),
    *forms_of("v_mqsad_pk_u16_u8", "u64 u64 u32 u64",
              lambda a, b, c: joined([msad(a >> 8 * n, b) + part for n, part in enumerate(split(c, 16))], 16), THREE),
    *forms_of("v_lerp_u8", "u32 u32 u32 u32",
              lambda *v: joined([(x + y + (z & 1)) >> 1 for x, y, z in zip(*(split(w, 8) for w in v), strict=True)], 8), THREE),
]  # fmt: skip


def packed(names: str, kind: str, compute, count: int = 2, clamps: bool = False) -> list[Form]:
    """A packed instruction: as it is, with other halves chosen, and saturating."""
    operands = ", ".join(["{d}", "{a}", "{b}", "{c}"][: count + 1])

    def halves(low: int, high: int, saturates: bool = False):
        def both(*values: int) -> int:
            parts = [[signed(v >> (16 * (side >> n & 1)), 16) if kind[0] == "i" else v >> (16 * (side >> n & 1)) & 0xFFFF
                      for n, v in enumerate(values)] for side in (low, high)]  # fmt: skip
            results = [compute(*part) for part in parts]
            return joined([saturated(r, kind) for r in results] if saturates else results, 16)

        return both

    kinds = ("u32",) + ("u32",) * count
    forms = []
    for name in names.split():
        forms += [Form(f"{name} {operands}", kinds, halves(0, 7))]
        for low, high in ((1, 6), (7, 7), (2, 5), (0, 0)):
            selects = f"op_sel:{[low >> n & 1 for n in range(count)]} op_sel_hi:{[high >> n & 1 for n in range(count)]}"
            forms += [Form(f"{name} {operands} {selects}", kinds, halves(low, high))]
        if clamps:
            forms += [Form(f"{name} {operands} clamp", kinds, halves(0, 7, True))]
    return forms


PACKED = [
    *(form for t in ("u16", "i16") for form in (
        *packed(f"v_pk_add_{t}", t, lambda a, b: a + b, clamps=True), *packed(f"v_pk_sub_{t}", t, lambda a, b: a - b, clamps=True),
        *packed(f"v_pk_min_{t}", t, min), *packed(f"v_pk_max_{t}", t, max),
        *packed(f"v_pk_mad_{t}", t, lambda a, b, c: a * b + c, 3, clamps=True))),
    *packed("v_pk_mul_lo_u16", "u16", lambda a, b: a * b),
    *packed("v_pk_lshlrev_b16", "u16", lambda a, b: b << (a & 15)),
    *packed("v_pk_lshrrev_b16", "u16", lambda a, b: b >> (a & 15)),
    *packed("v_pk_ashrrev_i16", "i16", lambda a, b: b >> (a & 15)),
    *forms_of("v_cvt_pk_u16_u32", "u32 u32 u32", lambda a, b: joined([saturated(a, "u16"), saturated(b, "u16")], 16)),
    *forms_of("v_cvt_pk_i16_i32", "u32 i32 i32", lambda a, b: joined([saturated(a, "i16"), saturated(b, "i16")], 16)),
    *forms_of("v_sat_pk_u8_i16", "u16 u32",
              lambda a: joined([saturated(signed(p, 16), "u8") for p in split(a, 16, 2)], 8), "{d}, {a}"),
    *forms_of("v_pack_b32_f16", "u32 u16 u16", lambda a, b: a | b << 16),
    *forms_of("v_pack_b32_f16", "u32 u16h u16", lambda a, b: a | b << 16, "{d}, {a}, {b} op_sel:[1,0,0]"),
    *forms_of("v_cvt_i32_i16", "i32 i16", lambda a: a, "{d}, {a}"),
    *forms_of("v_cvt_u32_u16", "u32 u16", lambda a: a, "{d}, {a}"),
]  # fmt: skip

MOVES = [
    *forms_of("v_mov_b32", "u32 u32", lambda a: a, "{d}, {a}"),
    *forms_of("v_mov_b64", "u64 u64", lambda a: a, "{d}, {a}"),
    *forms_of("v_cndmask_b32_e64", "u32 u32 u32 mask", lambda a, b, c: b if c else a, "{d}, {a}, {b}, {m}"),
    *forms_of("v_cndmask_b32_e64", "u32 u32 u32 mask",
              lambda a, b, c: b & ~0x80000000 if c else a ^ 0x80000000, "{d}, -{a}, |{b}|, {m}"),
    *forms_of("v_cndmask_b16_e64", "u16 u16 u16 mask", lambda a, b, c: b if c else a, "{d}, {a}, {b}, {m}"),
]  # fmt: skip

# Upper halves of registers: op_sel, and on gfx11 the names of the halves. On gfx9 some of these instructions have none.
HALVES = [
    *forms_of("v_mov_b16", "u16h u16", lambda a: a, "{d}.h, {a}.l"),
    *forms_of("v_mov_b16", "u16 u16h", lambda a: a, "{d}.l, {a}.h"),
    *forms_of("v_and_b16", "u16 u16h u16", lambda a, b: a & b, "{d}.l, {a}.h, {b}.l"),
    *forms_of("v_cndmask_b16", "u16h u16 u16h mask", lambda a, b, c: b if c else a, "{d}.h, {a}.l, {b}.h, {m}"),
    *forms_of("v_cvt_u32_u16", "u32 u16h", lambda a: a, "{d}, {a}.h"),
    *forms_of("v_add_nc_u16 v_add_nc_i16", "u16 u16h u16", lambda a, b: a + b, "{d}, {a}, {b} op_sel:[1,0,0]"),
    *forms_of("v_add_nc_u16 v_add_nc_i16", "u16h u16 u16h", lambda a, b: a + b, "{d}, {a}, {b} op_sel:[0,1,1]"),
    *forms_of("v_mad_u16", "u16h u16h u16 u16h", lambda a, b, c: a * b + c, "{d}, {a}, {b}, {c} op_sel:[1,0,1,1]"),
    *forms_of("v_max3_i16", "u16h i16 i16h i16", max, "{d}, {a}, {b}, {c} op_sel:[0,1,0,1]"),
    *forms_of("v_mad_u32_u16", "u32 u16h u16h u32", lambda a, b, c: a * b + c, "{d}, {a}, {b}, {c} op_sel:[1,1,0,0]"),
    *forms_of("v_cmp_lt_u16_e64", "mask u16h u16", lambda a, b: a < b, "{n}, {a}.h, {b}.l"),
    *forms_of("v_cmp_ge_i16_e64", "mask i16 i16h", lambda a, b: a >= b, "{n}, {a}.l, {b}.h"),
    *forms_of("v_lshlrev_b16", "u16h u4 u16h", lambda a, b: b << a, "{d}.h, {a}.l, {b}.h"),
]

# Parts of registers: SDWA of gfx9 and gfx10.
SDWA = [
    *forms_of("v_and_b32_sdwa", "u32 u32 u32", lambda a, b: a >> 8 & 0xFF & b >> 16,
              "{d}, {a}, {b} dst_sel:DWORD src0_sel:BYTE_1 src1_sel:WORD_1"),
    *forms_of("v_mul_u32_u24_sdwa", "u32 u32 u32", lambda a, b: (a & 0xFF) * (b >> 24),
              "{d}, {a}, {b} dst_sel:DWORD src0_sel:BYTE_0 src1_sel:BYTE_3"),
    *forms_of("v_max_i32_sdwa", "u32 u32 i32", lambda a, b: max(signed(a >> 16, 16), b),
              "{d}, {a}, {b} dst_sel:DWORD src0_sel:WORD_1 src1_sel:DWORD".replace("{a}", "sext({a})")),
    *forms_of("v_or_b32_sdwa", "u16h u32 u32", lambda a, b: a | b,
              "{d}, {a}, {b} dst_sel:WORD_1 dst_unused:UNUSED_PRESERVE src0_sel:DWORD src1_sel:DWORD"),
    *forms_of("v_or_b32_sdwa", "u32 u32 u32", lambda a, b: ((a | b) & 0xFF) << 8,
              "{d}, {a}, {b} dst_sel:BYTE_1 dst_unused:UNUSED_PAD src0_sel:DWORD src1_sel:DWORD"),
    *forms_of("v_or_b32_sdwa", "u32 u32 u32", lambda a, b: signed(a | b, 16),
              "{d}, {a}, {b} dst_sel:WORD_0 dst_unused:UNUSED_SEXT src0_sel:DWORD src1_sel:DWORD"),
]  # fmt: skip

SDWA_COMPARES = [
    *forms_of(
        "v_cmp_lt_u32_sdwa",
        "mask u32 u32",
        lambda a, b: (a >> 8 & 0xFF) < (b & 0xFFFF),
        "{n}, {a}, {b} src0_sel:BYTE_1 src1_sel:WORD_0",
    ),
    *forms_of(
        "v_cmp_ge_i32_sdwa",
        "mask u32 i32",
        lambda a, b: signed(a >> 16, 16) >= b,
        "{n}, sext({a}), {b} src0_sel:WORD_1 src1_sel:DWORD",
    ),
    *forms_of(
        "v_cmp_eq_u16_sdwa", "mask u32 u32", lambda a, b: a & 0xFF == b >> 24, "{n}, {a}, {b} src0_sel:BYTE_0 src1_sel:BYTE_3"
    ),
]

FAMILIES = {
    "additions": ADDITIONS, "multiplications": MULTIPLICATIONS, "bits": BITS, "shifts": SHIFTS, "min_max": MIN_MAX, "bytes": BYTES,
    "packed": PACKED, "moves": MOVES, "halves": HALVES, "sdwa": SDWA,
    "sdwa_compares": SDWA_COMPARES,
}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES)
def test_vector_integers(family: str) -> None:
    ran: set[str] = set()
    for arch, lanes in ARCHS:
        ran |= check_forms(FAMILIES[family], arch, lanes)
    assert ran == {form.text for form in FAMILIES[family]}  # every form is of some architecture


def wave_with(arch: str, lanes: int, count: int) -> Wave:
    wave = Wave(arch, lanes)
    source = random.Random(arch)
    wave.vgpr[:count] = np.array([patterns(source, lanes, 32) for _ in range(count)], np.uint32)
    wave.exec = source.getrandbits(lanes)
    return wave


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_four_masked_sums(arch: str, lanes: int) -> None:
    """v_mqsad_u32_u8 has four registers of sums."""
    wave = wave_with(arch, lanes, 20)
    before = wave.vgpr.astype(object)
    if not known(["v_mqsad_u32_u8 v[8:11], v[0:1], v2, v[4:7]"], arch, lanes)[0]:
        assert arch == "gfx1201"
        return
    wave.run("v_mqsad_u32_u8 v[8:11], v[0:1], v2, v[4:7]")
    for lane, n in itertools.product(range(lanes), range(4)):
        sums = msad(int(before[0, lane] | before[1, lane] << 32) >> 8 * n, int(before[2, lane])) + before[4 + n, lane]
        expected = sums % U32 if wave.exec >> lane & 1 else before[8 + n, lane]
        assert wave.vgpr[8 + n, lane] == expected


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
def test_swaps(arch: str, lanes: int) -> None:
    wave = wave_with(arch, lanes, 2)
    a, b = wave.vgpr[:2].copy()
    wave.run("v_swap_b32 v0, v1")
    on = np.array([wave.exec >> lane & 1 for lane in range(lanes)], bool)
    assert (wave.vgpr[0] == np.where(on, b, a)).all()
    assert (wave.vgpr[1] == np.where(on, a, b)).all()


def test_swap_of_halves() -> None:
    wave = wave_with("gfx1100", 32, 2)
    a, b = wave.vgpr[:2].copy()
    wave.run("v_swap_b16 v0.h, v1.l")
    on = np.array([wave.exec >> lane & 1 for lane in range(32)], bool)
    assert (wave.vgpr[0] == np.where(on, a & 0xFFFF | b << 16, a)).all()
    assert (wave.vgpr[1] == np.where(on, b & 0xFFFF0000 | a >> 16, b)).all()


@pytest.mark.parametrize(("arch", "lanes"), ARCHS)
@pytest.mark.parametrize("bound", [0, 1])
def test_other_lanes(arch: str, lanes: int, bound: int) -> None:
    """DPP: the first operand of the lane to the left. Without bound control, lanes without one write nothing, and give no bit."""
    control = " bound_ctrl:1" if bound else ""  # bound_ctrl:0 is an old name of the same
    lines = [
        f"v_sub_nc_u32_dpp v8, v0, v1 row_shr:1 row_mask:0xf bank_mask:0xf{control}",
        f"v_sub_u32_dpp v8, v0, v1 row_shr:1 row_mask:0xf bank_mask:0xf{control}",
        f"v_cmp_gt_u32_e64_dpp {mask_name(20, lanes)}, v0, v1 row_shr:1 row_mask:0xf bank_mask:0xf{control}",
        f"v_add_co_ci_u32_dpp v9, {vcc(lanes)}, v0, v1, {vcc(lanes)} row_shr:1 row_mask:0xf bank_mask:0xf{control}",
        f"v_addc_co_u32_dpp v9, vcc, v0, v1, vcc row_shr:1 row_mask:0xf bank_mask:0xf{control}",
    ]
    there = known(lines, arch, lanes)
    wave = wave_with(arch, lanes, 10)
    wave.exec = (1 << lanes) - 1
    wave.vcc = carries = random.Random(arch).getrandbits(lanes)
    before = wave.vgpr.astype(object)
    wave.run("\n".join(line for line, accepted in zip(lines, there, strict=True) if accepted))
    for lane in range(lanes):
        written = lane % 16 != 0 or bound == 1
        a, b = before[0, lane - 1] if lane % 16 else 0, before[1, lane]
        assert wave.vgpr[8, lane] == ((a - b) % U32 if written else before[8, lane])
        assert not there[2] or int(wave.sgpr[20]) >> lane & 1 == (written and a > b)
        total = a + b + (carries >> lane & 1)
        assert wave.vgpr[9, lane] == (total % U32 if written else before[9, lane])
        assert wave.vcc >> lane & 1 == (written and total >= U32)


def vcc(lanes: int) -> str:
    return "vcc" if lanes == 64 else "vcc_lo"


def mask_name(register: int, lanes: int) -> str:
    return f"s[{register}:{register + 1}]" if lanes == 64 else f"s{register}"


def test_compares_of_halves_in_short_encodings() -> None:
    wave = wave_with("gfx1100", 32, 2)
    wave.run("v_cmp_lt_u16_e32 vcc_lo, v0.h, v1.l\ns_mov_b32 s0, vcc_lo\nv_cmp_lt_i16_e32 vcc_lo, v0.l, v1.h")
    for lane in range(32):
        a, b = int(wave.vgpr[0, lane]), int(wave.vgpr[1, lane])
        on = wave.exec >> lane & 1
        assert int(wave.sgpr[0]) >> lane & 1 == (on and a >> 16 < b & 0xFFFF)
        assert wave.vcc >> lane & 1 == (on and signed(a, 16) < signed(b >> 16, 16))
