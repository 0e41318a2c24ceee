"""Two turns of a loop at once: the same turns in the same order, however the loop counts."""

from __future__ import annotations

import struct

import pytest
from crosswarp.ir.cfg import ControlFlow
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.loops import loops
from crosswarp.ir.module import Module
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.turns import turns, two_at_once
from crosswarp.ir.verifier import verify_module

# What a turn leaves depends on all turns before, so that none may be left out, done twice or done too late.
_TEXT = """target datalayout = "e-i64:64-i128:128"
define ptx_kernel void @k(ptr %out, i8 %first, i8 %bound) {
entry:
  br label %loop
loop:
  %n = phi i8 [ %first, %entry ], [ %next, %loop ]
  %mix = phi i32 [ 1, %entry ], [ %more, %loop ]
  %turns = phi i32 [ 0, %entry ], [ %turn, %loop ]
  %wide = sext i8 %n to i32
  %thrice = mul i32 %mix, 3
  %more = add i32 %thrice, %wide
  %turn = add i32 %turns, 1
  %next = add FLAGS i8 %n, STEP
  %enough = icmp ugt i32 %turn, 40
  %goes.on = icmp COMPARE
  br i1 %goes.on, label WAYS
end:
  %last = phi i32 [ %wide, %loop ]
  store i32 %more, ptr %out
  %beside = getelementptr i8, ptr %out, i64 4
  store i32 %last, ptr %beside
  %third = getelementptr i8, ptr %out, i64 8
  store i32 %turn, ptr %third
  ret void
}
"""
_ON, _OFF = "%loop, label %end", "%end, label %loop"
_EDGES = [(0, 0), (0, 1), (0, 16), (0, 17), (0, 32), (0, 33), (-128, -100), (-20, 40), (79, 127), (111, -128), (-1, -128)]
_LOOPS = {
    "slt": ("nsw", 16, "slt i8 %next, %bound", _ON, _EDGES),
    "sge ends": ("nsw", 16, "sge i8 %next, %bound", _OFF, _EDGES),
    "swapped": ("nsw", 16, "sgt i8 %bound, %next", _ON, _EDGES),
    "sle": ("nsw", 3, "sle i8 %next, %bound", _ON, [(0, 0), (0, 3), (0, 6), (0, 7), (-128, -120)]),
    "ult": ("nuw", 16, "ult i8 %next, %bound", _ON, [(0, 16), (0, -20), (100, -60)]),
    "down": ("nsw", -5, "sgt i8 %next, %bound", _ON, [(100, 0), (7, 2), (-100, -120), (0, 0)]),
    "ne": ("", 1, "ne i8 %next, %bound", _ON, [(0, 1), (0, 2), (0, 3), (0, 4), (120, -120)]),
    "wraps": ("", 16, "slt i8 %next, %bound", _ON, [(0, 100), (0, 112), (100, 120), (100, -110)]),
}  # fmt: skip


def _module(name: str) -> Module:
    flags, step, compare, ways, _ = _LOOPS[name]
    text = _TEXT.replace("FLAGS ", f"{flags} ").replace("STEP", str(step))
    return read_module(text.replace("COMPARE", compare).replace("WAYS", ways))


def _run(module: Module, first: int, bound: int) -> tuple[int, ...]:
    out = Buffer(12)
    Interpreter(module).launch("k", 1, 1, [out, first, bound])
    return struct.unpack("<iii", bytes(out.data))


@pytest.mark.parametrize("name", _LOOPS)
def test_the_same_turns(name: str) -> None:
    before, after = _module(name), _module(name)
    (loop,) = loops(ControlFlow(after.functions["k"]))
    count = turns(loop)
    assert count is not None
    assert two_at_once(loop, count)
    verify_module(after)
    assert [one.opcode for one in after.functions["k"].instructions()].count("mul") == 3
    for first, bound in _LOOPS[name][-1]:
        if name != "wraps" or _ends(first, bound):
            assert _run(after, first, bound) == _run(before, first, bound), (first, bound)


def _ends(first: int, bound: int) -> bool:
    """Whether a loop that wraps around ends soon."""
    for _ in range(40):
        first = (first + 16 + 128) % 256 - 128
        if first >= bound:
            return True
    return False


@pytest.mark.parametrize("change", [("icmp COMPARE", "icmp eq i32 %turn, %mix"), ("add FLAGS i8 %n, STEP", "add i8 %n, %n")])
def test_what_is_not_understood(change: tuple[str, str]) -> None:
    text = _TEXT.replace(*change).replace("FLAGS ", "").replace("STEP", "1")
    text = text.replace("COMPARE", "eq i8 %next, %bound").replace("WAYS", _ON)
    (loop,) = loops(ControlFlow(read_module(text).functions["k"]))
    assert turns(loop) is None
