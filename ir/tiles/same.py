"""Values that are the same in all lanes of a warp, as far as one look at how they are computed tells."""

from __future__ import annotations

from crosswarp.ir.constants import Constant
from crosswarp.ir.function import Function
from crosswarp.ir.globals import GlobalValue
from crosswarp.ir.instructions import Call, Instruction
from crosswarp.ir.tiles.names import BEGUN_TOGETHER
from crosswarp.ir.tiles.uniform import PURE_OPCODES
from crosswarp.ir.values import Argument, Value

_PLAIN = PURE_OPCODES | {"freeze"}
_SAME_CALLS = ("llvm.amdgcn.workgroup.id.", "llvm.amdgcn.readfirstlane", "llvm.amdgcn.ballot", "llvm.nvvm.read.ptx.sreg.ctaid",
               "llvm.nvvm.read.ptx.sreg.nctaid", "llvm.nvvm.read.ptx.sreg.ntid", "__nvvm.read.ptx.sreg.ctaid",
               "__nvvm.read.ptx.sreg.ntid")  # fmt: skip
_MOST = 64


def is_same_everywhere(value: Value) -> bool:
    """Whether it is a constant, a kernel's argument, a block's number, or computed or loaded with nothing else."""
    todo, seen = [value], {id(value)}
    while todo:
        one = todo.pop()
        if isinstance(one, Constant | GlobalValue):
            continue
        if isinstance(one, Argument):
            if not _is_of_kernel(one):
                return False
            continue
        if not isinstance(one, Instruction) or not _computes(one) or len(seen) > _MOST:
            return False
        for operand in [] if isinstance(one, Call) else one.operands:
            if id(operand) not in seen:
                seen.add(id(operand))
                todo.append(operand)
    return True


def _computes(one: Instruction) -> bool:
    if isinstance(one, Call):
        return (one.callee_name or "").startswith(_SAME_CALLS)
    return one.opcode in _PLAIN or (one.opcode == "load" and "volatile" not in one.flags)


def _is_of_kernel(argument: Argument) -> bool:
    owner = argument.owner()
    return isinstance(owner, Function) and (owner.calling_convention.endswith("_kernel") or owner.has_attribute(BEGUN_TOGETHER))
