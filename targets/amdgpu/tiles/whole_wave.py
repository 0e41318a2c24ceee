"""Instructions that ignore EXEC, in code that only some lanes of a wave may reach.

A wave holds two warps, and one may wait inactive while the other multiplies. LLVM's register allocation takes it that an
instruction leaves the registers of inactive lanes alone, so that a value of the waiting warp can be in the very register that MFMA
writes in all lanes. Two ways are right:

    together    no lane is inactive that was there when the kernel began: MFMA as it is
    apart       each active lane computes what MFMA would give it, by moves between the lanes of its warp and fused additions

Which one is decided when the product is reached, by one scalar comparison of EXEC; kernels keep what it was at their begin. In
other functions lanes may be inactive whose registers the caller needs, so all 64 must be there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix.outline import made
from crosswarp.ir.tiles.names import BEGUN_TOGETHER
from crosswarp.ir.tiles.vectors import joined
from crosswarp.ir.types import I1, I64
from crosswarp.ir.values import Value

_KERNELS = ("amdgpu_kernel", "ptx_kernel")
BALLOT = "llvm.amdgcn.ballot.i64"
GUARD_COST = 2
"""Instructions of the decision."""
Products = Callable[[Emitter, Sequence[Value], Sequence[Value]], list[Value]]
"""Sums of operands and sums so far."""


def active(e: Emitter) -> Value:
    """EXEC here."""
    return e.call(BALLOT, I64, ConstantInt(I1, 1), convergent=True)


@dataclass(frozen=True)
class Ways:
    """The same products by instructions that ignore EXEC, and by such that do not."""

    together: Products
    apart: Products


def guarded(e: Emitter, name: str, ways: Ways, operands: Sequence[Value], sums: Sequence[Value]) -> list[Value]:
    """What both ways give, joined, whichever lanes are active. `name` is that of the module's function, always inlined."""
    count, values = len(operands), [*operands, *sums, _everyone(e)]

    def inside(e: Emitter, values: Sequence[Value]) -> list[Value]:
        return _either(e, ways, values[:count], values[count:-1], values[-1])

    function = made(e, name, values, inside)
    function.attributes = ["alwaysinline", "convergent", "nounwind"]
    whole = e.builder.call(function, values)
    return [e.builder.extractvalue(whole, 0)]


def _everyone(e: Emitter) -> Value:
    """The lanes whose registers may be needed."""
    function = e.builder.block.parent
    assert function is not None
    if function.calling_convention not in _KERNELS and not function.has_attribute(BEGUN_TOGETHER):
        return ConstantInt(I64, -1)
    return active(Emitter(e.module, Builder.at_entry(function)))


def _either(e: Emitter, ways: Ways, operands: Sequence[Value], sums: Sequence[Value], everyone: Value) -> list[Value]:
    function = e.builder.block.parent
    assert function is not None
    together, apart, end = (function.add_block(name) for name in ("together", "apart", "end"))
    e.builder.cond_br(e.compare("eq", active(e), everyone), together, apart)
    e.builder = Builder(together)
    first = joined(e, ways.together(e, operands, sums))  # one phi for all: LLVM takes vectors apart that cross blocks in pieces
    e.builder.br(end)
    e.builder = Builder(apart)
    second = joined(e, ways.apart(e, operands, sums))
    e.builder.br(end)
    e.builder = Builder(end)
    return [e.builder.phi(first.type, [(first, together), (second, apart)])]
