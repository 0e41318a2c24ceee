"""PTX modules: functions, parameters, variables and control flow, in the interpreter."""

import llvmlite.binding as llvm
from crosswarp.ir.passes.locations import location_of
from crosswarp.ir.ptx.module import read_ptx_module
from crosswarp.ir.reader import read_module
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from module_harness import HEAD, launch

FACTORIAL = """
.func (.param .b32 r) factorial(.param .b32 n)
{
  .reg .b32 %r<4>;
  .reg .pred %p;
  ld.param.u32 %r1, [n];
  setp.lt.s32 %p, %r1, 2;
  @%p bra $one;
  add.s32 %r2, %r1, -1;
  { // callseq 0, 0
    .param .b32 param0;
    .param .b32 retval0;
    st.param.b32 [param0+0], %r2;
    call.uni (retval0), factorial, (param0);
    ld.param.b32 %r3, [retval0+0];
  }
  mul.lo.s32 %r3, %r3, %r1;
  st.param.b32 [r], %r3;
  ret;
$one:
  st.param.b32 [r+0], 1;
  ret;
}
"""
KERNEL = """
.visible .entry k(.param .u64 p, .param .align 4 .b8 s[8], .param .u32 n)
{
  .reg .b32 %r<9>;
  .reg .b64 %d<5>;
  .shared .align 4 .b8 shared[256];
  ld.param.u64 %d1, [p];
  mov.u32 %r3, %tid.x;
  mul.wide.u32 %d2, %r3, 4;
  add.s64 %d3, %d1, %d2;
"""


def test_recursion_parameters_and_shared_memory():
    body = """
  ld.param.u32 %r1, [n];
  ld.param.u32 %r2, [s+4];
  call (%r4), factorial, (%r1);
  mov.u64 %d4, shared;
  add.s64 %d4, %d4, %d2;
  st.shared.u32 [%d4], %r3;
  bar.sync 0;
  ld.shared.u32 %r5, [shared+4];
  add.s32 %r4, %r4, %r5;
  add.s32 %r4, %r4, %r2;
  st.u32 [%d3], %r4;
}
"""
    aggregate = (7).to_bytes(4, "little") + (100).to_bytes(4, "little")
    assert launch(FACTORIAL + KERNEL + body, aggregate, 5, threads=4)[0] == [221] * 4


def test_variables_and_local_memory():
    body = """
  .local .align 8 .b8 depot[16];
  .reg .pred %p;
  ld.global.u32 %r1, [g+12];
  st.local.u32 [depot+8], %r1;
  ld.local.u32 %r2, [depot+8];
  setp.eq.u32 %p, %r3, 2;
  @%p ret;
  st.u32 [%d3], %r2;
  ret;
}
"""
    data = ".global .align 4 .b8 g[16] = {1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4};\n"
    assert launch(data + KERNEL + body, bytes(8), 5, threads=4)[0] == [4, 4, 0, 4]


def test_generic_addresses():
    body = """
  .local .align 4 .b8 depot[4];
  .reg .b64 %SP, %SPL;
  mov.u64 %SPL, depot;
  cvta.local.u64 %SP, %SPL;
  st.u32 [%SP], 11;
  ld.local.u32 %r1, [%SPL];
  cvta.shared.u64 %d4, shared;
  st.u32 [%d4], %r1;
  ld.shared.u32 %r2, [shared];
  cvta.to.global.u64 %d4, %d3;
  st.global.u32 [%d4], %r2;
  ret;
}
"""
    assert launch(KERNEL + body, bytes(8), 5)[0][0] == 11


def test_lines_of_the_text():
    text = HEAD + FACTORIAL + KERNEL + """
  mov.u64 %d4, factorial;
  prototype: .callprototype (.param .b32 _) _ (.param .b32 _);
  call (%r4), %d4, (%r1), prototype;
}
"""
    module = read_module(write_module(read_ptx_module(text, "/tmp/some.ptx", lines=True)))
    verify_module(module, portable=True)
    (call,) = [i for i in module.functions["k"].instructions() if i.opcode == "call" and i.callee_name is None]
    assert str(location_of(module, call)) == f"/tmp/some.ptx:{text[: text.index('call (%r4), %d4')].count(chr(10)) + 1}:3"
    assert llvm.parse_assembly(write_module(module)).verify() is None
