"""Errors with their line, laziness, names, and layouts that LLVM would not print."""

import pytest
from compile import canonical, reread
from crosswarp.ir.instructions import Call, Phi
from crosswarp.ir.lexer import ReadError
from crosswarp.ir.reader import read_all, read_module
from crosswarp.ir.types import I32, FunctionType
from crosswarp.ir.writer import write_module

BAD = [
    ("@x = global i32 0\nwhat is this\n", 2, "unknown top-level entity 'what'"),
    ("@x = global i33x 0\n", 1, "expected a type"),
    ("@x = global i32 1.5\n", 1, "expected a value of type i32"),
    ("@x = global i32 0, strange 4\n", 1, "unknown property 'strange'"),
    ("@x = global ptr @nowhere\n", 1, "undefined global @nowhere"),
    ("@x = global i32 0\n@x = global i32 1\n", 2, "defined twice"),
    ("declare void @f() frobnicate\n", 1, "unknown property 'frobnicate'"),
    ("declare void @f() #7\n", 1, "undefined attribute group #7"),
    ("define void @f() {\nentry:\n  ret void\n", 1, "never closed"),
    ("define void @f() {\nentry:\n  frob i32 1\n  ret void\n}\n", 3, "unknown instruction 'frob'"),
    ("define void @f() {\n  %a = add i32 %b, 1\n  ret void\n}\n", 2, "undefined value %b"),
    ("define void @f(i64 %b) {\n\n  %a = add i32 %b, 1\n  ret void\n}\n", 3, "%b has type i64, used as i32"),
    ("define void @f() {\n  br label %gone\n}\n", 2, "block %gone is used but not defined"),
    ("define void @f() {\na:\n  ret void\na:\n  ret void\n}\n", 4, "defined twice"),
    ("define void @f() {\na:\nb:\n  ret void\n}\n", 3, "no terminator"),
    ("define i32 @f() {\n  %a = add i32 1, 2, frob\n  ret i32 %a\n}\n", 2, "unknown part 'frob'"),
    ("define void @f(ptr %p) {\n  %a = load atomic i32, ptr %p sometimes\n  ret void\n}\n", 2, "expected an atomic ordering"),
    ("define void @f() {\n  %a = call i32 @g(i32 unheard 1)\n  ret void\n}\ndeclare i32 @g(i32)\n", 2, "expected a value"),
    ("define void @f() {\n  %a = store i32 1, ptr null\n  ret void\n}\n", 2, "no result to name"),
    ("define void @f(i32 %a) {\n  %b = extractvalue i32 %a, 1\n  ret void\n}\n", 2, "malformed extractvalue"),
    ("define void @f(i32 %a) {\n  %b = extractelement i32 %a, i32 1\n  ret void\n}\n", 2, "malformed extractelement"),
    ("define void @f({ i32 } %a) {\n  %b = extractvalue { i32 } %a, 3\n  ret void\n}\n", 2, "malformed extractvalue"),
    ("@a = alias i32, inttoptr (i64 1 to i64)\n", 1, "alias of something of type i64"),
    ("^0 = module: ()\n", 1, "unknown top-level entity"),
]


@pytest.mark.parametrize(("text", "line", "message"), BAD, ids=[m for _, _, m in BAD])
def test_unknown_syntax_is_an_error_with_its_line(text, line, message):
    with pytest.raises(ReadError) as caught:
        read_all(text)
    assert message in str(caught.value)
    assert caught.value.line == line


def test_errors_in_bodies_wait_for_the_body():
    module = read_module("define void @f() {\n  frob\n  ret void\n}\n")
    with pytest.raises(ReadError, match="frob"):
        _ = module.functions["f"].blocks


UNNAMED = """
define i32 @f(i32 %0, ptr %p, i32 %1) {
  %3 = add i32 %0, %1
  br label %4

4:                                                ; preds = %4, %2
  %5 = phi i32 [ %3, %2 ], [ %6, %4 ]
  %6 = mul i32 %5, %5
  %7 = icmp eq i32 %6, 0
  br i1 %7, label %8, label %4

8:
  ret i32 %6
}
"""


def test_unnamed_values_are_numbered_again():
    module = reread(UNNAMED)
    assert canonical(write_module(module)) == canonical(UNNAMED)
    function = module.functions["f"]
    first = function.entry.instructions[0]
    assert first.name is None and [a.name for a in function.arguments] == [None, "p", None]
    phi = function.blocks[1].instructions[0]
    assert isinstance(phi, Phi) and phi.incoming[1][0] is function.blocks[1].instructions[1]
    first.name = "sum"
    assert "%sum = add i32 %0, %1" in write_module(module)
    assert "%3 = phi i32 [ %sum, %2 ], [ %4, %3 ]" not in write_module(module)
    canonical(write_module(module))


def test_equal_names_are_made_different():
    module = reread(UNNAMED)
    for instruction in module.functions["f"].instructions():
        instruction.name = "x" if instruction.type.is_first_class() else None
    for block in module.functions["f"].blocks:
        block.name = "x"
    canonical(write_module(module))


def test_loose_layout():
    text = 'define { i32 } @f() { ret { i32 } { i32 1 } } define void @g() "a"="}" {\n ret void ; }\n}\n' \
           "@s = constant [2 x\n i32] [i32 1,\n i32 2]\n"
    with pytest.raises(ReadError):
        read_module("define void @f() { ret void")
    text = text.replace("} define", "}\ndefine")
    assert canonical(write_module(reread(text))) == canonical(text)


def test_quoted_names_and_odd_bytes():
    text = '%"a type" = type { i32 }\n@"a \\22b\\22" = global %"a type" zeroinitializer\n@s = constant [3 x i8] c"\\00\\FF\\\\"\n' \
           'define void @"f g"(i32 %"1 x") {\n"an entry":\n  %"y\\C3\\A9" = add i32 %"1 x", 1\n' \
           '  br label %"an entry2"\n"an entry2":\n  ret void\n}\n'
    module = reread(text)
    assert canonical(write_module(module)) == canonical(text)
    assert 'a "b"' in module.globals and module.functions["f g"].entry.instructions[0].name == "yé"


def test_forward_references_everywhere():
    text = """
%early = type { ptr, %later }
%later = type { i32 }
@a = global ptr @b
@b = global ptr getelementptr (i8, ptr @c, i64 4)
@c = global %early zeroinitializer
define void @f() {
entry:
  br label %two
one:
  call void @use(ptr %p, i32 %n)
  %q = select i1 %c, ptr getelementptr (i8, ptr @c, i64 8), ptr @a
  ret void
two:
  %p = alloca i32
  %n = call i32 (...) @g(ptr %p)
  %c = icmp eq i32 %n, 0
  br label %one
}
declare void @use(ptr, i32)
declare i32 @g(...)
"""
    assert canonical(write_module(reread(text))) == canonical(text)


def test_debug_records_are_operands():
    text = """
define void @f(i32 %x) !dbg !4 {
  %p = alloca i32, align 4
    #dbg_declare(ptr %p, !7, !DIExpression(), !8)
    #dbg_value(!DIArgList(i32 %x, i32 3), !7, !DIExpression(DW_OP_LLVM_arg, 0, DW_OP_LLVM_arg, 1, DW_OP_plus), !8)
  ret void, !dbg !8
}
!llvm.dbg.cu = !{!0}
!llvm.module.flags = !{!2}
!0 = distinct !DICompileUnit(language: DW_LANG_C99, file: !1, emissionKind: FullDebug)
!1 = !DIFile(filename: "a.c", directory: "/")
!2 = !{i32 2, !"Debug Info Version", i32 3}
!3 = !DISubroutineType(types: !{null})
!4 = distinct !DISubprogram(name: "f", scope: !1, file: !1, line: 1, type: !3, unit: !0, spFlags: DISPFlagDefinition)
!5 = !DIBasicType(name: "int", size: 32, encoding: DW_ATE_signed)
!7 = !DILocalVariable(name: "x", scope: !4, file: !1, line: 1, type: !5)
!8 = !DILocation(line: 1, column: 2, scope: !4)
"""
    module = reread(text)
    assert canonical(write_module(module)) == canonical(text)
    function = module.functions["f"]
    alloca = function.entry.instructions[0]
    assert [use.user.opcode for use in alloca.uses()] == ["#dbg_declare"]
    function.replace_all_uses(function.arguments[0], alloca)
    assert "!DIArgList(ptr %p, i32 3)" in write_module(module)


def test_calls_know_their_parts():
    text = """
define float @f(ptr %p, ptr %g) {
  %x = tail call fast nofpclass(nan) float @h(ptr byval(i64) align 8 %p, i32 noundef 7) #0 [ "tag"(i32 1, ptr %p) ]
  %y = call i32 (ptr, ...) %g(ptr %p, double 1.0)
  ret float %x
}
declare float @h(ptr, i32)
attributes #0 = { nounwind "k"="v" }
"""
    module = reread(text)
    first, second = [i for i in module.functions["f"].instructions() if isinstance(i, Call)]
    assert first.tail == "tail" and first.flags == ("fast",) and first.return_attributes == ["nofpclass(nan)"]
    assert first.callee_name == "h" and first.argument_attributes == [["byval(i64)", "align 8"], ["noundef"]]
    assert first.attributes == ["nounwind", '"k"="v"'] and [(t, len(v)) for t, v in first.bundle_values()] == [("tag", 2)]
    assert second.callee is module.functions["f"].arguments[1] and second.function_type.vararg and second.callee_name is None
    other = module.declare("other", FunctionType(first.type, (I32,)))
    first.set_call(other, other.function_type, [first.arguments[1]])
    assert 'tail call fast nofpclass(nan) float @other(i32 7) #0 [ "tag"(i32 1, ptr %p) ]' in write_module(module)
