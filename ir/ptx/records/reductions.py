"""Asynchronous stores and reductions, done at once. Source: PTX ISA 8.8, `st.async`, `red.async`, `cp.reduce.async.bulk`.

Their bytes have come to the barrier when they end.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.loops import repeat
from crosswarp.ir.ptx.records.atomics import update
from crosswarp.ir.ptx.records.memory import store
from crosswarp.ir.types import I8, I32, VOID
from crosswarp.ir.values import Value

_COMPLETE = ".mbarrier::complete_tx::bytes"
_TO_BARRIER = f".shared::cluster{_COMPLETE}"
_RED = f"red.async.relaxed.cluster{_TO_BARRIER}"
_BULK_SHARED = f"cp.reduce.async.bulk.shared::cluster.shared::cta{_COMPLETE}"
_BULK_GLOBAL = "cp.reduce.async.bulk.global.shared::cta.bulk_group"
_SHARED_REDUCTIONS = (("(.inc|.dec)", "u32"), ("(.min|.max)", "u32 s32"), ("(.and|.or|.xor)", "b32"))
_GLOBAL_REDUCTIONS = (("(.inc|.dec)", "u32"), ("(.min|.max)", "u32 s32 u64 s64 f16 bf16"), ("(.and|.or|.xor)", "b32 b64"),
                      (".add", "u32 s32 u64 f32 f64"), (".add.noftz", "f16 bf16"))  # fmt: skip


def _complete(e: Emitter, barrier: Value, size: Value) -> None:
    e.effect("__cw.mbarrier.complete.tx", VOID, e.generic(barrier), size)


def _store(e: Emitter, t: Use, pointer: Value, values: tuple[Value, ...], barrier: Value) -> None:
    store(e, t, pointer, values)
    _complete(e, barrier, ConstantInt(I32, t.vector * t.bits // 8))


def _reduce(e: Emitter, t: Use, pointer: Value, value: Value, barrier: Value | None = None) -> None:
    update(e, t, pointer, value)
    if barrier is not None:
        _complete(e, barrier, ConstantInt(I32, t.bits // 8))


def _reduce_all(e: Emitter, t: Use, to: Value, source: Value, size: Value, *more: Value) -> None:
    """`more`: the barrier where the bytes come; a cache policy."""
    width = t.bits // 8

    def once(index: Value) -> None:
        offset = e.op("mul", index, width)
        value = e.builder.load(t.type.ir, e.builder.gep(I8, source, [offset], flags=()), align=width)
        update(e, t, e.builder.gep(I8, to, [offset], flags=()), value)

    repeat(e, e.op("lshr", size, width.bit_length() - 1), once)
    if "mbarrier::complete_tx::bytes" in t:
        _complete(e, more[0], size)


def _bulk() -> list[Form]:
    made: list[Form] = []
    for operation, types in _GLOBAL_REDUCTIONS:
        for hint, policy in (("", ""), (".L2::cache_hint", " b64")):
            signature = f"= [global] [shared] u32{policy}"
            made += forms(f"{_BULK_GLOBAL}{hint}{operation}.T", types, signature, _reduce_all, effects=True, sm=90)
    for operation, types in (*_SHARED_REDUCTIONS, (".add", "u32 s32 u64")):
        signature = "= [shared] [shared] u32 [shared]"
        made += forms(f"{_BULK_SHARED}{operation}.T", types, signature, _reduce_all, effects=True, sm=90)
    return made


def _async_reductions() -> list[Form]:
    made: list[Form] = []
    for operation, types in (*_SHARED_REDUCTIONS, (".add", "u32 s32 u64 s64")):
        made += forms(f"{_RED}{operation}.T", types, "= [shared] T [shared]", _reduce, effects=True, sm=90)
        for head in ("red.async.release(.gpu|.sys).global", "red.async.mmio.release.sys.global"):
            made += forms(f"{head}{operation}.T", types, "= [global] T", _reduce, effects=True, sm=100)
    return made


_WORDS = "b32 u32 s32 f32"
_ASYNC = f"st.async[.weak]{_TO_BARRIER}"
FORMS = [
    *forms(f"{_ASYNC}(|.v2).T", f"{_WORDS} b64 u64 s64 f64", "= [shared] T* [shared]", _store, effects=True, sm=90),
    *forms(f"{_ASYNC}.v4.T", _WORDS, "= [shared] T* [shared]", _store, effects=True, sm=90),
    *(f for head in ("st.async.release(.gpu|.sys).global", "st.async.mmio.release.sys.global")
      for f in forms(f"{head}.T", f"{_WORDS} b64 u64 s64 f64", "= [global] T*", store, effects=True, sm=100)),
    *_async_reductions(),
    *_bulk(),
]
