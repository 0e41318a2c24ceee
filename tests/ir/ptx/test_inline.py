"""Inline PTX: what the parser reads, what the records compute beside Python integers, and what is left untranslated."""

import struct

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.ptx.parser import parse
from crosswarp.ir.ptx.records import FORMS
from crosswarp.ir.ptx.spellings import spellings
from crosswarp.ir.ptx.syntax import (
    Argument,
    Block,
    Declaration,
    Immediate,
    Instruction,
    Memory,
    Name,
    Negated,
    PtxError,
    Vector,
)
from crosswarp.support.diagnostics import CompileError
from harness import Case, interpret, translated


def run(template, result, widths, rows):
    """The result for each row of operands, by the interpreter."""
    return interpret(Case(template, f"b{result}", tuple(f"b{w}" for w in widths), lambda *row: 0), rows)


def kernel(template, constraints, result, parameters):
    """A kernel with one asm statement, whose arguments are `$1`, `$2`, ... and whose result is stored."""
    listed = ", ".join(f"{p} %a{n}" for n, p in enumerate(parameters))
    return f"""
define ptx_kernel void @k(ptr %out{', ' if listed else ''}{listed}) {{
  %r = call {result} asm sideeffect "{template}", "{constraints}"({listed})
  store {result} %r, ptr %out
  ret void
}}
"""


def test_float_arithmetic():
    def f32(value):
        return struct.unpack("f", struct.pack("f", value))[0]

    text = kernel("add.f32 $0, $1, 0f3F800000;", "=f,f", "float", ["float"])
    for value in (0.1, -1.0, 1e30, 1.5e-40):
        out = Buffer(4)
        Interpreter(translated(text)).launch("k", 1, 1, [out, f32(value)])
        assert out.values("f") == [f32(f32(value) + 1)]
    out = Buffer(8)
    fused = kernel("fma.rn.f64 $0, $1, $2, $2;", "=d,d,d", "double", ["double"] * 2)
    Interpreter(translated(fused)).launch("k", 1, 1, [out, 3.0, 0.5])
    assert out.values("d") == [2.0]


def test_registers_predicates_and_blocks():
    text = "{ .reg .u32 %r<2>; .reg .pred p; mov.u32 $0, 1; setp.gt.u32 p, $1, 8; @p mov.u32 $0, 2; @!p add.u32 $0, $0, 10;" \
           " { .reg .u32 %r0; mov.u32 %r0, 100; add.u32 $0, $0, %r0; } }"
    assert run(text, 32, [32], [[8], [9]]) == [111, 102]


def test_moves_pack_and_unpack():
    assert run("mov.b64 $0, {$1, $2};", 64, [32, 32], [[1, 2]]) == [2 << 32 | 1]
    text = "{ .reg .b32 lo, hi; mov.b64 {lo, hi}, $1; mov.b64 $0, {hi, lo}; }"
    assert run(text, 64, [64], [[0x1122334455667788]]) == [0x5566778811223344]
    assert run("{ .reg .b16 t; mov.b32 {t, _}, $1; mov.b64 $0, {t, 2, -1, t}; }", 64, [32], [[0x12345678]]) == [0x5678FFFF00025678]
    text = "{ .reg .b128 w; mov.b128 w, {$1, 7}; .reg .b32 t<4>; mov.b128 {t0, t1, t2, t3}, w; mov.b64 $0, {t2, t1}; }"
    assert run(text, 64, [64], [[0x1122334455667788]]) == [0x1122334400000007]


def test_tied_operand_keeps_its_value():
    module = translated(kernel("{ .reg .pred p; setp.eq.u32 p, $1, 7; @p mov.u32 $0, 1; }", "=r,n,0", "i32", ["i32", "i32"])
                        .replace("(i32 %a0, i32 %a1)\n", "(i32 7, i32 %a1)\n"))
    out = Buffer(4)
    Interpreter(module).launch("k", 1, 1, [out, 0, 42])
    assert out.values("I") == [1]


def test_memory_and_guarded_store():
    text = """
define ptx_kernel void @k(ptr %p, i32 %n) {
  call void asm sideeffect "{ .reg .pred p; .reg .s32 v; setp.ne.s32 p, $1, 0; \
ld.global.s8 v, [$0+4]; @p st.global.u32 [$0], v; }", \
"l,r,~{memory}"(ptr %p, i32 %n)
  ret void
}
"""
    for flag, expected in ((0, 9), (1, -2)):
        data = Buffer.of("i", [9, 0xFE])
        Interpreter(translated(text)).launch("k", 1, 1, [data, flag])
        assert data.values("i")[0] == expected


def test_threads():
    text = """
define ptx_kernel void @k(ptr %out) {
  %r = call { i32, i32, i32 } asm sideeffect "{ .reg .pred p; mov.u32 $0, %laneid; setp.lt.u32 p, $0, 4; \
vote.sync.ballot.b32 $1, p, -1; shfl.sync.down.b32 $2, $0, 1, 31, -1; bar.sync 0; }", "=r,=r,=r"()
  %lane = extractvalue { i32, i32, i32 } %r, 0
  %ballot = extractvalue { i32, i32, i32 } %r, 1
  %next = extractvalue { i32, i32, i32 } %r, 2
  %sum = add i32 %ballot, %next
  %at = getelementptr i32, ptr %out, i32 %lane
  store i32 %sum, ptr %at
  ret void
}
"""
    out = Buffer(128)
    Interpreter(translated(text)).launch("k", 1, 32, [out])
    assert out.values("i") == [15 + min(lane + 1, 31) for lane in range(32)]


def test_parser():
    block = parse("{ .reg .b32 r<2>, s; // comment\n @!p ld.global.u32 r0, [$1+-4]; /* x */ mov.b64 {a,b}, $2; }")
    assert block == Block((Block((
        Declaration("b32", ("r0", "r1", "s")),
        Instruction("ld.global.u32", (Name("r0"), Memory(Argument(1), -4)), Negated(Name("p"))),
        Instruction("mov.b64", (Vector((Name("a"), Name("b"))), Argument(2))),
    )),))  # fmt: skip
    (statement,) = parse("or.b32 %r1, 0x1F, 010;").statements
    assert statement == Instruction("or.b32", (Name("%r1"), Immediate(31), Immediate(8)))
    assert parse("mov.f32 a, 0f3F800000;").statements[0].operands[1] == Immediate(0x3F800000, 32)


NOT_READ = ["add.u32 $0, ;", "add.u32 $0", "bra here", ".reg .q16 h;", "x: add.u32 a, b", "mov.u32 $0, 09;", "}"]


@pytest.mark.parametrize("text", NOT_READ)
def test_parser_refuses(text):
    with pytest.raises(PtxError):
        parse(text)


UNKNOWN = [
    "warp.u32 $0, $1;", "add.sat.u32 $0, $1, $1;", "add.u32 $0, $1;", "add.u64 $0, $1, $1;", "add.f32 $0, $1, %tid.x;",
    "add.u32 $0, $1, %tid.x;", "mov.f32 $0, %tid.x;",
    "add.u32 $1, $0, $0;", "add.u32 $0, $1, undeclared;", "add.u32 $0, $1, 0x100000000;", "mov.u32 $0, %gridid;",
    "lop3.b32 $0, $1, $1, $1, 256;", "ld.global.u32 $0, [$1];",
    "ld.relaxed.gpu.const.u32 $0, [$1];", "setp.lt.b32 $0, $1, $1;", "add.u32 $0, $1, $2;", "{ .reg .f32 f; add.u32 $0, $1, f; }",
    "@$1 mov.u32 $0, 1;", "mov.u32 $0, 0f3F800000;", "{ .reg .b16 t; mov.b32 $0, {t, _}; }",
]


@pytest.mark.parametrize("template", UNKNOWN)
def test_what_is_not_exact_is_refused(template):
    with pytest.raises(CompileError, match="in the asm text, line 1, column "):
        translated(kernel(template, "=r,r", "i32", ["i32"]))


@pytest.mark.parametrize("constraints", ["=r,r,~{r1}", "=h,r", "=q,r", "=r,f"])
def test_unknown_constraints_are_refused(constraints):
    with pytest.raises(CompileError, match="inline PTX: "):
        translated(kernel("mov.u32 $0, $1;", constraints, "i32", ["i32"]))


LOOP = "{ .reg .pred p; .reg .u32 n; mov.u32 $0, 1; mov.u32 n, $1; again: setp.eq.u32 p, n, 0; @p bra done; mul.lo.u32 $0, $0, 3;" \
       " sub.u32 n, n, 1; bra.uni again; done: }"


def test_branches_and_labels():
    assert run(LOOP, 32, [32], [[0], [1], [5]]) == [1, 3, 243]


def test_every_mnemonic_is_found_by_its_template():
    for form in FORMS:
        spelled = next(iter(spellings(form)))
        assert form.use(spelled) is not None, form.template
