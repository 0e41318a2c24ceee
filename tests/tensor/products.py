"""Every product of `nvcuda::wmma`, and what it must give: in memory with any layouts, pitches and state spaces."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numbers_of_kinds as numbers
import numpy as np
import numpy.typing as npt
from numbers_of_kinds import BITS, FLOATS, Codes, check_floats, check_integers, decoded, packed, unpacked

BIG = ("m16n16k16", "m32n8k16", "m8n32k16")
LAYOUTS = tuple(product(("row", "col"), repeat=2))
SPACES = ("GLOBAL", "SHARED", "GENERIC")
CPP = {"f16": "half", "f32": "float", "f64": "double", "s32": "int"}
"""The names of kinds in programs where they differ."""


@dataclass(frozen=True)
class Job:
    """One use of a form: how operands are made, which of C and D are by rows, and how it is multiplied."""

    values: str
    rows: tuple[bool, bool]
    saturates: bool = False
    conjunction: bool = False


@dataclass(frozen=True)
class Wmma:
    """A form: kinds of A and B, of C, of D, layouts of A and B."""

    shape: str
    kind: str
    given: str
    result: str
    layouts: tuple[str, str]
    space: str

    def __str__(self) -> str:
        """As tests are named."""
        return f"{self.shape}-{self.kind}-{self.given}-{self.result}-{self.layouts[0]}-{self.layouts[1]}-{self.space.lower()}"

    @property
    def call(self) -> str:
        """The statement that runs it."""
        sides = re.sub(r"\D+", ", ", self.shape[1:])
        kind, given, result = (CPP.get(kind, kind) for kind in (self.kind, self.given, self.result))
        layouts = ", ".join(f"{layout}_major" for layout in self.layouts)
        return f"run<{sides}, {kind}, {layouts}, {given}, {result}, {self.space}>(files);"

    @property
    def mnemonics(self) -> list[str]:
        """What is in the program: C and D by rows and by columns."""
        kinds = f"{self.result}.{self.given}" if self.kind == "f16" else f"{self.result}.{self.kind}.{self.kind}.{self.given}"
        ops = (".xor.popc", ".and.popc") if self.kind == "b1" else ("",)
        products = [f"wmma.mma{op}.sync.aligned.{'.'.join(self.layouts)}.{self.shape}.{kinds}" for op in ops]
        loads = [f"wmma.load.{m}.sync.aligned.{by}.{self.shape}.{self.kind}" for m, by in zip("ab", self.layouts, strict=True)]
        ends = [f"wmma.{move}.sync.aligned.{by}.{self.shape}.{kind}" for by in ("row", "col")
                for move, kind in (("load.c", self.given), ("store.d", self.result))]  # fmt: skip
        return products + [name + ".satfinite" for name in products if self.kind[0] in "su"] + loads + ends

    @cached_property
    def sides(self) -> tuple[int, int, int]:
        """m, n, k."""
        m, n, k = map(int, re.findall(r"\d+", self.shape))
        return m, n, k

    def jobs(self) -> list[Job]:
        """Both layouts of C and D, all kinds of values."""
        if self.kind == "b1":
            return [Job("integers", (True, False)), Job("integers", (False, True), conjunction=True)]
        if self.kind in FLOATS:
            return [Job("integers", (True, True)), Job("moderate", (False, True)), Job("unusual", (True, False))]
        return [Job("integers", (False, False)), Job("integers", (True, True), saturates=True)]

    def operands(self, job: Job) -> tuple[Codes, Codes, Codes]:
        """Codes of A, B and C."""
        source = np.random.default_rng(zlib.crc32(f"{self} {job}".encode()))
        make = getattr(numbers, job.values)
        m, n, k = self.sides
        c = make(source, self.given, (m, n))
        if self.given == "s32":  # near both ends
            c = source.choice(np.array([0x7FFFFFF0, 0x80000010, 5, 0xFFFFFFFF], np.uint32), (m, n)) + c % 16
        return make(source, self.kind, (m, k)), make(source, self.kind, (k, n)), c

    def places(self, job: Job) -> list[tuple[str, bool, int]]:
        """Kind, whether it is by rows, and pitch of A, B, C and D."""
        m, n, k = self.sides
        found = []
        for kind, by_rows, (height, width) in zip(
                (self.kind, self.kind, self.given, self.result), (*(layout == "row" for layout in self.layouts), *job.rows),
                ((m, k), (k, n), (m, n), (m, n)), strict=True):  # fmt: skip
            found.append((kind, by_rows, (width if by_rows else height) + 256 // BITS[kind] * (job.values != "moderate")))
        return found

    def arrays(self) -> Iterator[bytes]:
        """What the program is given."""
        yield struct.pack("<i", len(self.jobs()))
        for job in self.jobs():
            places = self.places(job)
            memory = [packed(kind, codes, *place) for codes, (kind, *place) in zip(self.operands(job), places, strict=False)]
            kind, by_rows, pitch = places[3]
            size = pitch * (self.sides[0] if by_rows else self.sides[1]) * BITS[kind] // 8
            pitches = [pitch for _, _, pitch in places]
            yield struct.pack("<12I", *map(len, memory), size, *pitches, *job.rows, job.saturates, job.conjunction)
            yield from memory

    def check(self, job: Job, content: bytes) -> None:
        """What the program put."""
        kind, by_rows, pitch = self.places(job)[3]
        codes, between = unpacked(kind, content, by_rows, (self.sides[0], self.sides[1]), pitch)
        assert not np.any(between.view(np.uint8) != 0xA5), "what lies between rows was written"
        found, given = decoded(kind, np.ascontiguousarray(codes)), decoded(self.given, self.operands(job)[2])
        products = self.products(job)
        if self.kind in FLOATS:
            check_floats(self.kind, found, products, given, self.result)
        else:
            check_integers(found, products.sum(-1) + given, job.saturates)
        if job.values == "integers" and self.kind in FLOATS:
            assert np.array_equal(found, products.sum(-1) + given), "sums of small integers are exact in any order"

    def products(self, job: Job) -> npt.NDArray[np.number]:
        """A[i, k] B[k, j] at [i, j, k], exactly."""
        a, b, _ = self.operands(job)
        left, right = decoded(self.kind, a)[:, None, :], decoded(self.kind, b).T[None, :, :]
        if self.kind == "b1":
            return left & right if job.conjunction else left ^ right
        with np.errstate(invalid="ignore"):
            return left * right


def _with_spaces(forms: Iterator[tuple[str, str, str, str, tuple[str, str]]]) -> list[Wmma]:
    return [Wmma(*form, SPACES[n % 3]) for n, form in enumerate(forms)]


def _all() -> Iterator[tuple[str, str, str, str, tuple[str, str]]]:
    for shape, layouts in product(BIG, LAYOUTS):
        for given, result in product(("f16", "f32"), repeat=2):
            yield shape, "f16", given, result, layouts
        yield shape, "bf16", "f32", "f32", layouts
        yield shape, "s8", "s32", "s32", layouts
        yield shape, "u8", "s32", "s32", layouts
    for layouts in LAYOUTS:
        yield "m16n16k8", "tf32", "f32", "f32", layouts
        yield "m8n8k4", "f64", "f64", "f64", layouts
    for shape, kind in (("m8n8k32", "s4"), ("m8n8k32", "u4"), ("m8n8k128", "b1")):
        yield shape, kind, "s32", "s32", ("row", "col")


WMMAS = _with_spaces(_all())
