"""Every matrix instruction: its formats, shape and operands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.emulator.matrix_layout import Fragment, cdna_input, cdna_output, gfx11_input, gfx11_output, gfx12_input, gfx12_output
from tests.emulator.matrix_numbers import NUMBERS, Number


@dataclass(frozen=True)
class Matrix:
    """D = A * B + C. Sparse forms have D += A * B, and indices in the place of C."""

    name: str
    arch: str
    lanes: int
    a: Number
    b: Number
    d: Number
    fragments: tuple[Fragment, Fragment, Fragment]
    sparse: bool = False

    def __str__(self) -> str:
        return f"{self.arch}-{self.lanes}-{self.name}"

    @property
    def modifiers(self) -> str:
        """Integers are signed."""
        return " neg_lo:[1,1,0]" if self.a.is_integer and self.arch.startswith("gfx1") else ""


# Shapes: M and N, k, blocks. Names of gfx942; those of gfx90a are made from them.
_MFMA_BOTH = {
    "f32": [(32, 1, 2), (16, 1, 4), (4, 1, 16), (32, 2, 1), (16, 4, 1)],
    "f16": [(32, 4, 2), (16, 4, 4), (4, 4, 16), (32, 8, 1), (16, 16, 1)],
    "bf16": [(32, 4, 2), (16, 4, 4), (4, 4, 16), (32, 8, 1), (16, 16, 1)],
    "i8": [(32, 4, 2), (16, 4, 4), (4, 4, 16)],
    "f64": [(16, 4, 1), (4, 4, 4)],
}
_MFMA_GFX90A = {"bf16": [(32, 2, 2), (16, 2, 4), (4, 2, 16), (32, 4, 1), (16, 8, 1)], "i8": [(32, 8, 1), (16, 16, 1)]}
_MFMA_GFX942 = {"xf32": [(32, 4, 1), (16, 8, 1)], "i8": [(32, 16, 1), (16, 32, 1)]}
_SUMS = {"f64": "f64", "i8": "i32", "u8": "i32", "i4": "i32", "u4": "i32"}


def _mfma(name: str, arch: str, formats: tuple[str, str], shape: tuple[int, int, int]) -> Matrix:
    (a, b), (size, k, blocks) = formats, shape
    d = NUMBERS[_SUMS.get(a, "f32")]
    inputs = [cdna_input(size, k, blocks, NUMBERS[n].width) for n in (a, b)]
    return Matrix(name, arch, 64, NUMBERS[a], NUMBERS[b], d, (inputs[0], inputs[1], cdna_output(size, blocks, d.width)))


def _mfma_gfx90a() -> Iterator[Matrix]:
    for table, suffix in ((_MFMA_BOTH, "_1k"), (_MFMA_GFX90A, "")):
        for a, shapes in table.items():
            for size, k, blocks in shapes:
                name = f"v_mfma_{_SUMS.get(a, 'f32')}_{size}x{size}x{k}{a}{suffix if a == 'bf16' else ''}"
                yield _mfma(name, "gfx90a", (a, a), (size, k, blocks))


def _mfma_gfx942() -> Iterator[Matrix]:
    for table in (_MFMA_BOTH, _MFMA_GFX942):
        for a, shapes in table.items():
            for size, k, blocks in shapes:
                several = f"_{blocks}b" if blocks > 1 else ""
                name = f"v_mfma_{_SUMS.get(a, 'f32')}_{size}x{size}x{k}{several}_{a}"
                yield _mfma(name, "gfx942", (a, a), (size, k, blocks))
    for a, b in _float8_pairs():
        for size, k in ((16, 32), (32, 16)):
            yield _mfma(f"v_mfma_f32_{size}x{size}x{k}_{a}_{b}", "gfx942", (f"{a}z", f"{b}z"), (size, k, 1))


def _float8_pairs() -> list[tuple[str, str]]:
    return [(a, b) for a in ("bf8", "fp8") for b in ("bf8", "fp8")]


def _smfmac() -> Iterator[Matrix]:
    narrow = [("i8", "i8", "i8"), *((f"{a}_{b}", f"{a}z", f"{b}z") for a, b in _float8_pairs())]
    wide = [("f16", "f16", "f16"), ("bf16", "bf16", "bf16")]
    for formats, shapes in ((wide, ((16, 32), (32, 16))), (narrow, ((16, 64), (32, 32)))):
        for suffix, a, b in formats:
            for size, k in shapes:
                d = NUMBERS[_SUMS.get(a, "f32")]
                a_fragment = cdna_input(size, k // 2, 1, NUMBERS[a].width)
                fragments = (a_fragment, cdna_input(size, k, 1, NUMBERS[b].width), cdna_output(size, 1, 32))
                name = f"v_smfmac_{d.name}_{size}x{size}x{k}_{suffix}"
                yield Matrix(name, "gfx942", 64, NUMBERS[a], NUMBERS[b], d, fragments, sparse=True)


_WMMA = [("f32", "f16", "f16", "f16", 16), ("f32", "bf16", "bf16", "bf16", 16), ("f16", "f16", "f16", "f16", 16),
         ("bf16", "bf16", "bf16", "bf16", 16), ("i32", "iu8", "i8", "i8", 16), ("i32", "iu4", "i4", "i4", 16)]  # fmt: skip


def _wmma_gfx11(lanes: int) -> Iterator[Matrix]:
    for d, suffix, a, b, k in _WMMA:
        inputs = gfx11_input(NUMBERS[a].width, k)
        fragments = (inputs, inputs, gfx11_output(lanes, NUMBERS[d].width))
        yield Matrix(f"v_wmma_{d}_16x16x{k}_{suffix}", "gfx1100", lanes, NUMBERS[a], NUMBERS[b], NUMBERS[d], fragments)


def _wmma_gfx12(lanes: int) -> Iterator[Matrix]:
    more = [("i32", "iu4", "i4", "i4", 32), *(("f32", f"{a}_{b}", a, b, 16) for a, b in _float8_pairs())]
    for d, suffix, a, b, k in [*_WMMA, *more]:
        inputs = [gfx12_input(lanes, NUMBERS[n].width, k) for n in (a, b)]
        fragments = (inputs[0], inputs[1], gfx12_output(lanes, NUMBERS[d].width))
        yield Matrix(f"v_wmma_{d}_16x16x{k}_{suffix}", "gfx1200", lanes, NUMBERS[a], NUMBERS[b], NUMBERS[d], fragments)


def _swmmac(lanes: int) -> Iterator[Matrix]:
    doubled = [(d, suffix, a, b, 32) for d, suffix, a, b, _ in _WMMA]
    more = [("i32", "iu4", "i4", "i4", 64), *(("f32", f"{a}_{b}", a, b, 32) for a, b in _float8_pairs())]
    for d, suffix, a, b, k in [*doubled, *more]:
        a_fragment, b_fragment = gfx12_input(lanes, NUMBERS[a].width, k // 2), gfx12_input(lanes, NUMBERS[b].width, k)
        fragments = (a_fragment, b_fragment, gfx12_output(lanes, NUMBERS[d].width))
        name = f"v_swmmac_{d}_16x16x{k}_{suffix}"
        yield Matrix(name, "gfx1200", lanes, NUMBERS[a], NUMBERS[b], NUMBERS[d], fragments, sparse=True)


def all_matrices() -> list[Matrix]:
    """Every matrix instruction of the architectures that have any, for each size of wave."""
    waves = [m for lanes in (32, 64) for f in (_wmma_gfx11, _wmma_gfx12, _swmmac) for m in f(lanes)]
    return [*_mfma_gfx90a(), *_mfma_gfx942(), *_smfmac(), *waves]
