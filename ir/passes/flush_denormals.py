"""Makes single-precision operations treat subnormal numbers as zeros (`-ftz=true`), where the processor's mode cannot.

CUDA flushes `float` alone: a processor whose mode covers `double` too cannot use it in a module that computes with `double`.
Arguments and results of each operation are flushed, unless they are results of a flushed one already.

    %s = fadd float %a, %b     ->   %x = call float @__cw.math.flush.f32(float %a) ; %y = ... %b
                                    %s = fadd float %x, %y
                                    %f = call float @__cw.math.flush.f32(float %s)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import Constant
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import DOUBLE, FLOAT, FunctionType, Type, VectorType
from crosswarp.ir.values import Value

_FLUSH = "__cw.math.flush.f32"
_OPCODES = frozenset({"fadd", "fsub", "fmul", "fdiv", "frem", "fptrunc", "fpext", "fcmp", "fptosi", "fptoui"})
_ARITHMETIC = _OPCODES - {"fptrunc", "fpext"}
_OPERATIONS = ("llvm.", "__cw.", "__nvvm.")
# Operations that only move bits, as in PTX, and those that keep subnormal numbers.
_MOVES = ("llvm.fabs.", "llvm.copysign.", "__cw.ld.", "__cw.st.", "__nvvm.shfl.", "__cw.math.kept.",
          "__cw.cvt.f16.", "__cw.cvt.bf16.", "__cw.cvt.e", "__cw.cvt.ue8m0.")


@dataclass(frozen=True)
class FlushDenormals(Pass):
    """Flushes in the module's own code; device functions of a library are flushed where they are called."""

    name: ClassVar[str] = "flush-denormals"
    establishes: ClassVar[frozenset[str]] = frozenset({"flushed-denormals"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Functions that never say `float` are not read."""
        for function in module.definitions():
            if function.body_text is None or "float" in function.body_text:
                _Flusher(module).run(function)


def computes_in_double(module: Module) -> bool:
    """Whether an operation of the module's own code could meet a subnormal `double`."""
    mentioning = (f for f in module.definitions() if f.body_text is None or "double" in f.body_text)
    return any(_is_double_operation(instruction) for function in mentioning for instruction in function.instructions())


def _is_double_operation(instruction: Instruction) -> bool:
    if isinstance(instruction, Call):
        name = instruction.callee_name or ""
        return name.startswith(_OPERATIONS) and any(_element(o.type) is DOUBLE for o in (instruction, *instruction.arguments))
    if instruction.opcode == "atomicrmw":
        return _element(instruction.type) is DOUBLE
    return instruction.opcode in _ARITHMETIC and any(_element(operand.type) is DOUBLE for operand in instruction.operands)


def _element(kind: Type) -> Type:
    return kind.element if isinstance(kind, VectorType) else kind


class _Flusher:
    """Rewrites one function."""

    def __init__(self, module: Module) -> None:
        self.module = module
        self.flushed: set[Value] = set()

    def run(self, function: Function) -> None:
        operations = [i for i in function.instructions() if _flushes(i)]
        for operation in operations:
            if _element(operation.type) is FLOAT:
                self._flush_result(function, operation)
        for operation in operations:
            assert operation.parent is not None
            builder = Builder(operation.parent, operation)
            operation.operands = [self._flush(builder, o)[-1] if self._needs(o) else o for o in operation.operands]

    def _needs(self, operand: Value) -> bool:
        return _element(operand.type) is FLOAT and operand not in self.flushed and not isinstance(operand, Constant)

    def _flush_result(self, function: Function, operation: Instruction) -> None:
        added = self._flush(Builder.after(operation), operation)
        function.replace_all_uses(operation, added[-1])
        for one in added:
            one.operands = [operation if operand is added[-1] else operand for operand in one.operands]

    def _flush(self, builder: Builder, value: Value) -> list[Instruction]:
        """New instructions; the last one is `value`, or a vector of its elements, without subnormal numbers."""
        flush = self.module.declare(_FLUSH, FunctionType(FLOAT, (FLOAT,)), ("nounwind", "willreturn", "memory(none)"))
        added: list[Instruction] = []
        if isinstance(value.type, VectorType):
            for index in range(value.type.count):
                element = builder.extractelement(value, index)
                call = builder.call(flush, [element])
                added += [element, call, builder.insertelement(added[-1] if added else value, call, index)]
        else:
            added.append(builder.call(flush, [value]))
        self.flushed.add(added[-1])
        return added


def _flushes(instruction: Instruction) -> bool:
    kinds = [_element(value.type) for value in (instruction, *instruction.operands)]
    if FLOAT not in kinds:
        return False
    if isinstance(instruction, Call):
        name = instruction.callee_name or ""
        return name.startswith(_OPERATIONS) and not name.startswith(_MOVES)
    return instruction.opcode in _OPCODES
