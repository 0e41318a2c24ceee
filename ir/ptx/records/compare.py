"""Selection, moves and conversions between integers. Source: PTX ISA 8.8, `selp`, `mov`, `cvt`."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.values import Value

_BITS, _UNSIGNED, _SIGNED, _FLOATS = "b16 b32 b64", "u16 u32 u64", "s16 s32 s64", "f32 f64"
_ALL = f"{_BITS} {_UNSIGNED} {_SIGNED} {_FLOATS}"


_TYPES = {f"{kind}{bits}": (kind == "s", bits) for kind in "us" for bits in (8, 16, 32, 64)}


def _range(name: str) -> tuple[int, int]:
    signed, bits = _TYPES[name]
    return (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)


def _converted(to: str) -> Meaning:
    return lambda e, t, a: e.resize(a, _TYPES[to][1], t.signed)


def _clamped(to: str) -> Meaning:
    """Values of the source beyond the range of `to` become its bounds."""
    def meaning(e: Emitter, t: Use, a: Value) -> Value:
        low, high = _range(to)
        least, most = _range(t.type.name)
        order = "s" if t.signed else "u"
        if low > least:
            a = e.builder.select(e.compare(f"{order}lt", a, low), e.number(low, a), a)
        if high < most:
            a = e.builder.select(e.compare(f"{order}gt", a, high), e.number(high, a), a)
        return e.resize(a, _TYPES[to][1], t.signed)

    return meaning


def _conversions() -> list[Form]:
    """Between integers. What differs from a move is how the source and the result are filled up.

    `.sat` is for types that cannot hold all values of the source.
    """
    made: list[Form] = []
    for to in _TYPES:
        made += forms(f"cvt.{to}.T", " ".join(_TYPES), f"~{to} = ~T", _converted(to))
        low, high = _range(to)
        beyond = [name for name in _TYPES if low > _range(name)[0] or high < _range(name)[1]]
        made += forms(f"cvt.sat.{to}.T", " ".join(beyond), f"~{to} = ~T", _clamped(to))
    return made


FORMS = [
    *_conversions(),
    *forms("selp.T", _ALL, "T = T T pred", lambda e, t, a, b, p: e.builder.select(p, a, b)),
    *forms("mov.T", f"pred {_UNSIGNED} {_SIGNED} {_FLOATS}", "T = T", lambda e, t, a: a),
    *forms("mov.T", "b16 b32 b64", "T{} = T{}", lambda e, t, a: a),
    *forms("mov.T", "b128", "T{} = T{}", lambda e, t, a: a, sm=70),
    *forms("mov(.v2|.v4).T", "b16 u16 s16 b32 u32 s32 f32", "T* = T*", lambda e, t, a: a),
    *forms("mov.v2.T", "b64 u64 s64 f64", "T* = T*", lambda e, t, a: a),
]
