"""Read, write, and LLVM prints the same as for the original."""

import pytest
from compile import INPUTS, canonical, device_ir, optimized, reread
from crosswarp.ir.reader import read_module
from crosswarp.ir.writer import write_module

DEBUG = ("-debug-info-kind=limited", "-dwarf-version=4")
CASES = [("constructs.cu",), ("kernels.cu",), ("constructs.cu", *DEBUG), ("kernels.cu", *DEBUG),
         ("constructs.cu", "-fgpu-rdc", "-cuid=1"),
         ("kernels.cu", "-ffast-math", "-fdenormal-fp-math-f32=preserve-sign")]


@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_every_body_printed_anew(case):
    text = device_ir(*case)
    assert canonical(write_module(reread(text))) == canonical(text)


@pytest.mark.parametrize("case", CASES[:2], ids="-".join)
def test_untouched_bodies_are_copied_verbatim(case):
    text = device_ir(*case)
    module = read_module(text)
    written = write_module(module)
    assert canonical(written) == canonical(text)
    assert not any(f.is_read for f in module.definitions())
    for function in module.definitions():
        assert function.body_text in written and function.body_text in text


@pytest.mark.parametrize("case", [CASES[0], CASES[1], CASES[3]], ids="-".join)
def test_after_optimization(case):
    text = optimized(device_ir(*case))
    assert canonical(write_module(reread(text))) == canonical(text)


def test_reading_own_output_changes_nothing():
    once = write_module(reread(device_ir("constructs.cu")))
    assert write_module(reread(once)) == once


HOST_CPP = r"""
struct Thrown { int code; };
void may_throw(int);
struct Guard { ~Guard(); };
thread_local int per_thread = 3;
extern "C" int host(int n, long double x, float *v) {
  Guard g;
  try { may_throw(n); } catch (Thrown &t) { return t.code; } catch (int i) { return i; }
  static void *labels[] = {&&one, &&two};
  goto *labels[n & 1];
one: per_thread++;
two: for (int i = 0; i < 64; ++i) v[i] = v[i] * (float)x + 1;
  return (int)x;
}
"""


@pytest.mark.parametrize("flags", [("-O0",), ("-O2",), ("-O3", "-mavx2", "-g")], ids=" ".join)
def test_x86_host_code(flags, tmp_path):
    """Exceptions, thread-local variables, computed goto, 80-bit floats and vectors: not on devices, but LLVM prints them."""
    from crosswarp.support.toolchain import clang_command, resource_dir, run_tool

    source = tmp_path / "host.cpp"
    source.write_text(HOST_CPP)
    command = clang_command("--target=x86_64-linux-gnu", "-resource-dir", resource_dir(), *flags, "-S", "-emit-llvm",
                            str(source), "-o", "-")
    text = run_tool(command).stdout.decode()
    assert canonical(write_module(reread(text))) == canonical(text)


@pytest.mark.parametrize("name", ["amdgpu.ll", "globals.ll"])
def test_written_by_hand(name):
    text = (INPUTS / name).read_text()
    assert canonical(write_module(reread(text))) == canonical(text)
    assert canonical(write_module(read_module(text))) == canonical(text)
