"""Reaches `__managed__` variables through a pointer that the runtime sets.

Host and device share a managed variable, and host code uses its own symbol: the memory that both use is the host's. Device code
therefore loads the address from a slot, `__cw_managed_<variable>`, which the runtime fills when it loads the image that a
program registered. The variable itself stays: its bytes are the initial value, its name is the one that the host registers
(docs/runtime.md), and in images that a program loads by itself it is the memory.

    @llvm.global.annotations = ... { ptr addrspacecast (ptr addrspace(1) @v to ptr), ptr @"cw.managed", ... }
    load i32, ptr addrspacecast (ptr addrspace(1) @v to ptr)
    ->  @__cw_managed_v = addrspace(1) externally_initialized global ptr addrspace(1) @v
        %v = load ptr addrspace(1), ptr addrspace(1) @__cw_managed_v, !invariant.load !0
        %p = addrspacecast ptr addrspace(1) %v to ptr
        load i32, ptr %p

Address arithmetic on the variable is a constant in portable IR; it moves to the function's start.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import Constant, ConstantAggregate, ConstantBytes, ConstantExpr
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalValue, GlobalVariable
from crosswarp.ir.instructions import GetElementPtr, Instruction, Load
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import PointerType
from crosswarp.ir.uses import parts_of
from crosswarp.ir.values import Metadata, Value
from crosswarp.support.diagnostics import unsupported

SLOT_PREFIX = "__cw_managed_"
_MARK = b"cw.managed\0"  # what host_defines.h gives clang's `annotate`
_ANNOTATIONS = "llvm.global.annotations"
_KEEPERS = ("llvm.", "__clang_gpu_used_external")  # lists of what must not be dropped
_GLOBAL = PointerType(1)


@dataclass(frozen=True)
class ManagedVariables(Pass):
    """Rewrites every use in a function. A local variable is one that the host does not know: it stays what it is."""

    name: ClassVar[str] = "managed-variables"
    requires: ClassVar[frozenset[str]] = frozenset({"cluster-sizes"})  # from the same annotations
    establishes: ClassVar[frozenset[str]] = frozenset({"managed-slots"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raises `CompileError` where a static initialiser holds a managed variable's address."""
        variables = [v for v in _annotated(module) if not v.is_local]
        module.globals.pop(_ANNOTATIONS, None)  # no target reads it
        if not variables:
            return
        _reject_static_addresses(module, variables)
        empty = module.add_metadata("!{}")
        slots = {variable.name: _add_slot(module, variable) for variable in variables}
        mentioning = {f.name: f for variable in variables for f in module.functions_mentioning(variable)}
        for function in mentioning.values():
            _Rewriter(function, slots, empty).run()


def _annotated(module: Module) -> Iterator[GlobalVariable]:
    annotations = module.globals.get(_ANNOTATIONS)
    entries = annotations.initializer if annotations is not None else None
    for entry in entries.operands if isinstance(entries, ConstantAggregate) else ():
        assert isinstance(entry, ConstantAggregate)
        value, text = entry.operands[0], entry.operands[1]
        if isinstance(text, GlobalVariable) and isinstance(text.initializer, ConstantBytes) and text.initializer.data == _MARK:
            variable = next((part for part in (value, *parts_of(value)) if isinstance(part, GlobalVariable)), None)
            assert variable is not None
            yield variable


def _add_slot(module: Module, variable: GlobalVariable) -> GlobalVariable:
    slot = module.add_global(SLOT_PREFIX + variable.name, _GLOBAL, variable, address_space=1,
                             linkage=variable.linkage, align=8)
    slot.externally_initialized = True
    return slot


def _reject_static_addresses(module: Module, variables: list[GlobalVariable]) -> None:
    managed = set(variables)
    for holder in module.globals.values():
        if holder.name.startswith(_KEEPERS) or holder.initializer is None:
            continue
        for part in (holder.initializer, *parts_of(holder.initializer)):
            if isinstance(part, GlobalVariable) and part in managed:
                raise unsupported(f"address of the __managed__ variable '{part.name}' in the initialiser of '{holder.name}'",
                                  "CW3006", hint="its address is not a constant: take it at run time")


class _Rewriter:
    """Replaces managed variables in one function."""

    def __init__(self, function: Function, slots: dict[str, GlobalVariable], invariant: Metadata) -> None:
        self.function, self.slots, self.invariant = function, slots, invariant
        self.made: dict[Value, Value] = {}
        self.entry: list[Instruction] = []

    def run(self) -> None:
        """What replaces a constant is computed once, at the function's start, where it serves every use, phis included."""
        for instruction in self.function.instructions():
            for index, operand in enumerate(instruction.operands):
                if self._is_managed(operand):
                    instruction.operands[index] = self._expand(operand)
        first = self.function.entry
        before = next(i for i in first.instructions if i.opcode != "alloca")
        for instruction in self.entry:
            first.insert_before(instruction, before)

    def _is_managed(self, value: Value) -> bool:
        if isinstance(value, GlobalValue):
            return value.name in self.slots
        return isinstance(value, Constant) and any(isinstance(p, GlobalVariable) and p.name in self.slots for p in parts_of(value))

    def _expand(self, value: Value) -> Value:
        if value not in self.made:
            instruction = self._instruction(value)
            self.entry.append(instruction)
            self.made[value] = instruction
        return self.made[value]

    def _instruction(self, value: Value) -> Instruction:
        if isinstance(value, GlobalVariable):
            load = Load(_GLOBAL, self.slots[value.name], align=8)
            load.metadata["invariant.load"] = self.invariant
            return load
        if not isinstance(value, ConstantExpr):
            raise unsupported("address of a __managed__ variable inside a constant aggregate", "CW3006")
        operands = [self._expand(part) if self._is_managed(part) else part for part in value.operands]
        if value.opcode == "getelementptr":
            assert value.source_type is not None
            flags = tuple(flag for flag in value.flags if flag in ("inbounds", "nuw", "nusw"))
            return GetElementPtr(value.type, value.source_type, operands, flags)
        return Instruction(value.opcode, value.type, operands, flags=value.flags)
