"""State spaces of addresses. Source: PTX ISA 8.8, `cvta`, `isspacep`, `mapa`, `getctarank`."""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.types import I1, I32, I64, PTR, PointerType
from crosswarp.ir.values import Value

_SPACE = "(.global|.shared|.shared::cta|.shared::cluster|.local|.const|.param|.param::entry)"


def _cast(e: Emitter, number: Value, source: int, to: int) -> Value:
    pointer = e.builder.cast("inttoptr", number, PointerType(source))
    return e.builder.cast("addrspacecast", pointer, PointerType(to)) if source != to else pointer


def _to_generic(e: Emitter, t: Use, address: Value) -> Value:
    return _cast(e, address, ADDRESS_SPACES[t.space], 0)


def _from_generic(e: Emitter, t: Use, address: Value) -> Value:
    return e.builder.cast("ptrtoint", _cast(e, address, 0, ADDRESS_SPACES[t.space]), I64)


def _is_in_space(e: Emitter, t: Use, address: Value) -> Value:
    pointer = _cast(e, address, 0, 0)
    if t.space == "param":
        return e.compare("ne", e.call("__cw.isspacep.param", I32, pointer), 0)
    cluster = ".cluster" if "shared::cluster" in t else ""
    return e.call(f"llvm.nvvm.isspacep.{t.space}{cluster}", I1, pointer)


def _map(e: Emitter, t: Use, address: Value, rank: Value) -> Value:
    """An address of the same variable in another block of the cluster, in the form that the address has."""
    space = ADDRESS_SPACES[t.space]
    mapped = e.call("llvm.nvvm.mapa", PTR, _cast(e, address, space, 0), rank)
    pointer = e.builder.cast("addrspacecast", mapped, PointerType(space)) if space else mapped
    return e.builder.cast("ptrtoint", pointer, t.type.register)


def _rank(e: Emitter, t: Use, address: Value) -> Value:
    return e.call("llvm.nvvm.getctarank", I32, _cast(e, address, ADDRESS_SPACES[t.space], 0))


FORMS = [
    *forms(f"cvta{_SPACE}.T", "u64", "T = T", _to_generic),
    *forms(f"cvta.to{_SPACE}.T", "u64", "T = T", _from_generic),
    *forms(f"isspacep{_SPACE}", "b64", "pred = T", _is_in_space),
    *forms("mapa.T", "u64", "T = T u32", _map, sm=90),
    *forms("mapa.shared::cluster.T", "u32 u64", "T = T u32", _map, sm=90),
    *forms("getctarank.T", "u64", "u32 = T", _rank, sm=90),
    *forms("getctarank.shared::cluster.T", "u32 u64", "u32 = T", _rank, sm=90),
]
