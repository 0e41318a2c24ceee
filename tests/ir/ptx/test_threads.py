"""Inline PTX of warps and frames in the interpreter: also the forms that no program for today's processors can have."""

from __future__ import annotations

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.support.diagnostics import CompileError
from harness import translated

LANES = range(32)


def run(text: str, threads: int = 32) -> list[int]:
    """`$0` of each lane."""
    module = translated(f"""
declare i32 @llvm.nvvm.read.ptx.sreg.laneid()
define ptx_kernel void @k(ptr %out) {{
  %lane = call i32 @llvm.nvvm.read.ptx.sreg.laneid()
  %r = call i32 asm sideeffect "{text}", "=&r,r,~{{memory}}"(i32 %lane)
  %at = getelementptr i32, ptr %out, i32 %lane
  store i32 %r, ptr %at
  ret void
}}
""")
    out = Buffer(4 * threads)
    Interpreter(module).launch("k", 1, threads, [out])
    return out.values("I")


def test_votes_and_shuffles_of_old_processors() -> None:
    small = "{ .reg .pred p, q; setp.lt.u32 p, $1, 5; "
    assert run(small + "vote.ballot.b32 $0, p; }") == [31] * 32
    assert run(small + "vote.ballot.b32 $0, !p; }") == [0xFFFFFFE0] * 32
    assert run(small + "vote.any.pred q, p; selp.u32 $0, 1, 0, q; }") == [1] * 32
    assert run(small + "vote.all.pred q, p; selp.u32 $0, 1, 0, q; }") == [0] * 32
    assert run(small + "vote.uni.pred q, !p; selp.u32 $0, 1, 0, q; }") == [0] * 32
    assert run("shfl.bfly.b32 $0, $1, 3, 31;") == [lane ^ 3 for lane in LANES]
    text = "{ .reg .pred p; shfl.up.b32 $0|p, $1, 2, 0; @!p mov.u32 $0, 77; }"
    assert run(text) == [77 if lane < 2 else lane - 2 for lane in LANES]


def test_a_guard_keeps_lanes_out() -> None:
    text = "{ .reg .pred p; mov.u32 $0, 0; setp.lt.u32 p, $1, 8; @p redux.sync.add.u32 $0, $1, 255; }"
    assert run(text) == [28 if lane < 8 else 0 for lane in LANES]


def test_memory_of_the_frame() -> None:
    text = "{ .reg .u64 mark, a, b, size; stacksave.u64 mark; mov.u64 size, 16; alloca.u64 a, size, 16; alloca.u64 b, size;" \
           " st.local.u32 [a+4], $1; st.local.u32 [b+4], 9; cvta.local.u64 b, a; ld.u32 $0, [b+4]; stackrestore.u64 mark; }"
    assert run(text) == list(LANES)


@pytest.mark.parametrize("text", [
    "wgmma.fence.sync.aligned;", "tcgen05.wait::ld.sync.aligned;", "multimem.red.relaxed.gpu.global.add.u32 [%rd], $1;",
    "cp.async.bulk.commit_group.read;", "prefetch.tensormap [%rd];", "fence.proxy.tensormap::generic.release.gpu;",
    "cp.async.bulk.tensor.1d.global.shared::cta.bulk_group [%rd, {%r}], [%r];", "mbarrier.arrive.shared::cluster.b64 %rd, [%r];",
    "cp.async.ca.shared.global [%r], [%rd], 12;", "bar.sync;", "shfl.sync.up.b32 $0, $1, 1, 0;", "ld.local.u32 $0, [%r];",
])  # fmt: skip
def test_what_has_no_meaning_is_refused(text: str) -> None:
    with pytest.raises(CompileError, match="inline PTX: "):
        run("{ .reg .b64 %rd; .reg .b32 %r; mov.b64 %rd, 0; mov.b32 %r, 0; mov.u32 $0, 0; " + text + " }")
