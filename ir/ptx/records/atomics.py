"""Atomic operations. Source: PTX ISA 8.8, `atom`, `red`: without an order they are relaxed, without a scope of the device.

Vectors are atomic one element at a time.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.ptx.loops import change
from crosswarp.ir.ptx.records.float_parts import MAXIMUM, MINIMUM
from crosswarp.ir.ptx.records.memory import SCOPE, SCOPES
from crosswarp.ir.types import I8, IntType
from crosswarp.ir.values import Value

_OPERATIONS = ("add", "min", "max", "inc", "dec", "and", "or", "xor", "exch", "cas")
_SPACE = "(|.global|.shared|.shared::cta|.shared::cluster)"
_GLOBAL = "(|.global)"
_SCALARS = (
    (".add", "u32 s32 u64 f32 f64", 60), (".add.noftz", "f16 f16x2 bf16 bf16x2", 90), ("(.inc|.dec)", "u32", 20),
    ("(.min|.max)", "u32 s32 u64 s64", 35), ("(.and|.or|.xor)", "b32 b64", 35),
)  # fmt: skip
_VECTORS = {"f32": "(.v2|.v4)", "f16x2 bf16x2": "(.v2|.v4)", "f16 bf16": "(.v2|.v4|.v8)"}


def _kind(t: Use, operation: str) -> str:
    """The type in the portable operation's name."""
    base, _, lanes = t.type.name.partition("x")
    if t.kind == "f":
        return f"v{lanes}{base}" if lanes else base
    unsigned = t.kind == "u" and operation in ("min", "max", "inc", "dec")
    return f"{'u' if unsigned else 'i'}{t.bits}"


def update(e: Emitter, t: Use, pointer: Value, *values: Value) -> Value:
    """One atomic operation, by the modifiers; the old value."""
    operation, place = t.pick(*_OPERATIONS), e.generic(pointer)
    how = f"{t.pick('acquire', 'release', 'acq_rel') or 'relaxed'}.{SCOPES[t.pick(*SCOPES) or 'gpu']}"
    if t.kind == "f" and operation in ("min", "max"):
        return _extreme(e, t, place, how, values[0])
    return e.effect(f"__cw.atom.{operation}.{how}.{_kind(t, operation)}", t.type.ir, place, *values)


def _extreme(e: Emitter, t: Use, place: Value, how: str, value: Value) -> Value:
    """Of halves, by compare-and-swap."""
    better = MINIMUM if "min" in t else MAXIMUM
    word = IntType(t.bits)

    def new(bits: Value) -> Value:
        return e.builder.cast("bitcast", better(e, t, e.builder.cast("bitcast", bits, t.type.ir), value), word)

    old = change(e, place, how, word, new)
    return e.builder.cast("bitcast", old, t.type.ir)


def _each(e: Emitter, t: Use, pointer: Value, values: tuple[Value, ...], policy: Value | None = None) -> tuple[Value, ...]:
    places = [e.builder.gep(I8, pointer, [n * t.bits // 8], flags=()) for n in range(len(values))]
    return tuple(update(e, t, place, value) for place, value in zip(places, values, strict=True))


def _scalar(e: Emitter, t: Use, pointer: Value, value: Value, policy: Value | None = None) -> Value:
    return update(e, t, pointer, value)


def _without_result(meaning: Meaning) -> Meaning:
    return lambda e, t, *values: meaning(e, t, *values) and None


def _forms(head: str, operation: str, types: str, word: str, sm: int) -> list[Form]:
    """`atom`, or `red` without the result; global memory also with a cache policy."""
    meaning = _each if word == "T*" else _scalar
    spaces = _GLOBAL if word == "T*" else _SPACE
    made: list[Form] = []
    for hint, policy in ((f"{spaces}{operation}", ""), (f"{_GLOBAL}{operation}.L2::cache_hint", " b64")):
        template = f"{head}{hint}{_VECTORS[types] if word == 'T*' else ''}.T"
        if head.startswith("red"):
            made += forms(template, types, f"= [] {word}{policy}", _without_result(meaning), effects=True, sm=sm)
        else:
            made += forms(template, types, f"{word} = [] {word}{policy}", meaning, effects=True, sm=sm)
    return made


def _instruction(name: str, orders: str) -> list[Form]:
    head = f"{name}(|{orders})[{SCOPE}]"
    made = [form for operation, types, sm in _SCALARS for form in _forms(head, operation, types, "T", sm)]
    for types in _VECTORS:
        made += _forms(head, ".add" if types == "f32" else "(.add|.min|.max).noftz", types, "T*", 90)
    return made


def _swap(e: Emitter, t: Use, pointer: Value, *values: Value) -> Value:
    return update(e, t, pointer, *values)


_ATOM = f"atom(|.relaxed|.acquire|.release|.acq_rel)[{SCOPE}]"
FORMS = [
    *_instruction("atom", ".relaxed|.acquire|.release|.acq_rel"),
    *_instruction("red", ".relaxed|.release"),
    *_forms(_ATOM, ".exch", "b32 b64", "T", 20),
    *_forms(_ATOM, ".exch", "b128", "T", 90),
    *forms(f"{_ATOM}{_SPACE}.cas.T", "b16 b32 b64", "T = [] T T", _swap, effects=True, sm=70),
    *forms(f"{_ATOM}{_SPACE}.cas.T", "b128", "T = [] T T", _swap, effects=True, sm=90),
]
