"""Selection, moves and conversions between integers. Source: PTX ISA 8.8, `selp`, `mov`, `cvt`."""

from __future__ import annotations

from crosswarp.ir.ptx.form import Form, forms

_BITS, _UNSIGNED, _SIGNED, _FLOATS = "b16 b32 b64", "u16 u32 u64", "s16 s32 s64", "f32 f64"
_ALL = f"{_BITS} {_UNSIGNED} {_SIGNED} {_FLOATS}"


def _conversions() -> list[Form]:
    """Between integers. What differs from a move is how the source and the result are filled up."""
    integers = [f"{kind}{bits}" for kind in "us" for bits in (8, 16, 32, 64)]
    made: list[Form] = []
    for to in integers:
        bits = int(to[1:])
        made += forms(f"cvt.{to}.T", " ".join(integers), f"~{to} = ~T", lambda e, t, a, bits=bits: e.resize(a, bits, t.signed))
    return made


FORMS = [
    *_conversions(),
    *forms("selp.T", _ALL, "T = T T pred", lambda e, t, a, b, p: e.builder.select(p, a, b)),
    *forms("mov.T", f"pred {_UNSIGNED} {_SIGNED} {_FLOATS} b16", "T = T", lambda e, t, a: a),
    *forms("mov.T", "b32 b64", "T{} = T{}", lambda e, t, a: a),
    *forms("mov.T", "b128", "T{} = T{}", lambda e, t, a: a, sm=70),
    *forms("mov(.v2|.v4).T", "b16 u16 s16 b32 u32 s32 f32", "T* = T*", lambda e, t, a: a),
    *forms("mov.v2.T", "b64 u64 s64 f64", "T* = T*", lambda e, t, a: a),
]
