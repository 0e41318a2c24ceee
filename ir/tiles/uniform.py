"""Where all threads of a wave are together, and which values are the same in all of them: proofs, not guesses.

A wave can hold several warps. That they run together follows from the control flow: a block is reached by all threads that began
the kernel, equally often and at the same time, unless some branch on the way can part them. A branch parts threads if its condition
may differ between them. Then

* every block between the branch and where all its ways meet again (its nearest post-dominator) is *apart*, and so is what the block
  computes: after a loop that threads leave at different times its values differ, even if each was the same for all at its time;
* phis where the ways meet differ.

If the ways meet nowhere but at the kernel's end (a thread that returns early), all blocks that can be reached are apart. Values
differ that are made from values that differ, from memory that threads have of their own, by atomics, or by calls that are not
known. Plain loads from one address give one value: a race with other waves is undefined in CUDA. Functions other than kernels may
be called by some threads only: nothing is proven there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.constants import Constant, Keyword
from crosswarp.ir.function import Block, Function
from crosswarp.ir.instructions import BINARY_OPCODES, Call, Instruction, Load, Phi
from crosswarp.ir.names import words
from crosswarp.ir.tiles.names import BEGUN_TOGETHER
from crosswarp.ir.types import PointerType
from crosswarp.ir.uses import UseMap, parts_of
from crosswarp.ir.values import Argument, Value

PURE_OPCODES = BINARY_OPCODES | words(
    "fneg trunc zext sext fptrunc fpext fptoui fptosi uitofp sitofp ptrtoint inttoptr bitcast addrspacecast icmp fcmp select "
    "getelementptr extractvalue insertvalue extractelement insertelement shufflevector")
_PURE_INTRINSICS = words(
    "abs smin smax umin umax sadd uadd ssub usub smul umul ctpop ctlz cttz bswap bitreverse fshl fshr ptrmask fma fmuladd fabs "
    "sqrt floor ceil trunc rint minnum maxnum minimum maximum copysign")
_EFFECTS = words("store fence br switch ret unreachable")


@dataclass(frozen=True)
class Sources:
    """What a target's threads of a wave share.

    `kernels`: calling conventions of functions that all threads of a wave begin together, with the same arguments. `calls`: names
    of functions that give all of them the same. `spaces`: address spaces in which an address means the same memory to all.
    `numbers`: names of functions that give a thread its own number, the same wherever it asks. `votes`: names of functions that
    tell all threads which call them together what these say.
    """

    kernels: frozenset[str]
    calls: frozenset[str]
    spaces: frozenset[int]
    numbers: frozenset[str] = frozenset()
    votes: frozenset[str] = frozenset()


class Uniformity:
    """Of one function as it was when this was built. Branches on values of `agreed` are taken to part nobody."""

    def __init__(self, function: Function, sources: Sources, agreed: Iterable[Value] = ()) -> None:
        self._function, self._sources = function, sources
        self._agreed = {id(value) for value in agreed}
        self._is_kernel = function.calling_convention in sources.kernels or function.has_attribute(BEGUN_TOGETHER)
        self._flow = ControlFlow(function)
        self._meeting = _meetings(self._flow)
        self._uses = UseMap(function)
        self._apart: set[Block] = set()
        self._parting: defaultdict[Block, list[Instruction]] = defaultdict(list)
        self._differs: set[int] = set()
        if self._is_kernel:
            self._spread()

    def is_together(self, block: Block) -> bool:
        """Whether no thread of the wave that began the kernel is elsewhere while another one is here."""
        return self._is_kernel and block not in self._apart and self._flow.reachable(block)

    def parting(self, block: Block) -> Sequence[Instruction]:
        """The terminators after which threads may be in a block apart."""
        return self._parting.get(block, ())

    def is_same(self, value: Value) -> bool:
        """Whether all threads of the wave have the same value."""
        if not self._is_kernel:
            return False
        if isinstance(value, Constant):
            return not _is_undefined(value)
        return isinstance(value, Block | Argument | Instruction) and id(value) not in self._differs

    def _spread(self) -> None:
        todo = [one for block in self._flow.order for one in block.instructions if self._parts(one)]
        while todo:
            one = todo.pop()
            if id(one) in self._differs:
                continue
            self._differs.add(id(one))
            todo += [use.user for use in self._uses.of(one) if self._parts(use.user)]
            if one.is_terminator and one.parent is not None:
                todo += self._part(one.parent)

    def _parts(self, one: Instruction) -> bool:
        """Whether the result may differ, or a terminator may send threads different ways."""
        if one.parent in self._apart:
            return True
        if one.is_terminator:
            known = one.opcode in ("br", "switch") and (id(one.operands[0]) in self._agreed or self.is_same(one.operands[0]))
            return len(one.parent.successors()) > 1 and not known if one.parent is not None else True
        return one.opcode not in _EFFECTS and not self._is_made_same(one)

    def _is_made_same(self, one: Instruction) -> bool:
        if isinstance(one, Load):
            return self._is_loaded_same(one)
        if isinstance(one, Call):
            return self._is_called_same(one)
        return (is_pure(one) or isinstance(one, Phi)) and all(map(self.is_same, one.operands))

    def _is_loaded_same(self, load: Load) -> bool:
        kind = load.pointer.type
        plain = not load.ordering and "volatile" not in load.flags
        return plain and isinstance(kind, PointerType) and kind.space in self._sources.spaces and self.is_same(load.pointer)

    def _is_called_same(self, call: Call) -> bool:
        if (call.callee_name or "") in self._sources.calls | self._sources.votes:
            return True
        return is_pure(call) and all(map(self.is_same, call.arguments))

    def _part(self, block: Block) -> Iterator[Instruction]:
        """What differs since threads go different ways at the end of a block."""
        end, seen = self._meeting[block], set[Block]()
        todo = list(self._flow.successors[block])
        while todo:
            at = todo.pop()
            if at is end or at in seen:
                continue
            seen.add(at)
            self._parting[at].append(block.instructions[-1])
            todo += self._flow.successors[at]
        fresh = seen - self._apart
        self._apart |= fresh
        for each in fresh:
            yield from each.instructions
        if end is not None:
            yield from (phi for phi in end.phis() if len({id(value) for value, _ in phi.incoming}) > 1)


def is_pure(one: Instruction) -> bool:
    """Whether it computes a value of its operands alone."""
    if isinstance(one, Call):
        name = one.callee_name or ""
        return name.startswith("llvm.") and name.removeprefix("llvm.").partition(".")[0] in _PURE_INTRINSICS
    return one.opcode in PURE_OPCODES


def _is_undefined(value: Constant) -> bool:
    """Whether threads may see different things in a constant."""
    return any(isinstance(part, Keyword) and part.word in ("undef", "poison") for part in (value, *parts_of(value)))


def _meetings(flow: ControlFlow) -> dict[Block, Block | None]:
    """The nearest block through which every way from a block to the function's end goes; None: they meet at the end only.

    A block from which no way leads to the end counts as an end.
    """
    order = flow.order
    every = (1 << len(order)) - 1
    ends = _ends(flow)
    after = {block: every for block in order}
    changed = True
    while changed:
        changed = False
        for block in reversed(order):
            common = 0 if block in ends else every
            for successor in flow.successors[block]:
                common &= after[successor]
            common |= 1 << flow.position[block]
            changed |= common != after[block]
            after[block] = common
    return {block: _nearest(order, after, flow.position[block]) for block in order}


def _nearest(order: list[Block], after: dict[Block, int], own: int) -> Block | None:
    """The one of the blocks behind block number `own` that has all others behind it."""
    others = after[order[own]] & ~(1 << own)
    candidates = [order[n] for n in range(len(order)) if others >> n & 1]
    return max(candidates, key=lambda block: after[block].bit_count(), default=None)


def _ends(flow: ControlFlow) -> set[Block]:
    finished = {block for block in flow.order if not flow.successors[block]}
    reach, todo = set(finished), list(finished)
    while todo:
        for before in flow.predecessors[todo.pop()]:
            if before not in reach and flow.reachable(before):
                reach.add(before)
                todo.append(before)
    return finished | {block for block in flow.order if block not in reach}
