"""Keeps the layout of every struct as the host and clang's NVPTX front end see it.

LLVM recomputes layouts by the target's own rules: on AMD GPUs `i128` is aligned to 8 bytes, not 16, so `{i64, i128}` would
shrink from 32 bytes to 24. Named structs that differ become packed structs with explicit padding; indices into them change.

    %S = type { i64, i128 }                           ->  %S = type <{ i64, [8 x i8], i128 }>
    getelementptr %S, ptr %p, i32 0, i32 1            ->  getelementptr %S, ptr %p, i32 0, i32 2
    @s = global %S { i64 1, i128 2 }                  ->  @s = global %S <{ i64 1, [8 x i8] zeroinitializer, i128 2 }>

Nothing else in memory may differ: an array whose stride changes, or a struct without a name, is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import ConstantAggregate, ConstantExpr, ConstantInt, null, rebuild
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, GetElementPtr, Indexed, Instruction, Load, Store
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.names import spell
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.types import I8, ArrayType, NamedType, StructType, Type, VectorType, struct_of
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import CompileError, unsupported

CODE = "CW3004"


@dataclass(frozen=True)
class FreezeLayouts(Pass):
    """Structs that `TargetFacts.datalayout` would lay out otherwise than the module's own layout get explicit padding."""

    name: ClassVar[str] = "freeze-layouts"
    establishes: ClassVar[frozenset[str]] = frozenset({"target-layout"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Nothing but a look at the named types happens in the usual module, where no layout differs."""
        if not module.datalayout or module.datalayout == facts.datalayout:
            return
        freezer = _Freezer(module, DataLayout(module.datalayout), facts.datalayout)
        freezer.refuse_unnamed()
        freezer.run()


class _Freezer:
    def __init__(self, module: Module, source: DataLayout, target: str) -> None:
        self.module, self.source, self.target_string = module, source, target
        self.maps: dict[NamedType, tuple[int, ...]] = {}
        """Old field index to new one, for each struct that changed."""
        self._suspects: dict[Type, bool] = {}

    @property
    def target(self) -> DataLayout:
        """A fresh layout: sizes are remembered, and bodies of types change here."""
        return DataLayout(self.target_string)

    def differs(self, kind: Type) -> bool:
        """Whether size or alignment of a part of the type differs between the layouts."""
        known = self._suspects.get(kind)
        if known is None:
            self._suspects[kind] = False
            known = any(self.differs(k) for k in kind.elements) if isinstance(
                kind, StructType | NamedType | ArrayType) else self._scalar_differs(kind)
            self._suspects[kind] = known
        return known

    def _scalar_differs(self, kind: Type) -> bool:
        try:
            target = self.target
            return (self.source.size(kind), self.source.align(kind)) != (target.size(kind), target.align(kind))
        except TypeError:
            return False

    def run(self) -> None:
        """Read the bodies that use the structs, change the structs, then every index and initialiser."""
        changing = [t for t in self.module.types.values() if t.body is not None and self.differs(t)]
        if not changing:
            return
        tokens = [f"%{spell(t.name)}" for t in changing]
        bodies = [f for f in self.module.definitions() if f.body_text is None or any(t in f.body_text for t in tokens)]
        for function in bodies:
            _ = function.blocks
        offsets = {t: (self.source.offsets(t), self.source.size(t), [self.source.size(f) for f in struct_of(t).fields])
                   for t in changing}
        for kind in changing:
            self._freeze(kind, *offsets[kind])
        for function in bodies:
            for instruction in function.instructions():
                self._rewrite(instruction)
        for variable in self.module.globals.values():
            if variable.initializer is not None:
                variable.initializer = rebuild(variable.initializer, self._constant)

    def _freeze(self, kind: NamedType, offsets: tuple[int, ...], size: int, sizes: list[int]) -> None:
        fields: list[Type] = []
        places: list[int] = []
        at = 0
        for field, offset, bytes_ in zip(struct_of(kind).fields, offsets, sizes, strict=True):
            if offset > at:
                fields.append(ArrayType(offset - at, I8))
            places.append(len(fields))
            fields.append(field)
            at = offset + (bytes_ if isinstance(field, NamedType) else self.target.size(field))
        if size > at:
            fields.append(ArrayType(size - at, I8))
        kind.body = StructType(tuple(fields), True)
        self.maps[kind] = tuple(places)

    def _step(self, kind: Type, index: int) -> tuple[Type, int]:
        """The member of `kind` that old `index` names, and its new index."""
        if isinstance(kind, ArrayType | VectorType):
            return kind.element, index
        new = self.maps[kind][index] if isinstance(kind, NamedType) and kind in self.maps else index
        return struct_of(kind).fields[new], new

    def _path(self, kind: Type, indices: tuple[int, ...]) -> tuple[int, ...]:
        result = []
        for index in indices:
            kind, new = self._step(kind, index)
            result.append(new)
        return tuple(result)

    def _gep_indices(self, kind: Type, indices: list[Value]) -> list[Value]:
        result = indices[:1]
        for index in indices[1:]:
            if isinstance(kind, ArrayType | VectorType) or not isinstance(index, ConstantInt):
                kind, new = kind.elements[0], index
            else:
                kind, number = self._step(kind, index.value)
                new = ConstantInt(index.type, number)
            result.append(new)
        return result

    def _rewrite(self, instruction: Instruction) -> None:
        if isinstance(instruction, GetElementPtr):
            instruction.operands = [instruction.pointer, *self._gep_indices(instruction.source_type, instruction.indices)]
        elif isinstance(instruction, Indexed):
            instruction.indices = self._path(instruction.operands[0].type, instruction.indices)
        instruction.operands = [rebuild(o, self._constant) for o in instruction.operands]

    def _constant(self, part: Value) -> Value:
        if isinstance(part, ConstantExpr) and part.opcode == "getelementptr" and part.source_type is not None:
            pointer, *indices = part.operands
            return part.with_operands((pointer, *self._gep_indices(part.source_type, indices)))
        if isinstance(part, ConstantAggregate) and isinstance(part.type, NamedType) and part.type in self.maps:
            fields = struct_of(part.type).fields
            if len(part.operands) == len(fields):
                return part
            elements: list[Value] = [null(f) for f in fields]
            for old, new in enumerate(self.maps[part.type]):
                elements[new] = part.operands[old]
            return ConstantAggregate(part.type, elements)
        return part

    def refuse_unnamed(self) -> None:
        """Refuse what explicit padding cannot repair. Only modules that spell a suspicious type are looked at closely."""
        for variable in self.module.globals.values():
            if self._unrepairable(variable.value_type):
                raise unsupported(f"memory layout of {variable.value_type} in variable '{variable.name}'", CODE)
        for function in self.module.definitions():
            text = function.body_text
            if text is None or "i128" in text or "i256" in text or "addrspace(3)" in text or "addrspace(5)" in text:
                self._refuse_in(function)

    def _refuse_in(self, function: Function) -> None:
        for instruction in function.instructions():
            for kind in _memory_types(instruction):
                if self._unrepairable(kind):
                    raise self._refusal(instruction, kind)

    def _refusal(self, instruction: Instruction, kind: Type) -> CompileError:
        return unsupported(f"memory layout of {kind}", CODE, location_of(self.module, instruction),
                           "use a named struct, or pointers without an address space")

    def _unrepairable(self, kind: Type) -> bool:
        if isinstance(kind, NamedType):
            return False
        if isinstance(kind, ArrayType):
            stride = self.source.size(kind.element) != self.target.size(kind.element)
            return self._unrepairable(kind.element) or (stride and not isinstance(kind.element, NamedType))
        return isinstance(kind, StructType) and self.differs(kind) and (
            self.source.offsets(kind) != self.target.offsets(kind) or self.source.size(kind) != self.target.size(kind))


def _memory_types(instruction: Instruction) -> list[Type]:
    if isinstance(instruction, Alloca):
        return [instruction.allocated_type]
    if isinstance(instruction, Load):
        return [instruction.type]
    if isinstance(instruction, Store):
        return [instruction.value.type]
    return [instruction.source_type] if isinstance(instruction, GetElementPtr) else []
