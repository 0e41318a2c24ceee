"""Returns large aggregates through memory.

clang returns every struct by value for NVPTX. LLVM's other backends split such a value into scalars, which takes seconds for a
few kilobytes; the same code with an out pointer takes milliseconds.

    define %Big @f(i32 %x) {                       ->   define void @f(ptr sret(%Big) align 4 %result, i32 %x) {
      ret %Big %value                                     store %Big %value, ptr %result
                                                          ret void
    %v = call %Big @f(i32 1)                       ->     call void @f(ptr sret(%Big) align 4 %slot, i32 1)
                                                          %v = load %Big, ptr %slot

clang loads a whole aggregate only to return it and stores a returned one whole: where that is so, the value never becomes
an SSA value, but a `memcpy`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.attributes import TypeAttribute
from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed, Instruction, Load, Store
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.memory import copy_memory
from crosswarp.ir.types import PTR, VOID, ArrayType, FunctionType, NamedType, StructType, Type, VectorType
from crosswarp.ir.values import Argument, InlineAsm, Value


def scalar_count(kind: Type) -> int:
    """How many scalars a value of the type is split into."""
    if isinstance(kind, ArrayType):
        return kind.count * scalar_count(kind.element)
    if isinstance(kind, StructType | NamedType):
        return sum(scalar_count(k) for k in kind.elements)
    return kind.count if isinstance(kind, VectorType) else 1


@dataclass(frozen=True)
class LargeReturns(Pass):
    """Functions and calls that return more than `limit` scalars get an `sret` parameter."""

    limit: int = 16
    name: ClassVar[str] = "large-returns"
    establishes: ClassVar[frozenset[str]] = frozenset({"small-returns"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite definitions, declarations, direct and indirect calls alike: a type decides, so both sides agree."""
        rewriter = _Rewriter(module, DataLayout(facts.datalayout))
        for function in list(module.functions.values()):
            if self._is_large(function.return_type) and not function.name.startswith("llvm."):
                rewriter.function(function)
        if not any(self._is_large(t) for t in module.types.values()) and not rewriter.changed:
            return
        for function in module.definitions():
            for instruction in function.instructions():
                if isinstance(instruction, Call) and self._is_large(instruction.type) and _is_ours(instruction):
                    rewriter.call(function, instruction)

    def _is_large(self, kind: Type) -> bool:
        return isinstance(kind, StructType | NamedType | ArrayType) and scalar_count(kind) > self.limit


def _is_ours(call: Call) -> bool:
    return not isinstance(call.callee, InlineAsm) and not (call.callee_name or "").startswith("llvm.")


class _Rewriter:
    def __init__(self, module: Module, layout: DataLayout) -> None:
        self.module, self.layout = module, layout
        self.changed = False

    def function(self, function: Function) -> None:
        """Add the parameter and store what the returns gave."""
        self.changed = True
        kind = function.return_type
        result = Argument(PTR, "sret.result" if not function.is_declaration else None, self._attributes(kind), function)
        returns = [] if function.is_declaration else [i for i in function.instructions() if i.opcode == "ret"]
        uses = function.use_map() if returns else None
        function.arguments = [result, *function.arguments]
        function.return_type, function.return_attributes = VOID, []
        for instruction in returns:
            value = instruction.operands[0]
            instruction.operands = []
            if isinstance(value, Load) and not value.volatile and uses is not None and len(uses.of(value)) == 1:
                self._copy(_before(value), result, value.pointer, kind, min(value.align or 1, self.layout.align(kind)))
                value.erase()
            else:
                _before(instruction).store(value, result, align=self.layout.align(kind))

    def call(self, function: Function, call: Call) -> None:
        """Give the call a place for the result."""
        kind, align = call.type, self.layout.align(call.type)
        slot = Builder.at_entry(function).alloca(kind, "sret.slot", align=align)
        signature = FunctionType(VOID, (PTR, *call.function_type.parameters), call.function_type.vararg)
        uses = function.use_map().of(call)
        name, call.name, call.return_attributes, call.flags = call.name, None, [], ()
        call.set_call(call.callee, signature, [slot, *call.arguments], [self._attributes(kind), *call.argument_attributes])
        # In the same block the slot still holds this call's result; elsewhere the call may have run again.
        if all(_reads_memory_well(use.user, call) for use in uses):
            for use in uses:
                self._read_slot(function, use.user, slot, kind)
        elif uses:
            function.replace_all_uses(call, Builder.after(call).load(kind, slot, name, align=align))

    def _read_slot(self, function: Function, user: Instruction, slot: Value, kind: Type) -> None:
        builder = _before(user)
        if isinstance(user, Store):
            self._copy(builder, user.pointer, slot, kind, min(user.align or 1, self.layout.align(kind)))
        else:
            assert isinstance(user, Indexed)
            place = builder.gep(kind, slot, [0, *user.indices])
            function.replace_all_uses(user, builder.load(user.type, place, user.name, align=1))
        user.erase()

    def _copy(self, builder: Builder, target: Value, source: Value, kind: Type, align: int) -> None:
        copy_memory(self.module, builder, target, source, self.layout.size(kind), align=align)

    def _attributes(self, kind: Type) -> list[str]:
        return [TypeAttribute("sret", kind), f"align {self.layout.align(kind)}"]


def _before(instruction: Instruction) -> Builder:
    assert instruction.parent is not None
    return Builder(instruction.parent, instruction)


def _reads_memory_well(user: Instruction, call: Call) -> bool:
    """Whether the use is a store of the whole value or takes a member, in the block of the call."""
    stores = isinstance(user, Store) and user.value is call
    return user.parent is call.parent and (stores or (isinstance(user, Indexed) and user.opcode == "extractvalue"))
