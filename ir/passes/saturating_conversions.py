"""Makes conversions from floating point to integers saturate, as they do on NVIDIA GPUs.

In LLVM an out-of-range `fptosi` has no defined result, and expansions of 64-bit conversions give garbage; PTX gives the nearest
bound, and programs rely on it. Narrow integers are converted by way of 32 bits, as in PTX.

    %i = fptosi float %x to i64      ->   %i = call i64 @llvm.fptosi.sat.i64.f32(float %x)
    %b = fptoui float %x to i8       ->   %w = fptoui float %x to i32        ; saturates in hardware: `native_bits`
                                          %b = trunc i32 %w to i8
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.passes.fuse_multiply_add import mangled
from crosswarp.ir.types import FunctionType, IntType, Type, VectorType
from crosswarp.ir.values import Value

_ATTRIBUTES = ("nocallback", "nofree", "nosync", "nounwind", "speculatable", "willreturn", "memory(none)")
_OPCODES = ("fptosi", "fptoui")
_NARROWEST = 32


@dataclass(frozen=True)
class SaturatingConversions(Pass):
    """`native_bits`: the target's instructions for results of this width saturate and turn NaN to 0 by themselves (0: none do)."""

    native_bits: int = 0
    name: ClassVar[str] = "saturating-conversions"
    establishes: ClassVar[frozenset[str]] = frozenset({"saturating-conversions"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite every conversion but those to `i1`."""
        for function in module.definitions():
            text = function.body_text
            if text is None or any(f"{opcode} " in text for opcode in _OPCODES):
                self._rewrite(module, function)

    def _rewrite(self, module: Module, function: Function) -> None:
        replaced: dict[Value, Value] = {}
        for instruction in function.instructions():
            if instruction.opcode in _OPCODES:
                element = _element(instruction.type)
                if isinstance(element, IntType) and element.bits not in (1, self.native_bits):
                    replaced[instruction] = self._saturating(module, instruction, element.bits)
        if not replaced:
            return
        for block in function.blocks:
            block.instructions = [i for i in block.instructions if i not in replaced]
            for instruction in block.instructions:
                instruction.operands = [replaced.get(o, o) if isinstance(o, Instruction) else o for o in instruction.operands]

    def _saturating(self, module: Module, old: Instruction, bits: int) -> Value:
        assert old.parent is not None
        builder = Builder(old.parent, old)
        source = old.operands[0]
        wide = _resized(old.type, max(bits, _NARROWEST))
        if max(bits, _NARROWEST) == self.native_bits:
            value = builder.cast(old.opcode, source, wide)
        else:
            suffix = f"v{wide.count}i{max(bits, _NARROWEST)}" if isinstance(wide, VectorType) else str(wide)
            name = f"llvm.{old.opcode}.sat.{suffix}.{mangled(source.type)}"
            value = builder.call(module.declare(name, FunctionType(wide, (source.type,)), _ATTRIBUTES), [source])
        result = value if wide is old.type else builder.cast("trunc", value, old.type)
        result.name = old.name
        return result


def _element(kind: Type) -> Type:
    return kind.element if isinstance(kind, VectorType) else kind


def _resized(kind: Type, bits: int) -> Type:
    return VectorType(kind.count, IntType(bits)) if isinstance(kind, VectorType) else IntType(bits)
