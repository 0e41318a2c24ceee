"""Every form of `mma.sp`: registers by the formulas of the PTX ISA, and what must come out."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from numbers_of_kinds import BITS, FLOATS, Codes, Reals, check_floats, check_integers, decoded, moderate

LANES = np.arange(32)
GROUP, THREAD = LANES // 4, LANES % 4
ORDERED = ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3))


@dataclass(frozen=True)
class Sparse:
    """One form with its operands. `place[row, i]` is the column of A where the element that is left as number `i` stood."""

    mnemonic: str
    selector: int

    @cached_property
    def depth(self) -> int:
        """k."""
        return int(re.search(r"n8k(\d+)", self.mnemonic)[1])

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
        """What is left of A, B and C."""
        a, b, c = self.kinds
        return (moderate(self.source, a, (16, self.depth // 2)), moderate(self.source, b, (self.depth, 8)),
                moderate(self.source, c, (16, 8)))  # fmt: skip

    @cached_property
    def vectors(self) -> np.ndarray:
        """Vectors of two bits, by row: pairs that differ; of tf32 one of two values of both."""
        a, count = self.kinds[0], self.depth // (4 if BITS[self.kinds[0]] == 4 else 1 if self.kinds[0] == "tf32" else 2)
        pairs = [(0, 1), (2, 3)] if a == "tf32" else [*ORDERED]
        if a != "tf32" and "ordered" not in self.mnemonic:
            pairs += [(high, low) for low, high in ORDERED]
        return self.source.choice(np.array(pairs), (16, count // 2)).reshape(16, count)

    @cached_property
    def place(self) -> np.ndarray:
        element = np.arange(self.depth // 2)
        if self.kinds[0] == "tf32":
            return 2 * element + self.vectors[:, ::2] // 2
        if BITS[self.kinds[0]] == 4:
            return element // 4 * 8 + 2 * self.vectors[:, element // 2] + element % 2
        return element // 2 * 4 + self.vectors

    def metadata(self) -> Codes:
        """Each lane's register; what does not count is noise."""
        words = self.source.integers(0, 1 << 32, 32, dtype=np.uint64)
        per_lane, count = (8, self.vectors.shape[1] // 8) if BITS[self.kinds[0]] > 8 else (16, self.vectors.shape[1] // 8)
        for group, j in product(range(8), range(count)):
            if per_lane == 8:  # rows g and g + 8 in the halves of one register
                values = np.concatenate([self.vectors[group + 8 * row, 8 * j : 8 * j + 8] for row in range(2)])
            else:  # lanes in turn hold rows g and g + 8
                values = self.vectors[group + j % 2 * 8, j // 2 * 16 : j // 2 * 16 + 16]
            words[4 * group + self.selector * count + j] = sum(int(v) << 2 * n for n, v in enumerate(values))
        return words.astype(np.uint32)

    def registers(self) -> Iterator[np.ndarray]:
        """Of A, B, C and metadata, lane by lane."""
        a, b, c = self.operands
        wide = max(32 // BITS[self.kinds[0]], 1)
        of_a, of_b, _ = self.counts
        inner = THREAD * wide
        yield _words(self.kinds[0], [a[GROUP + 8 * (r % 2), inner + r // 2 * 4 * wide + i]
                                     for r in range(of_a) for i in range(wide)])  # fmt: skip
        yield _words(self.kinds[1], [b[inner + r * 4 * wide + i, GROUP] for r in range(of_b) for i in range(wide)])
        yield _words(self.kinds[2], [c[GROUP + 8 * (i // 2), THREAD * 2 + i % 2] for i in range(4)])
        yield self.metadata()

    @cached_property
    def counts(self) -> tuple[int, int, int]:
        """Registers of A, B, and C."""
        of_b = self.depth * BITS[self.kinds[0]] // 128
        return of_b, of_b, 2 if self.kinds[2] == "f16" else 4

    def check(self, content: bytes) -> None:
        """What lanes put: registers of D."""
        a, b, c = self.operands
        _, of_b, sums = self.kinds
        raw = np.frombuffer(content, np.uint16 if sums == "f16" else np.uint32).reshape(32, 4)
        found: Reals = np.zeros((16, 8))
        for i in range(4):
            found[GROUP + 8 * (i // 2), THREAD * 2 + i % 2] = decoded(sums, np.ascontiguousarray(raw[:, i]))
        products = decoded(self.kinds[0], a)[:, None, :] * decoded(of_b, b)[self.place].transpose(0, 2, 1)
        if sums in FLOATS:
            check_floats(self.kinds[0], found, products, decoded(sums, c), sums)
        else:
            check_integers(found, products.sum(-1) + decoded(sums, c), "satfinite" in self.mnemonic)


def _words(kind: str, elements: list[Codes]) -> Codes:
    """Registers of each lane, its elements lowest first."""
    wide = max(32 // BITS[kind], 1)
    shifts = np.arange(wide, dtype=np.uint64) * np.uint64(BITS[kind])
    return (np.stack(elements, -1).astype(np.uint64).reshape(32, -1, wide) << shifts).sum(-1).astype(np.uint32)


def _all() -> Iterator[Sparse]:
    for variant, wide in product((".sp", ".sp::ordered_metadata"), (0, 1)):
        for a, sums, depth in (("f16", "f16", 16), ("f16", "f32", 16), ("bf16", "f32", 16), ("tf32", "f32", 8)):
            name = f"mma{variant}.sync.aligned.m16n8k{depth << wide}.row.col.{sums}.{a}.{a}.{sums}"
            yield Sparse(name, (1 if wide else 3) - (variant == ".sp"))
        for bits, (a, b), saturates in product((4, 8), product("su", "su"), ("", ".satfinite")):
            depth = 256 // bits << wide
            yield Sparse(f"mma{variant}.sync.aligned.m16n8k{depth}.row.col{saturates}.s32.{a}{bits}.{b}{bits}.s32",
                         0 if wide else len(saturates) % 2)  # fmt: skip
    for variant, (a, b), sums in product((".sp", ".sp::ordered_metadata"), product(("e4m3", "e5m2"), repeat=2), ("f16", "f32")):
        yield Sparse(f"mma{variant}.sync.aligned.m16n8k64.row.col.{sums}.{a}.{b}.{sums}", 0)


SPARSE = list(_all())
