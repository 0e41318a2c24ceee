"""PTX modules that are wrong: a diagnostic with its place for each statement, and never anything else."""

import re

import pytest
from crosswarp.ir.ptx.module import read_ptx_module
from crosswarp.ir.verifier import verify_module
from crosswarp.support.diagnostics import CompileError
from hypothesis import given, settings
from hypothesis import strategies as st
from module_harness import HEAD, problems
from test_module import FACTORIAL, KERNEL

MODULE = HEAD + FACTORIAL + KERNEL + """
  .local .align 8 .b8 depot[16];
  .reg .pred %p;
  call.uni (%r4), factorial, (%r1);
  @%p ret;
table: .branchtargets a, b;
  brx.idx %r4, table;
a: add.s32 %r4, %r4, 4*(2+1);
b: st.u32 [%d3+4], %r4;
}
.global .align 4 .b8 g[8] = {1, 2}, h = 3;
.extern .shared .align 16 .b8 dynamic[];
"""
WORDS = re.findall(r"\s+|[\w.$%]+|\S", MODULE)

MISTAKES = {
    "a word": (".global .u32 x;\n.func f() { add.u32 , ; }", [(2, "'add'|','")]),
    "two statements": (KERNEL + "add.u32 %r1 %r2;\n sub.u32 %r1, %r2;\n mov.u32 %r1,,;\n}", [(11, "'%r2'"), (13, "','")]),
    "an unknown instruction": (KERNEL + "foo.u32 %r1;\n bar.v9 %r1;\n}", [(11, "'foo.u32'"), (12, "'bar.v9'")]),
    "an unknown register": (KERNEL + "mov.u32 %r1, %r77;\n}", [(11, "%r77")]),
    "a register twice": (KERNEL + ".reg .u32 %r1;\n}", [(11, "a second '%r1'")]),
    "a label that is not there": (KERNEL + "bra nowhere;\n}", [(11, "a label")]),
    "a function twice": (".func f() { ret; }\n.func f() { ret; }", [(2, "a second 'f'")]),
    "another signature": (".func f(.param .b32 a);\n.func f(.param .b64 a) { ret; }", [(2, "other parameters")]),
    "a service of another type": (".extern .func vprintf(.param .b64 a);", [(1, "other parameters than CUDA's")]),
    "too many arguments": (".func f(.param .b32 a) { ret; }\n.func g() { call f, (1, 2); }", [(2, "2 arguments")]),
    "a prototype that is missing": (KERNEL + "call %d1, (%r1);\n}", [(11, "without a prototype")]),
    "an alignment": (".global .align 3 .b8 x[4];", [(1, "the alignment 3")]),
    "too many elements": (".global .u32 x[2] = {1, 2, 3};", [(1, "more initialisers")]),
    "a number that is too large": (".global .b8 x[2] = {1, 256};", [(1, "256")]),
    "an address in 32 bits": (".global .u32 x;\n.global .u32 y = x;", [(2, "'x' in 32 bits")]),
    "a shared initialiser": (".shared .u32 x = 1;", [(1, "shared memory")]),
    "a size left open": (".global .u32 x[];", [(1, "without a size")]),
    "a texture": (".global .texref t;\n.func f() {\n.reg .b64 %d;\nmov.u64 %d, t; }", [(4, "the name 't'")]),
    "a division by zero": (".global .u32 x = 4/0;", [(1, "division by zero")]),
    "a quantity of registers": (".func f() { .reg .u32 %r<99999>; }", [(1, "number of registers")]),
}


@pytest.mark.parametrize("text, expected", MISTAKES.values(), ids=MISTAKES.keys())
def test_each_mistake_has_its_line(text, expected):
    found = problems(text)
    assert [line for line, _ in found] == [line for line, _ in expected], found
    assert all(re.search(words, message) for (_, words), (_, message) in zip(expected, found, strict=True)), found


@pytest.mark.parametrize("text, message", [
    ("", "does not begin with its .version"),
    (".target sm_80\n", "does not begin with its .version"),
    (".version 8.0\n", "without .target"),
    (".version 8.0\n.target sm_80, map_f64_to_f32\n", "'map_f64_to_f32'"),
    (".version 8.0\n.target sm_80\n.address_size 32\n", "addresses of 32 bits"),
])
def test_headers(text, message):
    with pytest.raises(CompileError, match=re.escape(message)):
        read_ptx_module(text, "t.ptx")


@pytest.mark.parametrize("text", [
    ".func f() {" + "{" * 1500 + "}" * 1501,
    ".global .u32 x = " + "1+" * 1200 + "1;",
    ".global .u32 x[2] = " + "{" * 1500 + "}" * 1500 + ";",
], ids=["blocks", "terms", "braces"])
def test_deep_nesting(text):
    assert problems(text) == [(1 - HEAD.count("\n"), "PTX: blocks, braces or expressions nested too deeply")]


def read_or_refuse(text):
    try:
        module = read_ptx_module(text, "t.ptx")
    except CompileError as error:
        assert error.diagnostics and all(d.location.line > 0 and d.location.column > 0 for d in error.diagnostics)
    else:
        verify_module(module, portable=True)


def test_every_beginning_of_a_module_is_read_or_refused():
    read_ptx_module(MODULE, "t.ptx")
    for length in range(0, len(MODULE), 3):
        read_or_refuse(MODULE[:length])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WORDS) - 1), st.sampled_from(["", *set(WORDS)])), min_size=1, max_size=3))
def test_every_damaged_module_is_read_or_refused(changes):
    words = list(WORDS)
    for place, word in changes:
        words[place] = word
    read_or_refuse("".join(words))
