"""Addresses in one state space as generic ones and back. Source: PTX ISA 8.8, `cvta`.

Parameters of a kernel are a thread's own copy in generic memory.
"""

from __future__ import annotations

from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.ptx.spaces import ADDRESS_SPACES
from crosswarp.ir.types import PTR, IntType, PointerType
from crosswarp.ir.values import Value

_SPACES = "(.global|.shared|.shared::cta|.shared::cluster|.local|.const|.param|.param::entry)"


def _convert(e: Emitter, t: Use, address: Value) -> Value:
    own = PointerType(ADDRESS_SPACES[t.space])
    source, target = (PTR, own) if "to" in t else (own, PTR)
    pointer = e.builder.cast("inttoptr", address, source)
    moved = e.builder.cast("addrspacecast", pointer, target) if source is not target else pointer
    return e.builder.cast("ptrtoint", moved, IntType(t.bits))


FORMS = list(forms(f"cvta[.to]{_SPACES}.T", "u64", "T = T", _convert))
