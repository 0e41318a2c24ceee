"""Brings results of matrix operations into one form: each register is one `extractvalue` behind the call.

Before: `%x = phi {float, float} [%call1, %a], [%call2, %b]`, `extractvalue %x, 0` (LLVM moves members behind phis)
After:  `%r1 = extractvalue %call1, 0`, `%r2 = extractvalue %call2, 0`, `phi float [%r1, %a], [%r2, %b]`
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantAggregate, Keyword, null, poison
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Indexed, Instruction, Phi
from crosswarp.ir.types import StructType
from crosswarp.ir.values import Value


def separate_registers(function: Function, calls: Iterable[Call]) -> dict[Call, tuple[Indexed, ...]]:
    """See the module's docstring. Returns the registers of each call."""
    registers = {call: _members(call) for call in calls if isinstance(call.type, StructType)}
    parts: dict[Value, tuple[Value, ...]] = dict(registers.items())
    uses = function.use_map()
    whole = [i for i in function.instructions() if isinstance(i, Phi) and isinstance(i.type, StructType)
             and all(isinstance(use.user, Indexed | Phi) and use.user.opcode != "insertvalue" for use in uses.of(i))]  # fmt: skip
    for phi in whole:
        parts[phi] = tuple(_phi_of(phi, n) for n in range(len(phi.type.fields)))  # type: ignore[attr-defined]
    for phi in whole:
        for value, block in phi.incoming:
            members = parts.get(value) or _other_members(value)
            for part, member in zip(parts[phi], members, strict=True):
                part.operands += [member, block]  # type: ignore[attr-defined]
    _replace_members(function, parts, {id(r) for found in registers.values() for r in found})
    for phi in whole:
        phi.erase()
    _rebuild_wholes(function, registers)
    return registers


def _members(value: Call) -> tuple[Indexed, ...]:
    builder = Builder.after(value)
    assert isinstance(value.type, StructType)
    return tuple(builder.extractvalue(value, n) for n in range(len(value.type.fields)))


def _phi_of(phi: Phi, number: int) -> Phi:
    assert phi.parent is not None and isinstance(phi.type, StructType)
    part = Phi(phi.type.fields[number])
    phi.parent.insert_before(part, phi)
    return part


def _other_members(value: Value) -> tuple[Value, ...]:
    """Of a value that is neither an operation's result nor a phi."""
    assert isinstance(value.type, StructType)
    if isinstance(value, Keyword):
        return tuple(null(kind) if value.word == "zeroinitializer" else Keyword(kind, value.word) for kind in value.type.fields)
    if isinstance(value, ConstantAggregate):
        return value.operands
    assert isinstance(value, Instruction)
    builder = Builder.after(value)
    return tuple(builder.extractvalue(value, n) for n in range(len(value.type.fields)))


def _replace_members(function: Function, parts: dict[Value, tuple[Value, ...]], made: set[int]) -> None:
    replaced: dict[Value, Value] = {}
    for instruction in list(function.instructions()):
        if isinstance(instruction, Indexed) and instruction.opcode == "extractvalue" and id(instruction) not in made:
            members = parts.get(instruction.operands[0])
            if members is not None and len(instruction.indices) == 1:
                replaced[instruction] = members[instruction.indices[0]]
                instruction.erase()
    function.replace_uses(replaced)


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
