"""Words from other lanes of a warp, whose numbers are linear in the own: what a target moves them with, and what that costs."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Call
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.tiles import linear
from crosswarp.ir.tiles.words import Half, paired
from crosswarp.ir.types import I32
from crosswarp.ir.values import Value

_ALL = 0xFFFFFFFF


@dataclass(frozen=True)
class LaneMap:
    """Each lane reads from lane `columns` (lane) ^ `flip`."""

    columns: tuple[int, ...]
    flip: int = 0

    @property
    def is_flip(self) -> bool:
        """Whether the other lane is the own one ^ a constant."""
        return self.columns == linear.identity(len(self.columns))

    @property
    def is_identity(self) -> bool:
        """Whether each lane reads its own word."""
        return self.is_flip and not self.flip

    def source(self, lane: int) -> int:
        """The lane that a lane reads from."""
        return linear.applied(self.columns, lane) ^ self.flip

    def __str__(self) -> str:
        if self.is_flip:
            return f"lane ^ {self.flip}"
        return f"lane bits to {' '.join(map(str, self.columns))}" + f" ^ {self.flip}" * bool(self.flip)


class LaneMoves(Hashable, Protocol):
    """How a target moves 32-bit words between the 32 lanes of a warp, which all take part. Hashable: plans are kept by it."""

    @property
    def functions(self) -> tuple[str, ...]:
        """How the names of functions begin that `move` calls for it."""

    def cost(self, lanes: LaneMap) -> int:
        """Instructions, in units of a select; 0 for the identity."""

    def move(self, e: Emitter, word: Value, lanes: LaneMap) -> Value:
        """The word of the lane that `lanes` names."""

    def flip(self, call: Call) -> tuple[Value, int] | None:
        """The word that a program's move gives each lane `l` from lane `l` ^ a number, and that number; None for other calls."""

    def paired(self, e: Emitter, low: Half, high: Half) -> Value:
        """Two halves of a lane's words as one word."""


@dataclass(frozen=True)
class Shuffles:
    """`shfl.sync.bfly` for constant distances, `shfl.sync.idx` for others; each is counted as two selects."""

    @property
    def functions(self) -> tuple[str, ...]:
        """Shuffles."""
        return ("llvm.nvvm.shfl.sync.",)

    def cost(self, lanes: LaneMap) -> int:
        """The same for every move."""
        return 0 if lanes.is_identity else 2

    def move(self, e: Emitter, word: Value, lanes: LaneMap) -> Value:
        """One shuffle."""
        if lanes.is_identity:
            return word
        mode = "bfly" if lanes.is_flip else "idx"
        other = ConstantInt(I32, lanes.flip) if lanes.is_flip else other_lane(e, lanes)
        arguments = (ConstantInt(I32, _ALL), word, other, ConstantInt(I32, 31))
        return e.call(f"llvm.nvvm.shfl.sync.{mode}.i32", I32, *arguments, convergent=True)

    def flip(self, call: Call) -> tuple[Value, int] | None:
        """Shuffles of all lanes whose distance is a constant."""
        if (call.callee_name or "") not in ("llvm.nvvm.shfl.sync.bfly.i32", "llvm.nvvm.shfl.sync.bfly.f32"):
            return None
        mask, word, distance, clamp = call.arguments
        numbers = [each.value & _ALL for each in (mask, distance, clamp) if isinstance(each, ConstantInt)]
        return (word, numbers[1]) if len(numbers) == 3 and numbers[0] == _ALL and numbers[1] < 32 and numbers[2] == 31 else None

    def paired(self, e: Emitter, low: Half, high: Half) -> Value:
        """By shifts."""
        return paired(e, low, high)


def number_lanes_once(module: Module, function: Function) -> None:
    """One question for the lane's number, where the function begins: what follows from it alone can then leave loops and guards."""
    asked = [one for one in function.instructions() if isinstance(one, Call) and one.callee_name == warp.LANE]
    if asked:
        number = warp.lane(Emitter(module, Builder.at_entry(function)))
        function.replace_uses(dict.fromkeys(asked, number))
        for one in asked:
            one.erase()


def other_lane(e: Emitter, lanes: LaneMap) -> Value:
    """The number of the lane that this one reads from."""
    found = mapped(e, warp.lane(e), lanes.columns)
    return e.op("xor", found, lanes.flip) if lanes.flip else found


def mapped(e: Emitter, number: Value, columns: linear.Columns) -> Value:
    """A linear map of an `i32`: bits that move equally far are moved together."""
    together: dict[int, int] = {}
    for bit, column in enumerate(columns):
        for to in range(column.bit_length()):
            if column >> to & 1:
                together[to - bit] = together.get(to - bit, 0) | 1 << bit
    total: Value | None = None
    for distance, mask in sorted(together.items()):
        part = e.op("and", number, mask)
        part = e.op("shl", part, distance) if distance > 0 else e.op("lshr", part, -distance) if distance else part
        total = part if total is None else e.op("xor", total, part)
    return ConstantInt(I32, 0) if total is None else total


def is_odd(e: Emitter, number: Value, mask: int) -> Value:
    """Whether an odd number of the bits of `mask` is set, as `i1`."""
    bits = e.op("and", number, mask)
    if mask.bit_count() > 1:
        bits = e.op("and", e.intrinsic("ctpop", bits), 1)
    return e.compare("ne", bits, 0)
