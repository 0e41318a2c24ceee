"""The `crosswarp` command from end to end, with the real targets."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = """#include <cstdio>
#include "number.h"
__global__ void add(int *p, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) p[i] += NUMBER;
}
int main(int argc, char **argv) {
  int host[100] = {}, *device, sum = 0;
  cudaMalloc(&device, sizeof host);
  cudaMemcpy(device, host, sizeof host, cudaMemcpyHostToDevice);
  add<<<4, 32>>>(device, 100);
  cudaMemcpy(host, device, sizeof host, cudaMemcpyDeviceToHost);
  for (int value : host) sum += value;
  std::printf("%d %s\\n", sum, argc > 1 ? argv[1] : "-");
  return argc > 2 ? 7 : 0;
}
"""
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "number.h").write_text("#define NUMBER 3\n")
    (tmp_path / "x.cu").write_text(PROGRAM)
    return tmp_path / "x.cu"


def test_run(crosswarp: Command, source: Path):
    environment = {"CROSSWARP_DEVICE": "cpu"}
    assert crosswarp("run", "x.cu", env=environment).stdout == "300 -\n"
    assert crosswarp("run", "x.cu", "-O1", "--", "--own", env=environment).stdout == "300 --own\n"
    assert crosswarp("run", "x.cu", "--", "a", "b", env=environment, check=False).returncode == 7
    (source.parent / "number.h").write_text("#define NUMBER 4\n")
    assert crosswarp("run", "x.cu", env=environment).stdout == "400 -\n", "a changed header was not seen"


def test_second_run_does_not_compile(crosswarp: Command, source: Path, session_cache: Path):
    environment = {"CROSSWARP_DEVICE": "cpu"}
    crosswarp("run", "x.cu", "-DONCE", env=environment)
    before = {path: path.stat().st_mtime_ns for path in (session_cache / "programs").iterdir()}
    crosswarp("run", "x.cu", "-DONCE", env=environment)
    assert {path: path.stat().st_mtime_ns for path in (session_cache / "programs").iterdir()} == before


def test_failed_compilation_runs_nothing(crosswarp: Command, source: Path):
    source.write_text("int main() { return 0 }\n")
    done = crosswarp("run", "x.cu", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("x.cu:1:22: error: expected ';'") == 1


def test_compile_and_inspect(crosswarp: Command, source: Path, on_cpu: Command):
    crosswarp("compile", "x.cu", "-o", "app", "--targets", "cpu,gfx1100,gfx942,sm_80")
    assert on_cpu(source.parent / "app").stdout == "300 -\n"
    lines = [line for line in crosswarp("inspect", "app").stdout.splitlines() if "│" in line]
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in lines]
    assert [(row[0], row[1], row[3]) for row in rows] == [
        ("x86-64-v3", "CPU code", "add"), ("gfx1100", "AMDGPU code object", "add"), ("gfx942", "AMDGPU code object", "add"),
        ("sm_80", "PTX", "add")]


@pytest.mark.parametrize("words", [
    ["-default-stream", "per-thread"], ["-G", "-g"], ["-lineinfo"], ["-use_fast_math"], ["-std=c++20"], ["-rdc=true"],
    ["-cudart", "shared"], ["-forward-unknown-to-host-compiler", "-Wall", "-fPIC"],
    ["-Xlinker", "-rpath,/nowhere", "-lm"], ["-maxrregcount=32", "-t1"],
], ids=" ".join)
def test_options_make_running_programs(crosswarp_nvcc: Command, source: Path, toolkit: Path, on_cpu: Command, *, words: list[str]):
    crosswarp_nvcc("x.cu", "-o", "app", "--targets=cpu,sm_80", *words)
    assert on_cpu(source.parent / "app", env={"LD_LIBRARY_PATH": f"{toolkit}/lib64"}).stdout == "300 -\n"


def test_inspect_errors(crosswarp: Command, source: Path):
    for name, text in (("absent", "cannot read 'absent'"), ("x.cu", "'x.cu' has no device code")):
        done = crosswarp("inspect", name, check=False)
        assert done.returncode == 1 and text in done.stderr


@pytest.mark.parametrize(("stage", "text"), [
    ("nvvm.ll", "define dso_local ptx_kernel void @_Z3addPii("),
    ("gfx1100.ll", "amdgpu_kernel void @_Z3addPii("),
    ("sm_80.ptx", ".visible .entry _Z3addPii("),
    ("x86-64-v3.ll", 'target triple = "x86_64-unknown-linux-gnu"'),
    ("cpu.ll", 'target triple = "x86_64-unknown-linux-gnu"'),
])
def test_emit(crosswarp: Command, source: Path, stage: str, text: str):
    assert text in crosswarp("emit", "--stage", stage, "x.cu").stdout


def test_emit_resumes_from_a_kept_stage(crosswarp: Command, source: Path, tmp_path: Path):
    crosswarp("emit", "--stage", "nvvm.ll", "x.cu", "-o", "x.nvvm.ll")
    crosswarp("emit", "--stage", "gfx942.hsaco", "x.nvvm.ll", "-o", "from_kept.hsaco")
    crosswarp("emit", "--stage", "gfx942.hsaco", "x.cu", "-o", "from_source.hsaco")
    assert (tmp_path / "from_kept.hsaco").read_bytes() == (tmp_path / "from_source.hsaco").read_bytes()


@pytest.mark.parametrize(("words", "text"), [
    (["--stage", "gfx1100.foo", "x.cu"], "no stage 'gfx1100.foo'"),
    (["--stage", "gfx1.ll", "x.cu"], "Unsupported gpu architecture 'gfx1'"),
    (["--stage", "gfx1100.ll", "absent.cu"], "no such file: 'absent.cu'"),
    (["--stage", "gfx1100.ll", "x.cu", "--frob"], "Unknown option '--frob'"),
])
def test_emit_errors(crosswarp: Command, source: Path, words: list[str], text: str):
    done = crosswarp("emit", *words, check=False)
    assert done.returncode == 1 and text in done.stderr and done.stdout == ""
    assert sorted(path.name for path in source.parent.iterdir()) == ["number.h", "x.cu"]


@pytest.mark.parametrize("arch", ["cpu", "gfx1100", "sm_80"])
@pytest.mark.parametrize(("code", "text"), [
    ("extern __device__ int elsewhere; __global__ void k(int *p) { *p = elsewhere; }", "elsewhere"),
    ("__device__ int other(int); __global__ void k(int *p) { *p = other(*p); }", "_Z5otheri"),
    ("__global__ void k(int *p) { static void *t[] = {&&a, &&b}; goto *t[*p]; a: *p = 1; return; b: *p = 2; }", "computed goto"),
    ("__global__ void k(int *p) { thread_local int x = 3; *p = x; }", "thread_local variable"),
])
def test_unsupported_device_code(crosswarp_nvcc: Command, source: Path, code: str, text: str, arch: str):
    """One clear message, and nothing of the compiler's inside; the CPU can follow a computed goto."""
    source.write_text(code + "\n")
    done = crosswarp_nvcc("-c", "x.cu", "--targets=none", f"-arch={arch}", check=False)
    if (arch, text) == ("cpu", "computed goto"):
        assert done.returncode == 0
        return
    assert done.returncode == 1 and text in done.stderr and "error: " in done.stderr
    assert "error in backend" not in done.stderr and "Traceback" not in done.stderr
    assert sorted(path.name for path in source.parent.iterdir()) == ["number.h", "x.cu"]


def test_doctor_and_usage(crosswarp: Command):
    assert "host compiler" in crosswarp("doctor", check=False).stdout
    assert crosswarp("frob", check=False).returncode == 2
    assert "compile" in crosswarp("--help").stdout
