"""Arithmetic of floats with rounding modes. Source: PTX ISA 8.8, "Floating Point", "Half Precision" and "Mixed Precision
Floating Point Instructions".

Without `.rn` PTX permits fusing a product with a sum; these do not fuse. NaN results are quiet; their payload is the processor's.
"""

from __future__ import annotations

from typing import Any

from crosswarp.ir.constants import ConstantFloat
from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import arithmetic, computed, finished, rounding
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.values import Value

_ANY = "(|.rn|.rz|.rm|.rp)"
_STATED = "(.rn|.rz|.rm|.rp)"


def _mixed(op: str) -> Meaning:
    """All but the last operand are halves."""

    def meaning(e: Emitter, t: Use, *values: Value) -> Value:
        wide = [*(floats.extended(e, value) for value in values[:-1]), values[-1]]
        return finished(e, t, computed(e, op, rounding(t), wide))

    return meaning


def _reciprocal(e: Emitter, t: Use, a: Value) -> Any:
    return arithmetic("div")(e, t, ConstantFloat.from_float(floats.format_of(a), 1.0), a)


def _pairs() -> list[Form]:
    """`add sub mul`, which have the same forms."""
    made: list[Form] = []
    for op in ("add", "sub", "mul"):
        meaning = arithmetic(op)
        made += forms(f"{op}{_ANY}[.ftz][.sat].T", "f32", "T = T T", meaning)
        made += forms(f"{op}{_ANY}.T", "f64", "T = T T", meaning)
        made += forms(f"{op}{_ANY}[.ftz].T", "f32x2", "T = T T", meaning, sm=100)
        made += forms(f"{op}[.rn][.ftz][.sat].T", "f16 f16x2", "T = T T", meaning, sm=53)
        made += forms(f"{op}[.rn].T", "bf16 bf16x2", "T = T T", meaning, sm=90)
    for op in ("add", "sub"):
        made += forms(f"{op}{_ANY}[.sat].f32.T", "f16 bf16", "f32 = T f32", _mixed(op), sm=100)
    return made


def _fused() -> list[Form]:
    meaning, signature = arithmetic("fma"), "T = T T T"
    made: list[Form] = []
    for name in ("fma", "mad"):
        made += forms(f"{name}{_STATED}[.ftz][.sat].T", "f32", signature, meaning)
        made += forms(f"{name}{_STATED}.T", "f64", signature, meaning)
    made += forms(f"fma{_STATED}[.ftz].T", "f32x2", signature, meaning, sm=100)
    made += forms("fma.rn[.ftz][.sat].T", "f16 f16x2", signature, meaning, sm=53)
    made += forms("fma.rn[.ftz].relu.T", "f16 f16x2", signature, meaning, sm=80)
    made += forms("fma.rn[.relu].T", "bf16 bf16x2", signature, meaning, sm=80)
    made += forms(f"fma{_STATED}[.sat].f32.T", "f16 bf16", "f32 = T T f32", _mixed("fma"), sm=100)
    return made


FORMS = [
    *_pairs(),
    *_fused(),
    *forms(f"div{_STATED}[.ftz].T", "f32", "T = T T", arithmetic("div")),
    *forms(f"div{_STATED}.T", "f64", "T = T T", arithmetic("div")),
    *forms(f"rcp{_STATED}[.ftz].T", "f32", "T = T", _reciprocal),
    *forms(f"rcp{_STATED}.T", "f64", "T = T", _reciprocal),
    *forms(f"sqrt{_STATED}[.ftz].T", "f32", "T = T", arithmetic("sqrt")),
    *forms(f"sqrt{_STATED}.T", "f64", "T = T", arithmetic("sqrt")),
]
