"""Words of other lanes without LDS, where DPP or V_PERMLANE16 give them; the others by shuffles, which go through LDS' crossbar.

A row is 16 lanes, a warp two rows. All lanes of the warp take part, so that whoever is read is active.

    lane ^ 1, 2, 3, any map of four lanes    DPP quad_perm
    lane ^ 0 ... 15                          DPP row_xmask; before gfx10 row_half_mirror, row_mirror, row_ror, then quad_perm
    any map of a row, or to the other row    V_PERMLANE16, V_PERMLANEX16 (from gfx10 on)
    the same where only some lanes cross     both, and a select

Source: AMD's ISA documents, "Data Parallel Processing" and "V_PERMLANE16_B32".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import Call
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.ptx.matrix import warp
from crosswarp.ir.tiles.lanes import LaneMap, LaneMoves, is_odd, other_lane
from crosswarp.ir.tiles.words import Half
from crosswarp.ir.types import I1, I32, IntType
from crosswarp.ir.values import Value
from crosswarp.targets.amdgpu.archs import GFX9, PROCESSORS

_ROW, _LANES = 16, 32
_ROTATE_8, _MIRROR, _HALF_MIRROR, _XMASK = 0x128, 0x140, 0x141, 0x160
# Before gfx10: what flips bits 2 and 3 of the lane's number, and what else it flips.
_FAR_FLIPS = {4: (_HALF_MIRROR, 7), 8: (_ROTATE_8, 8), 12: (_MIRROR, 15)}
_THROUGH_LDS = 4


def all_lanes(wave: int, e: Emitter, condition: Value) -> Value:
    """Whether a condition holds in all active lanes of a wave, asked in all of them at once: one comparison, and a scalar one."""
    others = e.call(f"llvm.amdgcn.ballot.i{wave}", IntType(wave), e.invert(condition), convergent=True)
    return e.compare("eq", others, 0)


@dataclass(frozen=True)
class RowMoves:
    """`has_permlane`: from gfx10 on."""

    has_permlane: bool

    @property
    def functions(self) -> tuple[str, ...]:
        """DPP, V_PERMLANE and DS_BPERMUTE."""
        return ("llvm.amdgcn.update.dpp.", "llvm.amdgcn.permlane", "llvm.amdgcn.ds.bpermute")

    def paired(self, e: Emitter, low: Half, high: Half) -> Value:
        """V_PERM_B32: bytes 0 to 3 are those of its second operand, 4 to 7 those of its first."""
        places = (0x0302 if low[1] else 0x0100) | (0x0706 if high[1] else 0x0504) << 16
        return e.call("llvm.amdgcn.perm", I32, high[0], low[0], ConstantInt(I32, places))

    def cost(self, lanes: LaneMap) -> int:
        """DPP and V_PERMLANE cost what a select does; what goes through LDS has to be waited for."""
        if lanes.is_identity:
            return 0
        controls = self._controls(lanes)
        if controls is not None:
            return len(controls)
        if not self._is_alike(lanes):
            return _THROUGH_LDS
        return 2 + (not _is_straight(lanes)) if _crossing(lanes) else 1

    def move(self, e: Emitter, word: Value, lanes: LaneMap) -> Value:
        """The word of the lane that `lanes` names."""
        if lanes.is_identity:
            return word
        controls = self._controls(lanes)
        if controls is not None:
            for control in controls:
                word = _dpp(e, word, control)
            return word
        return _permuted(e, word, lanes) if self._is_alike(lanes) else _through_lds(e, word, lanes, self.has_permlane)

    def flip(self, call: Call) -> tuple[Value, int] | None:
        """DPP in all lanes."""
        if call.callee_name != "llvm.amdgcn.update.dpp.i32":
            return None
        _, word, control, rows, banks, _ = call.arguments
        numbers = [each.value for each in (control, rows, banks) if isinstance(each, ConstantInt)]
        flip = _flip_of(numbers[0]) if numbers[1:] == [15, 15] else None
        return None if flip is None else (word, flip)

    def _is_alike(self, lanes: LaneMap) -> bool:
        """Whether both rows choose in the same way, but for which row they choose from."""
        return self.has_permlane and lanes.columns[4] & _ROW - 1 == 0

    def _controls(self, lanes: LaneMap) -> list[int] | None:
        """DPP controls, one move after the other; None: there are none."""
        quad = _quad_permutation(lanes)
        if quad is not None:
            return [quad]
        if not lanes.is_flip or lanes.flip >= _ROW:
            return None
        if self.has_permlane:
            return [_XMASK | lanes.flip]
        control, flipped = _FAR_FLIPS[lanes.flip & 12]
        near = lanes.flip ^ flipped
        return [control, *([_quad([lane ^ near for lane in range(4)])] if near else [])]


def _flip_of(control: int) -> int | None:
    """The distance of a DPP control that exchanges lanes."""
    flips = {_quad([lane ^ flip for lane in range(4)]): flip for flip in range(4)}
    flips |= {_XMASK | flip: flip for flip in range(_ROW)} | dict(_FAR_FLIPS.values())
    return flips.get(control)


def _quad_permutation(lanes: LaneMap) -> int | None:
    sources = [lanes.source(lane) for lane in range(_LANES)]
    if all(source == sources[lane % 4] | lane & ~3 and sources[lane % 4] < 4 for lane, source in enumerate(sources)):
        return _quad(sources[:4])
    return None


def _quad(sources: Sequence[int]) -> int:
    return sum(source << 2 * lane for lane, source in enumerate(sources))


def _dpp(e: Emitter, word: Value, control: int) -> Value:
    arguments = (_number(0), word, _number(control), _number(15), _number(15), ConstantInt(I1, 1))
    return e.call("llvm.amdgcn.update.dpp.i32", I32, *arguments, convergent=True)


def _through_lds(e: Emitter, word: Value, lanes: LaneMap, is_wave: bool) -> Value:
    """DS_BPERMUTE counts lanes of the wave; where a warp is not a wave (`is_wave`), two warps share it."""
    source = other_lane(e, lanes)
    if not is_wave:
        source = e.op("or", source, e.op("and", _lane_of_wave(e), ~(_LANES - 1)))
    return e.call("llvm.amdgcn.ds.bpermute", I32, e.op("shl", source, 2), word, convergent=True)


def _lane_of_wave(e: Emitter) -> Value:
    low = e.call("llvm.amdgcn.mbcnt.lo", I32, _number(-1), _number(0))
    return e.call("llvm.amdgcn.mbcnt.hi", I32, _number(-1), low)


def _crossing(lanes: LaneMap) -> int:
    """Lanes of which an odd number of these bits is set read the other row, or if lane 0 does so, the own one."""
    return sum(1 << bit for bit, column in enumerate(lanes.columns) if bool(column & _ROW) != (bit == 4))


def _is_straight(lanes: LaneMap) -> bool:
    """Whether lanes read what has their number in a row."""
    return all(lanes.source(lane) & _ROW - 1 == lane for lane in range(_ROW))


def _permuted(e: Emitter, word: Value, lanes: LaneMap) -> Value:
    mask, crosses = _crossing(lanes), bool(lanes.flip & _ROW)
    if not mask:
        return _chosen(e, "permlanex16" if crosses else "permlane16", word, lanes)
    own = word if _is_straight(lanes) else _chosen(e, "permlane16", word, lanes)
    other = _chosen(e, "permlanex16", word, lanes)
    odd = is_odd(e, warp.lane(e), mask)
    return e.builder.select(odd, own, other) if crosses else e.builder.select(odd, other, own)


def _chosen(e: Emitter, name: str, word: Value, lanes: LaneMap) -> Value:
    low, high = (sum((lanes.source(first + n) & _ROW - 1) << 4 * n for n in range(8)) for first in (0, 8))
    arguments = (_number(0), word, _number(low), _number(high), ConstantInt(I1, 0), ConstantInt(I1, 1))
    return e.call(f"llvm.amdgcn.{name}.i32", I32, *arguments, convergent=True)


def _number(value: int) -> Value:
    return ConstantInt(I32, value)


def lane_moves(arch: str) -> LaneMoves:
    """Those of a processor. Raises `KeyError` for an unknown one."""
    return RowMoves(PROCESSORS[arch].family is not GFX9)
