"""Addresses in a function's frame that are values of their own come from one register, of which LLVM does not know what it holds.

Before: `%p = getelementptr i8, ptr addrspace(5) %s, i32 64`, `%q = select i1 %c, ptr addrspace(5) %p, ptr addrspace(5) %s`
After:  the same of `%f = call ptr addrspace(5) asm "", "=s,0"(ptr addrspace(5) %s)`; loads and stores at `%s` and `%p` stay

LLVM 22 for AMD GPUs folds places in the frame into scalar instructions. Of `s_add_i32 d, <frame + 0>, n` it makes a register copy
of a number in kernels (llvm-project, pull request 212440). In functions, which have a frame register, it adds to that before
`s_cselect_b32 d, <frame + m>, <frame + n>`, so that the condition is lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Alloca, Call, GetElementPtr, Instruction, MemoryAccess, Store
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import FunctionType
from crosswarp.ir.uses import Use, UseMap
from crosswarp.ir.values import InlineAsm, Value

_ACCESSES = ("llvm.lifetime.", "llvm.memcpy.", "llvm.memset.", "llvm.memmove.")


@dataclass(frozen=True)
class FrameAddresses(Pass):
    """After optimisation: what is promoted to registers by then has no address."""

    name: ClassVar[str] = "frame-addresses"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """In every function with variables."""
        for function in list(module.definitions()):
            variables = [each for each in function.entry.instructions if isinstance(each, Alloca)]
            uses = UseMap(function) if variables else None
            for variable in variables:
                assert uses is not None
                _hide(variable, uses)


def _hide(variable: Alloca, uses: UseMap) -> None:
    """Whatever uses an address of a variable otherwise than to read and write there gets it from the register."""
    shown = [place for place in _places(variable, uses) if any(_is_value(use) for use in uses.of(place))]
    if not shown:
        return
    opaque = InlineAsm(FunctionType(variable.type, (variable.type,)), "", "=s,0")
    hidden: dict[Value, Value] = {variable: Builder.after(variable).call(opaque, [variable])}
    for place in shown:
        value = _again(place, hidden)
        for use in uses.of(place):
            if _is_value(use):
                use.set(value)


def _again(place: Instruction, hidden: dict[Value, Value]) -> Value:
    """The same place, counted from the hidden address."""
    if place not in hidden:
        assert isinstance(place, GetElementPtr) and isinstance(place.pointer, Instruction)
        base = _again(place.pointer, hidden)
        hidden[place] = Builder.after(place).gep(place.source_type, base, place.indices, flags=place.flags)
    return hidden[place]


def _places(variable: Instruction, uses: UseMap) -> Iterator[Instruction]:
    """The variable's address, and those that are counted from it."""
    yield variable
    for use in uses.of(variable):
        if isinstance(use.user, GetElementPtr) and use.index == 0 and not use.nested:
            yield from _places(use.user, uses)


def _is_value(use: Use) -> bool:
    user = use.user
    if use.nested or isinstance(user, GetElementPtr):
        return False
    if isinstance(user, MemoryAccess):
        return use.index != int(isinstance(user, Store))
    return not (isinstance(user, Call) and (user.callee_name or "").startswith(_ACCESSES))
