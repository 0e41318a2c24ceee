"""Every form of `mma` but those of f64 and of quad pairs: registers by the formulas of the PTX ISA, and what must come out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numbers_of_kinds import BITS, FLOATS, Codes, check_floats, check_integers, decoded, moderate

LANES = np.arange(32)
GROUP, THREAD = LANES // 4, LANES % 4
ORDERED = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))


@dataclass(frozen=True)
class Mma:
    """One form with its operands."""

    mnemonic: str

    @cached_property
    def sides(self) -> tuple[int, int, int]:
        """m, n and k; n is 8."""
        found = re.search(r"m(\d+)n(\d+)k(\d+)", self.mnemonic)
        return int(found[1]), int(found[2]), int(found[3])

    @property
    def left(self) -> int:
        """Columns of A that registers hold."""
        return self.sides[2]

    @cached_property
    def kinds(self) -> tuple[str, str, str]:
        """Of A, B and C."""
        kinds = [word for word in self.mnemonic.split(".") if word in BITS]
        return kinds[1], kinds[2], kinds[3]

    @cached_property
    def source(self) -> np.random.Generator:
        return np.random.default_rng(zlib.crc32(str(self).encode()))

    @cached_property
    def operands(self) -> tuple[Codes, Codes, Codes]:
        """What registers hold of A, B and C."""
        (a, b, c), (m, n, k) = self.kinds, self.sides
        return moderate(self.source, a, (m, self.left)), moderate(self.source, b, (k, n)), moderate(self.source, c, (m, n))

    @cached_property
    def place(self) -> np.ndarray:
        """Where elements of A that registers hold stand in their row: by row, and number in what is held."""
        return np.broadcast_to(np.arange(self.left), (self.sides[0], self.left))

    @cached_property
    def tail(self) -> tuple[Codes, str]:
        """A register of each lane that follows, and what the text says after C; nothing here."""
        return np.zeros(32, np.uint32), ""

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Registers of A, B, and C."""
        (m, n, k), bits = self.sides, BITS[self.kinds[0]]
        return m * self.left * bits // 1024, n * k * bits // 1024, m * n * BITS[self.kinds[2]] // 1024

    def registers(self) -> Iterator[np.ndarray]:
        """Of A, B, C and what follows, lane by lane."""
        (a, b, c), (of_a, of_b, _), high = self.operands, self.counts, self.sides[0] // 8
        wide = max(32 // BITS[self.kinds[0]], 1)
        inner = THREAD * wide
        yield _words(self.kinds[0], [a[GROUP + 8 * (r % high), inner + r // high * 4 * wide + i]
                                     for r in range(of_a) for i in range(wide)])  # fmt: skip
        yield _words(self.kinds[1], [b[inner + r * 4 * wide + i, GROUP] for r in range(of_b) for i in range(wide)])
        yield _words(self.kinds[2], [c[GROUP + 8 * (i // 2), THREAD * 2 + i % 2] for i in range(2 * high)])
        yield self.tail[0]

    def check(self, content: bytes) -> None:
        """What lanes put: registers of D."""
        (a, b, c), (kind_a, kind_b, sums), (m, n, _) = self.operands, self.kinds, self.sides
        raw = np.frombuffer(content, np.uint16 if sums == "f16" else np.uint32).reshape(32, m // 4)
        found = np.zeros((m, n))
        for i in range(m // 4):
            found[GROUP + 8 * (i // 2), THREAD * 2 + i % 2] = decoded(sums, np.ascontiguousarray(raw[:, i]))
        rows, columns = decoded(kind_a, a)[:, None, :], decoded(kind_b, b)[self.place].transpose(0, 2, 1)
        op = np.multiply if kind_a != "b1" else np.bitwise_and if ".and." in self.mnemonic else np.bitwise_xor
        products = op(rows, columns)
        if sums in FLOATS:
            check_floats(kind_a, found, products, decoded(sums, c), sums)
        else:
            check_integers(found, products.sum(-1) + decoded(sums, c), "satfinite" in self.mnemonic)


@dataclass(frozen=True)
class SparseMma(Mma):
    """One form of `mma.sp`; `selector` says which lanes hold metadata."""

    selector: int

    @property
    def left(self) -> int:
        """Half of A."""
        return self.sides[2] // 2

    @cached_property
    def vectors(self) -> np.ndarray:
        """Vectors of two bits, by row: pairs that differ; of tf32 one of two values of both."""
        kind = self.kinds[0]
        count = self.sides[2] // (4 if BITS[kind] == 4 else 1 if kind == "tf32" else 2)
        pairs = [(0, 1), (2, 3)] if kind == "tf32" else [*ORDERED]
        if kind != "tf32" and "ordered" not in self.mnemonic:
            pairs += [(high, low) for low, high in ORDERED]
        return self.source.choice(np.array(pairs), (16, count // 2)).reshape(16, count)

    @cached_property
    def place(self) -> np.ndarray:
        element = np.arange(self.left)
        if self.kinds[0] == "tf32":
            return 2 * element + self.vectors[:, ::2] // 2
        if BITS[self.kinds[0]] == 4:
            return element // 4 * 8 + 2 * self.vectors[:, element // 2] + element % 2
        return element // 2 * 4 + self.vectors

    @cached_property
    def tail(self) -> tuple[Codes, str]:
        """Metadata; what does not count of it is noise."""
        words = self.source.integers(0, 1 << 32, 32, dtype=np.uint64)
        count = self.vectors.shape[1] // 8
        for group, j in product(range(8), range(count)):
            if BITS[self.kinds[0]] > 8:  # rows g and g + 8 in the halves of one register
                values = np.concatenate([self.vectors[group + 8 * row, 8 * j : 8 * j + 8] for row in range(2)])
            else:  # lanes in turn hold rows g and g + 8
                values = self.vectors[group + j % 2 * 8, j // 2 * 16 : j // 2 * 16 + 16]
            words[4 * group + self.selector * count + j] = sum(int(v) << 2 * n for n, v in enumerate(values))
        return words.astype(np.uint32), f", %{2 * self.counts[2] + self.counts[0] + self.counts[1]}, {self.selector}"


def _words(kind: str, elements: list[Codes]) -> Codes:
    """Registers of each lane, its elements lowest first."""
    wide = max(32 // BITS[kind], 1)
    shifts = np.arange(wide, dtype=np.uint64) * np.uint64(BITS[kind])
    return (np.stack(elements, -1).astype(np.uint64).reshape(32, -1, wide) << shifts).sum(-1).astype(np.uint32)


_NARROW = ("e4m3", "e5m2", "e3m2", "e2m3", "e2m1")
_KIND = ".kind::f8f6f4"


def _sparse() -> Iterator[SparseMma]:
    for variant, wide in product((".sp", ".sp::ordered_metadata"), (0, 1)):
        for a, sums, depth in (("f16", "f16", 16), ("f16", "f32", 16), ("bf16", "f32", 16), ("tf32", "f32", 8)):
            name = f"mma{variant}.sync.aligned.m16n8k{depth << wide}.row.col.{sums}.{a}.{a}.{sums}"
            yield SparseMma(name, (1 if wide else 3) - (variant == ".sp"))
        for bits, (a, b), saturates in product((4, 8), product("su", "su"), ("", ".satfinite")):
            depth, selector = 256 // bits << wide, 0 if wide else len(saturates) % 2
            yield SparseMma(f"mma{variant}.sync.aligned.m16n8k{depth}.row.col{saturates}.s32.{a}{bits}.{b}{bits}.s32", selector)
            if saturates:
                name = f"mma{variant}.sync.aligned.m16n8k{depth}.row.col.s32.{a}{bits}.{b}{bits}.s32{saturates}"
                yield SparseMma(name, selector)
    eights = ((".sp", "f32"), (".sp::ordered_metadata", "f16"), (".sp::ordered_metadata", "f32"))
    for (variant, sums), (a, b) in product(eights, product(("e4m3", "e5m2"), repeat=2)):
        yield SparseMma(f"mma{variant}.sync.aligned.m16n8k64.row.col.{sums}.{a}.{b}.{sums}", 0)
    for (a, b), sums in product(product(_NARROW, repeat=2), ("f16", "f32")):
        yield SparseMma(f"mma.sp::ordered_metadata.sync.aligned.m16n8k64.row.col{_KIND}.{sums}.{a}.{b}.{sums}", 0)


def _dense() -> Iterator[Mma]:
    floats = [("f16", "f16", (8, 16)), ("f16", "f32", (8, 16)), ("bf16", "f32", (8, 16)), ("tf32", "f32", (4, 8))]
    for a, sums, depths in floats:
        yield from (Mma(f"mma.sync.aligned.m16n8k{k}.row.col.{sums}.{a}.{a}.{sums}") for k in depths)
    for k, (a, b), sums in product((16, 32), product(("e4m3", "e5m2"), repeat=2), ("f16", "f32")):
        yield Mma(f"mma.sync.aligned.m16n8k{k}.row.col.{sums}.{a}.{b}.{sums}")
    for n, ((a, b), sums) in enumerate(product(product(_NARROW, repeat=2), ("f16", "f32"))):
        shape = (f"m16n8k32.row.col{_KIND}", f"{_KIND[1:]}.m16n8k32.row.col")[n // 2 % 2]
        yield Mma(f"mma.sync.aligned.{shape}.{sums}.{a}.{b}.{sums}")
    for bits, shape, (a, b), saturates in product((4, 8), range(3), product("su", "su"), ("", ".satfinite")):
        name = (f"m8n8k{128 // bits}", f"m16n8k{128 // bits}", f"m16n8k{256 // bits}")[shape]
        yield Mma(f"mma.sync.aligned.{name}.row.col{saturates}.s32.{a}{bits}.{b}{bits}.s32")
        if saturates:
            yield Mma(f"mma.sync.aligned.{name}.row.col.s32.{a}{bits}.{b}{bits}.s32{saturates}")
    for shape, op in product(("m8n8k128", "m16n8k128", "m16n8k256"), ("xor", "and")):
        yield Mma(f"mma.sync.aligned.{shape}.row.col.s32.b1.b1.s32.{op}.popc")


DENSE, SPARSE = list(_dense()), list(_sparse())
FORMS: list[Mma] = [*DENSE, *SPARSE]
