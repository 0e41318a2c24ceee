"""Turns variadic functions into functions with a pointer to their packed variable arguments.

NVPTX's convention, which clang's `va_arg` code assumes: the arguments lie one after the other at their natural alignment, and
`va_list` is a bare pointer to the next one. Other backends have no variadic calls (AMD GPUs) or another `va_list` (x86-64).

    define i32 @sum(i32 %n, ...)                    ->  define i32 @sum(i32 %n, ptr %variadic)
    call void @llvm.va_start.p0(ptr %list)          ->  store ptr %variadic, ptr %list
    %r = call i32 (i32, ...) @sum(i32 2, i32 5, double 1.0)
    ->  %pack = alloca { i32, double } ; in the entry block; members stored before the call
          %r = call i32 @sum(i32 2, ptr %pack)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.attributes import attribute_type
from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.passes.memory import copy_memory
from crosswarp.ir.types import PTR, FunctionType, StructType, Type
from crosswarp.ir.values import Argument, InlineAsm
from crosswarp.support.diagnostics import unsupported

_MARKERS = ("llvm.va_start", "llvm.va_end", "llvm.va_copy")


@dataclass(frozen=True)
class PackVariadics(Pass):
    """No variadic definition or call remains."""

    name: ClassVar[str] = "pack-variadics"
    establishes: ClassVar[frozenset[str]] = frozenset({"no-variadics"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite definitions first, then every call through a variadic type."""
        layout = DataLayout(facts.datalayout)
        variadic = [f for f in module.functions.values() if f.vararg and not f.name.startswith("llvm.")]
        for function in variadic:
            _rewrite_function(function)
        for function in module.definitions():
            if function.body_text is None or ", ...)" in function.body_text or " (...)" in function.body_text:
                for instruction in function.instructions():
                    if isinstance(instruction, Call) and instruction.function_type.vararg and not _is_intrinsic(instruction):
                        _pack(module, function, instruction, layout)
        for name in [n for n in module.functions if n.startswith(_MARKERS)]:
            _lower_markers(module, module.functions[name])


def _is_intrinsic(call: Call) -> bool:
    return isinstance(call.callee, InlineAsm) or (call.callee_name or "").startswith("llvm.")


def _rewrite_function(function: Function) -> None:
    if not function.is_declaration:
        _ = function.blocks
    function.arguments = [*function.arguments, Argument(PTR, None if function.is_declaration else "variadic", [], function)]
    function.vararg = False


def _pack(module: Module, function: Function, call: Call, layout: DataLayout) -> None:
    fixed = len(call.function_type.parameters)
    arguments, attributes = call.arguments, call.argument_attributes
    kinds: list[Type] = [attribute_type(a, "byval") or v.type for v, a in zip(arguments[fixed:], attributes[fixed:], strict=True)]
    source = DataLayout(module.datalayout)
    if any(layout.align(kind) != source.align(kind) for kind in kinds):
        raise unsupported("variable arguments whose alignment differs on this target (128-bit integers)", "CW3005",
                          location_of(module, call))
    pack = StructType(tuple(kinds))
    slot = Builder.at_entry(function).alloca(pack, "variadic.pack", align=max(layout.align(pack), 1))
    assert call.parent is not None
    builder = Builder(call.parent, call)
    for index, (value, kind) in enumerate(zip(arguments[fixed:], kinds, strict=True)):
        place = builder.gep(pack, slot, [0, index])
        if value.type is kind:
            builder.store(value, place, align=layout.align(kind))
        else:
            copy_memory(module, builder, place, value, layout.size(kind), align=1)
    signature = FunctionType(call.function_type.result, (*call.function_type.parameters, PTR))
    call.set_call(call.callee, signature, [*arguments[:fixed], slot], [*attributes[:fixed], []])


def _lower_markers(module: Module, marker: Function) -> None:
    for call in module.calls_to(marker):
        assert call.parent is not None
        builder = Builder(call.parent, call)
        if marker.name.startswith("llvm.va_start"):
            assert call.function is not None
            builder.store(call.function.arguments[-1], call.arguments[0], align=8)
        elif marker.name.startswith("llvm.va_copy"):
            builder.store(builder.load(PTR, call.arguments[1], align=8), call.arguments[0], align=8)
        call.erase()
    module.remove(marker)
