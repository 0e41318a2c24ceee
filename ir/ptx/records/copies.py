"""Asynchronous copies, done at once. Source: PTX ISA 8.8, `cp.async`, `cp.async.bulk`, `st.async`, `st.bulk`.

Groups of copies are then done when they are committed, and a copy's bytes have come to its barrier when it ends.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Form, Use, forms
from crosswarp.ir.ptx.loops import repeat
from crosswarp.ir.types import I1, I8, I32, I64, PTR, VOID
from crosswarp.ir.values import Value

_CACHED = "cp.async.{cache}(.shared|.shared::cta).global"
_FETCH = "(|.L2::64B|.L2::128B|.L2::256B)"
_COMPLETE = ".mbarrier::complete_tx::bytes"


def _copy(e: Emitter, t: Use, to: Value, source: Value, size: ConstantInt, *more: Value) -> None:
    """`more`: how many bytes are read, or a predicate that says none; a cache policy."""
    used: Value = more[0] if more and more[0].type is not I64 else size
    if used.type is I1:
        used = e.builder.select(used, e.number(0, size), size)
    e.effect(f"__cw.cp.async.{size.value}", VOID, e.generic(to), e.generic(source), used)


def _arrive(e: Emitter, t: Use, barrier: Value) -> None:
    """Without `.noinc` one more arrival is expected together with the one that comes."""
    if "noinc" in t:
        e.effect("__cw.mbarrier.arrive", I64, e.generic(barrier))


def _nothing(e: Emitter, t: Use, *operands: Value) -> None:
    """What has been done already."""


def _bulk(e: Emitter, t: Use, to: Value, source: Value, size: Value, *more: Value) -> None:
    """`more`: the barrier where the bytes come; a cache policy."""
    e.effect("__cw.cp.async.bulk", VOID, e.generic(to), e.generic(source), size)
    if "mbarrier::complete_tx::bytes" in t:
        e.effect("__cw.mbarrier.complete.tx", VOID, e.generic(more[0]), size)


def _multicast(e: Emitter, t: Use, *operands: Value) -> None:
    """To the same place in every block of the cluster that the mask names, and to the same barrier there."""
    to, source, size, barrier, mask = operands[:5]
    blocks = e.call("llvm.nvvm.read.ptx.sreg.cluster.nctarank", I32)

    def once(rank: Value) -> None:
        there = [e.effect("llvm.nvvm.mapa", PTR, e.generic(place), rank) for place in (to, barrier)]
        e.effect("__cw.cp.async.bulk", VOID, there[0], e.generic(source), size)
        e.effect("__cw.mbarrier.complete.tx", VOID, there[1], size)

    def if_named(rank: Value) -> None:
        bit = e.op("lshr", e.resize(mask, 32), rank)
        e.only_if(e.builder.cast("trunc", bit, I1), lambda: once(rank))

    repeat(e, blocks, if_named)


def _masked(e: Emitter, t: Use, *operands: Value) -> None:
    """Those bytes of each 16 whose bits are set."""
    to, source, size, mask = *operands[:3], operands[-1]

    def once(index: Value) -> None:
        bit = e.op("lshr", e.resize(mask, 32), e.op("and", index, 15))
        e.only_if(e.builder.cast("trunc", bit, I1), lambda: copy(index))

    def copy(index: Value) -> None:
        byte = e.builder.load(I8, e.builder.gep(I8, source, [index], flags=()), align=1)
        e.builder.store(byte, e.builder.gep(I8, to, [index], flags=()), align=1)

    repeat(e, size, once)


def _fill(e: Emitter, t: Use, to: Value, size: Value, zero: Value) -> None:
    e.effect("llvm.memset.p0.i64", VOID, e.generic(to), ConstantInt(I8, 0), size, ConstantInt(I1, 0))


def _cached(cache: str, size: int) -> list[Form]:
    """With how many bytes are read, or whether none are, and with a cache policy."""
    made: list[Form] = []
    for read in ("", "u32", "pred"):
        operands = f"= [shared] [global] imm{size}..{size} {read}"
        head = _CACHED.format(cache=cache)
        made += forms(head + _FETCH, "b32", operands, _copy, effects=True, sm=80)
        made += forms(f"{head}.L2::cache_hint{_FETCH}", "b32", f"{operands} b64", _copy, effects=True, sm=80)
    return made


def _bulk_forms(template: str, operands: str) -> list[Form]:
    return [*forms(template, "b32", operands, _bulk, effects=True, sm=90),
            *forms(f"{template}.L2::cache_hint", "b32", f"{operands} b64", _bulk, effects=True, sm=90)]  # fmt: skip


FORMS = [
    *(form for cache, size in (("ca", 4), ("ca", 8), ("ca", 16), ("cg", 16)) for form in _cached(cache, size)),
    *forms("cp.async.commit_group", "b32", "=", _nothing, effects=True, sm=80),
    *forms("cp.async.wait_all", "b32", "=", _nothing, effects=True, sm=80),
    *forms("cp.async.wait_group", "b32", "= imm0..2147483647", _nothing, effects=True, sm=80),
    *forms("cp.async.mbarrier.arrive[.noinc](|.shared|.shared::cta).T", "b64", "= []", _arrive, effects=True, sm=80),
    *_bulk_forms(f"cp.async.bulk(.shared::cluster|.shared::cta).global{_COMPLETE}", "= [shared] [global] u32 [shared]"),
    *forms(f"cp.async.bulk.shared::cluster.shared::cta{_COMPLETE}", "b32", "= [shared] [shared] u32 [shared]", _bulk, effects=True,
           sm=90),
    *_bulk_forms("cp.async.bulk.global.shared::cta.bulk_group", "= [global] [shared] u32"),
    *(f for hint, policy in (("", ""), (".L2::cache_hint", " b64")) for f in (
        *forms(f"cp.async.bulk.shared::cluster.global{_COMPLETE}.multicast::cluster{hint}", "b32",
               f"= [shared] [global] u32 [shared] u16{policy}", _multicast, effects=True, sm=90),
        *forms(f"cp.async.bulk.global.shared::cta.bulk_group{hint}.cp_mask", "b32", f"= [global] [shared] u32{policy} u16", _masked,
               effects=True, sm=100))),
    *forms("cp.async.bulk.prefetch.L2.global", "b32", "= [global] u32", _nothing, sm=90),
    *forms("cp.async.bulk.prefetch.L2.global.L2::cache_hint", "b32", "= [global] u32 b64", _nothing, sm=90),
    *forms("cp.async.bulk.commit_group", "b32", "=", _nothing, effects=True, sm=90),
    *forms("cp.async.bulk.wait_group[.read]", "b32", "= imm0..2147483647", _nothing, effects=True, sm=90),
    *forms("st.bulk[.weak](|.shared::cta)", "b32", "= [] u64 imm0..0", _fill, effects=True, sm=100),
]
