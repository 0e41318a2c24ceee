"""What LLVM's NVPTX backend wants to see: architecture attributes, and initialisers without circles.

attributes #0 = { "target-cpu"="sm_80" "target-features"="+ptx87,+sm_80" }    ; as the front end was run
->  attributes #0 = { "target-cpu"="sm_52" "target-features"="+ptx80,+sm_52" "nvvm.maxnreg"="32" }
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import Constant
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.globals import GlobalVariable
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import FLOAT, FunctionType
from crosswarp.ir.uses import parts_of
from crosswarp.ir.values import Value
from crosswarp.support.diagnostics import unsupported


@dataclass(frozen=True)
class PtxAttributes(Pass):
    """Sets architecture and features of every definition; `max_registers` is `-maxrregcount`."""

    target_features: str
    max_registers: int | None = None
    name: ClassVar[str] = "ptx-attributes"
    requires: ClassVar[frozenset[str]] = frozenset({"target-kernels"})
    establishes: ClassVar[frozenset[str]] = frozenset({"target-attributes"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Launch bounds stay: the backend knows them under the names that clang gives."""
        for function in module.functions.values():
            function.remove_attribute("target-cpu", "target-features", "frame-pointer")
            if function.is_declaration:
                continue
            function.set_attribute("target-cpu", facts.arch)
            function.set_attribute("target-features", self.target_features)
            is_kernel = function.calling_convention == facts.kernel_calling_convention
            if self.max_registers is not None and is_kernel and function.attribute("nvvm.minctasm") is None:
                function.set_attribute("nvvm.maxnreg", str(self.max_registers))


@dataclass(frozen=True)
class RelaxedOperators(Pass):
    """`-prec-div=false`, `-prec-sqrt=false`: division and square root of `float` in the module's own code, not in the library's.

    `division` is "" (correctly rounded), "full" (2 ulp everywhere) or "approx" (2 ulp for divisors from 2^-126 to 2^126). The
    backend makes `div.approx`, `rcp.approx` and `sqrt.approx` of operations that say `afn`; `div.full` is a call.

        %q = fdiv float %a, %b     ->  %q = call float @llvm.nvvm.div.full(float %a, float %b)
        %r = fdiv float 1.0, %b    ->  %r = fdiv afn float 1.0, %b
    """

    division: str = ""
    square_root: bool = False
    flushes: bool = False
    name: ClassVar[str] = "relaxed-operators"
    establishes: ClassVar[frozenset[str]] = frozenset({"stated-precision"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Bodies without such an operation are not read."""
        for function in module.definitions():
            text = function.body_text
            if text is None or "fdiv " in text or "@llvm.sqrt." in text:
                for instruction in list(function.instructions()):
                    self._relax(module, instruction)

    def _relax(self, module: Module, instruction: Instruction) -> None:
        if self.square_root and isinstance(instruction, Call) and instruction.callee_name == "llvm.sqrt.f32":
            instruction.flags = (*instruction.flags, "afn")
        if not self.division or instruction.opcode != "fdiv" or instruction.type is not FLOAT:
            return
        if self.division == "approx" or _is_one(instruction.operands[0]):
            instruction.flags = (*instruction.flags, "afn")
        else:
            self._call_full_division(module, instruction)

    def _call_full_division(self, module: Module, division: Instruction) -> None:
        assert division.parent is not None
        assert division.function is not None
        name = "llvm.nvvm.div.full.ftz" if self.flushes else "llvm.nvvm.div.full"
        full = module.declare(name, FunctionType(FLOAT, (FLOAT, FLOAT)), ("nounwind", "memory(none)"))
        call = Builder(division.parent, division).call(full, division.operands, division.name)
        division.function.replace_all_uses(division, call)
        division.erase()


def _is_one(value: Value) -> bool:
    return isinstance(value, Constant) and str(value) in ("1.000000e+00", "1.0")


@dataclass(frozen=True)
class RefuseCircularInitializers(Pass):
    """PTX has no way to write two variables that point to each other, and LLVM's printer ends the process on them."""

    name: ClassVar[str] = "refuse-circular-initializers"
    establishes: ClassVar[frozenset[str]] = frozenset({"printable-variables"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Raises `CompileError` naming the variables of a circle."""
        finished: set[str] = set()
        for variable in module.globals.values():
            _walk(variable, [], finished)


def _walk(variable: GlobalVariable, path: list[str], finished: set[str]) -> None:
    if variable.name in path:
        circle = ", ".join(f"'{name}'" for name in path[path.index(variable.name):])
        raise unsupported(f"device variables whose initialisers point to each other: {circle}", "CW3101",
                          hint="set one of the pointers at run time")
    if variable.name in finished or variable.initializer is None:
        return
    parts = [variable.initializer, *parts_of(variable.initializer)]
    for name, found in {p.name: p for p in parts if isinstance(p, GlobalVariable)}.items():
        if name != variable.name:
            _walk(found, [*path, variable.name], finished)
    finished.add(variable.name)
