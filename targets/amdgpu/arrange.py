"""Layouts of matrix operations, chosen when LLVM has optimised the kernel around them.

    gfx1100.ll with calls of `@__cw.tile.*`
    ->  clang -cc1 -O3 -emit-llvm  ->  leave-guards, unroll-tiles, two-turns, join-tiles, tensor-layout, expand-tiles
    ->  gfx1100.ll without

Before optimisation a fragment is an array in memory; afterwards its registers are values, and loops over fragments are unrolled.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from crosswarp.ir.function import Function
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.frame_addresses import FrameAddresses
from crosswarp.ir.passes.join_tiles import JoinTiles
from crosswarp.ir.passes.leave_guards import LeaveGuards
from crosswarp.ir.passes.rename_operations import RenameOperations
from crosswarp.ir.passes.small_copies import SmallCopies
from crosswarp.ir.passes.tensor_layout import TensorLayout, Waves
from crosswarp.ir.passes.two_turns import TwoTurns
from crosswarp.ir.passes.unroll_tiles import UnrollTiles
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.names import has_tiles
from crosswarp.ir.tiles.two_ways import Question
from crosswarp.ir.tiles.uniform import Sources
from crosswarp.ir.types import I32, I64
from crosswarp.ir.values import Value
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.archs import GFX9, facts_of
from crosswarp.targets.amdgpu.tiles import native_products
from crosswarp.targets.amdgpu.tiles.moves import all_lanes, lane_moves
from crosswarp.targets.amdgpu.tiles.whole_wave import BALLOT
from crosswarp.targets.base import StageContext, teller

_SIMDS, _REGISTERS = 4, 512
"""Of a compute unit, and of a lane: vector and accumulation registers together."""


def arrange(text: bytes, context: StageContext, optimised: Callable[[bytes], bytes]) -> bytes:
    """Lowered text without open layouts. `optimised` runs LLVM's passes on text."""
    if not has_tiles(text):
        return text
    module = read_module(optimised(text))
    _leave_names(module)
    natives = native_products(context.arch, context.options.flush_denormals)
    layouts = TensorLayout(natives, lane_moves(context.arch), _waves(context.arch), teller(context))
    guards = LeaveGuards(partial(all_lanes, facts_of(context.arch).wave_size))
    before = (guards, UnrollTiles(), TwoTurns(natives), JoinTiles(natives))
    after = (ExpandTiles(), SmallCopies(), FrameAddresses(), RenameOperations())
    passes = Pipeline([*before, layouts, *after], frozenset({"no-reflect"}))
    passes.run(module, facts_of(context.arch), context.options.verify)
    return write_module(module).encode("utf-8", "surrogateescape")


def _leave_names(module: Module) -> None:
    """Names of the device library are free again: LLVM may have fitted what is left of its functions to their first callers."""
    fitted = [f.name for f in module.definitions() if f.linkage == "internal"]
    module.rename_many({name: module.fresh_name(f"{name}.fitted") for name in fitted})


def _waves(arch: str) -> Waves:
    facts = facts_of(arch)
    return Waves(_SHARED, Question(_fills_waves, _votes), _room) if facts.wave_size > facts.warp_size else Waves(_SHARED)


def _fills_waves(e: Emitter) -> Value:
    sizes = [e.call(f"llvm.nvvm.read.ptx.sreg.ntid.{axis}", I32) for axis in "xyz"]
    return e.compare("eq", e.op("and", e.op("mul", e.op("mul", sizes[0], sizes[1]), sizes[2]), GFX9.wave_size - 1), 0)


def _votes(e: Emitter, condition: Value) -> Value:
    return e.call(BALLOT, I64, condition, convergent=True)


def _room(kernel: Function) -> int:
    """Five eighths of a lane's registers, where each SIMD has as many waves as the largest block brings there."""
    _, threads = (kernel.attribute("amdgpu-flat-work-group-size") or "1,1024").split(",")
    waves = -(-int(threads) // (GFX9.wave_size * _SIMDS))
    return _REGISTERS // waves * 5 // 8


# Addresses of global, shared and constant memory mean the same to all threads of a wave; private ones do not.
_SHARED = Sources(frozenset({"amdgpu_kernel"}), frozenset({
    "llvm.amdgcn.workgroup.id.x", "llvm.amdgcn.workgroup.id.y", "llvm.amdgcn.workgroup.id.z", "llvm.amdgcn.dispatch.ptr",
    "llvm.amdgcn.implicitarg.ptr", "llvm.amdgcn.kernarg.segment.ptr"}), frozenset({1, 3, 4}), frozenset({
    "llvm.amdgcn.workitem.id.x", "llvm.amdgcn.workitem.id.y", "llvm.amdgcn.workitem.id.z"}), frozenset({BALLOT}))  # fmt: skip
