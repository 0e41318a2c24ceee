"""`setp`, `set`, `slct`: comparisons of integers and floats. Source: PTX ISA 8.8, "Comparison and Selection Instructions" and their
half-precision forms.

`p|q` are the comparison and its opposite, each combined with the predicate of `.and .or .xor`; of two lanes, one predicate each.
"""

from __future__ import annotations

from typing import Any

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx import floats
from crosswarp.ir.ptx.arithmetic import widened
from crosswarp.ir.ptx.emitter import Emitter, width
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.types import PtxType
from crosswarp.ir.types import BFLOAT, FLOAT, FloatType, IntType, Type, VectorType
from crosswarp.ir.values import Value

_EQUAL, _ORDER = ("eq", "ne"), ("lt", "le", "gt", "ge")
_PREDICATES = {
    "b": {word: word for word in _EQUAL},
    "u": {**{word: word for word in _EQUAL}, **{word: f"u{word}" for word in _ORDER},
          "lo": "ult", "ls": "ule", "hi": "ugt", "hs": "uge"},
    "s": {**{word: word for word in _EQUAL}, **{word: f"s{word}" for word in _ORDER}},
    "f": {**{word: f"o{word}" for word in (*_EQUAL, *_ORDER)},  # false when an operand is no number
          **{f"{word}u": f"u{word}" for word in (*_EQUAL, *_ORDER)}, "num": "ord", "nan": "uno"},
}  # fmt: skip
_INTEGERS = {"b": "b16 b32 b64", "u": "u16 u32 u64", "s": "s16 s32 s64"}


def compared(e: Emitter, t: Use, a: Value, b: Value) -> Value:
    """One bit: the comparison that the mnemonic names. With `.ftz` subnormal numbers are zeros, otherwise in no mode."""
    word = t.modifiers[0]
    if not isinstance(a.type, FloatType):
        return e.compare(_PREDICATES["b" if word in _EQUAL else _source(t).kind][word], a, b)
    return e.builder.fcmp(_PREDICATES["f"][word], _comparable(e, t, a), _comparable(e, t, b))


def _source(t: Use) -> PtxType:
    return t.type if t.mnemonic.startswith("setp") else t.other


def _comparable(e: Emitter, t: Use, x: Value) -> Value:
    if "ftz" in t:
        return floats.flush(e, x)
    if e.flushes and x.type in (FLOAT, BFLOAT):
        return widened(e, x)
    return floats.widened_bfloat(e, x) if x.type is BFLOAT else x


def _combined(e: Emitter, t: Use, test: Value, also: tuple[Value, ...]) -> Value:
    return e.op(t.pick("and", "or", "xor"), test, also[0]) if also else test


def _setp(e: Emitter, t: Use, a: Value, b: Value, *also: Value) -> Value:
    return _combined(e, t, compared(e, t, a, b), also)


def _setp_two(e: Emitter, t: Use, a: Value, b: Value, *also: Value) -> tuple[Value, Value]:
    if isinstance(a.type, VectorType):
        first, second = (compared(e, t, *(e.builder.extractelement(x, n) for x in (a, b))) for n in range(2))
    else:
        first = compared(e, t, a, b)
        second = e.invert(first)
    return _combined(e, t, first, also), _combined(e, t, second, also)


def _set(e: Emitter, t: Use, a: Value, b: Value, *also: Value) -> Any:
    """All ones, or 1.0, where the comparison holds; of two lanes, in each half."""
    part: Type = IntType(t.bits // 2) if isinstance(a.type, VectorType) and t.kind != "f" else t.type.ir
    kind = part.element if isinstance(part, VectorType) else part
    return floats.each_lane(e, lambda x, y: _mask(e, _combined(e, t, compared(e, t, x, y), also), kind), a, b)


def _mask(e: Emitter, test: Value, kind: Type) -> Value:
    if isinstance(kind, FloatType):
        return e.builder.select(test, floats.constant(kind, floats.ENCODINGS[kind].one), floats.constant(kind, 0))
    assert isinstance(kind, IntType)
    return e.builder.cast("sext", test, kind)


def _slct(e: Emitter, t: Use, a: Value, b: Value, c: Value) -> Value:
    """The first where the third is not negative; -0 is not, NaN selects the second."""
    if isinstance(c.type, FloatType):
        tested = _comparable(e, t, c)
        test = e.builder.fcmp("oge", tested, floats.constant(floats.format_of(tested), 0))
        return e.builder.select(test, a, b)
    return e.builder.select(e.compare("sge", c, ConstantInt(IntType(width(c)), 0)), a, b)


def _words(kind: str) -> str:
    return "(." + "|.".join(_PREDICATES[kind]) + ")"


def _tests() -> list[Form]:
    made: list[Form] = []

    def add(kind: str, types: str, ftz: str, sm: int, *results: str) -> None:
        for pair in results:
            meaning = _setp if pair == "pred" else _setp_two
            made.extend(forms(f"setp{_words(kind)}{ftz}.T", types, f"{pair} = T T", meaning, sm=sm))
            made.extend(forms(f"setp{_words(kind)}(.and|.or|.xor){ftz}.T", types, f"{pair} = T T !pred", meaning, sm=sm))

    for kind, types in _INTEGERS.items():
        add(kind, types, "", 20, "pred", "pred|pred")
    add("f", "f32", "[.ftz]", 20, "pred", "pred|pred")
    add("f", "f64", "", 20, "pred", "pred|pred")
    add("f", "f16", "[.ftz]", 53, "pred")
    add("f", "f16x2", "[.ftz]", 53, "pred|pred")
    add("f", "bf16", "", 90, "pred")
    add("f", "bf16x2", "", 90, "pred|pred")
    return made


def _sets() -> list[Form]:
    made: list[Form] = []

    def add(kind: str, to: str, source: str, ftz: str = "", sm: int = 20) -> None:
        made.extend(forms(f"set{_words(kind)}{ftz}.T.U", to, "T = U U", _set, other=source, sm=sm))
        made.extend(forms(f"set{_words(kind)}(.and|.or|.xor){ftz}.T.U", to, "T = U U !pred", _set, other=source, sm=sm))

    for kind, types in (*_INTEGERS.items(), ("f", "f64")):
        add(kind, "u32 s32 f32 f16", types)
        add(kind, "bf16", types, sm=90)
    add("f", "u32 s32 f32 f16", "f32", "[.ftz]")
    add("f", "u16 s16 u32 s32 f16", "f16", "[.ftz]", 53)
    add("f", "u32 s32 f16x2", "f16x2", "[.ftz]", 53)
    add("f", "bf16", "f32 f16", sm=90)
    add("f", "u16 s16 u32 s32 bf16", "bf16", sm=90)
    add("f", "u32 s32 bf16x2", "bf16x2", sm=90)
    return made


_SELECTED = "b16 b32 b64 u16 u32 u64 s16 s32 s64 f32 f64"
FORMS = [
    *_tests(),
    *_sets(),
    *forms("slct.T.s32", _SELECTED, "T = T T s32", _slct),
    *forms("slct[.ftz].T.f32", _SELECTED, "T = T T f32", _slct),
]
