"""Functions of CUDA's device runtime that PTX declares, with the types that the front end's IR gives them."""

from __future__ import annotations

from crosswarp.ir.types import I32, I64, PTR, VOID, FunctionType, Type

SERVICES = {
    "vprintf": FunctionType(I32, (PTR, PTR)),
    "malloc": FunctionType(PTR, (I64,)),
    "free": FunctionType(VOID, (PTR,)),
    "__assertfail": FunctionType(VOID, (PTR, PTR, I32, PTR, I64)),
}


def in_bits(signature: FunctionType) -> FunctionType:
    """The signature as PTX declares it, where pointers are numbers."""

    def bits(kind: Type) -> Type:
        return I64 if kind is PTR else kind

    return FunctionType(bits(signature.result), tuple(map(bits, signature.parameters)))
