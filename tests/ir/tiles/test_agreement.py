"""Which guards of products can be asked when a kernel begins, and kernels in two versions."""

from __future__ import annotations

import pytest
from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.module import Module
from crosswarp.ir.ptx.emitter import Emitter
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.agreement import guards
from crosswarp.ir.tiles.two_ways import Question, in_two
from crosswarp.ir.tiles.uniform import Sources, Uniformity
from crosswarp.ir.types import I1, I64
from crosswarp.ir.values import Value
from crosswarp.ir.writer import write_module

SOURCES = Sources(frozenset({"amdgpu_kernel"}), frozenset({"given"}), frozenset({1, 4}), frozenset({"thread"}))
HEAD = """
declare i32 @thread()
declare i32 @unknown()
declare ptr addrspace(4) @given()
declare i64 @votes(i1)
declare void @product()
"""
BODY = """
define amdgpu_kernel void @k(i32 %n, ptr addrspace(1) %p) !dbg !4 {{
entry:
  %room = alloca i32, addrspace(5)
  %t = call i32 @thread()
  %warp = lshr i32 %t, 5
  {condition}
  br label %head
head:
  %i = phi i32 [ 0, %entry ], [ %next, %latch ]
  br i1 %guard, label %body, label %latch
body:
  call void @product(), !dbg !6
  br label %latch
latch:
  %next = add i32 %i, 1
  %more = icmp slt i32 %next, %n
  br i1 %more, label %head, label %end
end:
  ret void
}}
!llvm.module.flags = !{{!0}}
!llvm.dbg.cu = !{{!1}}
!0 = !{{i32 2, !"Debug Info Version", i32 3}}
!1 = distinct !DICompileUnit(language: DW_LANG_C11, file: !2, emissionKind: LineTablesOnly)
!2 = !DIFile(filename: "x.cu", directory: "/")
!3 = !DISubroutineType(types: !5)
!4 = distinct !DISubprogram(name: "k", file: !2, line: 1, type: !3, unit: !1, spFlags: DISPFlagDefinition)
!5 = !{{}}
!6 = !DILocation(line: 7, scope: !4)
"""
OF_ITS_OWN = "%guard = icmp slt i32 %warp, %n"
OF_THE_LAUNCH = """%g = call ptr addrspace(4) @given()
  %at = getelementptr i8, ptr addrspace(4) %g, i64 12
  %size = load i32, ptr addrspace(4) %at
  %place = mul i32 %size, %warp
  %guard = icmp slt i32 %place, %n"""
FROM_MEMORY = """%own = getelementptr i32, ptr addrspace(1) %p, i32 %warp
  %there = load i32, ptr addrspace(1) %own
  %guard = icmp slt i32 %there, %n"""
DIVIDED = """%part = udiv i32 %n, %warp
  %guard = icmp slt i32 %part, %n"""
UNKNOWN = """%somewhere = call i32 @unknown()
  %guard = icmp slt i32 %somewhere, %warp"""
THE_SAME = "%guard = icmp slt i32 %n, 5"


def _module(condition: str) -> Module:
    return read_module(HEAD + BODY.format(condition=condition))


def _guards(module: Module) -> list[Value]:
    kernel = module.functions["k"]
    body = next(block for block in kernel.blocks if block.name == "body")
    return guards(Uniformity(kernel, SOURCES), [body], SOURCES)


@pytest.mark.parametrize(("condition", "found"), [
    (OF_ITS_OWN, ["guard"]), (OF_THE_LAUNCH, ["guard"]), (FROM_MEMORY, []), (DIVIDED, []), (UNKNOWN, []), (THE_SAME, []),
])  # fmt: skip
def test_found(condition: str, found: list[str]) -> None:
    assert [guard.name for guard in _guards(_module(condition))] == found


def test_only_those_around_a_product() -> None:
    kernel = _module(OF_ITS_OWN).functions["k"]
    assert not guards(Uniformity(kernel, SOURCES), [kernel.entry, kernel.blocks[-1]], SOURCES)


def test_agreed_guards_part_nobody() -> None:
    module = _module(OF_ITS_OWN)
    kernel = module.functions["k"]
    together = {block.name for block in kernel.blocks if Uniformity(kernel, SOURCES, _guards(module)).is_together(block)}
    assert together == {"entry", "head", "body", "latch", "end"}


def _whole(e: Emitter) -> Value:
    return ConstantInt(I1, 1)


def _votes(e: Emitter, condition: Value) -> Value:
    return e.call("votes", I64, condition)


def test_versions() -> None:
    """The first branches on an argument; both become parts of the kernel, with its debug locations."""
    module = _module(OF_ITS_OWN)
    ways = in_two(module, module.functions["k"], _guards(module))
    whole, part = ways.versions
    assert [block.name for block in whole.blocks if Uniformity(whole, SOURCES).is_together(block)] == [b.name for b in whole.blocks]
    assert not Uniformity(part, SOURCES).is_together(next(block for block in part.blocks if block.name == "body"))
    Builder(part.entry, part.entry.instructions[-1]).call(module.functions["unknown"], [])
    ways.join(module, Question(_whole, _votes))
    text = write_module(read_module(write_module(module)))
    assert text.count("alloca") == 2 and text.index("alloca i32", text.index("alloca") + 1) < text.index("br i1")
    assert text.count("call void @product(), !dbg") == 2
    assert text.count("define") == 1
    assert text.count("call i64 @votes") == 1
    assert text.count("freeze") == 1
