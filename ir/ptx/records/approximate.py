"""Approximations. Source: PTX ISA 8.8: `div.approx div.full rcp sqrt rsqrt sin cos lg2 ex2 tanh`, with the bounds on their error.

Forms without `.ftz` take and give subnormal numbers. Those of halves are computed as f32 and rounded.
"""

from __future__ import annotations

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Meaning, Use, forms
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF
from crosswarp.ir.values import Value

_N, _M = "llvm.nvvm.", "__cw.math."
_PLAIN = {"ex2": f"{_N}ex2.approx.f32", "rcp": f"{_M}rcp.fast.f32", "tanh": f"{_M}tanh.fast.f32"}
_FLUSHED = {"ex2": f"{_N}ex2.approx.ftz.f32"}


def _of_f32(e: Emitter, name: str, x: Value, ftz: bool) -> Value:
    if ftz and name == "sin":  # AMD's instruction keeps the subnormal numbers next to zero
        return floats.flush(e, e.call(f"{_N}sin.approx.ftz.f", FLOAT, floats.flush(e, x)))
    if ftz:
        return e.call(_FLUSHED.get(name, f"{_N}{name}.approx.ftz.f"), FLOAT, x)
    if e.flushes:
        return e.call(f"{_M}kept.{name}.approx.f32", FLOAT, x)
    return e.call(_PLAIN.get(name, f"{_N}{name}.approx.f"), FLOAT, x)


def _approximate(name: str) -> Meaning:
    return lambda e, t, a: _of_f32(e, name, a, "ftz" in t)


def _upper_word(name: str) -> Meaning:
    """The `.ftz` forms of f64 give the upper 32 bits, to nearest; the lower ones are zeros."""

    def meaning(e: Emitter, t: Use, a: Value) -> Value:
        encoded = floats.bits(e, floats.flush(e, e.call(name, DOUBLE, floats.flush(e, a))))
        finite = e.compare("ult", floats.magnitude(e, encoded), floats.ENCODINGS[DOUBLE].infinity)
        rounded = e.builder.select(finite, e.op("add", encoded, 1 << 31), encoded)
        return floats.from_bits(e, e.op("and", rounded, -1 << 32), DOUBLE)

    return meaning


def _root(e: Emitter, t: Use, a: Value) -> Value:
    return e.call(f"{_N}rsqrt.approx.d", DOUBLE, a)


def _of_halves(name: str) -> Meaning:
    def meaning(e: Emitter, t: Use, a: Value) -> Value:
        kind, ftz = floats.format_of(a), "ftz" in t
        result = _of_f32(e, name, floats.extended(e, a), ftz)
        if kind is BFLOAT:
            return floats.narrowed_bfloat(e, result)
        return e.builder.cast("fptrunc", result, HALF)

    return floats.lanewise(meaning)


def _divide(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    if "ftz" in t:
        name = f"{_N}div.full.ftz" if "full" in t else f"{_N}div.approx.ftz.f"
        return floats.flush(e, e.call(name, FLOAT, floats.flush(e, a), floats.flush(e, b)))
    if e.flushes:
        return e.call(f"{_M}kept.div.approx.f32", FLOAT, a, b)
    return e.call(f"{_N}div.full" if "full" in t else f"{_N}div.approx.f", FLOAT, a, b)


FORMS = [
    *forms("div(.approx|.full)[.ftz].T", "f32", "T = T T", _divide),
    *(f for name in ("rcp", "sqrt", "rsqrt", "sin", "cos", "lg2", "ex2")
      for f in forms(f"{name}.approx[.ftz].T", "f32", "T = T", _approximate(name))),
    *forms("tanh.approx.T", "f32", "T = T", _approximate("tanh"), sm=75),
    *forms("rcp.approx.ftz.T", "f64", "T = T", _upper_word(f"{_N}rcp.approx.ftz.d")),
    *forms("rsqrt.approx.ftz.T", "f64", "T = T", _upper_word(f"{_N}rsqrt.approx.d")),
    *forms("rsqrt.approx.T", "f64", "T = T", _root),
    *forms("ex2.approx.T", "f16 f16x2", "T = T", _of_halves("ex2"), sm=75),
    *forms("ex2.approx.ftz.T", "bf16 bf16x2", "T = T", _of_halves("ex2"), sm=90),
    *forms("tanh.approx.T", "f16 f16x2", "T = T", _of_halves("tanh"), sm=75),
    *forms("tanh.approx.T", "bf16 bf16x2", "T = T", _of_halves("tanh"), sm=90),
]
