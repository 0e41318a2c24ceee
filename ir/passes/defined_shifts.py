"""Gives shifts by the width of the type or more the result that they have on NVIDIA GPUs.

In C++ and LLVM such a shift has no defined result, and other processors use the low bits of the amount. PTX clamps the amount, so
that everything is shifted out, and programs that build masks and bit streams (`x << (32 - n)`) rely on it.

    %r = shl i32 %x, %n     ->   %s = shl i32 %x, %n
                                 %c = icmp ult i32 %n, 32
                                 %r = select i1 %c, i32 %s, i32 0
    %r = ashr i32 %x, %n    ->   %c = icmp ult i32 %n, 32
                                 %m = select i1 %c, i32 %n, i32 31
                                 %r = ashr i32 %x, %m

Amounts that are constant or masked stay as they are. LLVM folds the rest where it knows the range, and into AVX2's shifts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import IntType
from crosswarp.ir.values import Value

_OPCODES = ("shl", "lshr", "ashr")


@dataclass(frozen=True)
class DefinedShifts(Pass):
    """Rewrites shifts of integers; vectors, which CUDA C++ does not shift, are left alone."""

    name: ClassVar[str] = "defined-shifts"
    establishes: ClassVar[frozenset[str]] = frozenset({"defined-shifts"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Look only into bodies that shift."""
        for function in module.definitions():
            text = function.body_text
            if text is None or any(f" {opcode} " in text for opcode in _OPCODES):
                _rewrite(function)


def _rewrite(function: Function) -> None:
    shifts = [i for i in function.instructions() if i.opcode in _OPCODES and _may_be_too_far(i)]
    results: dict[Value, Value] = {}
    for shift in shifts:
        if shift.opcode == "ashr":
            _clamp_amount(shift)
        else:
            results[shift] = _zero_beyond(shift)
    if not results:
        return
    own = set(results.values())
    for instruction in function.instructions():
        if instruction not in own:
            instruction.operands = [results.get(o, o) if isinstance(o, Instruction) else o for o in instruction.operands]


def _may_be_too_far(shift: Instruction) -> bool:
    kind, amount = shift.type, shift.operands[1]
    if not isinstance(kind, IntType) or isinstance(amount, ConstantInt):
        return False
    mask = amount.operands[1] if isinstance(amount, Instruction) and amount.opcode == "and" else None
    return not (isinstance(mask, ConstantInt) and 0 <= mask.value < kind.bits)


def _clamp_amount(shift: Instruction) -> None:
    assert shift.parent is not None and isinstance(shift.type, IntType)
    builder, amount, bits = Builder(shift.parent, shift), shift.operands[1], shift.type.bits
    small = builder.icmp("ult", amount, ConstantInt(shift.type, bits))
    shift.operands = [shift.operands[0], builder.select(small, amount, ConstantInt(shift.type, bits - 1))]


def _zero_beyond(shift: Instruction) -> Instruction:
    assert shift.parent is not None and isinstance(shift.type, IntType)
    block = shift.parent
    builder = Builder(block, block.instructions[block.instructions.index(shift) + 1])
    small = builder.icmp("ult", shift.operands[1], ConstantInt(shift.type, shift.type.bits))
    result = builder.select(small, shift, ConstantInt(shift.type, 0))
    result.name, shift.name = shift.name, None
    return result
