"""Moves local variables to the address space the target keeps them in.

Portable IR allocates in address space 0; AMD GPUs have private memory in space 5. The generic pointer that the rest of the
function uses becomes a cast; LLVM's address-space inference removes it where it can. Lifetime markers must name the alloca.

    %x = alloca i32, align 4                     ->   %p5.x = alloca i32, align 4, addrspace(5)
                                                      %x = addrspacecast ptr addrspace(5) %p5.x to ptr
    call void @llvm.lifetime.start.p0(ptr %x)    ->   call void @llvm.lifetime.start.p5(ptr addrspace(5) %p5.x)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import PTR, VOID, FunctionType, PointerType
from crosswarp.ir.values import MetadataValue, Value

_LIFETIMES = ("llvm.lifetime.start.p0", "llvm.lifetime.end.p0")
_STACK = {"llvm.stacksave.p0": "llvm.stacksave", "llvm.stackrestore.p0": "llvm.stackrestore"}


@dataclass(frozen=True)
class PrivateAllocas(Pass):
    """Allocas go to `TargetFacts.alloca_space`; nothing to do where that is 0."""

    name: ClassVar[str] = "private-allocas"
    establishes: ClassVar[frozenset[str]] = frozenset({"private-allocas"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite every function that has an alloca."""
        if facts.alloca_space == 0:
            return
        for function in module.definitions():
            if function.body_text is None or " alloca " in function.body_text:
                _move(module, function, facts.alloca_space)
        for name in (*_LIFETIMES, *_STACK):
            unused = module.functions.get(name)
            if unused is not None and not module.calls_to(unused):
                module.remove(unused)


def _move(module: Module, function: Function, space: int) -> None:
    casts: dict[Value, Instruction] = {}
    for block in function.blocks:
        moved: list[Instruction] = []
        for instruction in block.instructions:
            moved.append(instruction)
            if isinstance(instruction, Alloca) and instruction.address_space == 0:
                moved.append(_cast(instruction, space))
                moved[-1].parent = block
                casts[instruction] = moved[-1]
        block.instructions = moved
    if not casts:
        return
    own = set(casts.values())
    for instruction in function.instructions():
        if instruction in own:
            continue
        if isinstance(instruction, Call) and instruction.callee_name in _LIFETIMES:
            _move_lifetime(module, instruction, space)
        elif isinstance(instruction, Call) and instruction.callee_name in _STACK:
            _move_stack(module, function, instruction, space)
        else:
            _replace_operands(instruction, casts)


def _cast(alloca: Alloca, space: int) -> Instruction:
    cast = Instruction("addrspacecast", PTR, [alloca], alloca.name)
    alloca.type = PointerType(space)
    alloca.name = None if alloca.name is None else f"p{space}.{alloca.name}"
    if "dbg" in alloca.metadata:
        cast.metadata["dbg"] = alloca.metadata["dbg"]
    return cast


def _replace_operands(instruction: Instruction, casts: dict[Value, Instruction]) -> None:
    operands = instruction.operands
    for index, operand in enumerate(operands):
        if isinstance(operand, Alloca):
            operands[index] = casts.get(operand, operand)
        elif isinstance(operand, MetadataValue) and operand.wrapped in casts:
            operands[index] = MetadataValue(None, casts[operand.wrapped])


def _move_lifetime(module: Module, call: Call, space: int) -> None:
    """Markers of what is no alloca (an argument, a phi) are only hints: they go."""
    index = len(call.arguments) - 1
    pointer = call.arguments[index]
    if not isinstance(pointer, Alloca):
        call.erase()
        return
    old = call.function_type
    name = f"{(call.callee_name or '').removesuffix('.p0')}.p{space}"
    signature = FunctionType(VOID, (*old.parameters[:-1], PointerType(space)))
    marker = module.declare(name, signature, ("nocallback", "nofree", "nosync", "nounwind", "willreturn"))
    call.set_call(marker, signature, call.arguments, call.argument_attributes)


def _move_stack(module: Module, function: Function, call: Call, space: int) -> None:
    """`llvm.stacksave` and its partner, around variable-length arrays, hold a pointer of the alloca space."""
    pointer = PointerType(space)
    name = f"{_STACK[call.callee_name or '']}.p{space}"
    if call.arguments:
        signature = FunctionType(VOID, (pointer,))
        value = call.arguments[0]
        block = call.parent
        assert block is not None
        if value.type is not pointer:
            value = block.insert_before(Instruction("addrspacecast", pointer, [value]), call)
        call.set_call(module.declare(name, signature, ("nounwind",)), signature, [value])
        return
    signature = FunctionType(pointer, ())
    call.set_call(module.declare(name, signature, ("nounwind",)), signature, [])
    block = call.parent
    assert block is not None
    generic = Instruction("addrspacecast", PTR, [call])
    for user in function.instructions():
        user.replace_operand(call, generic)
    generic.operands = [call]
    block.insert_after(generic, call)
