"""LLVM's own intrinsics as clang uses them in CUDA device code. Source: LLVM Language Reference."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from crosswarp.ir.operations.record import (
    GRID,
    NEVER,
    NORETURN,
    OPERANDS,
    PURE,
    READ,
    SERVICE,
    WRITE,
    Evaluate,
    Operation,
    operation,
)
from crosswarp.ir.semantics import floats, mathematics
from crosswarp.ir.semantics import integers as ints
from crosswarp.ir.semantics.poison import POISON
from crosswarp.ir.types import FloatType, IntType, StructType, Type, VectorType

if TYPE_CHECKING:
    from crosswarp.ir.instructions import Call


def _scalar(type: Type) -> Type:
    return type.element if isinstance(type, VectorType) else type


def _kind(call: Call) -> str:
    kind = _scalar(call.arguments[0].type)
    assert isinstance(kind, FloatType)
    return kind.kind


def _bits(call: Call) -> int:
    kind = _scalar(call.arguments[0].type)
    assert isinstance(kind, IntType)
    return kind.bits


def _floating(name: str, parameters: int, make: Callable[[str], Callable[..., Any]], meaning: str) -> Operation:
    """A floating-point intrinsic; `make` gives the function for a format."""

    def bind(call: Call) -> Evaluate:
        function = make(_kind(call))
        return lambda t, *v: function(*v)

    signature = f"T ({', '.join(['T'] * parameters)})"
    return operation(f"llvm.{name}.*", signature, PURE, OPERANDS, meaning, bind=bind, elementwise=True)


def _integer(name: str, signature: str, make: Callable[[int], Callable[..., Any]], meaning: str) -> Operation:
    """An integer intrinsic; `make` gives the function for a width."""

    def bind(call: Call) -> Evaluate:
        function = make(_bits(call))
        return lambda t, *v: function(*v)

    return operation(f"llvm.{name}.*", signature, PURE, OPERANDS, meaning, bind=bind, elementwise=True)


def _library(name: str) -> Callable[[str], Callable[..., Any]]:
    return lambda kind: lambda *v: mathematics.evaluate(name, kind, *v)


def _funnel(left: bool) -> Callable[[int], Callable[..., Any]]:
    def make(bits: int) -> Callable[..., Any]:
        def run(high: int, low: int, by: int) -> int:
            by %= bits
            both = high << bits | low
            shifted = both << by >> bits if left else both >> by
            return shifted & ((1 << bits) - 1)

        return run

    return make


def _signed_pick(choose: Callable[..., int]) -> Callable[[int], Callable[..., Any]]:
    return lambda bits: lambda a, b: choose(a, b, key=lambda v: ints.signed(v, bits))


def _overflow(compute: Callable[[int, int], int], is_signed: bool) -> Callable[[int], Callable[..., Any]]:
    def make(bits: int) -> Callable[..., Any]:
        def run(a: int, b: int) -> tuple[int, int]:
            exact = compute(ints.signed(a, bits), ints.signed(b, bits)) if is_signed else compute(a, b)
            inside = ints.fits_signed(exact, bits) if is_signed else 0 <= exact < 1 << bits
            return exact & ((1 << bits) - 1), int(not inside)

        return run

    return make


def _saturating(compute: Callable[[int, int], int], is_signed: bool) -> Callable[[int], Callable[..., Any]]:
    def make(bits: int) -> Callable[..., Any]:
        def run(a: int, b: int) -> int:
            exact = compute(ints.signed(a, bits), ints.signed(b, bits)) if is_signed else compute(a, b)
            return ints.saturate(exact, bits, is_signed)

        return run

    return make


def _abs(bits: int) -> Callable[..., Any]:
    def run(a: int, poison_at_minimum: int) -> Any:
        if a == 1 << bits - 1:
            return POISON if poison_at_minimum else a
        return abs(ints.signed(a, bits))

    return run


def _zeros(count: Callable[[int, int], int]) -> Callable[[int], Callable[..., Any]]:
    return lambda bits: lambda a, poison_at_zero: POISON if not a and poison_at_zero else count(a, bits)


def _minimum(choose: Callable[[float, float], float], nan_wins: bool) -> Callable[[str], Callable[..., Any]]:
    def run(a: float, b: float) -> float:
        if nan_wins and (math.isnan(a) or math.isnan(b)):
            return math.nan
        return choose(a, b)

    return lambda kind: run


def _copy(t: Any, target: int, source: int, size: int, volatile: int) -> None:
    t.copy(target, source, size)


def _fill(t: Any, target: int, value: int, size: int, volatile: int) -> None:
    t.fill(target, value, size)


def _float_to_int_saturated(is_signed: bool) -> Callable[[Call], Evaluate]:
    def bind(call: Call) -> Evaluate:
        kind = _scalar(call.type)
        assert isinstance(kind, IntType)
        bits = kind.bits
        return lambda t, x: 0 if math.isnan(x) else floats.to_integer_saturated(x, "rz", bits, is_signed)

    return bind


def _frexp(call: Call) -> Evaluate:
    assert isinstance(call.type, StructType)
    kind = call.type.fields[1]
    mask = (1 << getattr(kind, "bits", 32)) - 1

    def run(t: Any, x: float) -> tuple[float, int]:
        fraction, power = math.frexp(x)
        return fraction, power & mask

    return run


def _is_class(call: Call) -> Evaluate:
    form = floats.FORMATS[_kind(call)]

    def run(t: Any, x: float, mask: int) -> int:
        return int(mask >> _class_bit(x, form) & 1)

    return run


def _class_bit(x: float, form: floats.Format) -> int:
    """Position in `llvm.is.fpclass`'s mask: quiet NaN 1, -inf 2, -normal 3, -subnormal 4, -0 5, then the positive ones."""
    if math.isnan(x):
        return 1
    size = 0 if math.isinf(x) else 3 if x == 0 else 2 if abs(x) < 2.0**form.smallest else 1
    return 2 + size if math.copysign(1, x) < 0 else 9 - size


def _reduce(name: str) -> Callable[[Call], Evaluate]:
    def bind(call: Call) -> Evaluate:
        bits = _bits(call)
        pick: dict[str, Callable[[int, int], int]] = {
            "add": lambda a, b: a + b, "mul": lambda a, b: a * b, "and": lambda a, b: a & b, "or": lambda a, b: a | b,
            "xor": lambda a, b: a ^ b, "umin": min, "umax": max, "smin": _signed_pick(min)(bits), "smax": _signed_pick(max)(bits)}

        def run(t: Any, vector: tuple[int, ...]) -> int:
            total = vector[0]
            for value in vector[1:]:
                total = pick[name](total, value) & ((1 << bits) - 1)
            return total

        return run

    return bind


def _integral(mode: str) -> Callable[[str], Callable[..., Any]]:
    return lambda kind: lambda x: floats.integral(x, mode)


def _fabs(kind: str) -> Callable[[float], float]:
    return lambda x: math.copysign(x, 1.0)


OPERATIONS = [
    operation("llvm.memcpy.*", "void (P, U, V, i1)", READ | WRITE, OPERANDS, "copy bytes that do not overlap", _copy),
    operation("llvm.memcpy.inline.*", "void (P, U, V, i1)", READ | WRITE, OPERANDS, "copy bytes", _copy),
    operation("llvm.memmove.*", "void (P, U, V, i1)", READ | WRITE, OPERANDS, "copy bytes that may overlap", _copy),
    operation("llvm.memset.*", "void (P, i8, V, i1)", WRITE, OPERANDS, "fill bytes", _fill),
    operation("llvm.lifetime.start.*", "void (...)", PURE, OPERANDS, "stack memory begins to be used", lambda t, *v: None),
    operation("llvm.lifetime.end.*", "void (...)", PURE, OPERANDS, "stack memory is no longer used", lambda t, *v: None),
    operation("llvm.assume", "void (i1)", PURE, OPERANDS, "the condition holds", lambda t, c: t.assume(c), sees_poison=True),
    operation("llvm.expect.*", "T (T, T)", PURE, OPERANDS, "hint for branches", lambda t, v, e: v),
    operation("llvm.expect.with.probability.*", "T (T, T, double)", PURE, OPERANDS, "hint for branches", lambda t, v, e, p: v),
    operation("llvm.is.constant.*", "i1 (T)", PURE, GRID, "whether the compiler knows the value", lambda t, v: 0, sees_poison=True),
    operation("llvm.objectsize.*", "T (P, i1, i1, i1)", PURE, GRID, "size of the object, here always unknown",
              bind=lambda call: lambda t, p, low, *rest: 0 if low else (1 << _scalar_bits(call)) - 1),
    operation("llvm.trap", "void ()", NORETURN, GRID, "abnormal end of the launch", lambda t: t.trap()),
    operation("llvm.ubsantrap", "void (i8)", NORETURN, GRID, "abnormal end of the launch", lambda t, kind: t.trap()),
    operation("llvm.debugtrap", "void ()", SERVICE, GRID, "breakpoint", lambda t: None),
    operation("llvm.prefetch.*", "void (P, i32, i32, i32)", PURE, OPERANDS, "hint", lambda t, *v: None),
    operation("llvm.stacksave.*", "P ()", READ, NEVER, "mark of the stack", lambda t: 0),
    operation("llvm.stackrestore.*", "void (P)", WRITE, NEVER, "back to the mark", lambda t, mark: None),
    operation("llvm.readcyclecounter", "i64 ()", SERVICE, NEVER, "a clock", lambda t: t.clock()),
    operation("llvm.experimental.noalias.scope.decl", "void (metadata)", PURE, OPERANDS, "a scope begins", lambda t, m: None),
    operation("llvm.launder.invariant.group.*", "P (P)", PURE, OPERANDS, "the same pointer", lambda t, p: p),
    operation("llvm.strip.invariant.group.*", "P (P)", PURE, OPERANDS, "the same pointer", lambda t, p: p),
    operation("llvm.va_start.*", "void (P)", WRITE, NEVER, "begin of variable arguments"),
    operation("llvm.va_end.*", "void (P)", WRITE, NEVER, "end of variable arguments"),
    operation("llvm.va_copy.*", "void (P, P)", READ | WRITE, NEVER, "copy of an argument list"),
    _integer("ctpop", "T (T)", lambda bits: ints.popcount, "number of ones"),
    _integer("ctlz", "T (T, i1)", _zeros(ints.leading_zeros), "zeros above the highest one"),
    _integer("cttz", "T (T, i1)", _zeros(ints.trailing_zeros), "zeros below the lowest one"),
    _integer("bitreverse", "T (T)", lambda bits: lambda a: ints.reverse_bits(a, bits), "bits in the other order"),
    _integer("bswap", "T (T)", lambda bits: lambda a: ints.reverse_bytes(a, bits), "bytes in the other order"),
    _integer("fshl", "T (T, T, T)", _funnel(True), "funnel shift left"),
    _integer("fshr", "T (T, T, T)", _funnel(False), "funnel shift right"),
    _integer("abs", "T (T, i1)", _abs, "absolute value"),
    _integer("smin", "T (T, T)", _signed_pick(min), "signed minimum"),
    _integer("smax", "T (T, T)", _signed_pick(max), "signed maximum"),
    _integer("umin", "T (T, T)", lambda bits: min, "unsigned minimum"),
    _integer("umax", "T (T, T)", lambda bits: max, "unsigned maximum"),
    *(_integer(f"{s}{name}.with.overflow", "{ T, i1 } (T, T)", _overflow(f, s == "s"), f"{name} and whether it overflowed")
      for name, f in (("add", int.__add__), ("sub", int.__sub__), ("mul", int.__mul__)) for s in "su"),
    *(_integer(f"{s}{name}.sat", "T (T, T)", _saturating(f, s == "s"), f"saturating {name}")
      for name, f in (("add", int.__add__), ("sub", int.__sub__)) for s in "su"),
    *(operation(f"llvm.vector.reduce.{name}.*", "T (U)", PURE, OPERANDS, f"{name} of all elements", bind=_reduce(name))
      for name in ("add", "mul", "and", "or", "xor", "smin", "smax", "umin", "umax")),
    _floating("fabs", 1, _fabs, "absolute value"),
    _floating("copysign", 2, lambda kind: math.copysign, "magnitude of a, sign of b"),
    _floating("fma", 3, lambda kind: lambda a, b, c: floats.fma(a, b, c, kind), "a * b + c, rounded once"),
    _floating("fmuladd", 3, lambda kind: lambda a, b, c: floats.fma(a, b, c, kind), "a * b + c; here rounded once"),
    _floating("sqrt", 1, lambda kind: lambda x: floats.sqrt(x, kind), "square root"),
    _floating("minnum", 2, _minimum(floats.minimum, False), "smaller; a number wins over NaN"),
    _floating("maxnum", 2, _minimum(floats.maximum, False), "larger; a number wins over NaN"),
    _floating("minimumnum", 2, _minimum(floats.minimum, False), "smaller; a number wins over NaN"),
    _floating("maximumnum", 2, _minimum(floats.maximum, False), "larger; a number wins over NaN"),
    _floating("minimum", 2, _minimum(floats.minimum, True), "smaller; NaN wins"),
    _floating("maximum", 2, _minimum(floats.maximum, True), "larger; NaN wins"),
    *(_floating(name, 1, _integral(mode), "integral value, rounded " + mode)
      for name, mode in (("floor", "rd"), ("ceil", "ru"), ("trunc", "rz"), ("rint", "rn"), ("nearbyint", "rn"),
                         ("roundeven", "rn"))),
    _floating("round", 1, lambda kind: floats.round_half_away, "nearest integral value, halves away from zero"),
    _floating("canonicalize", 1, lambda kind: lambda x: x, "the same value"),
    *(_floating(name, 1, _library(name), name) for name in
      ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "exp", "exp2", "exp10", "log", "log2", "log10")),
    *(_floating(name, 2, _library(name), name) for name in ("pow", "atan2")),
    operation("llvm.ldexp.*", "T (T, U)", PURE, OPERANDS, "x * 2^n", elementwise=True,
              bind=lambda call: lambda t, x, n: mathematics.ldexp(x, ints.signed(n, 32), _kind(call))),
    operation("llvm.powi.*", "T (T, U)", PURE, OPERANDS, "x to an integer power", elementwise=True,
              bind=lambda call: lambda t, x, n: mathematics.evaluate("pow", _kind(call), x, float(ints.signed(n, 32)))),
    operation("llvm.frexp.*", "{ T, U } (T)", PURE, OPERANDS, "fraction and exponent", bind=_frexp),
    operation("llvm.is.fpclass.*", "U (T, i32)", PURE, OPERANDS, "whether a value is of one of the classes", elementwise=True,
              bind=_is_class),
    operation("llvm.fptosi.sat.*", "U (T)", PURE, OPERANDS, "saturating conversion", bind=_float_to_int_saturated(True),
              elementwise=True),
    operation("llvm.fptoui.sat.*", "U (T)", PURE, OPERANDS, "saturating conversion", bind=_float_to_int_saturated(False),
              elementwise=True),
]


def _scalar_bits(call: Call) -> int:
    kind = _scalar(call.type)
    assert isinstance(kind, IntType)
    return kind.bits
