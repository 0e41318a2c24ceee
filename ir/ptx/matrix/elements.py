"""Elements out of registers, exactly, and the sums of their products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import computed
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.layout import ELEMENTS, PACKED
from crosswarp.ir.ptx.narrowing import narrowed
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, I64
from crosswarp.ir.values import Value

_TF32 = 0xFFFFE000
_IN_BYTE = {"e3m2": (0, 6), "e2m3": (0, 6), "e2m1": (2, 4)}
"""Where a byte holds a code of fewer bits: its lowest bit and its size."""
_BOUNDS = (-(1 << 31), (1 << 31) - 1)
Add = Callable[[Emitter, Value, Value, Value], Value]


def decoded(e: Emitter, kind: str, register: Value) -> list[Value]:
    """The elements of a register, lowest first: as `float`, `double` or `i32`; of b1 all 32 together."""
    if kind in ("b1", "f64"):
        return [register if kind == "b1" else floats.from_bits(e, register, DOUBLE)]
    bits = 32 // ELEMENTS[kind]
    return [element_of(e, kind, _cut(e, register, n * bits, bits, kind[0] == "s")) for n in range(ELEMENTS[kind])]


def _cut(e: Emitter, register: Value, first: int, bits: int, signed: bool) -> Value:
    if bits == 32:
        return register
    return e.op("ashr" if signed else "lshr", e.op("shl", register, 32 - bits - first), 32 - bits)


def element_of(e: Emitter, kind: str, code: Value) -> Value:
    """What 32 bits say that have one element's encoding, integers as their value: `float`, or `i32`."""
    if kind[0] in "su":
        return code
    if kind == "tf32":
        return floats.from_bits(e, e.op("and", code, _TF32), FLOAT)
    if kind == PACKED:
        return floats.extended(e, e.call("__cw.cvt.f16.rn.e2m1", HALF, code))
    if ELEMENTS[kind] == 4:
        if kind in _IN_BYTE:
            first, size = _IN_BYTE[kind]
            code = e.op("and", e.op("lshr", code, first), (1 << size) - 1)
        return floats.extended(e, e.call(f"__cw.cvt.f16.rn.{kind}", HALF, code))
    return floats.extended(e, floats.from_bits(e, e.resize(code, 16), BFLOAT if kind == "bf16" else HALF))


def _fused(e: Emitter, a: Value, b: Value, total: Value) -> Value:
    return computed(e, "fma", "rn", [a, b, total])


def _integer(e: Emitter, a: Value, b: Value, total: Value) -> Value:
    return e.op("add", total, e.resize(e.op("mul", a, b), 64, signed=True) if total.type is I64 else e.op("mul", a, b))


def _bits(opcode: str) -> Add:
    return lambda e, a, b, total: e.op("add", total, e.intrinsic("ctpop", e.op(opcode, a, b)))


def adding(modifiers: Sequence[str]) -> Add:
    """How a product is added to a sum: floats fused, rounded once; integers modulo 2**32 or, to be clamped, in 64 bits."""
    if "popc" in modifiers:
        return _bits("and" if "and" in modifiers else "xor")
    return _integer if "s32" in modifiers else _fused


@dataclass(frozen=True)
class Accumulator:
    """How C and D are held: `f16` two in a register, the others one; sums of f16 are `float` and rounded at the end."""

    kind: str
    clamped: bool = False

    def opened(self, e: Emitter, registers: Sequence[Value]) -> list[Value]:
        """The sums so far."""
        if self.kind == "f16":
            return [element for register in registers for element in decoded(e, "f16", register)]
        return [e.resize(value, 64, signed=True) if self.clamped else value for value in registers]

    def closed(self, e: Emitter, sums: Sequence[Value]) -> list[Value]:
        """The registers of the result."""
        if self.kind == "f16":
            halves = [e.resize(floats.bits(e, narrowed(e, x, HALF, "rn")), 32) for x in sums]
            return [e.op("or", e.op("shl", high, 16), low) for low, high in zip(halves[::2], halves[1::2], strict=True)]
        return [_clamped(e, value) if self.clamped else value for value in sums]

    @property
    def in_register(self) -> int:
        """Elements in a register."""
        return 2 if self.kind == "f16" else 1

    @property
    def word(self) -> str:
        """A register's type in signatures."""
        return "b32" if self.kind in ("f16", "s32") else self.kind


def _clamped(e: Emitter, value: Value) -> Value:
    low = e.intrinsic("smax", value, e.number(_BOUNDS[0], value))
    return e.resize(e.intrinsic("smin", low, e.number(_BOUNDS[1], value)), 32)


