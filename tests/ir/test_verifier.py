"""Valid modules pass; each broken invariant is reported under the line it concerns."""

import pytest
from compile import device_ir, reread
from crosswarp.ir.constants import ConstantInt
from crosswarp.ir.function import Block
from crosswarp.ir.instructions import Instruction
from crosswarp.ir.reader import read_all
from crosswarp.ir.types import I32, I64
from crosswarp.ir.verifier import VerifyError, verify_module

VALID = """
@g = global i32 1
@s = internal addrspace(3) global i32 poison
define i32 @f(i32 %a, i1 %c) {
entry:
  %x = add i32 %a, 1
  br i1 %c, label %then, label %join
then:
  %y = mul i32 %x, 2
  br label %join
join:
  %p = phi i32 [ %x, %entry ], [ %y, %then ]
  switch i32 %p, label %end [
    i32 1, label %end
    i32 2, label %end
  ]
end:
  %q = phi i32 [ %p, %join ], [ %p, %join ], [ %p, %join ]
  %v = call i32 @f(i32 %q, i1 true)
  ret i32 %v
}
define ptx_kernel void @k(ptr %p) {
  store i32 1, ptr %p
  ret void
}
"""


def problems(text, portable=True):
    with pytest.raises(VerifyError) as caught:
        verify_module(read_all(text), portable=portable)
    return caught.value


@pytest.mark.parametrize("text", [VALID, "constructs.cu", "kernels.cu"])
def test_valid_modules_pass(text):
    verify_module(reread(device_ir(text) if text.endswith(".cu") else text), portable=True)


INVALID = [
    (2, "not in the module", "  %y = mul i32 %x, 2", "  %y = mul i32 %x, 2, !tbaa !77"),
    (4, "phi behind", "  %p = phi i32 [ %x, %entry ], [ %y, %then ]",
     "  %n = add i32 1, 1\n  %p = phi i32 [ %x, %entry ], [ %y, %then ]"),
    (5, "entry block has predecessors", "  br label %join\njoin", "  br label %entry\njoin"),
    (6, "0 entries for predecessor %then", ", [ %y, %then ]", ""),
    (6, "no predecessor", "[ %y, %then ]", "[ %y, %then ], [ 0, %end ]"),
    (6, "2 entries for predecessor %join, which has 3", "[ %p, %join ], [ %p, %join ], [ %p, %join ]",
     "[ %p, %join ], [ %p, %join ]"),
    (7, "not defined on every path", "i32 @f(i32 %q,", "i32 @f(i32 %y,"),
    (7, "not defined on every path", "[ %x, %entry ], [ %y, %then ]", "[ %y, %entry ], [ %y, %then ]"),
    (8, "returns void", "  ret i32 %v", "  ret void"),
    (8, "fcmp of type i32", "  %x = add i32 %a, 1", "  %x = add i32 %a, 1\n  %w = fcmp oeq i32 %a, %a"),
    (8, "case 1 occurs twice", "i32 2, label %end", "i32 1, label %end"),
    (8, "zext from i32 to i1", "  %x = add i32 %a, 1", "  %x = add i32 %a, 1\n  %w = zext i32 %a to i1"),
    (8, "no element 3", "  %x = add i32 %a, 1", "  %x = add i32 %a, 1\n  %w = insertvalue { i32, i32 } undef, i32 1, 3"),
    (8, "condition of type i32", "br i1 %c, label %then", "br i32 %a, label %then"),
    (8, "initialized with type", "@g = global i32 1", "@g = global { i32, [2 x i8] } { i32 1, [2 x i8] c\"ab\" }"),
    (9, "1 arguments for 2", "call i32 @f(i32 %q, i1 true)", "call i32 (i32, i1) @f(i32 %q)"),
    (9, "called as", "call i32 @f(i32 %q, i1 true)", "call i32 @f(i32 %q)"),
    (10, "returns i32", "define i32 @f", "define ptx_kernel i32 @f"),
    (10, "is called like a function", "  %y = mul i32 %x, 2", "  call void @k(ptr null)\n  %y = mul i32 %x, 2"),
    (11, "has an initial value", "global i32 poison", "global i32 0"),
    (11, "stack memory in address space 3", "  %x = add i32 %a, 1", "  %x = add i32 %a, 1\n  %w = alloca i32, addrspace(3)"),
    (11, "go through generic", "  %x = add i32 %a, 1",
     "  %x = add i32 %a, 1\n  %w = addrspacecast ptr addrspace(3) @s to ptr addrspace(1)"),
    (12, "not in the operation table", "define ptx", "declare void @llvm.nvvm.unheard.of()\ndefine ptx"),
    (12, "is declared as", "define ptx", "declare float @__cw.math.sin.f64(double)\ndefine ptx"),
]


@pytest.mark.parametrize(("invariant", "message", "old", "new"), INVALID, ids=[f"{n}-{m}" for n, m, _, _ in INVALID])
def test_each_invariant(invariant, message, old, new):
    assert VALID.count(old) == 1 or old == "  %x = add i32 %a, 1"
    if f"{invariant}-{message}" == "2-not in the module":
        message = "!77 does not exist"
    if message == "initialized with type":
        module = reread(VALID.replace(old, new))
        module.globals["g"].value_type = I64
        with pytest.raises(VerifyError, match=message):
            verify_module(module)
        return
    error = problems(VALID.replace(old, new))
    assert any(p.invariant == invariant and message in p.message for p in error.problems), str(error)


def test_the_report_shows_the_line_with_a_caret():
    error = problems(VALID.replace("i32 @f(i32 %q,", "i32 @f(i32 %y,"))
    lines = str(error).splitlines()
    at = next(n for n, line in enumerate(lines) if "@f(i32 %y" in line)
    assert lines[at + 1].strip() == "^" * len(lines[at].strip())
    assert "error: operand %y is used where it is not defined on every path" in lines[at + 2]


def edited():
    module = reread(VALID)
    return module, module.functions["f"]


def test_foreign_operands_and_lost_parents():
    module, function = edited()
    function.entry.instructions[0].operands[1] = module.functions["k"].arguments[0]
    function.blocks[1].instructions[0].parent = None
    with pytest.raises(VerifyError, match=r"invariant 3"):
        verify_module(module)
    module, function = edited()
    function.entry.instructions[0].operands[0] = Instruction("add", I32, [ConstantInt(I32, 1), ConstantInt(I32, 1)])
    with pytest.raises(VerifyError, match=r"not defined in this function.*invariant 7"):
        verify_module(module)
    module, function = edited()
    function.entry.instructions[-1].operands[1] = Block("elsewhere")
    with pytest.raises(VerifyError, match="not in the function"):
        verify_module(module)
    module, function = edited()
    function.blocks[1].instructions.pop()
    with pytest.raises(VerifyError, match="does not end with a terminator"):
        verify_module(module)


def test_removed_globals_are_missed():
    module = reread("declare void @k()\ndefine void @f() {\n  call void @k()\n  ret void\n}\n@a = global ptr @k\n")
    module.remove(module.functions["k"])
    with pytest.raises(VerifyError) as caught:
        verify_module(module)
    assert {p.invariant for p in caught.value.problems} == {2} and len(caught.value.problems) == 2
