"""Loads, stores and atomics with a model of memory as bytes: cases made from the records, some spellings of each.

Every case has 64 bytes of memory in one state space, and operands for the instruction; it gives results, and memory afterwards.
"""

from __future__ import annotations

import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from crosswarp.ir.ptx.form import Form, Use
from crosswarp.ir.ptx.records import atomics, memory
from crosswarp.ir.ptx.spellings import spellings
from crosswarp.ir.ptx.types import PtxType

BYTES = 64
OFFSET = 32
FLOATS = {"f16": "e", "f32": "f", "f64": "d"}
SPACES = ("generic", "global", "shared")


@dataclass(frozen=True)
class Access:
    """One instruction. `operands` and results are unsigned integers as wide as their registers."""

    use: Use
    form: Form

    @property
    def name(self) -> str:
        return self.use.mnemonic

    @property
    def parts(self) -> list[str]:
        return self.use.mnemonic.split(".")

    @cached_property
    def type(self) -> PtxType:
        return self.use.type

    @property
    def register_bits(self) -> int:
        return max(self.type.bits, 16)

    @property
    def results(self) -> int:
        return self.use.vector if self.form.results else 0

    @property
    def values(self) -> int:
        """Operands beside the address and the cache policy."""
        return sum(self.use.vector if "*" in word else 1 for word in self.form.sources if word not in ("[]", "b64"))

    @cached_property
    def before(self) -> bytes:
        """Memory: random, with ordinary numbers where floats are added."""
        source = random.Random(zlib.crc32(self.name.encode()))
        if self.type.kind != "f":
            return source.randbytes(BYTES)
        return b"".join(self._number(source) for _ in range(BYTES * 8 // self.type.bits))

    @cached_property
    def operands(self) -> list[int]:
        source = random.Random(zlib.crc32(self.name.encode()) + 1)
        if self.type.kind == "f":
            found = [int.from_bytes(self._number(source), "little") for _ in range(self.values)]
        else:
            found = [source.getrandbits(self.type.bits) for _ in range(self.values)]
        if "cas" in self.parts and source.random() < 0.6:
            found[0] = self._old(0)
        return found

    def _number(self, source: random.Random) -> bytes:
        """Small integers and halves, whose sums are exact in every format."""
        base, _, lanes = self.type.name.partition("x")
        return b"".join(_encode(source.randrange(-64, 64) / 2, base) for _ in range(int(lanes or 1)))

    def _old(self, index: int) -> int:
        size = self.type.bits // 8
        return int.from_bytes(self.before[OFFSET + index * size : OFFSET + (index + 1) * size], "little")

    def expected(self) -> tuple[list[int], bytes]:
        """Results, as registers hold them, and memory."""
        size, after = self.type.bits // 8, bytearray(self.before)
        results = []
        for index in range(self.use.vector):
            old = self._old(index)
            results.append(_widened(old, self.type, self.register_bits))
            if self.parts[0] not in ("ld", "ldu"):
                new = self._new(old, index)
                after[OFFSET + index * size : OFFSET + (index + 1) * size] = new.to_bytes(size, "little")
        return results[: self.results], bytes(after)

    def _new(self, old: int, index: int) -> int:
        words, given = self.parts, self.operands
        if words[0] == "st" or "exch" in words:
            return given[index]
        if "cas" in words:
            return given[1] if old == given[0] else old
        operation = next(w for w in words if w in OPERATIONS)
        if self.type.kind == "f":
            return _lanewise(OPERATIONS[operation], old, given[index], self.type)
        bits = self.type.bits
        value = (lambda x: x - (1 << bits) if x >> bits - 1 else x) if self.type.kind == "s" else (lambda x: x)
        return OPERATIONS[operation](value(old), value(given[index])) % (1 << bits)


OPERATIONS = {
    "add": lambda old, b: old + b, "min": min, "max": max, "and": lambda old, b: old & b, "or": lambda old, b: old | b,
    "xor": lambda old, b: old ^ b, "inc": lambda old, b: 0 if old >= b else old + 1,
    "dec": lambda old, b: b if old == 0 or old > b else old - 1,
}


def _encode(value: float, base: str) -> bytes:
    return struct.pack("<f", value)[2:] if base == "bf16" else struct.pack("<" + FLOATS[base], value)


def _decode(data: bytes, base: str) -> float:
    return struct.unpack("<f", b"\0\0" + data)[0] if base == "bf16" else struct.unpack("<" + FLOATS[base], data)[0]


def _lanewise(operation: Callable[[float, float], float], old: int, value: int, type_: PtxType) -> int:
    base, _, lanes = type_.name.partition("x")
    count = int(lanes or 1)
    size = type_.bits // 8 // count
    a, b = (x.to_bytes(type_.bits // 8, "little") for x in (old, value))
    pairs = ((_decode(a[n : n + size], base), _decode(b[n : n + size], base)) for n in range(0, len(a), size))
    return int.from_bytes(b"".join(_encode(operation(*pair), base) for pair in pairs), "little")


def _widened(value: int, type_: PtxType, bits: int) -> int:
    if type_.kind == "s" and value >> type_.bits - 1:
        return value - (1 << type_.bits) & (1 << bits) - 1
    return value


def cases(each: int) -> list[Access]:
    """About so many spellings of every record, in the state spaces that a kernel can read and write."""
    source, found = random.Random(8), []
    for form in [*memory.FORMS, *atomics.FORMS]:
        known = [m for m in spellings(form) if (use := form.use(m)) is not None and use.space in SPACES]
        for mnemonic in sorted(source.sample(known, min(each, len(known)))):
            use = form.use(mnemonic)
            assert use is not None
            found.append(Access(use, form))
    return found
