"""Video instructions on bytes and halves of registers. Source: PTX ISA 8.8, "SIMD Video Instructions".

Lanes are chosen among those of both sources; results are written to the lanes of the mask, others come from the third operand; or
all results of the mask are added to it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.parts import Part
from crosswarp.ir.ptx.records.video import clamped, compared, extended, primary
from crosswarp.ir.values import Value

_TYPE = "(.u32|.s32)"
_COMPARISONS = "(.eq|.ne|.lt|.le|.gt|.ge)"
Operation = Callable[[Emitter, Use, Value, Value], Value]


def _chosen(e: Emitter, sources: tuple[Value, Value], selector: str, count: int, signed: bool) -> list[Value]:
    """The lanes that a selector names, lowest first."""
    bits = 32 // count
    numbers = [int(digit) for digit in reversed(selector[1:])]
    return [extended(e, sources[n // count], (n % count * bits, bits), signed) for n in numbers]


def _combined(e: Emitter, t: Use, operation: Operation, parts: Sequence[Part], into: str) -> Value:
    a, b, c = parts
    count, sources = int(t.mnemonic.partition(".")[0][-1]), (a.value, b.value)
    bits, types = 32 // count, [m for m in t.modifiers if m in ("u32", "s32")][-2:]
    defaults = ("h10", "h32") if count == 2 else ("b3210", "b7654")
    lanes = [_chosen(e, sources, part.selector or default, count, type_ == "s32")
             for part, default, type_ in zip((a, b), defaults, types, strict=True)]
    written = [int(digit) for digit in (into or defaults[0])[1:]]
    results = {n: operation(e, t, lanes[0][n], lanes[1][n]) for n in written}
    if "add" in t:
        return e.resize(reduce(lambda x, y: e.op("add", x, y), results.values(), e.resize(c.value, 64)), 32)
    result: Value = e.op("and", c.value, ~sum((1 << bits) - 1 << n * bits for n in written))
    for n, lane in results.items():
        result = e.op("or", result, e.op("shl", e.resize(e.resize(lane, bits), 32), n * bits))
    return result


def _arithmetic(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    name, bits = t.mnemonic.partition(".")[0], 32 // int(t.mnemonic.partition(".")[0][-1])
    if name.startswith("vavrg"):
        total = e.op("add", a, b)
        rounded = e.op("add", total, e.resize(e.compare("sge", total, 0), 64))  # halves away from zero
        value = e.op("ashr", rounded, 1)
    else:
        value = primary(e, name[:-1], a, b)
    return clamped(e, value, bits, t.modifiers[0] == "s32") if "sat" in t else value


def _family(name: str, count: int, types: str, operation: Operation, ends: tuple[str, ...]) -> list[Form]:
    signature = f"b32.mask{count} = b32.lanes{count} b32.lanes{count} b32.whole dsel"

    def meaning(e: Emitter, t: Use, *operands: Any) -> Value:
        *parts, into = operands
        return _combined(e, t, operation, parts, into)

    return [form for end in ends for form in forms(f"{name}{count}{types}{end}", "b32", signature, meaning, sm=30)]


FORMS = [
    *(f for name in ("vadd", "vsub", "vavrg", "vabsdiff", "vmin", "vmax") for count in (2, 4)
      for f in _family(name, count, _TYPE * 3, _arithmetic, ("[.sat]", ".add"))),
    *(f for count in (2, 4) for f in _family("vset", count, _TYPE * 2 + _COMPARISONS, compared, ("[.add]",))),
]
