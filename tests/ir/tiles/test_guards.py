"""Guards that nothing in a loop changes are tested before it; what the loop computes stays the same, whatever lanes answer."""

from __future__ import annotations

import struct

import pytest
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.instructions import Branch
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.guards import Question, leave_guards
from crosswarp.ir.types import I1
from crosswarp.ir.values import Value
from crosswarp.ir.verifier import verify_module

_TILE = "@__cw.tile.mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32"
_SUMS = "{ float, float, float, float }"
# In the place of a product: the first sum grows by one.
_TEXT = f"""target datalayout = "e-i64:64-i128:128"
define {_SUMS} {_TILE}(i32 %a0, i32 %a1, i32 %b, float %c0, float %c1, float %c2, float %c3) {{
  %more = fadd float %c0, 1.0
  %d = insertvalue {_SUMS} zeroinitializer, float %more, 0
  ret {_SUMS} %d
}}
declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()
define ptx_kernel void @k(ptr %out, i32 %count, i32 %guard, i32 %other) {{
entry:
  %runs = icmp sgt i32 %count, 0
  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()
  %own = add i32 %guard, %lane
  %inside = icmp ne i32 %own, 0
  %given = add i32 %other, %lane
  %outside = icmp eq i32 %given, 0
  br i1 %runs, label %loop, label %end
loop:
  %n = phi i32 [ 0, %entry ], [ %next, %latch ]
  %sum = phi float [ 0.0, %entry ], [ %kept, %latch ]
  br i1 %inside, label %first, label %between
first:
  %x = call {_SUMS} {_TILE}(i32 0, i32 0, i32 0, float %sum, float 0.0, float 0.0, float 0.0)
  %x0 = extractvalue {_SUMS} %x, 0
  br label %between
between:
  %once = phi float [ %sum, %loop ], [ %x0, %first ]
  %twice = fadd float %once, %once
  br i1 %outside, label %latch, label %second
second:
  %y = call {_SUMS} {_TILE}(i32 0, i32 0, i32 0, float %twice, float 0.0, float 0.0, float 0.0)
  %y0 = extractvalue {_SUMS} %y, 0
  br label %latch
latch:
  %kept = phi float [ %once, %between ], [ %y0, %second ]
  %next = add i32 %n, 1
  %ends = icmp sge i32 %next, %count
  br i1 %ends, label %end, label %loop
end:
  %result = phi float [ -1.0, %entry ], [ %kept, %latch ]
  %last = phi i32 [ -1, %entry ], [ %n, %latch ]
  store float %result, ptr %out
  %beside = getelementptr i8, ptr %out, i64 4
  store i32 %last, ptr %beside
  ret void
}}
"""
_AGREED: dict[str, Question] = {
    "lanes agree": lambda e, condition: condition,
    "lanes differ": lambda e, condition: ConstantInt(I1, 0),
}


def _module(agreed: Question | None, text: str = _TEXT) -> Module:
    module = read_module(text)
    if agreed is not None:
        assert leave_guards(module, module.functions["k"], agreed)
        verify_module(module)
    return module


def _run(module: Module, *arguments: int) -> tuple[float, int]:
    out = Buffer(8)
    Interpreter(module).launch("k", 1, 1, [out, *arguments])
    return struct.unpack("<fi", bytes(out.data))


def _computes_the_same(question: Question, text: str = _TEXT) -> None:
    before, after = _module(None, text), _module(question, text)
    for arguments in [(count, guard, other) for count in range(4) for guard in (0, 1) for other in (0, 1)]:
        assert _run(after, *arguments) == _run(before, *arguments)


def _branches(function: Function) -> list[str | None]:
    return [one.condition.name for one in function.instructions() if isinstance(one, Branch) and one.condition is not None]


@pytest.mark.parametrize("answer", _AGREED)
def test_the_same_values(answer: str) -> None:
    _computes_the_same(_AGREED[answer])


def test_a_loop_without_guards_stands_beside() -> None:
    """The copy is one block: the product, and the test of the loop's end."""
    function = _module(_AGREED["lanes agree"]).functions["k"]
    names = _branches(function)
    assert names.count("inside") == names.count("outside") == 1
    turns = [block for block in function.blocks if block in block.successors()]
    assert len(turns) == 1
    assert [one.opcode for one in turns[0].instructions].count("call") == 2


def test_what_changes_in_the_loop_stays_a_guard() -> None:
    inner = _TEXT.replace("  br i1 %inside", "  %inner = icmp ult i32 %n, %guard\n  br i1 %inner")
    text = inner.replace("i1 %outside", "i1 %same").replace("  %twice", "  %same = icmp eq i32 %n, %other\n  %twice")
    module = read_module(text)
    assert not leave_guards(module, module.functions["k"], _AGREED["lanes agree"])


def test_what_is_known_to_be_the_same_is_not_asked() -> None:
    asked = []

    def agreed(e: Emitter, condition: Value) -> Value:
        asked.append(condition)
        return condition

    _module(agreed)
    assert len(asked) == 1
    _module(agreed, _TEXT.replace("%guard, %lane", "%guard, 0").replace("%other, %lane", "%other, 0"))
    assert len(asked) == 1


def test_several_loops_of_a_function() -> None:
    """A loop around the first, with a guard of its own, and other work where lanes do not multiply."""
    text = _TEXT.replace("label %first, label %between", "label %first, label %aside")
    text = text.replace("between:\n", "aside:\n  %z = fadd float %sum, 3.0\n  br label %between\nbetween:\n")
    text = text.replace("[ %sum, %loop ], [ %x0", "[ %z, %aside ], [ %x0")
    text = text.replace("br i1 %runs, label %loop", "br i1 %runs, label %outer").replace("%entry ], [ %next", "%inner ], [ %next")
    text = text.replace("[ 0.0, %entry ]", "[ %begun, %inner ]").replace("br i1 %ends, label %end", "br i1 %ends, label %turn")
    text = text.replace("loop:\n", f"""outer:
  %m = phi i32 [ 0, %entry ], [ %m.next, %turn ]
  %total = phi float [ 0.0, %entry ], [ %kept, %turn ]
  br i1 %inside, label %more, label %less
more:
  %v = call {_SUMS} {_TILE}(i32 0, i32 0, i32 0, float %total, float 0.0, float 0.0, float 0.0)
  %v0 = extractvalue {_SUMS} %v, 0
  br label %inner
less:
  %w = fadd float %total, 5.0
  br label %inner
inner:
  %begun = phi float [ %v0, %more ], [ %w, %less ]
  br label %loop
loop:
""").replace("end:\n", """turn:
  %m.next = add i32 %m, 1
  %done = icmp sge i32 %m.next, %count
  br i1 %done, label %end, label %outer
end:
""").replace("[ %kept, %latch ]\n  %last", "[ %kept, %turn ]\n  %last").replace("[ %n, %latch ]\n  store", "[ %n, %turn ]\n  store")
    for question in _AGREED.values():
        _computes_the_same(question, text)
