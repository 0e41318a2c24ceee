"""Phis of whole results, which LLVM makes of phis of every register, taken apart again.

Before: `%p = phi { float, float } [ %call0, %a ], [ %call1, %b ]`, `%r = extractvalue { float, float } %p, 1`
After:  `%r = phi float [ %x, %a ], [ %y, %b ]` with `%x = extractvalue { float, float } %call0, 1` behind that call
"""

from __future__ import annotations

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantAggregate, Keyword, null
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Indexed, Instruction, Phi
from crosswarp.ir.types import StructType, struct_of
from crosswarp.ir.uses import UseMap
from crosswarp.ir.values import Value


def take_apart(function: Function) -> None:
    """Replace the phis of structures that are only looked into."""
    phis = [phi for block in function.blocks for phi in block.phis() if isinstance(phi.type, StructType)]
    if not phis:
        return
    uses = UseMap(function)
    apart = {id(phi): phi for phi in phis}
    while True:  # a phi of another one can only be taken apart with it
        kept = [key for key, phi in apart.items() if not all(_looks_inside(use.user, apart) for use in uses.of(phi))
                or not all(_can_be_looked_into(value, apart) for value, _ in phi.incoming)]
        if not kept:
            break
        for key in kept:
            del apart[key]
    _replace(function, list(apart.values()), uses)


def _looks_inside(user: Instruction, apart: dict[int, Phi]) -> bool:
    return id(user) in apart or (user.opcode == "extractvalue" and isinstance(user, Indexed) and len(user.indices) == 1)


def _can_be_looked_into(value: Value, apart: dict[int, Phi]) -> bool:
    if isinstance(value, Phi):
        return id(value) in apart
    return isinstance(value, Instruction | Keyword | ConstantAggregate)


def _replace(function: Function, phis: list[Phi], uses: UseMap) -> None:
    fields = {id(phi): [Phi(kind, []) for kind in struct_of(phi.type).fields] for phi in phis}
    for phi in phis:
        assert phi.parent is not None
        for n, made in enumerate(fields[id(phi)]):
            phi.parent.insert_before(made, phi)
            made.incoming = [(_field(value, n, fields), block) for value, block in phi.incoming]
    looks = {use.user: fields[id(phi)][use.user.indices[0]]
             for phi in phis for use in uses.of(phi) if isinstance(use.user, Indexed)}
    function.replace_uses({look: phi for look, phi in looks.items()})
    for look in looks:
        look.erase()
    for phi in phis:
        phi.erase()


def _field(value: Value, number: int, fields: dict[int, list[Phi]]) -> Value:
    if id(value) in fields:
        return fields[id(value)][number]
    if isinstance(value, Keyword):
        kind = struct_of(value.type).fields[number]
        return null(kind) if value.word == "zeroinitializer" else Keyword(kind, value.word)
    if isinstance(value, ConstantAggregate):
        return value.operands[number]
    assert isinstance(value, Instruction)
    return Builder.after(value).extractvalue(value, number)
