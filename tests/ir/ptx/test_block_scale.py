"""`mma` with scales for blocks, on the CPU device and on an emulated AMD GPU, against fractions by the formulas of the PTX ISA."""

from __future__ import annotations

import random
import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pytest
from float_model import Format
from matrices import F32, rounded
from on_devices import WarpKernel, results

_FORMATS = {"e4m3": Format(4, 3, 0x7F), "e5m2": Format(5, 2, 0x7F), "e3m2": Format(3, 2, 0x1F), "e2m3": Format(2, 3, 0x1F),
            "e2m1": Format(2, 1, 0x7)}  # fmt: skip
_KIND = "mma.sync.aligned.kind::"


@dataclass(frozen=True)
class Scaled:
    """One instruction: kinds of A and B, bits of an element in a register, scales of a row, which bytes and threads give them."""

    mnemonic: str
    a: str
    b: str
    bits: int
    blocks: int
    scale: str
    from_a: tuple[int, int]
    from_b: tuple[int, int]

    @property
    def depth(self) -> int:
        """k."""
        return 256 // self.bits

    def place(self, matrix: str, lane: int, element: int) -> tuple[int, int]:
        """Row and column of an element of a lane, of B column and row."""
        width = 32 // self.bits
        register, inside = divmod(element, width)
        row = lane // 4 + (8 * (register % 2) if matrix == "a" else 0)
        return row, (register // 2 if matrix == "a" else register) * 4 * width + lane % 4 * width + inside

    def codes(self) -> tuple[dict[tuple[int, int], int], dict[tuple[int, int], int]]:
        """Of A by (row, k), of B by (column, k), anything but NaN."""
        source = random.Random(self.mnemonic)
        return tuple({(r, k): _code(source, kind) for r in range(rows) for k in range(self.depth)}
                     for kind, rows in ((self.a, 16), (self.b, 8)))  # type: ignore[return-value]

    def registers(self, matrix: str, lane: int) -> list[int]:
        """Of A or B."""
        codes, kind = self.codes()["ab".index(matrix)], {"a": self.a, "b": self.b}[matrix]
        shift, width = 2 if kind == "e2m1" and self.bits == 8 else 0, 32 // self.bits
        made = [0] * (4 if matrix == "a" else 2)
        for element in range(len(made) * width):
            made[element // width] |= codes[self.place(matrix, lane, element)] << (element % width * self.bits + shift)
        return made

    def scales(self, lane: int) -> tuple[int, int]:
        """The registers of A's and B's scales; bytes that nobody looks at hold something else."""
        source = random.Random(lane)
        return tuple(sum((source.randrange(0x30, 0x48) if self.scale == "ue4m3" else source.randrange(122, 133)) << 8 * n
                         for n in range(4)) for _ in "ab")  # type: ignore[return-value]

    def scale_of(self, matrix: str, line: int, k: int) -> Fraction:
        """Of a row of A or a column of B."""
        byte, thread = self.from_a if matrix == "a" else self.from_b
        lane = line % 8 * 4 + (2 * thread + line // 8 if matrix == "a" else thread)
        code = self.scales(lane)["ab".index(matrix)] >> 8 * (byte + k * self.blocks // self.depth) & 0xFF
        return _number("e4m3", code) if self.scale == "ue4m3" else Fraction(2) ** (code - 127)

    def expected(self, row: int, column: int, c: float) -> Fraction:
        """An element of D: its sum rounded once, since every partial sum here is exact in f64."""
        a, b = self.codes()
        return rounded("f32", Fraction(c) + sum(
            _number(self.a, a[row, k]) * self.scale_of("a", row, k) * _number(self.b, b[column, k]) * self.scale_of("b", column, k)
            for k in range(self.depth)))


def _number(kind: str, code: int) -> Fraction:
    form = _FORMATS[kind]
    exponent, fraction = code >> form.fraction & ((1 << form.exponent) - 1), code & ((1 << form.fraction) - 1)
    significand = Fraction(fraction + (1 << form.fraction if exponent else 0))
    size = significand * Fraction(2) ** (max(exponent, 1) - form.bias - form.fraction)
    return -size if code >> (form.fraction + form.exponent) else size


def _code(source: random.Random, kind: str) -> int:
    form = _FORMATS[kind]
    code = source.getrandbits(1 + form.exponent + form.fraction)
    top = ((1 << form.exponent) - 1) << form.fraction
    return code & ~(1 << form.fraction) if kind in ("e4m3", "e5m2") and code & top == top else code


CASES = [
    Scaled(_KIND + "mxf8f6f4.block_scale.scale_vec::1X.m16n8k32.row.col.f32.e4m3.e2m1.f32.ue8m0", "e4m3", "e2m1", 8, 1, "ue8m0",
           (3, 1), (2, 3)),
    Scaled("mma.sync.aligned.m16n8k32.row.col.kind::mxf8f6f4.block_scale.f32.e3m2.e5m2.f32.ue8m0", "e3m2", "e5m2", 8, 1, "ue8m0",
           (0, 0), (1, 2)),
    Scaled("mma.sync.aligned.m16n8k32.row.col.kind::mxf8f6f4.block_scale.f32.e2m3.e2m3.f32.ue8m0", "e2m3", "e2m3", 8, 1, "ue8m0",
           (1, 1), (0, 0)),
    Scaled(_KIND + "mxf4.block_scale.scale_vec::2X.m16n8k64.row.col.f32.e2m1.e2m1.f32.ue8m0", "e2m1", "e2m1", 4, 2, "ue8m0",
           (2, 1), (0, 3)),
    Scaled("mma.sync.aligned.m16n8k64.row.col.kind::mxf4nvf4.block_scale.scale_vec::4X.f32.e2m1.e2m1.f32.ue4m3", "e2m1", "e2m1", 4,
           4, "ue4m3", (0, 0), (0, 1)),
]  # fmt: skip


def _kernel(case: Scaled) -> WarpKernel:
    ids = [f"{{{', '.join(map(str, which))}}}" for which in (case.from_a, case.from_b)]
    lanes = ((*case.registers("a", lane), *case.registers("b", lane), *case.scales(lane)) for lane in range(32))
    return WarpKernel(f"""  const unsigned* r = (const unsigned*)in + threadIdx.x * 8;
  float* d = (float*)out + threadIdx.x * 4;
  asm volatile("{case.mnemonic} {{%0, %1, %2, %3}}, {{%4, %5, %6, %7}}, {{%8, %9}}, {{%10, %11, %12, %13}}, %14, {ids[0]}, "
               "{{%15}}, {ids[1]};" : "=f"(d[0]), "=f"(d[1]), "=f"(d[2]), "=f"(d[3])
               : "r"(r[0]), "r"(r[1]), "r"(r[2]), "r"(r[3]), "r"(r[4]), "r"(r[5]),
               "f"(threadIdx.x * 0.5f), "f"(-1.0f), "f"(0.0f), "f"(threadIdx.x * 2.0f), "r"(r[6]), "r"(r[7]));""",
                      b"".join(struct.pack("<8I", *words) for words in lanes), 512)


def _c(lane: int) -> tuple[float, ...]:
    return (lane * 0.5, -1.0, 0.0, lane * 2.0)


def _check(case: Scaled, words: bytes) -> None:
    for lane in range(32):
        for n, (code,) in enumerate(struct.iter_unpack("<I", words[16 * lane : 16 * lane + 16])):
            negative, size = F32.decode(code)
            at = lane // 4 + 8 * (n // 2), lane % 4 * 2 + n % 2
            assert (-size if negative else size) == case.expected(*at, _c(lane)[n]), f"{case.mnemonic} at {at}"


@pytest.mark.parametrize("device", ["cpu", pytest.param("emu:gfx1100", marks=pytest.mark.slow)])
def test_against_fractions(crosswarp_nvcc, toolkit: Path, device: str, tmp_path: Path) -> None:
    lines = results(crosswarp_nvcc, toolkit, device, tmp_path, [_kernel(case) for case in CASES])
    for case, line in zip(CASES, lines, strict=True):
        _check(case, line)
