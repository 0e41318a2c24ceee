"""LLVM's intrinsics: the interpreter against machine code, on edge cases."""

import pytest
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.interpreter.errors import PoisonUse
from crosswarp.ir.reader import read_module
from native import natively, same

INTEGER_CASES = [0, 1, 2, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x12345678, 0xFFFF0000]
FLOAT_CASES = [0.0, -0.0, 0.5, -0.5, 1.5, 2.5, -2.5, 3.7, 1e10, -1e30, 1e-40, float("inf"), float("-inf"), float("nan")]
UNARY = {"ctpop": "", "bitreverse": "", "bswap": "", "ctlz": ", i1 false", "cttz": ", i1 false", "abs": ", i1 false"}
BINARY = ["smin", "smax", "umin", "umax", "sadd.sat", "uadd.sat", "ssub.sat", "usub.sat"]
OVERFLOW = [f"{s}{op}" for s in "su" for op in ("add", "sub", "mul")]
FLOAT_UNARY = ["fabs", "sqrt", "floor", "ceil", "trunc", "rint", "nearbyint", "roundeven", "round"]
FLOAT_BINARY = ["copysign", "minnum", "maxnum"]


def agree(body, declarations, arguments):
    """Both ways of running `f` write the same; True also when the interpreter says the result is poison."""
    text = f"define void @f(ptr %out, i32 %a, i64 %b, float %c, double %d) {{\n{body}  ret void\n}}\n{declarations}"
    out = Buffer(64)
    try:
        Interpreter(read_module(text)).launch("f", 1, 1, [out, *arguments])
    except PoisonUse:
        return True
    return same(bytes(out.data), natively(text, arguments))


def stores(*values):
    """Store `type value` texts to cells of 8 bytes."""
    lines = [f"  %p{n} = getelementptr i8, ptr %out, i64 {8 * n}\n  store {v}, ptr %p{n}, align 1\n" for n, v in enumerate(values)]
    return "".join(lines)


@pytest.mark.parametrize("name", UNARY)
def test_integer_unary(name):
    body = f"  %x = call i32 @llvm.{name}.i32(i32 %a{UNARY[name]})\n  %y = call i64 @llvm.{name}.i64(i64 %b{UNARY[name]})\n"
    extra = ", i1" if UNARY[name] else ""
    declarations = f"declare i32 @llvm.{name}.i32(i32{extra})\ndeclare i64 @llvm.{name}.i64(i64{extra})\n"
    for a in INTEGER_CASES:
        assert agree(body + stores("i32 %x", "i64 %y"), declarations, [a, a * 0x100000001 ^ 5, 0.0, 0.0]), (name, a)


@pytest.mark.parametrize("name", [*BINARY, *(f"{o}.with.overflow" for o in OVERFLOW)])
def test_integer_binary(name):
    result = "{ i32, i1 }" if "overflow" in name else "i32"
    body = f"  %t = trunc i64 %b to i32\n  %x = call {result} @llvm.{name}.i32(i32 %a, i32 %t)\n"
    if "overflow" in name:
        body += "  %v = extractvalue { i32, i1 } %x, 0\n  %o = extractvalue { i32, i1 } %x, 1\n  %z = zext i1 %o to i8\n"
    cells = stores("i32 %v", "i8 %z") if "overflow" in name else stores("i32 %x")
    for a in INTEGER_CASES:
        for b in INTEGER_CASES[::2]:
            assert agree(body + cells, f"declare {result} @llvm.{name}.i32(i32, i32)\n", [a, b, 0.0, 0.0]), (name, a, b)


@pytest.mark.parametrize("name", ["fshl", "fshr"])
def test_funnel_shifts(name):
    body = f"  %t = trunc i64 %b to i32\n  %x = call i32 @llvm.{name}.i32(i32 %a, i32 -559038737, i32 %t)\n"
    for b in (0, 1, 31, 32, 33, 0xFFFFFFFF):
        assert agree(body + stores("i32 %x"), f"declare i32 @llvm.{name}.i32(i32, i32, i32)\n", [0x12345678, b, 0.0, 0.0]), b


@pytest.mark.parametrize("name", FLOAT_UNARY)
def test_float_unary(name):
    body = f"  %x = call float @llvm.{name}.f32(float %c)\n  %y = call double @llvm.{name}.f64(double %d)\n"
    declarations = f"declare float @llvm.{name}.f32(float)\ndeclare double @llvm.{name}.f64(double)\n"
    for value in FLOAT_CASES:
        assert agree(body + stores("float %x", "double %y"), declarations, [0, 0, value, value]), (name, value)


@pytest.mark.parametrize("name", FLOAT_BINARY)
def test_float_binary(name):
    body = f"  %e = fpext float %c to double\n  %y = call double @llvm.{name}.f64(double %e, double %d)\n"
    for a in FLOAT_CASES:
        for b in FLOAT_CASES:
            if name == "copysign" or not a == b == 0:  # minnum and maxnum leave the sign of zero open
                assert agree(body + stores("double %y"), f"declare double @llvm.{name}.f64(double, double)\n", [0, 0, a, b]), (a, b)


@pytest.mark.parametrize("name", ["fptosi", "fptoui"])
@pytest.mark.parametrize("bits", [8, 32, 64])
def test_saturating_conversions(name, bits):
    body = f"  %x = call i{bits} @llvm.{name}.sat.i{bits}.f64(double %d)\n" + stores(f"i{bits} %x")
    declaration = f"declare i{bits} @llvm.{name}.sat.i{bits}.f64(double)\n"
    for value in [*FLOAT_CASES, 2.0**31, -(2.0**31), 2.0**63, 255.9, -128.9]:
        assert agree(body, declaration, [0, 0, 0.0, value]), value


def test_fused_multiply_add():
    body = "  %e = fpext float %c to double\n  %y = call double @llvm.fma.f64(double %d, double %e, double -1.0)\n"
    for a, b in ((0.1, 10.0), (1.0, 1.0), (3.3, 1 / 3.3), (1e200, 1e30), (float("inf"), 0.0)):
        assert agree(body + stores("double %y"), "declare double @llvm.fma.f64(double, double, double)\n", [0, 0, a, b]), (a, b)


def test_classes():
    for bit in range(10):
        body = f"  %x = call i1 @llvm.is.fpclass.f64(double %d, i32 {1 << bit})\n  %z = zext i1 %x to i8\n"
        for value in FLOAT_CASES:
            assert agree(body + stores("i8 %z"), "declare i1 @llvm.is.fpclass.f64(double, i32)\n", [0, 0, 0.0, value]), (bit, value)


def test_vectors_element_by_element():
    body = "  %v = insertelement <2 x float> zeroinitializer, float %c, i32 1\n" \
           "  %s = call <2 x float> @llvm.fabs.v2f32(<2 x float> %v)\n" \
           "  %t = fmul <2 x float> %s, splat (float 0x3FB99999A0000000)\n" \
           "  %i = bitcast <2 x float> %t to i64\n  %w = bitcast <2 x float> %t to <4 x i16>\n" \
           "  %e = shufflevector <4 x i16> %w, <4 x i16> poison, <2 x i32> <i32 3, i32 0>\n  %k = bitcast <2 x i16> %e to i32\n"
    for value in FLOAT_CASES[:-1]:  # all but NaN
        assert agree(body + stores("i64 %i", "i32 %k"), "declare <2 x float> @llvm.fabs.v2f32(<2 x float>)\n", [0, 0, value, 0.0])
