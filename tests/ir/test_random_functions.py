"""Random straight-line functions: valid, unchanged by a round trip, and the interpreter computes what machine code does."""

from compile import canonical, reread
from crosswarp.ir.builder import Builder
from crosswarp.ir.constants import ConstantFloat, ConstantInt
from crosswarp.ir.function import Function
from crosswarp.ir.interpreter import Buffer, Interpreter
from crosswarp.ir.interpreter.errors import PoisonUse, Undefined
from crosswarp.ir.module import Module
from crosswarp.ir.types import DOUBLE, FLOAT, I1, I8, I16, I32, I64, PTR, VOID, FunctionType, IntType
from crosswarp.ir.verifier import verify_module
from crosswarp.ir.writer import write_module
from hypothesis import given, settings
from hypothesis import strategies as st
from native import natively, same

INTEGERS = {t: t for t in (I8, I16, I32, I64)}
FLOATS = [FLOAT, DOUBLE]
INTEGER_OPS = ["add", "sub", "mul", "udiv", "sdiv", "urem", "srem", "shl", "lshr", "ashr", "and", "or", "xor"]
FLOAT_OPS = ["fadd", "fsub", "fmul", "fdiv"]
PREDICATES = ["eq", "ne", "ult", "ule", "ugt", "uge", "slt", "sle", "sgt", "sge"]
FLOAT_PREDICATES = ["oeq", "ogt", "oge", "olt", "ole", "one", "ord", "ueq", "ugt", "uge", "ult", "ule", "une", "uno"]
WRAPPING, EXACT = ["nuw", "nsw"], ["exact"]
FLAGS = {**dict.fromkeys(("add", "sub", "mul", "shl"), WRAPPING), **dict.fromkeys(("udiv", "sdiv", "lshr", "ashr"), EXACT),
         "or": ["disjoint"]}
WORDS = st.sampled_from([0, 1, 2, 7, 31, 0x7F, 0x80, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x123456789ABCDEF0])


@st.composite
def modules(draw):
    """A module with one function `f(ptr out, i32 a, i64 b, float c, double d)` that stores its last values to `out`."""
    module = Module()
    function = module.add_function(Function("f", FunctionType(VOID, (PTR, I32, I64, FLOAT, DOUBLE))))
    b = Builder(function.add_block())
    values = list(function.arguments[1:])

    def some(kind):
        known = [v for v in values if v.type is kind]
        if known and draw(st.integers(0, 4)):
            return draw(st.sampled_from(known))
        if isinstance(kind, IntType):
            return ConstantInt(kind, draw(WORDS))
        return ConstantFloat.from_float(kind, draw(st.sampled_from([0.0, -0.0, 1.0, 0.1, -3.5, 1e30, 1e-40])))

    for _ in range(draw(st.integers(1, 12))):
        values.append(draw_instruction(draw, b, some))
    offset = 0
    for value in values[-6:]:
        stored = b.cast("zext", value, I8) if value.type is I1 else value
        b.store(stored, b.gep(I8, function.arguments[0], [offset]), align=1)
        offset += 8
    b.ret()
    return module


def draw_instruction(draw, b, some):
    """One instruction on random operands."""
    kind = draw(st.sampled_from([*INTEGERS, *FLOATS]))
    choice = draw(st.integers(0, 5))
    is_integer = isinstance(kind, IntType)
    if choice <= 2:
        op = draw(st.sampled_from(INTEGER_OPS if is_integer else FLOAT_OPS))
        flags = tuple(f for f in FLAGS.get(op, ()) if draw(st.integers(0, 3)) == 0)
        return b.binary(op, some(kind), some(kind), None, flags)
    if choice == 3:
        condition = b.icmp(draw(st.sampled_from(PREDICATES)), some(kind), some(kind)) if is_integer else \
            b.fcmp(draw(st.sampled_from(FLOAT_PREDICATES)), some(kind), some(kind))
        return b.select(condition, some(kind), some(kind)) if draw(st.booleans()) else condition
    return draw_conversion(draw, b, some, kind)


def draw_conversion(draw, b, some, kind):
    target = draw(st.sampled_from([*INTEGERS, *FLOATS]))
    value = some(kind)
    if isinstance(kind, IntType) and isinstance(target, IntType):
        if target.bits == kind.bits:
            return b.unary("freeze", value)
        return b.cast("trunc" if target.bits < kind.bits else draw(st.sampled_from(["zext", "sext"])), value, target)
    if isinstance(kind, IntType):
        return b.cast(draw(st.sampled_from(["sitofp", "uitofp"])), value, target)
    if isinstance(target, IntType):
        return b.cast(draw(st.sampled_from(["fptosi", "fptoui"])), value, target)
    if target is kind:
        return b.unary("fneg", value)
    return b.cast("fptrunc" if target is FLOAT else "fpext", value, target)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(modules())
def test_round_trip(module):
    verify_module(module)
    text = write_module(module)
    assert canonical(write_module(reread(text))) == canonical(text)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(modules(), WORDS, WORDS, st.floats(width=32), st.floats())
def test_interpreter_agrees_with_machine_code(module, a, b, c, d):
    text = write_module(module)
    out = Buffer(64)
    try:
        Interpreter(module).launch("f", 1, 1, [out, a, b, c, d])
    except (PoisonUse, Undefined):
        return  # machine code may do anything here
    assert same(bytes(out.data), natively(text, [a & 0xFFFFFFFF, b, c, d])), text
