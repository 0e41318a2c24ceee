"""Words of other lanes: every kind of move on emulated processors, and which instructions it takes."""

from __future__ import annotations

import numpy as np
import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.lanes import LaneMap
from crosswarp.ir.types import I32
from crosswarp.ir.writer import write_module
from crosswarp.targets.amdgpu.emulator.launch import Module
from crosswarp.targets.amdgpu.tiles.moves import lane_moves
from crosswarp.targets.registry import target_for

from tests.targets.device_code import stages

_SAME = (1, 2, 4, 8, 16)
_MAPS = {
    **{f"lane ^ {flip}": LaneMap(_SAME, flip) for flip in range(32)},
    "quads turned": LaneMap((2, 1, 4, 8, 16), 1), "quads' first": LaneMap((0, 0, 4, 8, 16)),
    "row turned": LaneMap((4, 8, 1, 2, 16), 5), "row's first": LaneMap((0, 0, 0, 0, 16), 9),
    "other row": LaneMap((8, 4, 2, 1, 16), 16), "rows differ": LaneMap((1, 2, 4, 8, 17)),
    "halves": LaneMap((16, 1, 2, 4, 8)), "first row": LaneMap((1, 2, 4, 8, 0)), "second row": LaneMap((1, 2, 4, 8, 0), 16),
    "halves of rows": LaneMap((1, 2, 4, 16, 0), 8), "turned, some cross": LaneMap((2, 20, 1, 8, 16), 19),
    "one lane": LaneMap((0, 0, 0, 0, 0), 21),
}  # fmt: skip
_WARPS = range(2)


def _text(arch: str) -> bytes:
    facts = target_for("sm_80").facts("sm_80")
    head = f'target datalayout = "{facts.datalayout}"\ntarget triple = "{facts.triple}"\n'
    kernels = [f"define ptx_kernel void @k{n}(ptr %p) {{\n  ret void\n}}\n" for n in range(len(_MAPS))]
    module = read_module(head + "".join(kernels))
    for n, lanes in enumerate(_MAPS.values()):
        function = module.functions[f"k{n}"]
        e = Emitter(module, Builder.at_entry(function))
        place = e.builder.gep(I32, function.arguments[0], [e.call("llvm.nvvm.read.ptx.sreg.tid.x", I32)])
        e.builder.store(lane_moves(arch).move(e, e.builder.load(I32, place, align=4), lanes), place, align=4)
    return write_module(module).encode()


@pytest.mark.parametrize("arch", ["gfx90a", "gfx942", "gfx1030", "gfx1100", "gfx1201"])
def test_every_lane_reads_the_right_one(arch: str) -> None:
    module = Module(stages(_text(arch), arch)["hsaco"], arch)
    for n, (name, lanes) in enumerate(_MAPS.items()):
        words = np.random.default_rng(n).integers(0, 1 << 32, 64, dtype=np.uint32)
        expected = [words[32 * warp + lanes.source(lane)] for warp in _WARPS for lane in range(32)]
        module.kernel(f"k{n}").launch(1, 64, [words])
        np.testing.assert_array_equal(words, expected, name)


@pytest.mark.parametrize(("arch", "cheap"), [("gfx942", (1, 2, 3, 7, 8, 15)), ("gfx1100", tuple(range(1, 32)))])
def test_flips_in_one_instruction(arch: str, cheap: tuple[int, ...]) -> None:
    moves = lane_moves(arch)
    assert tuple(flip for flip in range(1, 32) if moves.cost(LaneMap(_SAME, flip)) == 1) == cheap
    assert moves.cost(LaneMap(_SAME)) == 0


def test_rows_in_both_halves() -> None:
    """What WMMA of gfx11 wants: one or two moves, and a select. What chooses otherwise in each row goes through LDS."""
    moves = lane_moves("gfx1100")
    assert [moves.cost(_MAPS[name]) for name in ("first row", "second row", "halves of rows", "rows differ")] == [2, 2, 3, 4]
