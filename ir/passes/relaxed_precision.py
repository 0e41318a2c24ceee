"""Tells backends how exact single-precision division and square root must be (`-prec-div=false`, `-prec-sqrt=false`).

Without a word they are correctly rounded. CUDA promises 2 ulp for the relaxed division and 3 ulp for the square root.

    %q = fdiv float %a, %b                      ->   %q = fdiv float %a, %b, !fpmath !7      ; !7 = !{float 2.500000e+00}
    %r = call float @llvm.sqrt.f32(float %a)    ->   %r = call float @llvm.sqrt.f32(float %a), !fpmath !8
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import FLOAT, VectorType
from crosswarp.ir.values import Metadata

# LLVM chooses AMD's fast division from 2.5 ulp and its fast square root from 2 ulp on; both stay within CUDA's bounds.
_DIVISION_ULP = "2.500000e+00"
_ROOT_ULP = "3.000000e+00"
_ROOTS = ("llvm.sqrt.f32", "llvm.sqrt.v2f32", "llvm.sqrt.v4f32")


@dataclass(frozen=True)
class RelaxedPrecision(Pass):
    """Puts `!fpmath` on divisions and square roots of `float`, as far as the options allow it."""

    division: bool = False
    square_root: bool = False
    name: ClassVar[str] = "relaxed-precision"
    establishes: ClassVar[frozenset[str]] = frozenset({"stated-precision"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Read only bodies that divide or take roots."""
        if self.division:
            _mark(module, "fdiv ", _is_division, module.add_metadata(f"!{{float {_DIVISION_ULP}}}"))
        if self.square_root:
            _mark(module, "@llvm.sqrt.", _is_root, module.add_metadata(f"!{{float {_ROOT_ULP}}}"))


def _mark(module: Module, marker: str, wanted: Callable[[Instruction], bool], bound: Metadata) -> None:
    for function in module.definitions():
        if _may_hold(function, marker):
            for instruction in function.instructions():
                if wanted(instruction):
                    instruction.metadata["fpmath"] = bound


def _may_hold(function: Function, marker: str) -> bool:
    return function.body_text is None or marker in function.body_text


def _is_division(instruction: Instruction) -> bool:
    kind = instruction.type
    return instruction.opcode == "fdiv" and (kind.element if isinstance(kind, VectorType) else kind) is FLOAT


def _is_root(instruction: Instruction) -> bool:
    return isinstance(instruction, Call) and instruction.callee_name in _ROOTS
