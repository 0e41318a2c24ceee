"""Matrix fragments by the formulas of the PTX ISA, and what `mma` must give. Independent of `ir/ptx/matrix/`.

Registers are 32 bits, of f64 64. Elements are `Fraction`s; every sum is rounded once, in the order of k.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from fractions import Fraction

from float_model import Format

F16, BF16 = Format(5, 10, 0x7FFF), Format(8, 7, 0x7FFF)
F32, F64 = Format(8, 23, 0x7FFFFFFF), Format(11, 52, (1 << 63) - 1)
FLOATS = {"f16": F16, "bf16": BF16, "tf32": F32, "f32": F32, "f64": F64, "e4m3": Format(4, 3, 0x7F), "e5m2": Format(5, 2, 0x7F)}
BITS = {"f16": 16, "bf16": 16, "tf32": 32, "f64": 64, "e4m3": 8, "e5m2": 8, "s8": 8, "u8": 8, "s4": 4, "u4": 4, "b1": 1, "f32": 32,
        "s32": 32}


def sides(shape):
    """m, n and k."""
    return tuple(map(int, re.match(r"m(\d+)n(\d+)k(\d+)", shape).groups()))


def per_register(kind):
    return max(32 // BITS[kind], 1)


def position(matrix, shape, kind, lane, i):
    """Row and column of element `i` of a lane, by the ISA's text on fragments of `mma`."""
    group, thread, width = lane >> 2, lane & 3, per_register(kind)
    if matrix == "c":
        return group + 8 * (i >= 2), thread * 2 + (i & 1)
    inside, register = i % width, i // width
    if matrix == "b":
        return thread * width + inside + register * 4 * width, group
    tall = sides(shape)[0] == 16
    lower, further = (register % 2, register // 2) if tall else (0, register)
    return group + 8 * lower, thread * width + inside + further * 4 * width


def quad_pair_position(matrix, modifiers, lane, i):
    """The same for `mma.m8n8k4` of f16, here one product whose matrices four quad pairs hold beside each other: 32 by 32."""
    of_a, of_b = modifiers[4:6]
    low, upper, pair = lane % 4, 4 if lane >= 16 else 0, lane % 16 // 4
    if matrix == "a":
        row, column = (low + upper, i) if of_a == "row" else (i % 4 + upper, low)
        return row + 8 * pair, column
    if matrix == "b":
        row, column = (low, i + upper) if of_b == "row" else (i, low + upper)
        return row, column + 8 * pair
    if modifiers[6] == "f16":
        return low + upper + 8 * pair, i + 8 * pair
    return (lane & 1) + (i & 2) + upper + 8 * pair, (i & 4) + (lane & 2) + (i & 1) + 8 * pair


def decode(kind, code):
    """The number that a code stands for."""
    if kind in FLOATS:
        if kind == "tf32":
            code &= ~0x1FFF
        if kind == "e4m3" and code & 0x78 == 0x78:  # no infinities: one more binade of numbers
            size = Fraction(8 + (code & 7)) * 32
            return -size if code & 0x80 else size
        negative, size = FLOATS[kind].decode(code)
        return -size if negative else size
    if kind[0] == "s" and code >> (BITS[kind] - 1):
        return code - (1 << BITS[kind])
    return code


def rounded(kind, value):
    """The number in a format, both zeros alike."""
    form = FLOATS[kind]
    negative, size = form.decode(form.encode((value < 0, abs(Fraction(value)))))
    return -size if negative else size


def random_code(source, kind):
    """Mostly moderate numbers, some subnormal, some zero; of integers anything."""
    if kind not in FLOATS:
        return source.getrandbits(BITS[kind])
    form = FLOATS[kind]
    if source.random() < 0.1:
        return source.choice((0, 1, form.sign | 1))
    exponent = form.bias + source.randint(-3, 3)
    return source.getrandbits(1) << (form.bits - 1) | exponent << form.fraction | source.getrandbits(form.fraction)


@dataclass(frozen=True)
class Mma:
    """One `mma` and its operands: codes of A by (row, k), of B by (k, column), of C by (row, column)."""

    mnemonic: str

    @property
    def shape(self):
        return next(m for m in self.mnemonic.split(".") if re.match(r"m\d+n", m))

    @property
    def kinds(self):
        """Of A, B and C."""
        found = [m for m in self.mnemonic.split(".") if m in BITS]
        return found[1], found[2], found[3]

    def matrices(self):
        source = random.Random(self.mnemonic)
        m, n, k = (32, 32, 4) if self.is_by_quad_pairs else sides(self.shape)
        a, b, c = self.kinds
        wide = random_code if c != "s32" else lambda s, _: s.choice((s.getrandbits(32), 0x7FFFFFF0, 0x80000010, 5))
        return ({(r, x): random_code(source, a) for r in range(m) for x in range(k)},
                {(x, r): random_code(source, b) for r in range(n) for x in range(k)},
                {(r, x): wide(source, c) for r in range(m) for x in range(n)
                 if not self.is_by_quad_pairs or r // 8 == x // 8})  # fmt: skip

    @property
    def is_by_quad_pairs(self):
        return ".m8n8k4." in self.mnemonic and ".f16.f16." in self.mnemonic

    def place(self, matrix, lane, i):
        """Row and column of element `i` of a lane."""
        if self.is_by_quad_pairs:
            return quad_pair_position(matrix, self.mnemonic.split("."), lane, i)
        return position(matrix, self.shape, self.kinds["abc".index(matrix)], lane, i)

    def elements(self, matrix):
        """How many a lane holds."""
        m, n, k = sides(self.shape)
        if self.is_by_quad_pairs:
            return {"a": 4, "b": 4, "c": 8}[matrix]
        return {"a": m * k, "b": k * n, "c": m * n}[matrix] // 32

    def registers(self, matrix, lane, codes):
        """What a lane's registers hold."""
        kind = self.kinds["abc".index(matrix)]
        width = per_register(kind) if kind != "f32" else 1
        held = [codes[self.place(matrix, lane, i)] for i in range(self.elements(matrix))]
        return [sum(code << n * BITS[kind] for n, code in enumerate(held[i : i + width])) for i in range(0, len(held), width)]

    def expected(self):
        """The numbers of D by (row, column)."""
        a, b, c = self.matrices()
        return {at: self.one(a, b, at, decode(self.kinds[2], code)) for at, code in c.items()}

    def one(self, a, b, at, total):
        """The number of D at a place, C's number given."""
        of_a, of_b, of_c = self.kinds
        for x in range(sides(self.shape)[2]):
            left, right = a[at[0], x], b[x, at[1]]
            if of_a == "b1":
                total += left & right if "and" in self.mnemonic else left ^ right
            elif of_c in FLOATS:
                total = rounded("f64" if of_c == "f64" else "f32", total + decode(of_a, left) * decode(of_b, right))
            else:
                total += decode(of_a, left) * decode(of_b, right)
        if of_c in FLOATS:
            return rounded(of_c, total)
        if "satfinite" in self.mnemonic:
            return min(max(total, -(1 << 31)), (1 << 31) - 1)
        return decode("s32", total & 0xFFFFFFFF)

    def numbers(self, lane, registers):
        """What a lane's registers of D say, by (row, column)."""
        kind = self.kinds[2]
        width = per_register(kind) if kind == "f16" else 1
        codes = [register >> n * BITS[kind] & ((1 << BITS[kind]) - 1) for register in registers for n in range(width)]
        return {self.place("c", lane, i): decode(kind, code) for i, code in enumerate(codes)}
