"""Rewrites `byval` struct parameters for targets whose locals lie in an address space of their own.

A `byval` pointer of address space 0 is silently miscompiled on AMD GPUs: the caller's copy is never made. Kernels get their
structs in the constant kernel-argument segment; functions get a private copy that the *caller* makes.

    define ptx_kernel void @k(ptr byval(%S) align 8 %s)
    ->  define ptx_kernel void @k(ptr addrspace(4) byref(%S) align 8 %arg.s)
          %private.s = alloca %S, align 8, addrspace(5)
          call void @llvm.memcpy.p5.p4.i64(ptr addrspace(5) align 8 %private.s, ptr addrspace(4) align 8 %arg.s, i64 24, i1 false)
          %s = addrspacecast ptr addrspace(5) %private.s to ptr

    define float @f(ptr byval(%S) align 8 %s)
    ->  define float @f(ptr addrspace(5) byval(%S) align 8 %arg.s)
          %s = addrspacecast ptr addrspace(5) %arg.s to ptr

    call float @f(ptr byval(%S) align 8 %x)
    ->  %copy = alloca %S, align 8, addrspace(5)      ; in the entry block
          call void @llvm.memcpy.p5.p0.i64(ptr addrspace(5) align 8 %copy, ptr align 8 %x, i64 24, i1 false)
          call float @f(ptr addrspace(5) byval(%S) align 8 %copy)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.attributes import TypeAttribute, alignment, attribute_type
from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.kernel_convention import PORTABLE_KERNEL
from crosswarp.ir.passes.memory import copy_memory
from crosswarp.ir.types import PTR, FunctionType, PointerType, Type
from crosswarp.ir.values import Argument, Value


@dataclass(frozen=True)
class ByvalArguments(Pass):
    """Kernels: `byref` in `TargetFacts.kernel_parameter_space`. Functions and calls: `byval` in `alloca_space`."""

    name: ClassVar[str] = "byval-arguments"
    requires: ClassVar[frozenset[str]] = frozenset({"target-layout"})
    establishes: ClassVar[frozenset[str]] = frozenset({"no-byval"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite definitions, declarations, direct and indirect calls."""
        if facts.alloca_space == 0:
            return
        rewriter = _Rewriter(module, facts)
        for function in list(module.functions.values()):
            if any(attribute_type(a.attributes, "byval") is not None for a in function.arguments):
                rewriter.parameters(function)
        for function in module.definitions():
            if function.body_text is None or "byval(" in function.body_text:
                rewriter.calls(function)


class _Rewriter:
    def __init__(self, module: Module, facts: TargetFacts) -> None:
        self.module = module
        self.facts = facts
        self.layout = DataLayout(facts.datalayout)
        self.private = PointerType(facts.alloca_space)

    def parameters(self, function: Function) -> None:
        """Give the byval parameters their new types and make the pointers that the body uses."""
        is_kernel = function.calling_convention == PORTABLE_KERNEL
        if not function.is_declaration:
            _ = function.blocks  # uses of the old parameters must be objects before these are replaced
        changed: list[tuple[Argument, Argument, Type]] = []
        arguments = list(function.arguments)
        for index, old in enumerate(arguments):
            kind = attribute_type(old.attributes, "byval")
            if kind is not None:
                space = self.facts.kernel_parameter_space if is_kernel else self.facts.alloca_space
                word = "byref" if is_kernel else "byval"
                name = None if old.name is None else f"arg.{old.name}"
                arguments[index] = Argument(PointerType(space), name, _retyped(old.attributes, word, kind), function)
                changed.append((old, arguments[index], kind))
        function.arguments = arguments
        if not function.is_declaration:
            for old, new, kind in reversed(changed):
                function.replace_all_uses(old, self._local_pointer(function, old, new, kind, is_kernel))

    def _local_pointer(self, function: Function, old: Argument, new: Argument, kind: Type, is_kernel: bool) -> Value:
        builder = Builder.at_entry(function)
        pointer: Value = new
        if is_kernel:
            align = alignment(old.attributes) or self.layout.align(kind)
            name = None if old.name is None else f"private.{old.name}"
            pointer = builder.alloca(kind, name, align=align, address_space=self.facts.alloca_space)
            self._copy(builder, pointer, new, kind, align)
        return builder.cast("addrspacecast", pointer, PTR, old.name)

    def calls(self, function: Function) -> None:
        """Make the caller's private copies."""
        for instruction in function.instructions():
            if isinstance(instruction, Call):
                self._call(function, instruction)

    def _call(self, function: Function, call: Call) -> None:
        kinds = [attribute_type(a, "byval") for a in call.argument_attributes]
        if not any(kinds):
            return
        arguments, attributes = call.arguments, [list(a) for a in call.argument_attributes]
        parameters = list(call.function_type.parameters)
        for index, kind in enumerate(kinds):
            if kind is None or arguments[index].type is self.private:
                continue
            align = alignment(attributes[index]) or self.layout.align(kind)
            copy = Builder.at_entry(function).alloca(kind, "byval.copy", align=align, address_space=self.facts.alloca_space)
            assert call.parent is not None
            self._copy(Builder(call.parent, call), copy, arguments[index], kind, align)
            arguments[index] = copy
            attributes[index] = _retyped(attributes[index], "byval", kind)
            if index < len(parameters):
                parameters[index] = self.private
        signature = FunctionType(call.function_type.result, tuple(parameters), call.function_type.vararg)
        call.set_call(call.callee, signature, arguments, attributes)

    def _copy(self, builder: Builder, target: Value, source: Value, kind: Type, align: int) -> None:
        copy_memory(self.module, builder, target, source, self.layout.size(kind), align=align)


def _retyped(attributes: list[str], word: str, kind: Type) -> list[str]:
    """The attributes that still hold for the new pointer."""
    kept = [a for a in attributes if a == "noundef" or a.startswith("align ")]
    return [TypeAttribute(word, kind), *kept]
