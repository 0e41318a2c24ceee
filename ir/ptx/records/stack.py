"""Memory of a function's frame. Source: PTX ISA 8.8, "Stack Manipulation Instructions"."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.types import I8, I64, PTR, VOID, PointerType
from crosswarp.ir.values import Value

_LOCAL = PointerType(ADDRESS_SPACES["local"])
_USUAL_ALIGN = 8


def _address(e: Emitter, pointer: Value) -> Value:
    return e.builder.cast("ptrtoint", e.builder.cast("addrspacecast", pointer, _LOCAL), I64)


def _allocate(e: Emitter, t: Use, size: Value, align: ConstantInt | None = None) -> Value:
    return _address(e, e.builder.alloca(I8, count=size, align=_USUAL_ALIGN if align is None else align.value))


def _save(e: Emitter, t: Use) -> Value:
    return _address(e, e.effect("llvm.stacksave.p0", PTR))


def _restore(e: Emitter, t: Use, address: Value) -> None:
    pointer = e.builder.cast("inttoptr", address, _LOCAL)
    e.effect("llvm.stackrestore.p0", VOID, e.generic(pointer))


FORMS = [
    *forms("alloca.T", "u64", "T = T", _allocate, effects=True, sm=52),
    *(f for n in range(8) for f in forms("alloca.T", "u64", f"T = T imm{1 << n}..{1 << n}", _allocate, effects=True, sm=52)),
    *forms("stacksave.T", "u64", "T =", _save, effects=True, sm=52),
    *forms("stackrestore.T", "u64", "= T", _restore, effects=True, sm=52),
]
