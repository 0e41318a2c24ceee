"""Inline PTX: what the parser reads, what the records compute beside Python integers, and what is left untranslated."""

import random
import re
import struct

import pytest
from crosswarp.ir.facts import TargetFacts
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.passes.inline_ptx import InlinePtx
from crosswarp.ir.ptx.parser import parse
from crosswarp.ir.ptx.records import FORMS
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
from crosswarp.ir.reader import read_module
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from crosswarp.support.diagnostics import CompileError

FACTS = TargetFacts("test", "nvptx64-nvidia-cuda", "e-i64:64-i128:128")
LETTERS = {16: "h", 32: "r", 64: "l"}
RANDOM = random.Random(5)


def mask(bits):
    return (1 << bits) - 1


def signed(value, bits):
    value &= mask(bits)
    return value - (1 << bits) if value >> (bits - 1) else value


def kernel(template, constraints, result, parameters, memory=False):
    """A kernel with one asm statement, whose arguments are `$1`, `$2`, ... and whose result is stored."""
    listed = ", ".join(f"{p} %a{n}" for n, p in enumerate(parameters))
    return f"""
define ptx_kernel void @k(ptr %out{', ' if listed else ''}{listed}) {{
  %r = call {result} asm sideeffect "{template}", "{constraints}"({listed})
  store {result} %r, ptr %out
  ret void
}}
"""


def translated(text, facts=FACTS):
    module = read_module(f'target datalayout = "{FACTS.datalayout}"\ntarget triple = "nvptx64-nvidia-cuda"\n' + text)
    InlinePtx().apply(module, facts)
    verify_module(module)
    return module


def run(template, result, widths, rows, extra=""):
    """The result for each row of operands, by the interpreter."""
    constraints = ",".join([f"={LETTERS[result]}", *(LETTERS[w] for w in widths)]) + extra
    module = translated(kernel(template, constraints, f"i{result}", [f"i{w}" for w in widths]))
    assert "asm" not in write_module(module).replace('asm sideeffect ""', "")
    machine, values = Interpreter(module), []
    for row in rows:
        out = Buffer(result // 8)
        machine.launch("k", 1, 1, [out, *row])
        values.append(int.from_bytes(bytes(out.data), "little"))
    return values


def rows(widths, count=24):
    """Corner values and random ones; amounts of bits are small half of the time."""
    def one(bits):
        corners = [0, 1, mask(bits), 1 << bits - 1, mask(bits) >> 1, bits - 1, bits, bits + 1, RANDOM.randrange(80)]
        return RANDOM.choice(corners) if RANDOM.random() < 0.6 else RANDOM.getrandbits(bits)

    return [[one(w) for w in widths] for _ in range(count)]


def bfe(a, position, length, bits, is_signed):
    position, length = position & 255, length & 255
    top = a >> min(position + length - 1, bits - 1) & 1 if is_signed and length else 0
    inside = [a >> (position + i) & 1 if i < length and position + i < bits else top for i in range(bits)]
    return sum(bit << i for i, bit in enumerate(inside))


def bfi(a, b, position, length, bits):
    for i in range(length & 255):
        at = (position & 255) + i
        if at < bits:
            b = b & ~(1 << at) | (a >> i & 1) << at
    return b


def prmt(a, b, selector):
    source, result = b << 32 | a, 0
    for place in range(4):
        digit = selector >> 4 * place & 15
        byte = source >> 8 * (digit & 7) & 255
        result |= ((255 if byte >> 7 else 0) if digit & 8 else byte) << 8 * place
    return result


def integer_cases():
    """Mnemonic, width of the result, widths of the operands, the result by Python integers."""
    for w in (16, 32, 64):
        for k in "us":
            value = (lambda x, w=w: signed(x, w)) if k == "s" else (lambda x: x)
            yield f"add.{k}{w}", w, [w, w], lambda a, b: a + b
            yield f"sub.{k}{w}", w, [w, w], lambda a, b: a - b
            yield f"mul.lo.{k}{w}", w, [w, w], lambda a, b: a * b
            yield f"mul.hi.{k}{w}", w, [w, w], lambda a, b, v=value, w=w: v(a) * v(b) >> w
            yield f"mad.lo.{k}{w}", w, [w, w, w], lambda a, b, c: a * b + c
            yield f"mad.hi.{k}{w}", w, [w, w, w], lambda a, b, c, v=value, w=w: (v(a) * v(b) >> w) + c
            yield f"min.{k}{w}", w, [w, w], lambda a, b, v=value: min(a, b, key=v)
            yield f"max.{k}{w}", w, [w, w], lambda a, b, v=value: max(a, b, key=v)
            yield f"shr.{k}{w}", w, [w, 32], lambda a, n, v=value: v(a) >> n if n < 1000 else -(v(a) < 0)
            if w < 64:
                yield f"mul.wide.{k}{w}", 2 * w, [w, w], lambda a, b, v=value: v(a) * v(b)
                yield f"mad.wide.{k}{w}", 2 * w, [w, w, 2 * w], lambda a, b, c, v=value: v(a) * v(b) + c
            if w > 16:
                yield f"bfe.{k}{w}", w, [w, 32, 32], lambda a, p, n, w=w, k=k: bfe(a, p, n, w, k == "s")
        yield f"neg.s{w}", w, [w], lambda a: -a
        yield f"abs.s{w}", w, [w], lambda a, w=w: abs(signed(a, w))
        yield f"and.b{w}", w, [w, w], lambda a, b: a & b
        yield f"or.b{w}", w, [w, w], lambda a, b: a | b
        yield f"xor.b{w}", w, [w, w], lambda a, b: a ^ b
        yield f"not.b{w}", w, [w], lambda a: ~a
        yield f"shl.b{w}", w, [w, 32], lambda a, n: a << n if n < 1000 else 0
        yield f"shr.b{w}", w, [w, 32], lambda a, n: a >> n
        yield f"mov.b{w}", w, [w], lambda a: a
    for w in (32, 64):
        yield f"popc.b{w}", 32, [w], int.bit_count
        yield f"clz.b{w}", 32, [w], lambda a, w=w: w - a.bit_length()
        yield f"brev.b{w}", w, [w], lambda a, w=w: int(f"{a:0{w}b}"[::-1], 2)
        yield f"bfi.b{w}", w, [w, w, 32, 32], lambda a, b, p, n, w=w: bfi(a, b, p, n, w)
    yield "prmt.b32", 32, [32, 32, 32], prmt
    yield "shf.l.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) << (n & 31) >> 32
    yield "shf.r.wrap.b32", 32, [32, 32, 32], lambda a, b, n: (b << 32 | a) >> (n & 31)


CASES = list(integer_cases())


@pytest.mark.parametrize("mnemonic, result, widths, model", CASES, ids=[c[0] for c in CASES])
def test_integers(mnemonic, result, widths, model):
    operands = ", ".join(f"${n}" for n in range(len(widths) + 1))
    given = rows(widths)
    assert run(f"{mnemonic} {operands};", result, widths, given) == [model(*row) & mask(result) for row in given]


@pytest.mark.parametrize("table", [0x00, 0x96, 0xE8, 0xCA, 0xFF, 0x1B])
def test_lop3(table):
    def model(a, b, c):
        return sum((table >> (4 * (a >> i & 1) + 2 * (b >> i & 1) + (c >> i & 1)) & 1) << i for i in range(32))

    given = rows([32] * 3)
    assert run(f"lop3.b32 $0, $1, $2, $3, {table:#x};", 32, [32] * 3, given) == [model(*row) for row in given]


COMPARISONS = {"eq": int.__eq__, "ne": int.__ne__, "lt": int.__lt__, "le": int.__le__, "gt": int.__gt__, "ge": int.__ge__}


@pytest.mark.parametrize("word", COMPARISONS)
@pytest.mark.parametrize("type_", ["u16", "s16", "u32", "s32", "u64", "s64"])
def test_comparisons_select(word, type_):
    bits = int(type_[1:])
    value = (lambda x: signed(x, bits)) if type_[0] == "s" else (lambda x: x)
    text = f"{{ .reg .pred p, q; setp.{word}.{type_} p, $1, $2; setp.eq.and.{type_} q, $1, $1, !p; selp.b32 $0, 4, 7, q; }}"
    given = [*rows([bits, bits]), [5, 5]]
    assert run(text, 32, [bits, bits], given) == [7 if COMPARISONS[word](value(a), value(b)) else 4 for a, b in given]


@pytest.mark.parametrize("to", ["u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64"])
@pytest.mark.parametrize("source", ["u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64"])
def test_conversions(to, source):
    """Narrow sources are the low part of a wider register; narrow results fill one."""
    def fill(value, type_):
        bits = int(type_[1:])
        return signed(value, bits) if type_[0] == "s" else value & mask(bits)

    given = rows([64], 12)
    assert run(f"cvt.{to}.{source} $0, $1;", 64, [64], given) == [fill(fill(a, source), to) & mask(64) for (a,) in given]


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
    "bfind.u32 $0, $1;", "add.sat.s32 $0, $1, $1;", "add.u32 $0, $1;", "add.u64 $0, $1, $1;", "add.f32 $0, $1, %tid.x;",
    "add.u32 $1, $0, $0;", "add.u32 $0, $1, undeclared;", "add.u32 $0, $1, 0x100000000;", "mov.u32 $0, %smid;",
    "lop3.b32 $0, $1, $1, $1, 256;", "bar.sync 1;", "ld.shared.u32 $0, [$1];", "ld.global.u32 $0, [$1];",
    "ld.relaxed.gpu.u32 $0, [$1];", "setp.lt.b32 $0, $1, $1;", "add.u32 $0, $1, $2;", "{ .reg .f32 f; add.u32 $0, $1, f; }",
    "@$1 mov.u32 $0, 1;", "mov.u32 $0, 0f3F800000;",
]


@pytest.mark.parametrize("template", UNKNOWN)
def test_what_is_not_exact_is_refused(template):
    with pytest.raises(CompileError, match="in the asm text, line 1, column "):
        translated(kernel(template, "=r,r", "i32", ["i32"]))


@pytest.mark.parametrize("constraints", ["=r,r,~{r1}", "=h,r", "=q,r", "=r,f"])
def test_unknown_constraints_are_refused(constraints):
    with pytest.raises(CompileError, match="inline PTX: "):
        translated(kernel("mov.u32 $0, $1;", constraints, "i32", ["i32"]))


def test_arithmetic_that_would_flush_denormals_is_refused():
    facts = TargetFacts("test", FACTS.triple, FACTS.datalayout, reflect={"__CUDA_FTZ": 1})
    with pytest.raises(CompileError, match="keeps denormals, in code compiled with -ftz=true"):
        translated(kernel("add.f32 $0, $1, $1;", "=f,f", "float", ["float"]), facts)


LOOP = "{ .reg .pred p; .reg .u32 n; mov.u32 $0, 1; mov.u32 n, $1; again: setp.eq.u32 p, n, 0; @p bra done; mul.lo.u32 $0, $0, 3;" \
       " sub.u32 n, n, 1; bra.uni again; done: }"


def test_branches_and_labels():
    assert run(LOOP, 32, [32], [[0], [1], [5]]) == [1, 3, 243]


def test_every_mnemonic_is_found_by_its_template():
    for form in FORMS:
        spelled = re.sub(r"\[[^\[\]]*\]", "", form.template)
        spelled = re.sub(r"\(([^|)]*)[^)]*\)", r"\1", spelled).replace("T", form.types[0]).replace("U", (form.others or ("",))[0])
        assert form.use(spelled) is not None, form.template
