"""What lanes of a warp get from each other. All 32 take part."""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.types import I32, IntType
from crosswarp.ir.values import Value

_SHUFFLE, LANE = "llvm.nvvm.shfl.sync.idx.i32", "llvm.nvvm.read.ptx.sreg.laneid"


def lane(e: Emitter) -> Value:
    """The number of this lane."""
    return e.call(LANE, I32)


def from_lane(e: Emitter, value: Value, source: Value) -> Value:
    """The value, of 32 bits or a multiple, that another lane holds."""
    assert isinstance(value.type, IntType)
    if value.type.bits == 32:
        everyone, clamp = ConstantInt(I32, 0xFFFFFFFF), ConstantInt(I32, 31)
        return e.call(_SHUFFLE, I32, everyone, value, source, clamp, convergent=True)
    low = from_lane(e, e.resize(value, 32), source)
    high = from_lane(e, e.resize(e.op("lshr", value, 32), value.type.bits - 32), source)
    wide = value.type.bits
    return e.op("or", e.op("shl", e.resize(high, wide), 32), e.resize(low, wide))
