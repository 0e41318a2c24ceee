"""Special registers: who and where a thread is. Source: PTX ISA, "Special Registers"."""

from __future__ import annotations

from typing import Any

from crosswarp.ir.operations.record import BLOCK, GRID, NEVER, PURE, SERVICE, WARP, Evaluate, family, operation

_SREG = "llvm.nvvm.read.ptx.sreg."
_AXES = "xyz"


def _triple(attribute: str) -> Any:
    def make(axis: str) -> Evaluate:
        index = _AXES.index(axis)
        return lambda t: getattr(t, attribute)[index]

    return make


def _lane_mask(relation: str) -> Evaluate:
    masks = {"eq": lambda n: 1 << n, "lt": lambda n: (1 << n) - 1, "le": lambda n: (2 << n) - 1,
             "gt": lambda n: -(2 << n) & 0xFFFFFFFF, "ge": lambda n: -(1 << n) & 0xFFFFFFFF}
    return lambda t: masks[relation](t.lane)


OPERATIONS = [
    *family(_SREG + "tid.{axis}", "i32 ()", PURE, NEVER, "threadIdx.{axis}", _triple("thread_index"), axis="x y z"),
    *family(_SREG + "ctaid.{axis}", "i32 ()", PURE, BLOCK, "blockIdx.{axis}", _triple("block_index"), axis="x y z"),
    *family(_SREG + "ntid.{axis}", "i32 ()", PURE, GRID, "blockDim.{axis}", _triple("block_dim"), axis="x y z"),
    *family(_SREG + "nctaid.{axis}", "i32 ()", PURE, GRID, "gridDim.{axis}", _triple("grid_dim"), axis="x y z"),
    operation(_SREG + "laneid", "i32 ()", PURE, NEVER, "number of the thread in its warp, 0 to 31", lambda t: t.lane),
    operation(_SREG + "warpid", "i32 ()", PURE, WARP, "number of the warp in its block", lambda t: t.warp),
    operation(_SREG + "nwarpid", "i32 ()", PURE, GRID, "how many warps a multiprocessor holds", lambda t: 64),
    operation(_SREG + "warpsize", "i32 ()", PURE, GRID, "32", lambda t: 32),
    operation(_SREG + "smid", "i32 ()", PURE, BLOCK, "number of the multiprocessor", lambda t: 0),
    operation(_SREG + "nsmid", "i32 ()", PURE, GRID, "bound of multiprocessor numbers", lambda t: 1),
    operation(_SREG + "gridid", "i32 ()", PURE, GRID, "number of the grid", lambda t: 1),
    *family(_SREG + "lanemask.{relation}", "i32 ()", PURE, NEVER, "the lanes whose number is {relation} mine", _lane_mask,
            relation="eq lt le gt ge"),
    operation(_SREG + "clock", "i32 ()", SERVICE, NEVER, "a clock's low 32 bits", lambda t: t.clock() & 0xFFFFFFFF),
    operation(_SREG + "clock64", "i64 ()", SERVICE, NEVER, "a clock", lambda t: t.clock()),
    operation(_SREG + "globaltimer", "i64 ()", SERVICE, NEVER, "nanoseconds", lambda t: t.clock()),
]
