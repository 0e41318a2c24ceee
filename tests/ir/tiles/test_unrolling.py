"""Loops of products that make several turns at once: what they compute stays the same, whatever they count to."""

from __future__ import annotations

import struct

import pytest
from crosswarp.ir.instructions import Call
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.unrolling import unroll
from crosswarp.ir.verifier import verify_module

_TILE = "@__cw.tile.mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32"
_SUMS = "{ float, float, float, float }"
# In the place of a product: the first sum is doubled, and grows by what A has.
_TEXT = f"""target datalayout = "e-i64:64-i128:128"
define {_SUMS} {_TILE}(i32 %a0, i32 %a1, i32 %b, float %c0, float %c1, float %c2, float %c3) {{
  %given = sitofp i32 %a0 to float
  %twice = fmul float %c0, 0.5
  %more = fadd float %twice, %given
  %d = insertvalue {_SUMS} zeroinitializer, float %more, 0
  ret {_SUMS} %d
}}
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
define ptx_kernel void @k(ptr %out, i32 %start, i32 %bound) {{
entry:
  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %own = add i32 %bound, %lane
  br label %loop
loop:
  %n = phi i32 [ %start, %entry ], [ %next, %loop ]
  %before = phi i32 [ -1, %entry ], [ %n, %loop ]
  %sum = phi float [ 0.0, %entry ], [ %x0, %loop ]
  %x = call {_SUMS} {_TILE}(i32 %n, i32 %before, i32 0, float %sum, float 0.0, float 0.0, float 0.0)
  %x0 = extractvalue {_SUMS} %x, 0
  %next = add i32 %n, 16
  %test = icmp COMPARE
  br i1 %test, label %FIRST, label %SECOND LOOP_METADATA
end:
  store float %x0, ptr %out
  %place = getelementptr i8, ptr %out, i64 4
  store i32 %before, ptr %place
  %other = getelementptr i8, ptr %out, i64 8
  store i32 %next, ptr %other
  ret void
}}
!1 = distinct !{{!1, !2}}
!2 = !{{!"llvm.loop.unroll.disable"}}
"""
_STAYS, _LEAVES = ("loop", "end"), ("end", "loop")
_FORMS = [
    ("slt i32 %next, %bound", _STAYS), ("sge i32 %next, %bound", _LEAVES), ("sgt i32 %bound, %next", _STAYS),
    ("sle i32 %bound, %next", _LEAVES), ("ult i32 %next, %bound", _STAYS), ("uge i32 %next, %bound", _LEAVES),
]  # fmt: skip


def _module(compare: str, ways: tuple[str, str], metadata: str = "") -> Module:
    text = _TEXT.replace("COMPARE", compare).replace("FIRST", ways[0]).replace("SECOND", ways[1])
    return read_module(text.replace(" LOOP_METADATA", metadata))


def _run(module: Module, start: int, bound: int) -> bytes:
    out = Buffer(12)
    Interpreter(module).launch("k", 1, 1, [out, start, bound])
    return bytes(out.data)


@pytest.mark.parametrize(("compare", "ways"), _FORMS)
def test_the_same(compare: str, ways: tuple[str, str]) -> None:
    before, after = _module(compare, ways), _module(compare, ways)
    assert unroll(after, after.functions["k"])
    verify_module(after)
    lowest, highest = -(2**31), 2**31 - 1
    signed = compare[0] == "s"
    starts = [(0, n) for n in (*range(0, 200, 7), 64, 65, 79, 80, 81, 128, 144, 160)] + [(5, 3)]
    if signed:
        starts += [(0, -5), (0, lowest), (0, lowest + 63), (-100, 30), (highest - 200, highest - 16), (lowest, lowest + 150)]
    for start, bound in starts:
        assert _run(after, start, bound) == _run(before, start, bound), (start, bound)


def test_several_turns_at_once() -> None:
    module = _module(*_FORMS[0])
    unroll(module, module.functions["k"])
    calls = [sum(isinstance(one, Call) and one.callee_name == _TILE[1:] for one in block.instructions)
             for block in module.functions["k"].blocks]  # fmt: skip
    assert sorted(calls) == [0, 0, 1, 4]
    first, second = struct.unpack("fi", _run(module, 0, 160)[:8])
    assert (first, second) == (pytest.approx(sum(16 * n * 0.5 ** (9 - n) for n in range(10))), 128)


@pytest.mark.parametrize(("compare", "ways", "metadata"), [
    ("slt i32 %next, %own", _STAYS, ""), ("ne i32 %next, %bound", _STAYS, ""), ("slt i32 %n, %bound", _STAYS, ""),
    ("slt i32 %next, %bound", _LEAVES, ""), ("slt i32 %next, %bound", _STAYS, ", !llvm.loop !1"),
])  # fmt: skip
def test_left_alone(compare: str, ways: tuple[str, str], metadata: str) -> None:
    """Bounds that lanes may see differently, other ways to count, and what the program forbids."""
    module = _module(compare, ways, metadata)
    assert not unroll(module, module.functions["k"])
