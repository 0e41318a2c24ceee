"""Arithmetic of f32 and f64, rounded to nearest even. Source: PTX ISA 8.8, "Floating Point Instructions".

Without `.rn` PTX permits fusing a product with a sum; these do not fuse.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Meaning, Use, forms
from crosswarp.ir.values import Value

_FLOATS = "f32 f64"


def _binary(opcode: str) -> Meaning:
    return lambda e, t, a, b: e.builder.binary(opcode, a, b)


def _fma(e: Emitter, t: Use, a: Value, b: Value, c: Value) -> Value:
    return e.call(f"llvm.fma.f{t.bits}", a.type, a, b, c)


FORMS = [
    *(f for name in ("add", "sub", "mul") for mode in ("", ".rn")
      for f in forms(f"{name}{mode}.T", _FLOATS, "T = T T", _binary(f"f{name}"), rounds=True)),
    *forms("fma.rn.T", _FLOATS, "T = T T T", _fma, rounds=True),
]
