"""Lets operations that return a struct return its second part through a pointer, as the device library's C++ defines them.

A struct result has no portable C++ spelling: each processor's ABI packs it in its own way.

Before: `%r = call { i32, i1 } @__nvvm.match.all.sync.i32p(i32 %m, i32 %v)`
After:  `%s = alloca i8`, `%v = call i32 @__nvvm.match.all.sync.i32p(ptr %s, i32 %m, i32 %v)`, `%p` loaded from `%s`,
        `%r` rebuilt by `insertvalue`
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from crosswarp.ir.constants import poison
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Alloca, Call, Indexed, Instruction, Load
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pass
from crosswarp.ir.tiles.names import TILE
from crosswarp.ir.types import I1, I8, PTR, FunctionType, StructType, Type
from crosswarp.support.diagnostics import unsupported
from crosswarp.targets.cpu.passes.substitution import substitute


@dataclass(frozen=True)
class AggregateResults(Pass):
    """A result `{T, i1}` of an operation becomes a result `T` and a byte behind a pointer."""

    name: ClassVar[str] = "aggregate-results"
    requires: ClassVar[frozenset[str]] = frozenset({"named-operations"})
    establishes: ClassVar[frozenset[str]] = frozenset({"single-results"})

    def apply(self, module: Module, facts: TargetFacts) -> None:
        """Rewrite declarations and calls of operations with a result of type `{T, i1}`."""
        for name, function in list(module.functions.items()):
            if not function.is_declaration or not name.startswith(("__nvvm.", "__cw.")):
                continue
            if not isinstance(function.return_type, StructType) or name.startswith(TILE):
                continue
            if len(function.return_type.fields) != 2 or function.return_type.fields[1] is not I1:
                raise unsupported(f"operation '{name}' on the CPU", "CW3004")
            _rewrite_calls(module, function, function.return_type.fields[0])


def _rewrite_calls(module: Module, function: Function, first: Type) -> None:
    calls = module.calls_to(function)
    kind = FunctionType(first, (PTR, *function.function_type.parameters))
    module.remove(function)
    replacement = module.declare(function.name, kind)
    for call in calls:
        assert call.parent is not None and call.function is not None
        entry = call.function.entry
        slot = Alloca(I8, align=1)
        slot.parent = entry
        entry.instructions.insert(0, slot)
        value = Call(kind, replacement, [slot, *call.arguments])
        byte = Load(I8, slot, align=1)
        flag = Instruction("trunc", I1, [byte])
        half = Indexed("insertvalue", call.type, [poison(call.type), value], (0,))
        whole = Indexed("insertvalue", call.type, [half, flag], (1,))
        for instruction in (value, byte, flag, half, whole):
            call.parent.insert_before(instruction, call)
        substitute(call.function, {id(call): whole})
