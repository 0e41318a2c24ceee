"""Code around matrix operations: what only the first lane of a warp does, memory of the warp, meetings.

It puts in:

    %leads = call i1 @__cwcpu.tile.leads()            at the function's entry
    store i32 %register, ptr %area                    each lane's registers
    call void @__cwcpu.tile.meet(ptr %area)           ... published; all lanes wait for each other, and the first runs first
    br i1 %leads, label %leader, label %all           leader: calls of the run-time library
"""

from __future__ import annotations

from collections.abc import Sequence

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.types import I1, I8, I32, I64, PTR, VOID, ArrayType, FunctionType, Type
from crosswarp.ir.values import Value
from crosswarp.targets.cpu.operations import TILE_SERVICES
from crosswarp.targets.cpu.passes.warp_memory import BYTES

_ALIGN = 64


class Emission:
    """Of one function. `area` is where a lane's registers are at meetings."""

    def __init__(self, module: Module, function: Function) -> None:
        self.module, self.function = module, function
        entry = Builder.at_entry(function)
        self.area = entry.alloca(ArrayType(0, I32), align=8)
        self.memory = entry.call(self._service("memory", PTR, ()), [])
        self._bytes = 0
        self.leads = entry.call(self._service("leads", I1, ()), [])

    def call(self, builder: Builder, name: str, arguments: Sequence[Value | int], result: Type = VOID) -> Value:
        """Call a tile service; plain integers are `i32`."""
        values = [ConstantInt(I32, a) if isinstance(a, int) else a for a in arguments]
        return builder.call(self._service(name, result, [v.type for v in values]), values)

    def _service(self, name: str, result: Type, parameters: Sequence[Type]) -> Value:
        return self.module.declare(TILE_SERVICES + name, FunctionType(result, tuple(parameters)))

    def copy(self, builder: Builder, to: Value, source: Value, size: int) -> None:
        """Copy a matrix."""
        kind = FunctionType(VOID, (PTR, PTR, I64, I1))
        builder.call(self.module.declare("llvm.memcpy.p0.p0.i64", kind), [to, source, ConstantInt(I64, size), ConstantInt(I1, 0)])

    def buffer(self, size: int) -> Value:
        """Memory of the warp, in bytes."""
        base = self.function.entry.instructions[self.function.entry.instructions.index(self.memory) + 1]
        place = Builder(self.function.entry, base).gep(I8, self.memory, [ConstantInt(I64, self._bytes)])
        self._bytes += (size + _ALIGN - 1) // _ALIGN * _ALIGN
        self.function.set_attribute(BYTES, str(self._bytes))
        return place

    def place(self, builder: Builder, word: int) -> Value:
        """Where a lane's register is at a meeting."""
        assert isinstance(self.area, Alloca)
        return builder.gep(I32, self.area, [ConstantInt(I64, word)])

    def meet(self, before: Instruction, words: int) -> None:
        """All lanes wait for each other, their registers published."""
        assert isinstance(self.area, Alloca)
        self.area.allocated_type = ArrayType(max(words, self.area.allocated_type.count), I32)  # type: ignore[attr-defined]
        assert before.parent is not None
        self.call(Builder(before.parent, before), "meet", [self.area])

    def leader(self, before: Instruction) -> Builder:
        """Code that only the first lane runs."""
        block = before.parent
        assert block is not None
        rest = block.split_before(before)
        only = self.function.add_block(None, before=rest)
        Builder(block, None, before.metadata.get("dbg")).cond_br(self.leads, only, rest)
        back = Builder(only, None, before.metadata.get("dbg")).br(rest)
        return Builder(only, back)
