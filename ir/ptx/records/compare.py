"""Comparisons, selection, moves and conversions. Source: PTX ISA 8.8, `setp`, `selp`, `mov`, `cvt`."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.values import Value

_BITS, _UNSIGNED, _SIGNED, _FLOATS = "b16 b32 b64", "u16 u32 u64", "s16 s32 s64", "f32 f64"
_ALL = f"{_BITS} {_UNSIGNED} {_SIGNED} {_FLOATS}"
_EQUAL = ("eq", "ne")
_ORDER = ("lt", "le", "gt", "ge")
_UNSIGNED_ORDER = {"lo": "ult", "ls": "ule", "hi": "ugt", "hs": "uge"}
_INTEGER_TESTS = [
    *((_BITS, word, word) for word in _EQUAL),
    *((f"{_UNSIGNED} {_SIGNED}", word, word) for word in _EQUAL),
    *((_UNSIGNED, word, f"u{word}") for word in _ORDER),
    *((_UNSIGNED, word, predicate) for word, predicate in _UNSIGNED_ORDER.items()),
    *((_SIGNED, word, f"s{word}") for word in _ORDER),
]
_FLOAT_TESTS = [
    *((word, f"o{word}") for word in (*_EQUAL, *_ORDER)),  # false when an operand is no number
    *((f"{word}u", f"u{word}") for word in (*_EQUAL, *_ORDER)),
    ("num", "ord"), ("nan", "uno"),
]  # fmt: skip


def _test(predicate: str, floating: bool, then: str = "") -> Meaning:
    def meaning(e: Emitter, t: Use, a: Value, b: Value, *also: Value) -> Value:
        result = e.builder.fcmp(predicate, a, b) if floating else e.compare(predicate, a, b)
        return e.op(then, result, also[0]) if then else result

    return meaning


def _tests() -> list[Form]:
    made: list[Form] = []
    tests = [(*test, False) for test in _INTEGER_TESTS] + [(_FLOATS, *test, True) for test in _FLOAT_TESTS]
    for types, word, predicate, floating in tests:
        made += forms(f"setp.{word}.T", types, "pred = T T", _test(predicate, floating), rounds=floating)
        for then in ("and", "or", "xor"):
            made += forms(f"setp.{word}.{then}.T", types, "pred = T T !pred", _test(predicate, floating, then), rounds=floating)
    return made


def _conversions() -> list[Form]:
    """Between integers. What differs from a move is how the source and the result are filled up."""
    integers = [f"{kind}{bits}" for kind in "us" for bits in (8, 16, 32, 64)]
    made: list[Form] = []
    for to in integers:
        bits = int(to[1:])
        made += forms(f"cvt.{to}.T", " ".join(integers), f"~{to} = ~T", lambda e, t, a, bits=bits: e.resize(a, bits, t.signed))
    return made


FORMS = [
    *_tests(),
    *_conversions(),
    *forms("selp.T", _ALL, "T = T T pred", lambda e, t, a, b, p: e.builder.select(p, a, b)),
    *forms("mov.T", f"pred {_UNSIGNED} {_SIGNED} {_FLOATS} b16", "T = T", lambda e, t, a: a),
    *forms("mov.T", "b32 b64", "T{} = T{}", lambda e, t, a: a),
]
