"""Arithmetic, comparison and conversion of values as functions chosen by type: what each instruction computes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from crosswarp.ir.instructions import FAST_MATH_FLAGS
from crosswarp.ir.interpreter.errors import NotInterpreted
from crosswarp.ir.interpreter.memory import SHARED_BASE
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.semantics import floats, integers
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.types import FloatType, IntType, PointerType, Type, VectorType

BINARY_RESULTS = integers.BINARY
_FLOAT_OPERATIONS: dict[str, Callable[[float, float, str], float]] = {
    "fadd": floats.add, "fsub": floats.sub, "fmul": floats.mul, "fdiv": floats.div, "frem": floats.rem}
Function = Callable[..., Any]


def scalar(type: Type) -> Type:
    """Element type of a vector, else the type itself."""
    return type.element if isinstance(type, VectorType) else type


def lift(function: Function, vector: bool) -> Function:
    """Poison in, poison out; on vectors element by element."""

    def one(*values: Any) -> Any:
        for value in values:
            if value is POISON:
                return POISON
        return function(*values)

    if not vector:
        return one
    return lambda *values: tuple([one(*parts) for parts in zip(*values, strict=True)])


def binary(opcode: str, type: Type, flags: tuple[str, ...]) -> Function:
    """The function of a binary instruction."""
    kind = scalar(type)
    if isinstance(kind, IntType):
        compute, bits = integers.BINARY[opcode], kind.bits
        return lift(lambda a, b: compute(a, b, bits, flags), isinstance(type, VectorType))
    assert isinstance(kind, FloatType)
    operation, name = _FLOAT_OPERATIONS[opcode], kind.kind
    return lift(promised(lambda a, b: operation(a, b, name), flags), isinstance(type, VectorType))


def promised(function: Function, flags: tuple[str, ...]) -> Function:
    """`nnan` and `ninf` promise that no operand or result is NaN or infinite; else the result is poison."""
    if not FAST_MATH_FLAGS.intersection(flags):
        return function
    finite = [test for flag, test in (("nnan", math.isnan), ("ninf", math.isinf)) if flag in flags or "fast" in flags]
    if not finite:
        return function

    def run(*values: Any) -> Any:
        result = function(*values)
        broken = any(test(v) for test in finite for v in (*values, result) if isinstance(v, float))
        return POISON if broken else result

    return run


def compare(opcode: str, predicate: str, type: Type, flags: tuple[str, ...], layout: DataLayout) -> Function:
    """The function of `icmp` and `fcmp`."""
    vector = isinstance(type, VectorType)
    if opcode == "fcmp":
        return lift(promised(lambda a, b: int(floats.compare(predicate, a, b)), flags), vector)
    bits = layout.bits(scalar(type))
    if "samesign" in flags:
        top = bits - 1
        return lift(lambda a, b: POISON if a >> top != b >> top else int(integers.compare(predicate, a, b, bits)), vector)
    return lift(lambda a, b: int(integers.compare(predicate, a, b, bits)), vector)


def negate(value: float) -> float:
    """`fneg`: the sign bit flipped, also of zeros and NaNs."""
    return -value


def convert(opcode: str, source: Type, target: Type, layout: DataLayout, flags: tuple[str, ...] = ()) -> Function:
    """The function of a conversion."""
    if opcode == "bitcast":
        return _bitcast(source, target, layout)
    return lift(_conversion(opcode, scalar(source), scalar(target), layout, flags), isinstance(source, VectorType))


def _conversion(opcode: str, a: Type, b: Type, layout: DataLayout, flags: tuple[str, ...]) -> Function:
    if opcode == "addrspacecast":
        assert isinstance(a, PointerType) and isinstance(b, PointerType)
        return _change_space(a.space, b.space)
    if opcode in ("ptrtoint", "ptrtoaddr", "inttoptr"):
        mask = (1 << layout.bits(b)) - 1
        return lambda v: v & mask
    if opcode in ("fpext", "fptrunc"):
        assert isinstance(b, FloatType)
        kind = b.kind
        return lambda v: floats.round_to(v, kind)
    return _integer_conversion(opcode, a, b, flags)


def _integer_conversion(opcode: str, a: Type, b: Type, flags: tuple[str, ...]) -> Function:
    source, target = getattr(a, "bits", 0), getattr(b, "bits", 0)
    mask = (1 << target) - 1
    if opcode == "trunc":
        return _truncate(source, target, flags)
    if opcode == "zext":
        return lambda v: POISON if "nneg" in flags and v >> (source - 1) else v
    if opcode == "sext":
        return lambda v: integers.signed(v, source) & mask
    if opcode in ("sitofp", "uitofp"):
        from fractions import Fraction

        assert isinstance(b, FloatType)
        kind, is_signed = b.kind, opcode == "sitofp"
        return lambda v: floats.round_exact(Fraction(integers.signed(v, source) if is_signed else v), kind)
    if opcode in ("fptosi", "fptoui"):
        return _to_integer(opcode == "fptosi", target)
    raise NotInterpreted(f"conversion {opcode}")


def _truncate(source: int, target: int, flags: tuple[str, ...]) -> Function:
    mask = (1 << target) - 1

    def run(value: int) -> Any:
        if "nuw" in flags and value > mask:
            return POISON
        if "nsw" in flags and not integers.fits_signed(integers.signed(value, source), target):
            return POISON
        return value & mask

    return run


def _to_integer(is_signed: bool, bits: int) -> Function:
    """LLVM: poison when the value does not fit."""
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if is_signed else (0, (1 << bits) - 1)

    def run(value: float) -> Any:
        if not math.isfinite(value) or not low <= math.trunc(value) <= high:
            return POISON
        return math.trunc(value) & ((1 << bits) - 1)

    return run


def _change_space(source: int, target: int) -> Function:
    """Shared addresses (3) are offsets into the window; all other spaces share the generic numbering. Null stays null."""
    if source == 3 and target != 3:
        return lambda v: v + SHARED_BASE if v else 0
    if target == 3 and source != 3:
        return lambda v: v - SHARED_BASE if 0 <= v - SHARED_BASE < 1 << 32 else (POISON if v else 0)
    return lambda v: v


def _bitcast(source: Type, target: Type, layout: DataLayout) -> Function:
    count = source.count if isinstance(source, VectorType) else 1
    parts = target.count if isinstance(target, VectorType) else 1
    narrow, wide = layout.bits(scalar(source)), layout.bits(scalar(target))
    encode, decode = _encoder(scalar(source)), _decoder(scalar(target))

    def run(value: Any) -> Any:
        elements = value if isinstance(source, VectorType) else (value,)
        if any(e is POISON for e in elements):
            return (POISON,) * parts if isinstance(target, VectorType) else POISON
        pattern = sum(encode(e) << narrow * n for n, e in enumerate(elements))
        out = tuple(decode(pattern >> wide * n & ((1 << wide) - 1)) for n in range(parts))
        return out if isinstance(target, VectorType) else out[0]

    if count == parts and isinstance(source, VectorType) and isinstance(target, VectorType):
        return lambda value: tuple(decode(encode(v)) if v is not POISON else v for v in value)
    return run


def _encoder(type: Type) -> Function:
    if isinstance(type, FloatType):
        kind = type.kind
        return lambda v: floats.to_bits(v, kind)
    return lambda v: v


def _decoder(type: Type) -> Function:
    if isinstance(type, FloatType):
        kind = type.kind
        return lambda v: floats.from_bits(v, kind)
    return lambda v: v
