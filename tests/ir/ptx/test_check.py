"""Inline PTX that a target keeps: what is read, and what is not PTX; and constants that become part of the text."""

import pytest
from crosswarp.ir.instructions import Call
from crosswarp.ir.passes.base import Pipeline
from crosswarp.ir.passes.check_inline_ptx import CheckInlinePtx
from crosswarp.ir.passes.paste_asm_operands import PasteAsmOperands
from crosswarp.ir.ptx.opcodes import INSTRUCTIONS
from crosswarp.ir.ptx.records import OPCODES
from crosswarp.ir.reader import read_module
from crosswarp.ir.values import InlineAsm
from crosswarp.support.diagnostics import CompileError
from harness import FACTS


def checked(template: str, constraints: str = "", arguments: str = "", before: str = "") -> str:
    """The text of the asm statement after the passes."""
    quoted = template.replace('"', "\\22").replace("\n", "\\0A")
    call = f'call void asm sideeffect "{quoted}", "{constraints}"({arguments})'
    module = read_module(f"{before}\ndefine void @f(i32 %a, i64 %b) {{\n  {call}\n  ret void\n}}\n")
    Pipeline([PasteAsmOperands(), CheckInlinePtx()]).run(module, FACTS)
    (asm,) = [i.callee for i in module.functions["f"].instructions() if isinstance(i, Call)]
    assert isinstance(asm, InlineAsm)
    return asm.template


READ = [
    "wgmma.mma_async.sync.aligned.m64n8k16.f32.f16.f16 {$0, $1, $0, %r3}, d0, d1, p, 1, 1, 0, 0;",
    "tcgen05.ld.red.sync.aligned.32x32b.x4.min.sp::2:4.f32.b2 {a}, {b, c}, d, [e];",
    "cp.async.bulk.tensor.2d.shared::cluster.global.mbarrier::complete_tx::bytes [a], [b, {c, d}], [e], f;",
    "multimem.ld_reduce.acquire.sys.global.add.v4.f32 {a,b,c,d}, [e];", "@!p bra L; L: ret;", "prmt .b32\n x, y, z, 0x3210;",
    "{ .reg .b32 t<4>;", "mov.u32 t0, 1; }", "} {", ".pragma \"nounroll\";", "", "// nothing", "setp.eq.f32 p|q, a, 0f00000000;",
    "call (r), f, (a, b);", ".shared .align 16 .b8 buffer[32];", "mov.b128 q, {a, b}; /* } */",
    "tensormap.replace.tile.global_address.shared::cta.b1024.b64 [a], b;", "fence.proxy.tensormap::generic.acquire.gpu [a], 128;",
]


@pytest.mark.parametrize("text", READ)
def test_ptx_of_every_kind_is_read(text: str) -> None:
    assert checked(text) == text


NOT_PTX = [
    ("foo.u32 a, b;", "'foo.u32': PTX has no such instruction", "line 1, column 1"),
    ("mov.u32 a, b;\n  { nop; }", "'nop': PTX has no such instruction", "line 2, column 5"),
    ("mov.u32 a, ;", "a syntax error", "line 1, column 12"), ("mov.u32 a, b", "a syntax error", "line 1, column 12"),
    (".reg .q32 a;", "a syntax error", "line 1, column 6"),
]


@pytest.mark.parametrize("text, message, place", NOT_PTX)
def test_what_is_not_ptx_is_refused_with_its_place(text: str, message: str, place: str) -> None:
    with pytest.raises(CompileError, match=f"error: inline PTX: {message}(.|\n)*in the asm text, {place}:"):
        checked(text)


def test_constants_become_text() -> None:
    strings = '@mode = constant [6 x i8] c".ft_z\\00"\n@none = addrspace(4) constant [1 x i8] zeroinitializer'
    given = 'i32 %a, ptr @mode, ptr addrspacecast (ptr addrspace(4) @none to ptr), i32 -7, i64 %b'
    text = "add$1.f32 x, $0, ${3:x}; add$2.f32 x, $4, $$5;"
    assert checked(text, "r,i,i,n,l,~{memory}", given, strings) == "add.ft_z.f32 x, $0, -7; add.f32 x, $4, $$5;"


def test_every_record_is_of_a_known_instruction() -> None:
    assert set(OPCODES) <= INSTRUCTIONS
