"""Products of `wmma` joined with the loads of their factors: the same bits by half as many loads, none across writes."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.layout import DataLayout
from crosswarp.ir.module import Module
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.expand_tiles import ExpandTiles
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.passes.join_tiles import JoinTiles
from crosswarp.ir.reader import read_module
from crosswarp.ir.tiles.addresses import distance
from crosswarp.ir.tiles.calls import tile_calls
from crosswarp.targets.amdgpu.tiles import native_products
from optimised import optimised

_LAYOUT = "e-i64:64-i128:128"
_FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", _LAYOUT)
_PITCH = 48
_PLAIN = '  call void asm sideeffect "", "~{memory}"()'


def _load(name: str, letter: str, order: str, place: str, pitch: int) -> str:
    mnemonic = f"wmma.load.{letter}.sync.aligned.{order}.m16n16k16.s8 {{$0, $1}}, [$2], $3;"
    call = f'  %{name} = call {{ i32, i32 }} asm sideeffect "{mnemonic}", "=r,=r,l,r"(ptr {place}, i32 {pitch})'
    return "\n".join([call, *(f"  %{name}.{n} = extractvalue {{ i32, i32 }} %{name}, {n}" for n in range(2))])


def _multiply(name: str, a: str, b: str, c: str) -> str:
    regs = [f"${n}" for n in range(20)]
    groups = (regs[:8], regs[8:10], regs[10:12], regs[12:20])
    mnemonic = "wmma.mma.sync.aligned.row.col.m16n16k16.s32.s8.s8.s32 " + ", ".join("{" + ", ".join(g) + "}" for g in groups) + ";"
    kind = "{ " + ", ".join(["i32"] * 8) + " }"
    values = [f"%{a}.0", f"%{a}.1", f"%{b}.0", f"%{b}.1", *(f"%{c}.{n}" if c else "0" for n in range(8))]
    constraints = ",".join(["=r"] * 8 + ["r"] * 12)
    call = f'  %{name} = call {kind} asm sideeffect "{mnemonic}", "{constraints}"({", ".join(f"i32 {v}" for v in values)})'
    return "\n".join([call, *(f"  %{name}.{n} = extractvalue {kind} %{name}, {n}" for n in range(8))])


def _kernel(between: str = _PLAIN, step: int = 16, order: str = "col", pitch: int = _PITCH) -> str:
    lines = [f'target datalayout = "{_LAYOUT}"', 'target triple = "nvptx64-nvidia-cuda"',
             "declare i32 @llvm.nvvm.read.ptx.sreg.tid.x()", "define ptx_kernel void @k(ptr %a, ptr %b, ptr %out) {",
             "  %lane = call i32 @llvm.nvvm.read.ptx.sreg.tid.x()", "  %own = getelementptr [8 x i32], ptr %out, i32 %lane",
             f"  %a.next = getelementptr i8, ptr %a, i64 {step}", "  %b.next = getelementptr i8, ptr %b, i64 16",
             _load("a0", "a", "row", "%a", _PITCH), _load("b0", "b", order, "%b", pitch), _multiply("d0", "a0", "b0", ""), between,
             _load("a1", "a", "row", "%a.next", _PITCH), _load("b1", "b", order, "%b.next", _PITCH),
             _multiply("d1", "a1", "b1", "d0")]
    for n in range(8):
        lines += [f"  %at{n} = getelementptr i32, ptr %own, i32 {n}", f"  store i32 %d1.{n}, ptr %at{n}"]
    return "\n".join([*lines, "  ret void", "}"])


def _module(text: str, arch: str | None) -> Module:
    module = read_module(text)
    Pipeline([InlinePtx()]).run(module, replace(_FACTS, features=frozenset({"tiles"})), verify=True)
    module = optimised(module)
    if arch:
        Pipeline([JoinTiles(native_products(arch))]).run(module, _FACTS, verify=True)
    return module


def _shapes(module: Module) -> list[str]:
    found = (re.search(r"m\d+n\d+k\d+", call.callee_name or "") for call in tile_calls(module.functions["k"]))
    return [shape[0] for shape in found if shape]


def _results(module: Module) -> bytes:
    Pipeline([ExpandTiles()]).run(module, _FACTS, verify=True)
    source = np.random.default_rng(2)
    a, b, out = Buffer(16 * _PITCH + 16), Buffer(16 * _PITCH + 16), Buffer(32 * 8 * 4)
    for each in (a, b):
        each.data[:] = source.bytes(16 * _PITCH + 16)
    Interpreter(module).launch("k", 1, 32, [a, b, out])
    return bytes(out.data)


def test_the_same_bits_by_wider_loads() -> None:
    joined = _module(_kernel(), "gfx1201")
    assert _shapes(joined) == ["m16n16k32"] * 3
    assert _results(joined) == _results(_module(_kernel(), None))


@pytest.mark.parametrize(
    ("arch", "changes"),
    [
        ("gfx1100", {}),  # one load of 16 bytes already
        ("gfx1201", {"between": "  store i32 1, ptr %own"}),
        ("gfx1201", {"between": '  call void asm sideeffect "bar.sync 0;", "~{memory}"()'}),
        ("gfx1201", {"step": 32}),
        ("gfx1201", {"order": "row"}),
        ("gfx1201", {"pitch": 64}),
    ],
)
def test_what_stays(arch: str, changes: dict[str, object]) -> None:
    assert _shapes(_module(_kernel(**changes), arch)) == ["m16n16k16"] * 6  # type: ignore[arg-type]


_ADDRESSES = """define void @f(ptr addrspace(3) %p, i32 %i, i64 %j, i32 %s) {
  %far = add nuw nsw i32 %i, 16
  %wraps = add i32 %i, 16
  %i.wide = zext nneg i32 %i to i64
  %far.wide = zext nneg i32 %far to i64
  %wraps.wide = sext i32 %wraps to i64
  %j.far = add i64 %j, 4
  %q = addrspacecast ptr addrspace(3) %p to ptr
  %x0 = getelementptr half, ptr %q, i64 %i.wide
  %x1 = getelementptr half, ptr %q, i64 %far.wide
  %x2 = getelementptr half, ptr %q, i64 %wraps.wide
  %y0 = getelementptr i32, ptr %q, i64 %j
  %y1 = getelementptr i32, ptr %q, i64 %j.far
  %z0 = getelementptr i8, ptr addrspace(3) %p, i32 %s
  %z1 = getelementptr i8, ptr addrspace(3) %z0, i32 48
  %z2 = addrspacecast ptr addrspace(3) %z1 to ptr
  %t = mul i32 %i, %s
  %u = add i32 %t, -16
  %v = or disjoint i32 %u, 4
  %w0 = inttoptr i32 %t to ptr addrspace(3)
  %w1 = inttoptr i32 %u to ptr addrspace(3)
  %w2 = inttoptr i32 %v to ptr addrspace(3)
  %w3 = inttoptr i32 %wraps to ptr addrspace(3)
  %g0 = inttoptr i32 %t to ptr
  %g1 = inttoptr i32 %u to ptr
  ret void
}
"""


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [("x0", "x1", 32), ("x1", "x0", -32), ("x0", "x2", None), ("y0", "y1", 16), ("z0", "z2", 48), ("y0", "x0", None),
     ("w0", "w1", -16), ("w1", "w2", 4), ("w2", "w0", 12), ("w0", "w3", None), ("w0", "z0", None), ("g0", "g1", None)],
)
def test_distances(first: str, second: str, apart: int | None) -> None:
    named = {one.name: one for one in read_module(_ADDRESSES).functions["f"].instructions()}
    assert distance(named[first], named[second], DataLayout(_LAYOUT)) == apart
