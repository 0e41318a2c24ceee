"""Guards on which the warps of a wave agree: found here, asked where the kernel begins.

    for (...) if (row < m) { product }        %row is made of the thread's number: warps of a wave may part

PTX wants such a guard to be the same in all lanes of a warp; in most waves it is so in both warps. Where it can be computed as soon
as the kernel begins, a wave can find out there, and then run code in which nobody parts.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence

from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Call, GetElementPtr, Instruction, Load
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.uniform import Sources, Uniformity, is_pure
from crosswarp.ir.types import I1, PointerType
from crosswarp.ir.values import Argument, Value

_MOST = 64
"""Instructions of a condition that is worth computing twice."""
_MAY_TRAP = frozenset({"udiv", "sdiv", "urem", "srem"})


def guards(uniformity: Uniformity, blocks: Iterable[Block], sources: Sources) -> list[Value]:
    """Conditions of branches that part threads around one of the blocks, if they are computed from threads' numbers and what the
    kernel begins with.
    """
    branches = dict.fromkeys(one for block in blocks for one in uniformity.parting(block))
    found = dict.fromkeys(one.operands[0] for one in branches if one.opcode == "br" and one.operands[0].type is I1)
    return [condition for condition in found if _is_known_early(condition, sources)]


def _is_known_early(condition: Value, sources: Sources) -> bool:
    """Whether it can be computed anywhere, and is made of a thread's number."""
    todo, seen = [condition], {id(condition)}
    has_number = False
    while todo:
        one = todo.pop()
        if isinstance(one, Constant | Argument):
            continue
        if not isinstance(one, Instruction) or len(seen) > _MOST or not _is_anywhere(one, sources):
            return False
        has_number |= isinstance(one, Call) and one.callee_name in sources.numbers
        fresh = [part for part in _parts(one) if id(part) not in seen]
        seen.update(map(id, fresh))
        todo += fresh
    return has_number


def _is_anywhere(one: Instruction, sources: Sources) -> bool:
    if isinstance(one, Load):
        return _is_of_launch(one, sources)
    if isinstance(one, Call) and one.callee_name in sources.numbers | sources.calls:
        return True
    return is_pure(one) and one.opcode not in _MAY_TRAP


def _is_of_launch(load: Load, sources: Sources) -> bool:
    """Whether it reads what the driver gives each kernel, which is there from the begin and never changes."""
    pointer, kind = load.pointer, load.pointer.type
    while isinstance(pointer, GetElementPtr) and all(isinstance(index, Constant) for index in pointer.operands[1:]):
        pointer = pointer.operands[0]
    is_given = isinstance(pointer, Call) and pointer.callee_name in sources.calls
    return is_given and isinstance(kind, PointerType) and kind.space in sources.spaces and not load.ordering and not load.flags


def _parts(one: Instruction) -> Sequence[Value]:
    return one.arguments if isinstance(one, Call) else one.operands


def agreement(e: Emitter, conditions: Sequence[Value], votes: Callable[[Emitter, Value], Value]) -> tuple[Value, list[Value]]:
    """Whether all lanes of a wave, all of which are here, agree on each condition, and what they agree on.

    `votes` gives a bit for each lane of the wave.
    """
    known: dict[int, Value] = {}
    counted = [votes(e, e.builder.unary("freeze", _copied(e, condition, known))) for condition in conditions]
    agreed: Value = e.number(1, conditions[0])
    for each in counted:
        agreed = e.op("and", agreed, e.compare("ult", e.op("add", each, 1), 2))
    return agreed, [e.compare("ne", each, 0) for each in counted]


def _copied(e: Emitter, value: Value, known: dict[int, Value]) -> Value:
    if not isinstance(value, Instruction):
        return value
    if id(value) not in known:
        twin: Instruction = copy.copy(value)
        twin.operands = [_copied(e, operand, known) for operand in value.operands]
        twin.metadata = {}
        known[id(value)] = e.builder.insert(twin)
    return known[id(value)]
