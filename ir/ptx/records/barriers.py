"""Barriers of a block and of a cluster. Source: PTX ISA 8.8, `bar`, `barrier`, `barrier.cluster`.

`bar` is `barrier` with `.aligned`. A thread count is in threads; without one all threads of the block meet.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.types import I1, I32, VOID, Type
from crosswarp.ir.values import Value

_CTA = "llvm.nvvm.barrier.cta."
_CLUSTER = "llvm.nvvm.barrier.cluster."


def _barrier(e: Emitter, operation: str, result: Type, t: Use, *values: Value) -> Value:
    aligned = ".aligned" if t.mnemonic.startswith("bar.") or "aligned" in t else ""
    operands = len(values) - (result is not VOID)
    return e.call(f"{_CTA}{operation}{aligned}{'.count' if operands > 1 else '.all'}", result, *values, convergent=True)


def _sync(e: Emitter, t: Use, *values: Value) -> None:
    _barrier(e, "sync", VOID, t, *values)


def _arrive(e: Emitter, t: Use, *values: Value) -> None:
    _barrier(e, "arrive", VOID, t, *values)


def _reduce(e: Emitter, t: Use, *values: Value) -> Value:
    operation = t.pick("popc", "and", "or")
    return _barrier(e, f"red.{operation}", I32 if operation == "popc" else I1, t, *values)


def _cluster(e: Emitter, t: Use) -> None:
    """A relaxed arrival is treated as one with release, which is more."""
    aligned = ".aligned" if "aligned" in t else ""
    e.call(f"{_CLUSTER}{t.pick('arrive', 'wait')}{aligned}", VOID, convergent=True)


def _counted(template: str, results: str, *, most: str = "", always: bool = False) -> list[Form]:
    """With and without the number of threads; the predicate, if any, comes last."""
    meaning = _reduce if ".red" in template else _arrive if ".arrive" in template else _sync
    made: list[Form] = []
    for count in ("u32",) if always else ("", "u32"):
        types = "u32" if "popc" in template else "pred" if "red" in template else "b32"
        made += forms(template, types, f"{results} = u32 {count} {most}", meaning, effects=True)
    return made


FORMS = [
    *(form for name, aligned in (("bar[.cta]", ""), ("barrier[.cta]", "[.aligned]")) for form in (
        *_counted(f"{name}.sync{aligned}", ""),
        *_counted(f"{name}.arrive{aligned}", "", always=True),
        *_counted(f"{name}.red.popc{aligned}.T", "T", most="!pred"),
        *_counted(f"{name}.red(.and|.or){aligned}.T", "T", most="!pred"))),
    *forms("barrier.cluster.arrive(|.release|.relaxed)[.aligned]", "b32", "=", _cluster, effects=True, sm=90),
    *forms("barrier.cluster.wait(|.acquire)[.aligned]", "b32", "=", _cluster, effects=True, sm=90),
]
