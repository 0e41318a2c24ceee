"""`cvt.pack`: two integers clamped to a narrow type, beside each other. Source: PTX ISA 8.8, `cvt.pack`.

The second operand lies in the lowest bits, the first above it; the third one's lower part fills the rest.
"""

from __future__ import annotations

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.form import Use, forms
from crosswarp.ir.types import I32
from crosswarp.ir.values import Value


def _clamped(e: Emitter, name: str, value: Value) -> Value:
    """The value in the range of `u16`, `s4` and the like, in so many of the lowest bits."""
    bits, signed = int(name[1:]), name.startswith("s")
    low, high = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    above = e.intrinsic("smax", value, ConstantInt(I32, low))
    return e.op("and", e.intrinsic("smin", above, ConstantInt(I32, high)), (1 << bits) - 1)


def _pack(e: Emitter, t: Use, high: Value, low: Value, *rest: Value) -> Value:
    name = t.pick("u16", "s16", "u8", "s8", "u4", "s4", "u2", "s2")
    bits = int(name[1:])
    pair = e.op("or", e.op("shl", _clamped(e, name, high), bits), _clamped(e, name, low))
    return e.op("or", pair, e.op("shl", rest[0], 2 * bits)) if rest else pair


FORMS = [
    *forms("cvt.pack.sat(.u16|.s16).s32", "b32", "b32 = s32 s32", _pack, sm=72),
    *forms("cvt.pack.sat(.u8|.s8).s32.b32", "b32", "b32 = s32 s32 b32", _pack, sm=72),
    *forms("cvt.pack.sat(.u4|.s4|.u2|.s2).s32.b32", "b32", "b32 = s32 s32 b32", _pack, sm=75),
]
