"""Takes registers that hold elements once more out of the way: `wmma` fragments of f16 have room for all twice.

Before: `%d = call @__cw.tile.wmma.mma...(%a0, %a1, %a2, %a3, %a4, ...)`, of which A's first four registers are enough
After:  `%d = call @__cw.tile.wmma.mma...(%a0, %a1, %a2, %a3, poison, ...)`, and phis that only such operands used are gone
"""

from __future__ import annotations

from collections.abc import Iterable

from crosswarp.ir.constants import poison
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call, Phi
from crosswarp.ir.tiles.operations import operands
from crosswarp.targets.cpu.tiles.forms import Multiply, form_of


def drop_copies(function: Function, calls: Iterable[Call]) -> None:
    """See the module's docstring."""
    for call in calls:
        form = form_of(call.callee_name or "")
        if isinstance(form, Multiply):
            wanted = {id(register) for registers in operands(call, form.product) for register in registers}
            for number in range(1, len(call.operands)):  # behind the callee
                if id(call.operands[number]) not in wanted:
                    call.operands[number] = poison(call.operands[number].type)
    _drop_unused_phis(function)


def _drop_unused_phis(function: Function) -> None:
    others = (i for i in function.instructions() if not isinstance(i, Phi))
    work = [operand for i in others for operand in i.operands if isinstance(operand, Phi)]
    used: set[int] = set()
    while work:
        phi = work.pop()
        if id(phi) not in used:
            used.add(id(phi))
            work += [value for value, _ in phi.incoming if isinstance(value, Phi)]
    for block in function.blocks:
        block.instructions = [i for i in block.instructions if not isinstance(i, Phi) or id(i) in used]
