"""Calls of LLVM's memory intrinsics, for passes that copy structs."""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.module import Module
from crosswarp.ir.types import I1, I64, VOID, FunctionType, PointerType
from crosswarp.ir.values import Value

_ATTRIBUTES = ("nocallback", "nofree", "nounwind", "willreturn", "memory(argmem: readwrite)")


def copy_memory(module: Module, builder: Builder, target: Value, source: Value, size: int, *, align: int) -> None:
    """`llvm.memcpy` of `size` bytes between pointers of any address spaces, both aligned to `align` bytes."""
    assert isinstance(target.type, PointerType)
    assert isinstance(source.type, PointerType)
    signature = FunctionType(VOID, (target.type, source.type, I64, I1))
    copy = module.declare(f"llvm.memcpy.p{target.type.space}.p{source.type.space}.i64", signature, _ATTRIBUTES)
    copy.arguments[3].attributes = ["immarg"]
    call = builder.call(copy, [target, source, ConstantInt(I64, size), ConstantInt(I1, 0)])
    call.argument_attributes = [[f"align {align}"], [f"align {align}"], [], []]
