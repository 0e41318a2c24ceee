"""Brings results of matrix operations into one form: each register is one `extractvalue` behind the call.

Before: `%x = phi {float, float} [%call1, %a], [%call2, %b]`, `extractvalue %x, 0` (LLVM moves members behind phis)
After:  `%r1 = extractvalue %call1, 0`, `%r2 = extractvalue %call2, 0`, `phi float [%r1, %a], [%r2, %b]`
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import poison
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed
from crosswarp.ir.tiles.aggregates import take_apart
from crosswarp.ir.types import StructType
from crosswarp.ir.values import Value


def separate_registers(function: Function, calls: Iterable[Call]) -> dict[Call, tuple[Indexed, ...]]:
    """See the module's docstring. Returns the registers of each call."""
    take_apart(function)
    uses, replaced = function.use_map(), dict[Value, Value]()
    registers = {call: _members(call) for call in calls if isinstance(call.type, StructType)}
    for call, members in registers.items():
        for use in uses.of(call):
            if isinstance(use.user, Indexed) and use.user.opcode == "extractvalue" and len(use.user.indices) == 1:
                replaced[use.user] = members[use.user.indices[0]]
                use.user.erase()
    function.replace_uses(replaced)
    _rebuild_wholes(function, registers)
    return registers


def _members(call: Call) -> tuple[Indexed, ...]:
    builder = Builder.after(call)
    assert isinstance(call.type, StructType)
    return tuple(builder.extractvalue(call, n) for n in range(len(call.type.fields)))


def _rebuild_wholes(function: Function, registers: dict[Call, tuple[Indexed, ...]]) -> None:
    """What else uses a whole result gets one put together of its registers."""
    uses = function.use_map()
    for call, members in registers.items():
        others = [use for use in uses.of(call) if use.user not in members]
        if not others:
            continue
        builder = Builder.after(members[-1])
        whole: Value = poison(call.type)
        for n, member in enumerate(members):
            whole = builder.insertvalue(whole, member, n)
        for use in others:
            use.set(whole)
