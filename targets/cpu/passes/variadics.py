"""Passes variable arguments in a buffer.

Portable IR reads them as CUDA does, through a plain pointer into packed memory; a CPU's own `va_start` fills a structure of
another size and would overwrite the caller's memory.

Before: `define i32 @f(i32 %n, ...)`, `call void @llvm.va_start.p0(ptr %list)`, `call i32 (i32, ...) @f(i32 1, double %x)`
After:  `define i32 @f(i32 %n, ptr %cw.arguments)`, `store ptr %cw.arguments, ptr %list`,
        `%b = alloca { double }`, `%x` stored to it, `call i32 @f(i32 1, ptr %b)`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.attributes import alignment, attribute_type
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Alloca, Call, GetElementPtr, Instruction, Load, Store
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I1, I8, I64, PTR, VOID, ArrayType, FunctionType, Type
from crosswarp.ir.values import Value


@dataclass(frozen=True)
class Variadics(Pass):
    """`...` becomes a pointer to a buffer that the caller fills."""

    name: ClassVar[str] = "variadics"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-variadics"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite every variadic definition and every variadic call, direct or indirect."""
        layout = DataLayout(facts.datalayout)
        functions = [f for f in module.definitions() if f.vararg or f.body_text is None or "..." in f.body_text]
        for function in functions:
            for instruction in function.instructions():
                if isinstance(instruction, Call) and instruction.function_type.vararg:
                    _pack_arguments(module, instruction, layout)
        for function in functions:
            if function.vararg:
                function.add_argument(PTR, "cw.arguments")
                function.vararg = False
        _rewrite_lists(module)


def _rewrite_lists(module: Module) -> None:
    """`va_start` stores the buffer's address, `va_copy` copies it, `va_end` does nothing."""
    for name, function in list(module.functions.items()):
        if not name.startswith(("llvm.va_start", "llvm.va_copy", "llvm.va_end")):
            continue
        for call in module.calls_to(function):
            assert call.parent is not None and call.function is not None
            value: Value = call.function.arguments[-1]
            if name.startswith("llvm.va_copy"):
                value = call.parent.insert_before(Load(PTR, call.arguments[1], align=8), call)
            if not name.startswith("llvm.va_end"):
                call.parent.insert_before(Store(value, call.arguments[0], align=8), call)
            call.erase()


def _pack_arguments(module: Module, call: Call, layout: DataLayout) -> None:
    assert call.parent is not None and call.function is not None
    fixed = len(call.function_type.parameters)
    size, places = _places(call, fixed, layout)
    entry = call.function.entry
    buffer = Alloca(ArrayType(size, I8), align=16)
    buffer.parent = entry
    entry.instructions.insert(0, buffer)
    for (offset, kind, by_value), argument in zip(places, call.arguments[fixed:], strict=True):
        address = GetElementPtr(PTR, I8, [buffer, ConstantInt(I64, offset)], ("inbounds",))
        call.parent.insert_before(address, call)
        if by_value:
            call.parent.insert_before(_copy(module, address, argument, layout.size(kind)), call)
        else:
            call.parent.insert_before(Store(argument, address, align=layout.align(kind)), call)
    old = call.function_type
    kind = FunctionType(old.result, (*old.parameters, PTR))
    call.set_call(call.callee, kind, [*call.arguments[:fixed], buffer], [*call.argument_attributes[:fixed], []])


def _places(call: Call, fixed: int, layout: DataLayout) -> tuple[int, list[tuple[int, Type, bool]]]:
    """Bytes of the buffer; offset, type and by-value flag of each argument. Natural alignment, no padding besides."""
    end = 0
    places: list[tuple[int, Type, bool]] = []
    for argument, attributes in zip(call.arguments[fixed:], call.argument_attributes[fixed:], strict=True):
        by_value = attribute_type(attributes, "byval")
        kind = by_value or argument.type
        align = layout.align(kind)
        if by_value is not None:
            align = max(align, alignment(attributes) or 1)
        offset = (end + align - 1) // align * align
        places.append((offset, kind, by_value is not None))
        end = offset + layout.size(kind)
    return max(end, 1), places


def _copy(module: Module, target: Value, source: Value, size: int) -> Instruction:
    kind = FunctionType(VOID, (PTR, PTR, I64, I1))
    memcpy = module.declare("llvm.memcpy.p0.p0.i64", kind)
    return Call(kind, memcpy, [target, source, ConstantInt(I64, size), ConstantInt(I1, 0)])
