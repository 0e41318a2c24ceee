"""Loads and stores of one register. Source: PTX ISA 8.8, `ld`, `st`. Cache operators that are only hints have no effect."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Meaning, Use, forms
from crosswarp.ir.types import DOUBLE, FLOAT, IntType
from crosswarp.ir.values import Value

_INTEGERS = " ".join(f"{kind}{bits}" for kind in "bus" for bits in (8, 16, 32, 64))
_SPACES = ("generic", "global", "shared")
_LOAD_HINTS = (".ca", ".cg", ".cs", ".lu")
_STORE_HINTS = (".wb", ".cg", ".cs")


def _load(volatile: bool) -> Meaning:
    def meaning(e: Emitter, t: Use, pointer: Value) -> Value:
        kind = IntType(t.bits) if t.kind != "f" else FLOAT if t.bits == 32 else DOUBLE
        return e.builder.load(kind, pointer, align=t.bits // 8, volatile=volatile)

    return meaning


def _store(volatile: bool) -> Meaning:
    return lambda e, t, pointer, value: e.builder.store(value, pointer, align=t.bits // 8, volatile=volatile) and None


def _accesses(space: str) -> list[Form]:
    infix = "" if space == "generic" else f".{space}"
    read_only = (".global.nc",) if space == "global" else ()
    loads = [f"ld{word}" for word in (infix, f".weak{infix}", *(infix + hint for hint in _LOAD_HINTS), *read_only)]
    stores = [f"st{word}" for word in (infix, f".weak{infix}", *(infix + hint for hint in _STORE_HINTS))]
    made: list[Form] = []
    for volatile, names in ((False, loads), (True, [f"ld.volatile{infix}"])):
        for name in names:
            made += forms(f"{name}.T", _INTEGERS, f"~T = [{space}]", _load(volatile), effects=True)
            made += forms(f"{name}.T", "f32 f64", f"T = [{space}]", _load(volatile), effects=True)
    for volatile, names in ((False, stores), (True, [f"st.volatile{infix}"])):
        for name in names:
            made += forms(f"{name}.T", _INTEGERS, f"= [{space}] ~T", _store(volatile), effects=True)
            made += forms(f"{name}.T", "f32 f64", f"= [{space}] T", _store(volatile), effects=True)
    return made


FORMS = [form for space in _SPACES for form in _accesses(space)]
