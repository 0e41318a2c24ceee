"""Arithmetic with the carry flag. Source: PTX ISA 8.8, "Extended-Precision Integer Arithmetic Instructions".

The flag is a register of the text like any other; it holds the carry out of an addition, or the borrow of a subtraction.
"""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.records.integer import high_product
from crosswarp.ir.values import Value

_TYPES = "u32 s32 u64 s64"
Chained = Callable[[Emitter, Value, Value, Value | None], tuple[Value, Value]]


def _add(e: Emitter, a: Value, b: Value, carry: Value | None) -> tuple[Value, Value]:
    total = e.op("add", a, b)
    over = e.compare("ult", total, a)
    if carry is None:
        return total, over
    more = e.op("add", total, e.resize(carry, width(a)))
    return more, e.op("or", over, e.compare("ult", more, total))


def _sub(e: Emitter, a: Value, b: Value, borrow: Value | None) -> tuple[Value, Value]:
    rest, under = e.op("sub", a, b), e.compare("ult", a, b)
    if borrow is None:
        return rest, under
    taken = e.resize(borrow, width(a))
    return e.op("sub", rest, taken), e.op("or", under, e.compare("ult", rest, taken))


def _half(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    """The low or high half of the product."""
    if "lo" in t:
        return e.op("mul", a, b)
    return high_product(e, t, a, b)


def _sum(chained: Chained, e: Emitter, t: Use, *operands: Value) -> Value | tuple[Value, Value]:
    """Operands `a b [carry]`, or of a product `a b c [carry]`."""
    values = list(operands)
    if t.mnemonic.startswith("mad"):
        values[:2] = [_half(e, t, values[0], values[1])]
    result = chained(e, values[0], values[1], values[2] if len(values) > 2 else None)
    return result if "cc" in t else result[0]


def _family(name: str, operands: str, chained: Chained) -> list[Form]:
    def meaning(e: Emitter, t: Use, *values: Value) -> Value | tuple[Value, Value]:
        return _sum(chained, e, t, *values)

    half = "(.lo|.hi)" if name == "mad" else ""
    return [
        *forms(f"{name}{half}.cc.T", _TYPES, f"T cc = {operands}", meaning),
        *forms(f"{name}c{half}.T", _TYPES, f"T = {operands} cc", meaning),
        *forms(f"{name}c{half}.cc.T", _TYPES, f"T cc = {operands} cc", meaning),
    ]


FORMS = [*_family("add", "T T", _add), *_family("sub", "T T", _sub), *_family("mad", "T T T", _add)]
