"""What kernels compute, and which mistakes the interpreter reports and where."""

import math
import struct

import pytest
from compile import device_ir, optimized
from crosswarp.ir.interpreter import Buffer, Interpreter, KernelError
from crosswarp.ir.interpreter.errors import Deadlock, Misaligned, NotInterpreted, OutOfBounds, PoisonUse, StepLimit, Trap, Undefined
from crosswarp.ir.reader import read_module


@pytest.fixture(params=["as written", "optimized"])
def machine(request):
    """An interpreter of the kernels as clang writes them, and after LLVM's optimizer: both must compute the same."""
    text = device_ir("kernels.cu")
    return Interpreter(read_module(optimized(text) if request.param == "optimized" else text), max_steps=2_000_000)


@pytest.fixture
def plain():
    """The kernels as written: the optimizer may use a kernel's mistakes."""
    return Interpreter(read_module(device_ir("kernels.cu")), max_steps=2_000_000)


def ints(count):
    return Buffer(4 * count)


def test_saxpy(machine):
    x, y = Buffer.of("f", range(50)), Buffer.of("f", [0.5] * 50)
    machine.launch("saxpy", 2, 32, [2.0, x, y, 50])
    assert y.values("f") == [2.0 * n + 0.5 for n in range(50)]


def test_barriers_count_the_threads_that_are_left(machine):
    data, out = Buffer.of("i", range(100)), ints(2)
    machine.launch("block_sum", 2, 64, [data, out, 100, struct.pack("<ixxxxd", 3, 4.5)], dynamic_shared=256)
    assert out.values("i") == [sum(range(64)) + 7, sum(range(64, 100)) + 7]
    assert machine.global_bytes("counter") == bytearray([2, 0, 0, 0])


def test_three_dimensional_grids(machine):
    out = ints(32)
    machine.launch("shuffles", (1, 1, 1), (8, 2, 2), [Buffer(4 * 128)])
    machine.launch("switches", 1, (16,), [out])
    assert out.values("i")[:10] == [5, 1, 2, 30, 4, 5, 6, 8, 8, 9]


def test_warp_sum(machine):
    data, out = Buffer.of("f", range(64)), Buffer(8)
    machine.launch("warp_sum", 1, 64, [data, out])
    assert out.values("f") == [sum(range(32)), sum(range(32, 64))]


def test_shuffle_modes(machine):
    out = Buffer(4 * 128)
    machine.launch("shuffles", 1, 32, [out])
    got = out.values("i")
    assert got[:32] == [max(t - 1, 0) for t in range(32)]
    assert got[32:64] == [t ^ 1 for t in range(32)]
    assert got[64:96] == [t // 8 * 8 + (t + 5) % 8 for t in range(32)]
    assert got[96:] == [t + 3 if t % 16 + 3 < 16 else t for t in range(32)]


def test_votes_in_divergent_code(machine):
    out = Buffer(4 * 96)
    machine.launch("votes", 1, 32, [out])
    got = out.values("I")
    assert got[1] == sum(1 << t for t in range(1, 32, 2) if t > 20) and got[0] == 1
    assert got[32:64] == [sum(1 << o for o in range(32) if o % 3 == t % 3) for t in range(32)]
    assert got[64:] == [0xFFFFFFFF] * 32


@pytest.mark.parametrize(("which", "value"), [(0, 100), (1, 55)])
def test_function_pointers_and_recursion(machine, which, value):
    out = ints(1)
    machine.launch("calls", 1, 1, [out, which])
    assert out.values("i") == [value]


def test_virtual_calls(machine):
    out = ints(1)
    machine.launch("virtual_calls", 1, 1, [out])
    assert out.values("i") == [1201]


def test_printf(machine):
    machine.launch("prints", 1, 1, [None])
    assert machine.output == "-5|    7|3   |00ff|1099511627776|x|text|2.500|1e+10|%\n"


def test_block_wide_votes_and_named_barriers(machine):
    out = Buffer(4 * 96)
    machine.launch("barrier_votes", 1, 64, [out])
    assert out.values("i")[:32] == [22] * 32 and out.values("i")[32:] == [2] * 64
    out = ints(64)
    machine.launch("named_barriers", 1, 64, [out])
    assert out.values("i") == [5] * 32 + [6] * 32


def test_address_spaces(machine):
    out = ints(1)
    machine.launch("spaces", 1, 1, [out])
    assert out.values("i") == [((2 * 4 + 1) * 4 + 0) * 4 + 2]


def test_blocks_and_threads_take_turns(machine):
    flag, out = ints(1), ints(1)
    machine.launch("waits_for_other_block", 2, 1, [flag, out])
    assert out.values("i") == [7]
    mutex, total = ints(1), ints(1)
    machine.launch("lock", 2, 40, [mutex, total])
    assert total.values("i") == [80]


def f32(value):
    return struct.unpack("<f", struct.pack("<f", value))[0]


def test_floating_point_is_exact(machine):
    a, b, c = f32(0.1), f32(0.3), f32(-0.03)
    x, y, z = 1.1, 3.3, -3.63
    out, dout = Buffer(4 * 10), Buffer(8 * 3)
    machine.launch("floats", 1, 1, [Buffer.of("f", [a, b, c]), out, Buffer.of("d", [x, y, z]), dout])
    got = out.values("f")
    assert got[:3] == [f32(a + b), f32(a * b), f32(a / b)]
    assert got[3] == f32(math.fsum([a * b, c])) and got[6] == f32(math.sqrt(a))
    assert got[4] in (f32(a + b), math.nextafter(f32(a + b), 0)) and got[4] <= a + b and got[5] >= a * b
    assert got[7] == struct.unpack("<e", struct.pack("<e", a))[0]
    assert got[8] == struct.unpack("<f", b"\0\0\xcd\x3d")[0]
    assert got[9] == f32(x)
    from fractions import Fraction
    assert dout.values("d") == [x / y, float(Fraction(x) * Fraction(y) + Fraction(z)), x - y]


def test_integer_operations(machine):
    a, b = 0xF0123456, 0x89ABCDEF
    out, wide = ints(9), Buffer(24)
    machine.launch("integers", 1, 1, [Buffer.of("I", [a, b]), out, wide])
    bytes_ = b << 32 | a
    assert out.values("I") == [
        a.bit_count(), 0, 1, a * b >> 32, sum((bytes_ >> 8 * s & 255) << 8 * n for n, s in enumerate((2, 0, 5, 4))),
        int(f"{a:032b}"[::-1], 2), (a - (1 << 32) >> 4) & 0xFFFFFFFF, a & 0xFFFF, (a << 9 | a >> 23) & 0xFFFFFFFF]
    assert wide.values("Q") == [a * b, a - (1 << 32) + (1 << 64), (a * b) ** 2 >> 64]


WRONG = [
    ("asserts", 1, [4], Trap, r"kernels.cu:42: asserts: Assertion `x == 3' failed"),
    ("traps", 1, [], Trap, "trap"),
    ("out_of_bounds", 1, [Buffer(8), 2], OutOfBounds, "access of 4 bytes at offset 8"),
    ("out_of_bounds", 1, [Buffer(8), -1], OutOfBounds, "offset -4 of global memory"),
    ("out_of_bounds", 1, [None, 0], OutOfBounds, "null pointer"),
    ("shared_out_of_bounds", 5, [Buffer(4)], OutOfBounds, "shared memory"),
    ("uninitialised", 1, [Buffer(4)], PoisonUse, "stored to global memory"),
    ("branch_on_uninitialised", 1, [Buffer(8)], PoisonUse, "branch on poison"),
    ("divides", 1, [Buffer.of("i", [0, 1, 0])], Undefined, "division by zero"),
    ("divides", 1, [Buffer.of("i", [0, -(1 << 31), -1])], Undefined, "overflows"),
    ("shifts", 1, [Buffer.of("i", [0, 1, 32])], PoisonUse, "stored to global memory"),
    ("overflows", 1, [Buffer.of("i", [0, (1 << 31) - 1, 1])], PoisonUse, "stored to global memory"),
    ("deadlock", 4, [], Deadlock, r"thread \(3, 0, 0\) waits at barrier 0"),
    ("forever", 1, [Buffer(4)], StepLimit, "more than"),
]


@pytest.mark.parametrize("case", WRONG, ids=[f"{k}-{n}" for n, (k, *_) in enumerate(WRONG)])
def test_mistakes_are_reported_with_their_place(plain, case):
    kernel, block, args, error, message = case
    with pytest.raises(error, match=message) as caught:
        plain.launch(kernel, 1, block, args)
    assert caught.value.kernel == kernel and caught.value.block == (0, 0, 0)
    assert f"kernel {kernel}, block (0, 0, 0), thread (" in str(caught.value)
    if error in (OutOfBounds, PoisonUse, Undefined):
        assert f"in @{kernel}: " in caught.value.instruction


def run_text(body, declarations="", block=1):
    text = f"define ptx_kernel void @k(ptr %p) {{\n{body}\n}}\n{declarations}"
    out = Buffer(64)
    Interpreter(read_module(text)).launch("k", 1, block, [out])
    return out


def test_unknown_operations_are_named():
    with pytest.raises(NotInterpreted, match="call of mystery"):
        run_text("  call void @mystery()\n  ret void", "declare void @mystery()")
    with pytest.raises(NotInterpreted, match=r"llvm.nvvm.mapa"):
        run_text("  %x = call ptr @llvm.nvvm.mapa(ptr %p, i32 0)\n  ret void", "declare ptr @llvm.nvvm.mapa(ptr, i32)")
    with pytest.raises(NotInterpreted, match=r"inline PTX: bar\.sync"):
        run_text('  call void asm sideeffect "bar.sync 0;", ""()\n  ret void')


def test_alignment_and_lifetime_of_stack_memory():
    with pytest.raises(Misaligned):
        run_text("  %q = getelementptr i8, ptr %p, i64 2\n  store i32 1, ptr %q, align 4\n  ret void")
    with pytest.raises(OutOfBounds):
        run_text("  %q = call ptr @leak()\n  %v = load i32, ptr %q\n  ret void",
                 "define ptr @leak() {\n  %x = alloca i32\n  store i32 1, ptr %x\n  ret ptr %x\n}\n")
    with pytest.raises(OutOfBounds, match="write to constant"):
        run_text("  store i32 1, ptr @c\n  ret void", "@c = constant i32 3")


def test_poison_may_be_copied_and_frozen():
    out = run_text("  %a = shl i32 1, 33\n  %b = add i32 %a, 1\n  %v = insertelement <2 x i32> <i32 7, i32 8>, i32 %b, i32 1\n"
                   "  %e = extractelement <2 x i32> %v, i32 0\n  store i32 %e, ptr %p\n  %f = freeze i32 %b\n"
                   "  %c = icmp eq i32 %f, %f\n  %s = select i1 %c, i32 5, i32 %b\n  %q = getelementptr i32, ptr %p, i32 1\n"
                   "  store i32 %s, ptr %q\n  ret void")
    assert out.values("i")[:2] == [7, 5]


def test_warp_operation_outside_its_mask():
    with pytest.raises(KernelError, match="does not name this lane"):
        run_text("  call void @llvm.nvvm.bar.warp.sync(i32 2)\n  ret void", "declare void @llvm.nvvm.bar.warp.sync(i32)")
