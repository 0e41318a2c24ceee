"""Short loops of products, several turns at once.

before:  goto loop                                 before:  n4 = n - 4 * step, saturated; if (i0 < n4) goto fast else loop
loop:    c = a * b + c; i += step; if (i < n) loop fast:    4 times: c = a * b + c; i += step;    if (i < n4) goto fast else loop
                                                   loop:    as before

LLVM does not divide loops with matrix instructions into turns by four and a rest, since these are convergent: whoever comes to one
might come there with fewer lanes. Loops whose bounds are the same in all lanes have no such danger. The loop as it was takes the
last turns, at least one, so that nothing behind it changes.
"""

from __future__ import annotations

from collections.abc import Mapping

from crosswarp.ir.builder import Builder
from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.clone import appended
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import Call, Instruction, Phi
from crosswarp.ir.loops import Loop, a_turn_later, loops, way_in
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.tiles.operations import Product, operation_of
from crosswarp.ir.tiles.same import is_same_everywhere
from crosswarp.ir.tiles.turns import Turns, counted
from crosswarp.ir.values import Metadata, Value

_PRODUCTS = 4
"""Products in a turn of the faster loop."""
_MOST = 100
"""Instructions of a loop's turn."""


def unroll(module: Module, function: Function) -> bool:
    """Give every loop that may have one a faster one. Returns whether there was any."""
    found = [(loop, count) for loop in loops(ControlFlow(function)) if (count := _count(module, loop)) is not None]
    for loop, count in found:
        _add_faster(module, loop, count, _PRODUCTS // _products(loop.header))
    return bool(found)


def _count(module: Module, loop: Loop) -> Turns | None:
    """How the loop counts, if it has few products, runs equally often in all lanes, and nobody forbids more turns at once.

    It goes on while its number, which grows, is less than a bound.
    """
    header = loop.header
    if len(loop.blocks) > 1 or len(header.instructions) > _MOST or not 0 < _products(header) <= _PRODUCTS // 2:
        return None
    count = counted(loop)
    if count is None or count.predicate not in ("slt", "ult") or count.step.value <= 0:
        return None
    starts = [value for value, source in count.number.incoming if source is not header]
    is_same = all(map(is_same_everywhere, [count.bound, *starts]))
    return count if is_same and not _is_forbidden(module, header.instructions[-1]) else None


def _products(block: Block) -> int:
    return sum(isinstance(one, Call) and isinstance(operation_of(one), Product) for one in block.instructions)


def _is_forbidden(module: Module, branch: Instruction) -> bool:
    """By `#pragma unroll 1` or `#pragma nounroll`."""
    node = branch.metadata.get("llvm.loop")
    return node is not None and "llvm.loop.unroll.disable" in _with_parts(module, node)


def _with_parts(module: Module, node: Metadata) -> str:
    """The text of a node and of those that it names."""
    text = module.metadata.get(node.number, "") if node.number is not None else str(node)
    names = [int(word.strip("!,{} ")) for word in text.partition("{")[2].split(",") if word.strip("!,{} ").isdigit()]
    return text + "".join(module.metadata.get(number, "") for number in names)


def _add_faster(module: Module, loop: Loop, count: Turns, turns: int) -> None:
    slow, before = loop.header, way_in(loop)
    function = loop.function
    fast = function.add_block(before=slow)
    starts = {id(phi): value for phi in slow.phis() for value, source in phi.incoming if source is before}
    before.instructions[-1].erase()
    e = Emitter(module, Builder(before))
    reach = e.number(count.step.value * turns, count.bound)
    limit = e.intrinsic("ssub.sat" if count.predicate == "slt" else "usub.sat", count.bound, reach)
    e.builder.cond_br(e.compare(count.predicate, starts[id(count.number)], limit), fast, slow)
    phis = {id(phi): fast.append(Phi(phi.type, [(starts[id(phi)], before)])) for phi in slow.phis()}
    values: Mapping[int, Value] = phis
    for _ in range(turns):
        values = _turn(slow, fast, values)
    for phi in slow.phis():
        made, value = phis[id(phi)], values[id(phi)]
        made.operands += [value, fast]
        phi.operands += [value, fast]
    again = Emitter(module, Builder(fast))
    again.builder.cond_br(again.compare(count.predicate, values[id(count.number)], limit), fast, slow)


def _turn(slow: Block, fast: Block, values: Mapping[int, Value]) -> Mapping[int, Value]:
    """Another copy of a turn at the block's end; `values` of the phis before it, those after it are returned."""
    known = dict(values)
    appended(slow.instructions[len(slow.phis()) : -1], fast, known)
    ends = {id(phi): a_turn_later(phi) for phi in slow.phis()}
    return {phi: known.get(id(value), value) for phi, value in ends.items()}
