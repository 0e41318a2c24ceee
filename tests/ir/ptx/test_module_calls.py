"""Calls in PTX modules: through names, registers and tables, with structs, several results and CUDA's services."""

from module_harness import launch, problems, read

TWICE = """
.visible .func (.param .b32 r) twice(.param .b32 a)
{
  .reg .b32 %r<3>;
  ld.param.b32 %r1, [a];
  shl.b32 %r2, %r1, 1;
  st.param.b32 [r], %r2;
  ret.uni;
}
.func (.reg .b32 %out) thrice(.reg .b32 %in)
{
  mul.lo.u32 %out, %in, 3;
  ret;
}
"""
HEAD = """
.visible .entry k(.param .u64 .ptr .global .align 4 p, .param .u32 n)
.maxntid 32, 2, 1
.minnctapersm 2
{
  .reg .b32 %r<9>;
  .reg .b64 %d<9>;
  .reg .pred %p<3>;
  ld.param.u64 %d1, [p];
  ld.param.u32 %r1, [n];
"""


def test_registers_and_parameters_of_functions():
    body = "call (%r2), thrice, (%r1); call (%r3), twice, (7); st.u32 [%d1], %r2; st.u32 [%d1+4], %r3; ret; }"
    assert launch(TWICE + HEAD + body, 5)[0][:2] == [15, 14]


def test_calls_through_registers():
    table = ".global .align 8 .u64 table[2] = {twice, thrice};\n"
    body = """
  mul.wide.u32 %d2, %r1, 8;
  mov.u64 %d3, table;
  add.s64 %d3, %d3, %d2;
  ld.global.u64 %d4, [%d3];
  {
    .param .b32 param0;
    .param .b32 retval0;
    st.param.b32 [param0], 10;
    prototype_2 : .callprototype (.param .b32 _) _ (.param .b32 _);
    call (retval0), %d4, (param0), prototype_2;
    ld.param.b32 %r2, [retval0];
  }
  mov.u64 %d5, twice;
targets: .calltargets twice, thrice;
  call.uni (%r3), %d5, (%r2), targets;
  st.u32 [%d1], %r2;
  st.u32 [%d1+4], %r3;
}
"""
    assert launch(TWICE + table + HEAD + body, 0)[0][:2] == [20, 40]
    assert launch(TWICE + table + HEAD + body, 1)[0][:2] == [30, 60]


def test_structs_by_value():
    function = """
.func (.param .align 4 .b8 r[12]) turn(.param .align 4 .b8 s[12])
{
  .reg .b32 %r<4>;
  ld.param.u32 %r1, [s];
  ld.param.u32 %r2, [s+4];
  ld.param.u32 %r3, [s+8];
  st.param.u32 [r+8], %r1;
  st.param.u32 [r], %r2;
  st.param.u32 [r+4], %r3;
  ret;
}
"""
    body = """
  { .param .align 4 .b8 a[12];
    .param .align 4 .b8 b[12];
    st.param.u32 [a], %r1;
    st.param.u32 [a+4], 20;
    st.param.u32 [a+8], 30;
    call (b), turn, (a);
    ld.param.u32 %r2, [b];
    ld.param.u32 %r3, [b+4];
    ld.param.u32 %r4, [b+8];
  }
  st.u32 [%d1], %r2;
  st.u32 [%d1+4], %r3;
  st.u32 [%d1+8], %r4;
}
"""
    assert launch(function + HEAD + body, 10)[0][:3] == [20, 30, 10]


def test_tables_of_targets_and_guards():
    body = """
  mov.u32 %r2, 0;
  setp.gt.u32 %p1, %r1, 2;
  @%p1 bra.uni over;
table: .branchtargets zero, one, two;
  brx.idx.uni %r1, table;
two: add.u32 %r2, %r2, 100;
one: add.u32 %r2, %r2, 10;
zero: add.u32 %r2, %r2, 1;
over:
  setp.eq.u32 %p2, %r1, 7;
  @%p2 exit;
  st.u32 [%d1], %r2;
}
"""
    assert [launch(HEAD + body, n)[0][0] for n in (0, 1, 2, 3, 7)] == [1, 11, 111, 0, 0]


def test_guarded_calls():
    body = """
  mov.u32 %r2, 1;
  setp.eq.u32 %p1, %r1, 4;
  @%p1 call (%r2), thrice, (%r1);
  @!%p1 call (%r3), twice, (%r1);
  st.u32 [%d1], %r2;
  st.u32 [%d1+4], %r3;
}
"""
    assert [launch(TWICE + HEAD + body, n)[0][:2] for n in (4, 5)] == [[12, 0], [1, 10]]


def test_vprintf_and_the_heap():
    text = """
.extern .func (.param .b32 r) vprintf(.param .b64 f, .param .b64 a);
.extern .func (.param .b64 r) malloc(.param .b64 n);
.extern .func free(.param .b64 p);
.global .align 1 .b8 $str[7] = {37, 100, 32, 37, 115, 10};
.global .align 1 .b8 $name[3] = {104, 105, 0};
"""
    body = """
  .local .align 8 .b8 depot[16];
  .reg .b64 %SP, %SPL;
  mov.u64 %SPL, depot;
  cvta.local.u64 %SP, %SPL;
  { .param .b64 size; .param .b64 m;
    st.param.b64 [size], 16;
    call.uni (m), malloc, (size);
    ld.param.b64 %d2, [m]; }
  st.u32 [%d2+8], %r1;
  ld.u32 %r2, [%d2+8];
  st.local.u32 [%SPL], %r2;
  cvta.global.u64 %d3, $name;
  st.local.u64 [%SPL+8], %d3;
  { .param .b64 m; st.param.b64 [m], %d2; call.uni free, (m); }
  mov.u64 %d4, $str;
  cvta.global.u64 %d5, %d4;
  { .param .b64 a; .param .b64 b; .param .b32 c;
    st.param.b64 [a], %d5; st.param.b64 [b], %SP;
    call.uni (c), vprintf, (a, b); }
}
"""
    assert launch(text + HEAD + body, 42)[1] == "42 hi\n"


def test_declarations_before_definitions_and_aliases():
    text = ".visible .func (.param .b32 r) twice(.param .b32 a);\n.visible .func (.param .b32 r) other(.param .b32 a);\n"
    body = "call (%r2), other, (%r1); st.u32 [%d1], %r2; }\n"
    assert launch(text + HEAD + body + TWICE + ".alias other, twice;\n", 5)[0][0] == 10
    assert problems(".visible .func other();\n.alias other, another;")[0][1].endswith("no function defined here")


def test_attributes_of_functions():
    text = ".entry a() .reqntid 8, 4 .maxnreg 32 { ret; } .func b() .noreturn { trap; } .visible .func c() .pragma \"x\"; { }"
    functions = read(text.replace('.pragma "x";', "") + HEAD + "}").functions
    assert functions["k"].attribute("nvvm.maxntid") == "32,2,1" and functions["k"].attribute("nvvm.minctasm") == "2"
    assert functions["a"].attribute("nvvm.reqntid") == "8,4" and functions["a"].attribute("nvvm.maxnreg") == "32"
    assert functions["b"].has_attribute("noreturn") and functions["b"].linkage == "internal"
    assert functions["c"].linkage == "" and functions["k"].calling_convention == "ptx_kernel"
    cluster = read(".entry a() .explicitcluster .reqnctapercluster 2 { ret; }").functions["a"]
    assert cluster.attribute("nvvm.cluster_dim") == "2,1,1"
