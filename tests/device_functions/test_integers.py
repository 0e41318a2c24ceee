"""Integer, SIMD-in-a-word, dot-product and DPX functions against their definitions in unbounded integers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.device_functions.runner import DTYPES, call_of, check
from tests.device_functions.values import columns, drawn_bits

U, S, UL, L = "unsigned int", "int", "unsigned long long", "long long"


def _bits(value, width):
    return value & (1 << width) - 1


def _clamp(value, low, high):
    return min(max(value, low), high)


def _signed(value, width):
    return (value & (1 << width) - 1) - ((value >> width - 1 & 1) << width)


def _clz(value, width):
    return width - _bits(value, width).bit_length()


def _ffs(value, width):
    value = _bits(value, width)
    return (value & -value).bit_length()


def _reversed(value, width):
    return int(f"{value:0{width}b}"[::-1], 2)


def _byte_perm(x, y, s):
    data = (x | y << 32).to_bytes(8, "little")
    return int.from_bytes(bytes(data[s >> 4 * i & 7] for i in range(4)), "little")


def _low24(value):
    return _signed(value, 24)


def _nth_set(mask, base, offset):
    base = _bits(base, 32)
    if base > 31:
        return None
    candidates = [i for i in (range(base, 32) if offset >= 0 else range(base, -1, -1)) if mask >> i & 1]
    if offset == 0:
        return base if mask >> base & 1 else 0xffffffff
    return candidates[abs(offset) - 1] if len(candidates) >= abs(offset) else 0xffffffff


def _dot(a, b, c, is_signed, pairs):
    """`pairs`: (width of a's part, its number, number of b's byte)."""
    for width, i, j in pairs:
        x, y = _bits(a >> width * i, width), _bits(b >> 8 * j, 8)
        c += _signed(x, width) * _signed(y, 8) if is_signed else x * y
    return c


BYTES = [(8, i, i) for i in range(4)]
LOW, HIGH = [(16, 0, 0), (16, 1, 1)], [(16, 0, 2), (16, 1, 3)]

PLAIN = {
    (S, "__popc", U): lambda x: x.bit_count(),
    (S, "__popcll", UL): lambda x: x.bit_count(),
    (S, "__clz", S): lambda x: _clz(x, 32),
    (S, "__clzll", L): lambda x: _clz(x, 64),
    (S, "__ffs", S): lambda x: _ffs(x, 32),
    (S, "__ffsll", L): lambda x: _ffs(x, 64),
    (U, "__brev", U): lambda x: _reversed(x, 32),
    (UL, "__brevll", UL): lambda x: _reversed(x, 64),
    ("unsigned short", "__nv_bswap16", "unsigned short"): lambda x: int.from_bytes(x.to_bytes(2, "little"), "big"),
    (U, "__nv_bswap32", U): lambda x: int.from_bytes(x.to_bytes(4, "little"), "big"),
    (UL, "__nv_bswap64", UL): lambda x: int.from_bytes(x.to_bytes(8, "little"), "big"),
    (U, "__byte_perm", U, U, U): _byte_perm,
    (S, "__mulhi", S, S): lambda x, y: x * y >> 32,
    (U, "__umulhi", U, U): lambda x, y: x * y >> 32,
    (L, "__mul64hi", L, L): lambda x, y: x * y >> 64,
    (UL, "__umul64hi", UL, UL): lambda x, y: x * y >> 64,
    (S, "__mul24", S, S): lambda x, y: _low24(x) * _low24(y),
    (U, "__umul24", U, U): lambda x, y: (x & 0xffffff) * (y & 0xffffff),
    (S, "__hadd", S, S): lambda x, y: x + y >> 1,
    (S, "__rhadd", S, S): lambda x, y: x + y + 1 >> 1,
    (U, "__uhadd", U, U): lambda x, y: x + y >> 1,
    (U, "__urhadd", U, U): lambda x, y: x + y + 1 >> 1,
    (U, "__sad", S, S, U): lambda x, y, z: z + abs(x - y),
    (U, "__usad", U, U, U): lambda x, y, z: z + abs(x - y),
    (U, "__funnelshift_l", U, U, U): lambda low, high, n: (high << 32 | low) << (n & 31) >> 32,
    (U, "__funnelshift_lc", U, U, U): lambda low, high, n: (high << 32 | low) << min(n, 32) >> 32,
    (U, "__funnelshift_r", U, U, U): lambda low, high, n: (high << 32 | low) >> (n & 31),
    (U, "__funnelshift_rc", U, U, U): lambda low, high, n: (high << 32 | low) >> min(n, 32),
    (S, "__dp4a", S, S, S): lambda a, b, c: _dot(a, b, c, True, BYTES),
    (U, "__dp4a", U, U, U): lambda a, b, c: _dot(a, b, c, False, BYTES),
    (S, "__dp4a", "char4", "char4", S): lambda a, b, c: _dot(a, b, c, True, BYTES),
    (U, "__dp4a", "uchar4", "uchar4", U): lambda a, b, c: _dot(a, b, c, False, BYTES),
    (S, "__dp2a_lo", S, S, S): lambda a, b, c: _dot(a, b, c, True, LOW),
    (U, "__dp2a_lo", U, U, U): lambda a, b, c: _dot(a, b, c, False, LOW),
    (S, "__dp2a_hi", S, S, S): lambda a, b, c: _dot(a, b, c, True, HIGH),
    (U, "__dp2a_hi", U, U, U): lambda a, b, c: _dot(a, b, c, False, HIGH),
    (S, "__dp2a_lo", "short2", "char4", S): lambda a, b, c: _dot(a, b, c, True, LOW),
    (U, "__dp2a_hi", "ushort2", "uchar4", U): lambda a, b, c: _dot(a, b, c, False, HIGH),
}
for kind in (S, U, L, UL, "long", "unsigned long"):
    PLAIN[kind, "min", kind, kind] = min
    PLAIN[kind, "max", kind, kind] = max

# One lane at a time: arguments as their signed or unsigned values.
LANES = {
    "add": (False, lambda x, y, w: x + y), "sub": (False, lambda x, y, w: x - y),
    "addss": (True, lambda x, y, w: _clamp(x + y, -(1 << w - 1), (1 << w - 1) - 1)),
    "addus": (False, lambda x, y, w: min(x + y, (1 << w) - 1)),
    "subss": (True, lambda x, y, w: _clamp(x - y, -(1 << w - 1), (1 << w - 1) - 1)),
    "subus": (False, lambda x, y, w: max(x - y, 0)),
    "avgs": (True, lambda x, y, w: x + y + (x + y >= 0) >> 1), "avgu": (False, lambda x, y, w: x + y + 1 >> 1),
    "haddu": (False, lambda x, y, w: x + y >> 1),
    "absdiffs": (True, lambda x, y, w: abs(x - y)), "absdiffu": (False, lambda x, y, w: abs(x - y)),
    "maxs": (True, lambda x, y, w: max(x, y)), "maxu": (False, lambda x, y, w: max(x, y)),
    "mins": (True, lambda x, y, w: min(x, y)), "minu": (False, lambda x, y, w: min(x, y)),
    "abs": (True, lambda x, w: abs(x)), "absss": (True, lambda x, w: min(abs(x), (1 << w - 1) - 1)),
    "neg": (True, lambda x, w: -x), "negss": (True, lambda x, w: min(-x, (1 << w - 1) - 1)),
}  # fmt: skip
COMPARE = {"eq": int.__eq__, "ne": int.__ne__, "lt": int.__lt__, "le": int.__le__, "gt": int.__gt__, "ge": int.__ge__}
for name, compare in COMPARE.items():
    for suffix in [""] if name in ("eq", "ne") else ["s", "u"]:
        LANES["cmp" + name + suffix] = (suffix == "s", lambda x, y, w, f=compare: -int(f(x, y)))
        LANES["set" + name + suffix] = (suffix == "s", lambda x, y, w, f=compare: int(f(x, y)))
DPX = {
    "addmax": lambda x, y, z, wrap: max(wrap(x + y), z), "addmin": lambda x, y, z, wrap: min(wrap(x + y), z),
    "max3": lambda x, y, z, wrap: max(x, y, z), "min3": lambda x, y, z, wrap: min(x, y, z),
    "max": lambda x, y, wrap: max(x, y), "min": lambda x, y, wrap: min(x, y),
}  # fmt: skip


def _by_lane(width, is_signed, f):
    """`f(lanes..., )` of each lane, put together again."""
    def whole(*words):
        lanes = [[_signed(w >> i, width) if is_signed else _bits(w >> i, width) for w in words] for i in range(0, 32, width)]
        return sum(_bits(f(*lane), width) << width * i for i, lane in enumerate(lanes))
    return whole


def _dpx_reference(f, width, is_signed, relu):
    def wrap(x):
        return _signed(x, width) if is_signed else _bits(x, width)
    return _by_lane(width, is_signed, lambda *lane: max(f(*lane, wrap), 0) if relu else f(*lane, wrap))


def _sum_of_distances(width, is_signed):
    part = _signed if is_signed else _bits
    return lambda x, y: sum(abs(part(x >> i, width) - part(y >> i, width)) for i in range(0, 32, width))


DPX_KINDS = [("s32", 32, S), ("u32", 32, U), ("s16x2", 16, U), ("u16x2", 16, U)]


def _all_functions():
    yield from PLAIN.items()
    for name, (is_signed, f) in LANES.items():
        unary = f.__code__.co_varnames[0:2] == ("x", "w")
        for lanes, width in ((2, 16), (4, 8)):
            reference = _by_lane(width, is_signed, lambda *v, f=f, width=width: f(*v, width))
            yield (U, f"__v{name}{lanes}", *[U] * (1 if unary else 2)), reference
    for is_signed, letter in ((True, "s"), (False, "u")):
        for lanes, width in ((2, 16), (4, 8)):
            yield (U, f"__vsad{letter}{lanes}", U, U), _sum_of_distances(width, is_signed)
    for name, f in DPX.items():
        arity = 3 if len(name) > 3 else 2
        for kind, width, word in DPX_KINDS:
            is_signed = kind.startswith("s")
            for relu in (False, True):
                if (relu and not is_signed) or (arity == 2 and not relu):
                    continue
                full = f"__vi{name}_{kind}{'_relu' if relu else ''}"
                yield (word, full, *[word] * arity), _dpx_reference(f, width, is_signed, relu)


FUNCTIONS = list(_all_functions())
DTYPES.update({"long": "i8", "unsigned long": "u8"})


@pytest.fixture(scope="module")
def program(make_program):
    return make_program("integers", [call_of(*signature) for signature, _ in FUNCTIONS])


def test_each_family_is_there():
    names = {signature[1] for signature, _ in FUNCTIONS}
    assert len(names) > 140 and {"__vsetgeu4", "__viaddmin_s16x2_relu", "__vimax3_u32", "__dp2a_hi"} <= names


@settings(max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(drawn=drawn_bits())
def test_definitions(program, drawn):
    work = [(i, columns([DTYPES[p] for p in signature[2:]], drawn)) for i, (signature, _) in enumerate(FUNCTIONS)]
    for (number, arguments), result, (_, reference) in zip(work, program.run(work), FUNCTIONS, strict=True):
        width = 8 * result.dtype.itemsize
        rows = zip(*arguments, strict=True)
        expected = np.array([_bits(reference(*(int(v) for v in row)), width) for row in rows], f"u{width // 8}")
        check(program, number, arguments, result.view(expected.dtype), expected)


CHOICES = [(f"__vib{m}_{kind}", S if kind == "s32" else U) for m in ("max", "min") for kind in ("s32", "u32", "s16x2", "u16x2")]
CHOICE_PRELUDE = "".join(f"""
__device__ unsigned long long choose_{name}({word} a, {word} b) {{
  bool {flags};
  const unsigned long long value = (unsigned){name}(a, b, {', '.join('&' + flag for flag in flags.split(', '))});
  return value << 2 | {' << 1 | '.join(flags.split(', '))};
}}""" for name, word in CHOICES for flags in ["high, low" if "x2" in name else "first"])


@settings(max_examples=3, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(drawn=drawn_bits())
def test_choices_say_which(choices, drawn):
    work = [(i, columns([DTYPES[word], DTYPES[word]], drawn)) for i, (_, word) in enumerate(CHOICES)]
    for (number, arguments), result, (name, _) in zip(work, choices.run(work), CHOICES, strict=True):
        width, is_signed, best = 16 if "x2" in name else 32, "_s" in name, max if "max" in name else min

        def chosen(x, y, width=width, is_signed=is_signed, best=best):
            value, flags = 0, 0
            for shift in range(32 - width, -1, -width):
                u, v = ((_signed if is_signed else _bits)(w >> shift, width) for w in (x, y))
                value |= _bits(best(u, v), width) << shift
                flags = flags << 1 | (best(u, v) == u)
            return value << 2 | flags
        expected = np.array([chosen(int(x), int(y)) for x, y in zip(*arguments, strict=True)], "u8")
        check(choices, number, arguments, result, expected)


@pytest.fixture(scope="module")
def choices(make_program):
    calls = [call_of(UL, f"choose_{name}", word, word) for name, word in CHOICES]
    return make_program("choices", calls, prelude=CHOICE_PRELUDE)


def test_nth_set_bit(make_program):
    program = make_program("fns", [call_of(U, "__fns", U, U, S)])
    random = np.random.default_rng(5)
    masks = np.concatenate([random.integers(0, 2**32, 3000, dtype=np.uint64), [0, 0xffffffff, 1, 1 << 31]]).astype("u4")
    bases, offsets = np.resize(np.arange(32, dtype="u4"), len(masks)), random.integers(-9, 10, len(masks)).astype("i4")
    [result] = program.run([(0, [masks, bases, offsets])])
    expected = np.array([_nth_set(*map(int, row)) for row in zip(masks, bases, offsets, strict=True)], "u4")
    check(program, 0, [masks, bases, offsets], result, expected)
