"""Warp functions for all types, widths and groups of lanes, and cached loads and stores."""

from __future__ import annotations

import numpy as np
import pytest

from tests.device_functions.runner import DTYPES, Call, check

TYPES = ["int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "float", "double",
         "__half", "__half2", "__nv_bfloat16", "__nv_bfloat162"]  # fmt: skip
DTYPES.update({"long": "i8", "unsigned long": "u8"})
HEADERS = ["cuda_fp16.h", "cuda_bf16.h"]
WIDTHS = (1, 2, 4, 8, 16, 32)
WARPS = 12
LANES = np.arange(32)


def _source(mode, operand, width):
    """The lane each lane reads from, or its own where that is outside its segment."""
    first = LANES // width * width
    if mode == "idx":
        return first + operand % width
    source = {"up": LANES - operand, "down": LANES + operand, "xor": LANES ^ operand}[mode]
    inside = source < first + width if mode != "up" else source >= first
    return np.where(inside, source, LANES)


def _column(dtype, warps=WARPS):
    random = np.random.default_rng(13)
    kind = np.dtype(dtype)
    return random.integers(0, 2**64, 32 * warps, dtype="u8").astype(f"u{kind.itemsize}").view(kind)


@pytest.fixture(scope="module")
def shuffles(make_program):
    """Mode by mode, type by type, width by width: the width must be known to all lanes."""
    function = {"idx": "__shfl_sync", "up": "__shfl_up_sync", "down": "__shfl_down_sync", "xor": "__shfl_xor_sync"}
    calls = [Call(kind, (kind, "int"), f"{name}(~0u, a, b, {width})")
             for name in function.values() for kind in TYPES for width in WIDTHS]
    return make_program("shuffles", calls, headers=HEADERS)


def test_shuffles(shuffles):
    modes = [(mode, kind, width) for mode in ("idx", "up", "down", "xor") for kind in TYPES for width in WIDTHS]
    operands = np.repeat([0, 1, 2, 3, 5, 7, 8, 15, 16, 17, 30, 31], 32).astype("i4")
    work = [(i, [_column(DTYPES[kind]), operands]) for i, (_, kind, _) in enumerate(modes)]
    for (mode, _, width), (number, columns), result in zip(modes, work, shuffles.run(work), strict=True):
        expected = columns[0].reshape(WARPS, 32).copy()
        for warp in range(WARPS):
            operand = operands[32 * warp]
            expected[warp] = expected[warp][_source(mode, operand, width)]
        check(shuffles, number, columns, result, expected.ravel())


def _groups():
    """Masks that every lane of a group gives: all lanes, halves, even and odd ones, one by one."""
    patterns = [np.full(32, 0), LANES // 16, LANES % 2, LANES % 3, LANES, (LANES * 7 % 11) // 4]
    return np.stack([[sum(1 << j for j in LANES if p[j] == p[i]) for i in LANES] for p in patterns]).astype("u4")


MASKS = _groups()
REDUCTIONS = {"add": np.add, "min": np.minimum, "max": np.maximum,
              "and": np.bitwise_and, "or": np.bitwise_or, "xor": np.bitwise_xor}
MATCHED = ["int", "unsigned int", "long", "unsigned long", "long long", "unsigned long long", "float", "double"]


def _by_group(values, masks, f):
    """`f(values of the group, own position in it, lanes of the group)` for each lane."""
    results = []
    for warp, row in enumerate(masks):
        for lane, mask in enumerate(row):
            members = [j for j in LANES if mask >> j & 1]
            results.append(f([values[32 * warp + j] for j in members], members.index(lane), members))
    return results


def _lanes(members):
    return sum(1 << int(j) for j in members)


def test_votes_matches_and_reductions(make_program):
    warps = len(MASKS)
    masks = MASKS.ravel()
    predicate = (np.random.default_rng(14).integers(0, 3, 32 * warps) > 0).astype("i4")
    predicate[:32] = 1
    votes = {"__all_sync(a, b)": lambda v, i, m: all(v), "__any_sync(a, b)": lambda v, i, m: any(v),
             "__uni_sync(a, b)": lambda v, i, m: len(set(v)) == 1,
             "__ballot_sync(a, b)": lambda v, i, m: _lanes(j for j, x in zip(m, v, strict=True) if x)}
    cases = [(Call("unsigned int", ("unsigned int", "int"), text), [masks, predicate], f) for text, f in votes.items()]
    for name, function in REDUCTIONS.items():
        for kind in ("int", "unsigned int") if name in ("add", "min", "max") else ("unsigned int",):
            column = _column(DTYPES[kind], warps)
            call = Call(kind, ("unsigned int", kind), f"__reduce_{name}_sync(a, b)")
            cases.append((call, [masks, column], lambda v, i, m, f=function: f.reduce(np.array(v))))
    for kind in MATCHED:
        column = (np.random.default_rng(15).integers(0, 4, 32 * warps) - 1).astype(DTYPES[kind])
        column[32:64] = 7
        cases.append((Call("unsigned int", ("unsigned int", kind), "__match_any_sync(a, b)"), [masks, column],
                      lambda v, i, m: _lanes(j for j, x in zip(m, v, strict=True) if x == v[i])))
        cases.append((Call("unsigned int", ("unsigned int", kind), "match_all(a, b)"), [masks, column],
                      lambda v, i, m: _lanes(m) if len(set(v)) == 1 else 0))
    prelude = """
template <class T>
__device__ unsigned match_all(unsigned mask, T value) {
  int all = -1;
  const unsigned lanes = __match_all_sync(mask, value, &all);
  return (lanes != 0) == (all == 1) && (all == 0 || all == 1) ? lanes : 12345u;
}"""
    program = make_program("votes", [call for call, _, _ in cases], prelude=prelude)
    results = program.run([(i, columns) for i, (_, columns, _) in enumerate(cases)])
    for number, (_, columns, f) in enumerate(cases):
        with np.errstate(over="ignore"):
            expected = np.array([int(v) & 0xffffffff for v in _by_group(columns[1], MASKS, f)], "u4")
        check(program, number, columns, results[number].view("u4"), expected)


SCALARS = ["char", "signed char", "unsigned char", "short", "unsigned short", "int", "unsigned int", "long",
           "unsigned long", "long long", "unsigned long long", "float", "double",
           "__half", "__half2", "__nv_bfloat16", "__nv_bfloat162"]  # fmt: skip
VECTORS = ["char2", "char4", "uchar2", "uchar4", "short2", "short4", "ushort2", "ushort4", "int2", "int4", "uint2", "uint4",
           "longlong2", "ulonglong2", "float2", "float4", "double2"]  # fmt: skip


def test_cached_access(make_program):
    """What is loaded is what was there; what is stored is what comes back; neighbours stay."""
    accesses = [("__ld" + load, "__st" + store) for load, store in
                (("g", "wb"), ("ca", "cg"), ("cg", "cs"), ("cs", "wt"), ("lu", "wb"), ("cv", "wt"))]
    prelude = "".join(f"""
template <class T>
__device__ bool through_{load}(unsigned seed, T *cells) {{
  T value;
  for (unsigned i = 0; i < sizeof(T); ++i) ((unsigned char *)&value)[i] = (unsigned char)(seed * (i + 3) >> i);
  memset(cells, 0x5a, 3 * sizeof(T));
  {store}(&cells[1], value);
  T back = {load}(&cells[1]);
  bool same = true;
  for (unsigned i = 0; i < sizeof(T); ++i) {{
    same = same && ((unsigned char *)&back)[i] == ((unsigned char *)&value)[i];
    same = same && ((unsigned char *)&cells[0])[i] == 0x5a && ((unsigned char *)&cells[2])[i] == 0x5a;
  }}
  return same;
}}""" for load, store in accesses) + """
template <class T>
__device__ T *own_cells() {
  return (T *)malloc(3 * sizeof(T));
}"""
    calls = [Call("bool", ("unsigned int",), f"([](unsigned seed) {{ {kind} *cells = own_cells<{kind}>(); "
                  f"const bool same = through_{load}(seed, cells); free(cells); return same; }})(a)")
             for kind in SCALARS + VECTORS for load, _ in accesses]
    program = make_program("cached", calls, headers=HEADERS, prelude=prelude)
    seeds = np.arange(1, 300, 7).astype("u4") * np.uint32(2654435761)
    for call, result in zip(calls, program.run([(i, [seeds]) for i in range(len(calls))]), strict=True):
        assert result.all(), call.expression
