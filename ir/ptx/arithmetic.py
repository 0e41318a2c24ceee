"""Arithmetic in PTX's rounding modes on floats of all widths: `add sub mul fma div sqrt`.

A module compiled with `-ftz=true` runs where f32 operations flush subnormal numbers; forms without `.ftz` keep them all the same,
by operations of the device library that do not depend on the processor's mode (`__cw.math.kept.*`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Meaning, Use
from crosswarp.ir.types import BFLOAT, DOUBLE, FLOAT, HALF, VectorType
from crosswarp.ir.values import Value

MODES = {"": "rn", "rn": "rn", "rz": "rz", "rm": "rd", "rp": "ru"}
_M = "__cw.math."
_HALVES = VectorType(2, HALF)
_OPCODES = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}


def rounding(t: Use) -> str:
    """CUDA's name of the rounding mode that the mnemonic names: `rn rz rd ru`."""
    return MODES[t.pick("rn", "rz", "rm", "rp")]


def computed(e: Emitter, op: str, mode: str, values: Sequence[Value], ftz: bool = False) -> Value:
    """The operation rounded once. With `ftz` the arguments have no subnormal numbers, and the result may or may not."""
    kind = floats.format_of(values[0])
    if kind is BFLOAT:
        return _bfloat(e, op, values)
    if op == "sub" and (mode != "rn" or kind is FLOAT):
        return computed(e, "add", mode, [values[0], e.builder.unary("fneg", values[1])], ftz)
    if kind is FLOAT and e.flushes and not ftz:
        return e.call(f"{_M}kept.{op}.{mode}.f32", kind, *values)
    if mode != "rn" or (kind is FLOAT and op in ("div", "sqrt")):
        return e.call(f"{_M}{op}.{mode}.f{kind.bits}", kind, *values)
    return _instruction(e, op, values)


def _instruction(e: Emitter, op: str, values: Sequence[Value]) -> Value:
    """To nearest, of a scalar or a vector."""
    if op in _OPCODES:
        return e.builder.binary(_OPCODES[op], values[0], values[1])
    kind = values[0].type
    suffix = f"v{kind.count}f16" if isinstance(kind, VectorType) else f"f{floats.format_of(values[0]).bits}"
    return e.call(f"llvm.{op}.{suffix}", kind, *values)


def _bfloat(e: Emitter, op: str, values: Sequence[Value]) -> Value:
    """Through f32, whose digits make the second rounding harmless; a fused product and sum needs an operation of its own."""
    if op == "fma":
        return e.call(f"{_M}{'kept.' if e.flushes else ''}fma.rn.bf16", BFLOAT, *values)
    return floats.narrowed_bfloat(e, computed(e, op, "rn", [floats.widened_bfloat(e, v) for v in values]))


def arithmetic(op: str) -> Meaning:
    """A meaning with the modifiers `.ftz`, `.sat`, `.relu` and a rounding mode; packed values lane by lane."""

    def meaning(e: Emitter, t: Use, *values: Value) -> Value:
        if "ftz" in t and not _flushed_anyway(e, t, op):
            values = tuple(floats.flush(e, value) for value in values)
        return finished(e, t, computed(e, op, rounding(t), values, "ftz" in t), _flushed_anyway(e, t, op))

    lanewise = floats.lanewise(meaning)

    def packed(e: Emitter, t: Use, *values: Value) -> Any:
        if values[0].type is not _HALVES:
            return lanewise(e, t, *values)
        if "ftz" in t:
            values = tuple(floats.each_lane(e, lambda lane: floats.flush(e, lane), value) for value in values)
        return floats.each_lane(e, lambda lane: finished(e, t, lane), _instruction(e, op, values))

    return packed


def _flushed_anyway(e: Emitter, t: Use, op: str) -> bool:
    """The module's mode does for f32 what `.ftz` says: with the processor's own arithmetic."""
    return e.flushes and t.type.name.startswith("f32") and op in ("add", "sub", "mul", "fma") and rounding(t) == "rn"


def finished(e: Emitter, t: Use, result: Value, flushed: bool = False) -> Value:
    """The result, which may be flushed already, as `.ftz`, `.sat` and `.relu` want it."""
    if "ftz" in t and not flushed:
        result = floats.flush(e, result)
    if "sat" in t:
        return floats.saturate(e, result)
    return floats.rectify(e, result) if "relu" in t else result


def widened(e: Emitter, x: Value) -> Value:
    """Any float as a `double`, exactly, whatever becomes of subnormal numbers elsewhere."""
    kind = floats.format_of(x)
    if kind is DOUBLE:
        return x
    single = x if kind is FLOAT else floats.extended(e, x)
    if e.flushes and kind is not HALF:
        return e.call("__cw.math.kept.widen.f32", DOUBLE, single)
    return e.builder.cast("fpext", single, DOUBLE)
