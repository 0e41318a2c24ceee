"""Layouts of matrix operations, chosen when LLVM has optimised the kernel around them.

    gfx1100.ll with calls of `@__cw.tile.*`
    ->  clang -cc1 -O3 -emit-llvm  ->  join-tiles, tensor-layout, expand-tiles  ->  gfx1100.ll without

Before optimisation a fragment is an array in memory; afterwards its registers are values, and loops over fragments are unrolled.
"""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.join_tiles import JoinTiles
from crosswarp.ir.passes.rename_operations import RenameOperations
from crosswarp.ir.passes.tensor_layout import TensorLayout
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.names import has_tiles
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.archs import facts_of
from crosswarp.targets.amdgpu.tiles import native_products
from crosswarp.targets.amdgpu.tiles.moves import lane_moves
from crosswarp.targets.base import StageContext


def arrange(text: bytes, context: StageContext, optimised: Callable[[bytes], bytes]) -> bytes:
    """Lowered text without open layouts. `optimised` runs LLVM's passes on text."""
    if not has_tiles(text):
        return text
    module = read_module(optimised(text))
    natives = native_products(context.arch)
    layouts = TensorLayout(natives, lane_moves(context.arch))
    passes = Pipeline([JoinTiles(natives), layouts, ExpandTiles(), RenameOperations()], frozenset({"no-reflect"}))
    passes.run(module, facts_of(context.arch), context.options.verify)
    return write_module(module).encode("utf-8", "surrogateescape")
