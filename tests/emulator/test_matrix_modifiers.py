"""Modifiers of matrix instructions: broadcasts, negation, signs, halves, sets of indices, saturation, constants, registers."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.targets.amdgpu.emulator.assemble import assemble
from crosswarp.targets.amdgpu.emulator.wave import Fault, Wave

from tests.emulator.matrix_instructions import Matrix
from tests.emulator.matrix_layout import gfx11_output, put, take
from tests.emulator.matrix_numbers import NUMBERS, Values
from tests.emulator.test_matrix import (
    INDICES,
    MATRICES,
    A,
    B,
    C,
    D,
    encode,
    load,
    product,
    put_indices,
    random_for,
    small_integers,
    spread,
    statement,
)

ACCUMULATION = 256  # number of a0


def run(matrix: Matrix, wave: Wave, modifiers: str) -> Values:
    """D after the instruction with other modifiers."""
    wave.run(statement(matrix, f" {modifiers}"))
    return matrix.d.values(take(wave.vgpr, D, matrix.fragments[2]))


def prepared(key: str) -> tuple[Matrix, tuple[Values, Values, Values], Wave]:
    matrix = MATRICES[key]
    values = small_integers(matrix, random_for(matrix))
    return matrix, values, load(matrix, encode(matrix, values))


@pytest.mark.parametrize(("cbsz", "abid"), [(0, 0), (1, 0), (1, 1), (2, 3), (3, 5), (4, 9)])
@pytest.mark.parametrize(
    "key", ["gfx90a-64-v_mfma_f32_4x4x4f16", "gfx942-64-v_mfma_i32_4x4x4_16b_i8", "gfx942-64-v_mfma_f32_4x4x1_16b_f32"]
)
def test_blocks_of_a_are_broadcast(key: str, cbsz: int, abid: int) -> None:
    matrix, (a, b, c), wave = prepared(key)
    taken = [block // 2**cbsz * 2**cbsz + abid for block in range(16)]
    np.testing.assert_array_equal(run(matrix, wave, f"cbsz:{cbsz} abid:{abid}"), product(a[taken], b)[0] + c)


# BLGP: for each 16 lanes, the 16 lanes that they take B from.
LANE_GROUPS = {1: [0, 1, 0, 1], 2: [2, 3, 2, 3], 3: [1, 2, 3, 0], 4: [0] * 4, 5: [1] * 4, 6: [2] * 4, 7: [3] * 4}


@pytest.mark.parametrize("blgp", LANE_GROUPS)
@pytest.mark.parametrize(
    "key", ["gfx90a-64-v_mfma_f32_16x16x16f16", "gfx90a-64-v_mfma_f32_32x32x1f32", "gfx942-64-v_mfma_f32_16x16x4_4b_bf16"]
)
def test_lanes_of_b_are_exchanged(key: str, blgp: int) -> None:
    matrix, (a, b, c), wave = prepared(key)
    moved = b.copy()
    places = {(lane, element): where for lane, element, where in matrix.fragments[1].places(64)}
    for (lane, element), where in places.items():
        moved[where] = b[places[16 * LANE_GROUPS[blgp][lane // 16] + lane % 16, element]]
    np.testing.assert_array_equal(run(matrix, wave, f"blgp:{blgp}"), product(a, moved)[0] + c)


@pytest.mark.parametrize("negated", range(8))
@pytest.mark.parametrize(
    "key",
    [
        "gfx942-64-v_mfma_f64_16x16x4_f64",
        "gfx942-64-v_mfma_f64_4x4x4_4b_f64",
    ],
)
def test_double_precision_is_negated(key: str, negated: int) -> None:
    matrix, (a, b, c), wave = prepared(key)
    signs = [-1.0 if negated >> n & 1 else 1.0 for n in range(3)]
    got = run(matrix, wave, f"neg:[{negated & 1},{negated >> 1 & 1},{negated >> 2}]")
    np.testing.assert_array_equal(got, signs[0] * signs[1] * product(a, b)[0] + signs[2] * c)


@pytest.mark.parametrize(
    ("key", "modifiers"),
    [
        ("gfx942-64-v_mfma_f32_32x32x8_f16", "blgp:1"),
        ("gfx942-64-v_mfma_f32_16x16x4_4b_f16", "cbsz:3"),
        ("gfx942-64-v_mfma_f32_16x16x4_4b_f16", "cbsz:1 abid:2"),
        ("gfx942-64-v_smfmac_f32_16x16x64_fp8_fp8", "abid:2"),
    ],
)
def test_modifiers_that_an_instruction_has_not(key: str, modifiers: str) -> None:
    matrix, _, wave = prepared(key)
    with pytest.raises(Fault, match=r"cbsz|abid|blgp"):
        run(matrix, wave, modifiers)


ANY_FILE = [
    "gfx90a-64-v_mfma_f32_32x32x8f16",
    "gfx90a-64-v_mfma_f64_16x16x4f64",
    "gfx942-64-v_mfma_i32_32x32x16_i8",
    "gfx942-64-v_smfmac_f32_16x16x32_f16",
]


@pytest.mark.parametrize("key", ANY_FILE)
def test_accumulation_registers(key: str) -> None:
    """A, C and D in accumulation registers, B in vector registers."""
    matrix = MATRICES[key]
    random = random_for(matrix)
    a, b, c = small_integers(matrix, random)
    wave = load(matrix, encode(matrix, (a, b, c)), accumulate=ACCUMULATION)
    put(wave.vgpr, ACCUMULATION + A, matrix.fragments[0], matrix.a.encode(a))
    wave.vgpr[A : A + matrix.fragments[0].registers] = 0x12345678
    if matrix.sparse:
        a = spread(a, put_indices(matrix, wave, random))
    wave.run(statement(matrix, accumulate="a").replace(f", v[{A}:", f", a[{A}:"))
    got = matrix.d.values(take(wave.vgpr, ACCUMULATION + D, matrix.fragments[2]))
    np.testing.assert_array_equal(got, product(a, b)[0] + c)


def test_result_in_the_registers_of_c() -> None:
    """A chain of products in place, as compilers write it."""
    matrix, (a, b, c), wave = prepared("gfx942-64-v_mfma_f32_32x32x4_2b_f16")
    span = f"v[{C}:{C + 31}]"
    wave.run(f"{matrix.name} {span}, v[{A}:{A + 1}], v[{B}:{B + 1}], {span}\n" * 3)
    np.testing.assert_array_equal(matrix.d.values(take(wave.vgpr, C, matrix.fragments[2])), 3 * product(a, b)[0] + c)


CONSTANTS = [
    ("gfx90a-64-v_mfma_f32_16x16x16f16", "1.0", 1.0), ("gfx942-64-v_mfma_f64_16x16x4_f64", "-4.0", -4.0),
    ("gfx942-64-v_mfma_i32_16x16x32_i8", "17", 17.0), ("gfx1100-32-v_wmma_f32_16x16x16_f16", "2.0", 2.0),
    ("gfx1100-32-v_wmma_f16_16x16x16_f16", "-0.5", -0.5), ("gfx1200-64-v_wmma_i32_16x16x16_iu8", "-3", -3.0),
    ("gfx1200-32-v_wmma_bf16_16x16x16_bf16", "1.0", 1.0),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "value"), CONSTANTS)
def test_c_is_a_constant(key: str, text: str, value: float) -> None:
    matrix, (a, b, _), wave = prepared(key)
    registers = matrix.fragments[2].registers
    wave.run(statement(matrix).replace(f", v[{C}:{C + registers - 1}]", f", {text}"))
    np.testing.assert_array_equal(matrix.d.values(take(wave.vgpr, D, matrix.fragments[2])), product(a, b)[0] + value)


SPARSE_SETS = [
    ("gfx942-64-v_smfmac_f32_32x32x16_f16", "abid", 8, 4), ("gfx942-64-v_smfmac_i32_32x32x32_i8", "abid", 16, 2),
    ("gfx1200-32-v_swmmac_f32_16x16x32_f16", "index_key", 16, 2), ("gfx1200-64-v_swmmac_f32_16x16x32_f16", "index_key", 8, 4),
    ("gfx1200-32-v_swmmac_i32_16x16x32_iu4", "index_key", 16, 2), ("gfx1200-64-v_swmmac_i32_16x16x32_iu8", "index_key", 8, 4),
]  # fmt: skip


@pytest.mark.parametrize(("key", "modifier", "width", "sets"), SPARSE_SETS)
def test_sets_of_indices(key: str, modifier: str, width: int, sets: int) -> None:
    matrix = MATRICES[key]
    random = random_for(matrix)
    a, b, c = small_integers(matrix, random)
    for chosen in range(sets):
        wave = load(matrix, encode(matrix, (a, b, c)))
        picks = put_indices(matrix, wave, random)
        wave.vgpr[INDICES] = (wave.vgpr[INDICES] & ((1 << width) - 1)) << np.uint32(chosen * width)
        got = run(matrix, wave, f"{modifier}:{chosen}{matrix.modifiers}")
        np.testing.assert_array_equal(got, product(spread(a, picks), b)[0] + c)


@pytest.mark.parametrize("lanes", [32, 64])
@pytest.mark.parametrize("name", ["v_wmma_f16_16x16x16_f16", "v_wmma_bf16_16x16x16_bf16"])
def test_half_of_the_registers_of_c_and_d(name: str, lanes: int) -> None:
    """op_sel on gfx11: the upper halves hold C and get D, the lower ones stay."""
    matrix, (a, b, c), wave = prepared(f"gfx1100-{lanes}-{name}")
    high = gfx11_output(lanes, 16, high=True)
    put(wave.vgpr, C, high, matrix.d.encode(c))
    low_before = wave.vgpr[D : D + high.registers] & 0xFFFF
    wave.run(statement(matrix, " op_sel:[0,0,1]"))
    np.testing.assert_array_equal(matrix.d.values(take(wave.vgpr, D, high)), product(a, b)[0] + c)
    np.testing.assert_array_equal(wave.vgpr[D : D + high.registers] & 0xFFFF, low_before)


@pytest.mark.parametrize(
    "key", ["gfx1100-32-v_wmma_f32_16x16x16_f16", "gfx1200-64-v_wmma_f32_16x16x16_bf16", "gfx1200-32-v_wmma_f16_16x16x16_f16"]
)
def test_floats_are_negated(key: str) -> None:
    """A at even k, B at odd k, and the negative magnitude of C."""
    matrix, (a, b, c), wave = prepared(key)
    got = run(matrix, wave, "neg_lo:[1,0,1] neg_hi:[0,1,1]")
    a[:, :, 0::2] *= -1
    b[:, :, 1::2] *= -1
    np.testing.assert_array_equal(got, product(a, b)[0] - np.abs(c))


@pytest.mark.parametrize(("arch", "lanes"), [("gfx1100", 32), ("gfx1100", 64), ("gfx1200", 32), ("gfx1200", 64)])
@pytest.mark.parametrize("bits", [4, 8])
@pytest.mark.parametrize("signs", [(0, 0), (0, 1), (1, 0), (1, 1)])
def test_signs_of_integers(arch: str, lanes: int, bits: int, signs: tuple[int, int]) -> None:
    matrix = MATRICES[f"{arch}-{lanes}-v_wmma_i32_16x16x16_iu{bits}"]
    random = np.random.default_rng(bits)
    raw = tuple(
        random.integers(0, 1 << n.width, f.shape, np.uint64)
        for n, f in zip((matrix.a, matrix.b, matrix.d), matrix.fragments, strict=True)
    )
    a, b = (NUMBERS[f"{'i' if sign else 'u'}{bits}"].values(r) for sign, r in zip(signs, raw[:2], strict=True))
    got = run(matrix, load(matrix, raw), f"neg_lo:[{signs[0]},{signs[1]},0]")
    np.testing.assert_array_equal(got, (product(a, b)[0] + matrix.d.values(raw[2]) + 2**31) % 2**32 - 2**31)


@pytest.mark.parametrize(
    "key", ["gfx1100-32-v_wmma_i32_16x16x16_iu8", "gfx1200-64-v_wmma_i32_16x16x32_iu4", "gfx1200-32-v_swmmac_i32_16x16x32_iu8"]
)
def test_integers_saturate(key: str) -> None:
    matrix = MATRICES[key]
    ones = tuple(np.ones(f.shape) for f in matrix.fragments)
    ones[0][:, 8:] = -1.0
    c = np.where(np.arange(16)[:, None] < 8, 2.0**31 - 3, -(2.0**31) + 2)[None] + np.zeros((1, 16, 16))
    wave = load(matrix, encode(matrix, (ones[0], ones[1], c)))
    got = run(matrix, wave, f"{matrix.modifiers} clamp")
    assert np.all(got[0, :8] == 2**31 - 1)
    assert np.all(got[0, 8:] == -(2**31))


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("gfx90a-64-v_mfma_f32_16x16x16f16", False),
        ("gfx942-64-v_mfma_f32_16x16x16_f16", True),
    ],
)
def test_denormals_of_half_precision(key: str, kept: bool) -> None:
    """MI200 takes them for 0, MI300 does not; neither depends on MODE."""
    matrix = MATRICES[key]
    a, b, c = (np.zeros(f.shape) for f in matrix.fragments)
    a[0, 0, 0], b[0, 0, 0] = 2.0**-20, 1.0  # denormal as f16
    c[0, 1, 1] = 2.0**-140  # denormal as f32
    for mode in (0x2F0, 0x200):
        wave = load(matrix, encode(matrix, (a, b, c)))
        wave.mode = mode
        got = run(matrix, wave, "")
        assert got[0, 0, 0] == (2.0**-20 if kept else 0.0)
        assert got[0, 1, 1] == (2.0**-140 if kept else 0.0)


def test_half_precision_overflows() -> None:
    """Sums are of single precision: only the result is too big."""
    matrix = MATRICES["gfx1200-32-v_wmma_f16_16x16x16_f16"]
    a, b, c = (np.zeros(f.shape) for f in matrix.fragments)
    a[0, 0], b[0, 0] = 256.0, 256.0
    a[0, 1, :2], b[0, 1, :2] = (256.0, -256.0), 256.0  # comes back into range
    got = run(matrix, load(matrix, encode(matrix, (a, b, c))), "")
    assert got[0, 0, 0] == np.inf
    assert got[0, 1, 1] == 0.0


def test_float8_tables() -> None:
    """Every pattern of the 8-bit formats, multiplied by 1."""
    for key in ("gfx942-64-v_mfma_f32_16x16x32_fp8_bf8", "gfx1200-32-v_wmma_f32_16x16x16_bf8_fp8"):
        matrix = MATRICES[key]
        a, b, c = (np.zeros(f.shape) for f in matrix.fragments)
        for k in range(16):  # row i of A has pattern 16 k + i at k = 0, column 0 of B a one there
            raw = np.zeros(a.shape, np.uint64)
            raw[0, :, 0] = 16 * k + np.arange(16)
            b[0, 0, 0] = 1.0
            wave = load(matrix, (raw, matrix.b.encode(b), matrix.d.encode(c)))
            np.testing.assert_array_equal(run(matrix, wave, "")[0, :, 0], matrix.a.values(raw)[0, :, 0])


def test_undefined_instructions_are_not_guessed() -> None:
    """FP8 matrices do not exist on gfx90a: the assembler has none, and their encoding stops the wave."""
    code = assemble("v_mfma_f32_16x16x32_fp8_fp8 v[0:3], v[4:5], v[6:7], v[0:3]\ns_endpgm", "gfx942", 64)
    with pytest.raises(Fault):
        Wave("gfx90a", 64).run(code)


@pytest.mark.parametrize("lanes", [32, 64])
def test_gfx11_wants_copies(lanes: int) -> None:
    """Every 16 lanes of A and B hold the same; otherwise nobody says what comes out."""
    matrix, _, wave = prepared(f"gfx1100-{lanes}-v_wmma_f32_16x16x16_f16")
    wave.vgpr[A + 3, lanes - 1] ^= 1
    with pytest.raises(Fault, match="not the same"):
        run(matrix, wave, "")
