"""Functions of CUDA's device runtime that PTX declares, with the types that the front end's IR gives them."""

from __future__ import annotations

from crosswarp.ir.types import I32, I64, PTR, VOID, FunctionType

SERVICES = {
    "vprintf": FunctionType(I32, (PTR, PTR)),
    "malloc": FunctionType(PTR, (I64,)),
    "free": FunctionType(VOID, (PTR,)),
    "__assertfail": FunctionType(VOID, (PTR, PTR, I32, PTR, I64)),
}
