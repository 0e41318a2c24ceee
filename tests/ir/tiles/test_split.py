"""Two copies of a body: both compute what the function did."""

from __future__ import annotations

import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.instructions import Alloca
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.split import split
from crosswarp.ir.types import I32
from crosswarp.ir.values import Value
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module

SUM = """
define ptx_kernel void @f(ptr %out, i32 %which, i32 %n) {
entry:
  %place = alloca i32
  store i32 5, ptr %place
  %empty = icmp eq i32 %n, 0
  br i1 %empty, label %end, label %loop
loop:
  %i = phi i32 [0, %entry], [%next, %loop]
  %sum = phi i32 [0, %entry], [%more, %loop]
  %more = add i32 %sum, %i
  %next = add i32 %i, 1
  %on = icmp ult i32 %next, %n
  br i1 %on, label %loop, label %end
end:
  %all = phi i32 [0, %entry], [%more, %loop]
  %five = load i32, ptr %place
  %result = add i32 %all, %five
  store i32 %result, ptr %out
  ret void
}
"""


@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("n", [0, 1, 4])
def test_both_copies(which: int, n: int) -> None:
    module = read_module(SUM)
    function = module.functions["f"]

    def is_first(builder: Builder) -> Value:
        return builder.icmp("eq", function.arguments[1], ConstantInt(I32, 0))

    first, second = split(function, is_first)
    verify_module(module, when="after the split")
    assert len(function.blocks) == 7
    assert [isinstance(one, Alloca) for block in function.blocks for one in block.instructions].count(True) == 1
    (first if which else second).instructions[:] = first.instructions[:0]  # the copy that does not run is cut off
    Builder(first if which else second).unreachable()
    for block in function.blocks:
        for phi in block.phis():
            phi.incoming = [pair for pair in phi.incoming if block in pair[1].successors()]
    out = Buffer(4)
    Interpreter(read_module(write_module(module))).launch("f", 1, 1, [out, which, n])
    assert out.values("i") == [5 + n * (n - 1) // 2]
