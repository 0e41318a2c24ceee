"""Moves between lanes leave loops of whole warps, with what they are computed from; nothing else does."""

from __future__ import annotations

import pytest
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.hoisting import Hoisting
from crosswarp.ir.tiles.lanes import Shuffles
from crosswarp.ir.verifier import verify_module

_SHUFFLE = "llvm.nvvm.shfl.sync.bfly.i32"
_LOOP = f"""declare i32 @{_SHUFFLE}(i32, i32, i32, i32)
define void @k(i32 %given, ptr %p) {{
entry:
  br label %before
before:
  br label %loop
loop:
  %n = phi i32 [ 0, %before ], [ %next, %loop ]
  %next = add i32 %n, 1
  %read = load i32, ptr %p
WORD
  %moved = call i32 @{_SHUFFLE}(i32 -1, i32 %word, i32 16, i32 31)
  %again = call i32 @{_SHUFFLE}(i32 -1, i32 %moved, i32 4, i32 31)
  store i32 %again, ptr %p
  %more = icmp ult i32 %next, 9
  br i1 %more, label %loop, label %out
out:
  ret void
}}
"""


def _homes(word: str, whole: tuple[str, ...]) -> list[str | None]:
    """The blocks of both moves afterwards."""
    module = read_module(_LOOP.replace("WORD", word))
    function = module.functions["k"]
    depths = {block: int(block.name == "loop") for block in function.blocks if block.name in whole}
    Hoisting(Shuffles(), depths).run(function)
    verify_module(module)
    return [one.parent.name for one in function.instructions() if one.opcode == "call" and one.parent is not None]


_ALL = ("entry", "before", "loop", "out")


@pytest.mark.parametrize(
    ("word", "whole", "home"),
    [
        ("  %word = xor i32 %given, 5", _ALL, "before"),
        ("  %part = shl i32 %given, 2\n  %word = add i32 %part, 64", _ALL, "before"),
        ("  %word = xor i32 %given, 5", ("entry", "loop"), "entry"),
        ("  %word = xor i32 %given, 5", ("loop",), "loop"),
        ("  %word = xor i32 %n, 5", _ALL, "loop"),
        ("  %word = xor i32 %read, 5", _ALL, "loop"),
        ("  %word = udiv i32 5, %given", _ALL, "loop"),
    ],
)  # fmt: skip
def test_hoisting(word: str, whole: tuple[str, ...], home: str) -> None:
    assert _homes(word, whole) == [home, home]
