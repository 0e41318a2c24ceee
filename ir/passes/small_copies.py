"""Copies of a few times 16 bytes are loads and stores, whose order and addresses LLVM then chooses.

Before: `call void @llvm.memcpy.p3.p1.i64(ptr addrspace(3) align 16 %to, ptr addrspace(1) align 16 %from, i64 16, i1 false)`
After:  `%x = load <4 x i32>, ptr addrspace(1) %from, align 16`, `store <4 x i32> %x, ptr addrspace(3) %to, align 16`

C++ copies an `int4` or `float4` as memory. LLVM keeps such a call whole until it selects instructions: each then waits for the one
before, and its addresses are computed in registers of their own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.types import I8, I32, VectorType
from crosswarp.ir.values import Value

_PIECE, _MOST, _WORD = 16, 64, 4
_ALIGN = re.compile(r"align (\d+)\Z")
_KEPT = ("alias.scope", "noalias")


@dataclass(frozen=True)
class SmallCopies(Pass):
    """Of memory that is aligned to words."""

    name: ClassVar[str] = "small-copies"

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """In every function that copies."""
        for name, function in list(module.functions.items()):
            if name.startswith("llvm.memcpy."):
                for call in module.calls_to(function):
                    _copy(call)


def _copy(call: Call) -> None:
    target, source, size, volatile = call.arguments
    aligned = [_alignment(call, n) for n in range(2)]
    if not isinstance(size, ConstantInt) or not isinstance(volatile, ConstantInt) or volatile.value or min(aligned) < _WORD:
        return
    if not 0 < size.value <= _MOST or size.value % _PIECE or call.parent is None:
        return
    builder, kind = Builder(call.parent, call), VectorType(_PIECE // _WORD, I32)
    places = range(0, size.value, _PIECE)
    loads = [builder.load(kind, _at(builder, source, at), align=min(aligned[1], _PIECE)) for at in places]
    stores = [builder.store(value, _at(builder, target, at), align=min(aligned[0], _PIECE))
              for value, at in zip(loads, places, strict=True)]
    for one in (*loads, *stores):
        _keep(call, one)
    call.erase()


def _at(builder: Builder, pointer: Value, distance: int) -> Value:
    return builder.gep(I8, pointer, [distance]) if distance else pointer


def _alignment(call: Call, argument: int) -> int:
    """What is promised of an address, in bytes."""
    found = (_ALIGN.match(text) for text in call.argument_attributes[argument])
    return next((int(each[1]) for each in found if each), 1)


def _keep(call: Call, one: Instruction) -> None:
    """What the copy says about other memory is true of its parts."""
    one.metadata.update({key: value for key, value in call.metadata.items() if key in _KEPT})
