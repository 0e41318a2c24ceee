"""Calls of functions that come from another module, under another signature of the same bits.

PTX knows sizes of parameters and not their types, and passes integers of less than 32 bits as 32 (PTX ISA, "Application Binary
Interface"): a function of a CUDA source may be called from PTX text, and the other way round. LLVM links both, and the call would
then pass its arguments in the wrong registers.

    define float @f(ptr %p, i8 zeroext %c)          ->   same
    %r = call i32 @f(i64 %a, i32 %b)                ->   %p = inttoptr i64 %a to ptr
                                                         %c = trunc i32 %b to i8
                                                         %f = call float @f(ptr %p, i8 zeroext %c)
                                                         %r = the bits of %f, through memory
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import VOID, IntType, PointerType, Type
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import CompileError, user_error


@dataclass(frozen=True)
class MatchSignatures(Pass):
    """Makes every direct call use its callee's own signature. Raises `CompileError` where the two do not fit."""

    name: ClassVar[str] = "match-signatures"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Look at the calls of every function that is defined here."""
        layout = DataLayout(module.datalayout)
        for function in list(module.definitions()):
            for call in module.calls_to(function):
                if call.function_type is not function.function_type:
                    _rewrite(call, function, layout)


def _rewrite(call: Call, callee: Function, layout: DataLayout) -> None:
    arguments, block = call.arguments, call.parent
    assert block is not None and block.parent is not None
    if len(arguments) != len(callee.arguments) or (callee.return_type is VOID and call.type is not VOID):
        raise _misfit(callee)
    bridge = _Bridge(Builder(block, call), block.parent, callee, layout)
    values = []
    for value, attributes, parameter in zip(arguments, call.argument_attributes, callee.arguments, strict=True):
        if _is_byval(attributes) != _is_byval(parameter.attributes):
            raise _misfit(callee)
        values.append(bridge.convert(value, parameter.type, attributes))
    new = bridge.builder.call(callee, values, attributes=call.attributes)
    new.argument_attributes = [list(parameter.attributes) for parameter in callee.arguments]
    new.return_attributes = list(callee.return_attributes)
    if call.type is not VOID:
        block.parent.replace_all_uses(call, bridge.convert(new, call.type, callee.return_attributes))
    call.erase()


@dataclass(frozen=True)
class _Bridge:
    """Conversions in front of one call."""

    builder: Builder
    function: Function
    callee: Function
    layout: DataLayout

    def convert(self, value: Value, kind: Type, attributes: list[str]) -> Value:
        """The same bits as another type; `attributes` say how a small integer is extended."""
        old, b = value.type, self.builder
        if old is kind:
            return value
        if isinstance(old, IntType) and isinstance(kind, IntType):
            extension = "sext" if "signext" in attributes else "zext"
            return b.cast("trunc" if kind.bits < old.bits else extension, value, kind)
        if self.layout.store_size(old) != self.layout.store_size(kind):
            raise _misfit(self.callee)
        if isinstance(old, IntType) and isinstance(kind, PointerType):
            return b.cast("inttoptr", value, kind)
        if isinstance(old, PointerType) and isinstance(kind, IntType):
            return b.cast("ptrtoint", value, kind)
        return self._through_memory(value, kind)

    def _through_memory(self, value: Value, kind: Type) -> Value:
        align = max(self.layout.align(value.type), self.layout.align(kind))
        slot = Builder.at_entry(self.function).alloca(value.type, align=align)
        self.builder.store(value, slot, align=align)
        return self.builder.load(kind, slot, align=align)


def _is_byval(attributes: list[str]) -> bool:
    return any(attribute.startswith("byval(") for attribute in attributes)


def _misfit(callee: Function) -> CompileError:
    return user_error(f"'{callee.name}' is called with other parameters than it is defined with", "CW2015")
