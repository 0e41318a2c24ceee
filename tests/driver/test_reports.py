"""What a command tells besides its outputs: times, traces, resources."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from crosswarp.driver.nvcc import run_nvcc

from tests.driver.workplace import Nvcc

KERNEL = "__global__ void fill(int *p) { *p = 1; }\nvoid start(int *p) { fill<<<1, 1>>>(p); }\n"
COLUMNS = "source file name , phase name , phase input files , phase output file , arch , tool , metric , unit"


def test_times_are_appended(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str]):
    for _ in range(2):
        assert fake_nvcc("-c", "x.cu", "-arch=gfx1100", "-time", "times.csv") == 0
    heading, *rows = Path("times.csv").read_text().splitlines()
    assert heading == COLUMNS
    cells = [row.split(" , ") for row in rows]
    assert [(row[0], row[1], row[4]) for row in cells] == 2 * [
        ("x.cu", "device compilation", ""), ("x.cu", "host compilation", ""), ("x.cu", "image", "gfx1100")]
    assert all(float(row[6]) > 0 and row[7] == "ms" for row in cells)
    assert fake_nvcc("-c", "x.cu", "-arch=gfx1100", "-time=-") == 0
    assert capfd.readouterr().out.startswith(COLUMNS)


def test_times_of_a_library(fake_nvcc: Nvcc, source: Path):
    assert fake_nvcc("-lib", "x.cu", "-o", "x.a", "-arch=gfx1100", "-time", "times.csv") == 0
    assert Path("times.csv").read_text().splitlines()[-1].startswith(" , library , ")


def test_trace_of_the_device_pass(fake_nvcc: Nvcc, source: Path):
    assert fake_nvcc("-c", "x.cu", "-arch=gfx1100", "-o", "made.o", "-fdevice-time-trace=-") == 0
    assert json.loads(Path("made.json").read_text())["traceEvents"]
    assert fake_nvcc("-c", "x.cu", "-arch=gfx1100", "-fdevice-time-trace", "named.json") == 0
    assert json.loads(Path("named.json").read_text())["traceEvents"]


FUNCTIONS = """__device__ float called(float x) { return x + 1; }
template <class T> __device__ T generic(T x) { return x; }
static __device__ float hidden(float x) { return x * 3; }
__global__ void kernel(float *p) {
  *p = called(*p) + hidden(generic(1.f));
}
"""


def test_ptx_with_functions_and_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Functions of external linkage stay; lines of the source stand before the code made of them."""
    monkeypatch.chdir(tmp_path)
    Path("x.cu").write_text(FUNCTIONS)
    assert run_nvcc(["x.cu", "-ptx", "-arch=sm_80", "-keep-device-functions", "-src-in-ptx", "-lineinfo"]) == 0
    lines = Path("x.ptx").read_text().splitlines()
    assert [re.findall(r"_Z\w+", line) for line in lines if line.startswith(".visible .func")] == [["_Z6calledf"]]
    comments = [line for line in lines if line.startswith("//x.cu:")]
    assert "//x.cu:5   *p = called(*p) + hidden(generic(1.f));" in comments
    assert all(line == f"//x.cu:{number} {FUNCTIONS.splitlines()[number - 1]}" for line in comments
               for number in [int(line.split(":")[1].split()[0])])
    assert run_nvcc(["x.cu", "-ptx", "-arch=sm_80"]) == 0
    plain = Path("x.ptx").read_text()
    assert ".func" not in plain and "//x.cu" not in plain


INLINED = """__device__ __noinline__ float far(float x) { return x * 2; }
__device__ float near(float x) { return x + 1; }
__global__ void kernel(float *p) { *p = near(*p) + far(*p); }
"""


def test_remarks_about_inlining(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """On each target, every time, and only of the user's own functions."""
    monkeypatch.chdir(tmp_path)
    Path("x.cu").write_text(INLINED)
    words = ["x.cu", "-fatbin", "--targets=gfx1100,sm_80,only"]
    for extra, place in (([], ""), (["-lineinfo"], "x.cu:3:41: ")):
        for _ in range(2):
            assert run_nvcc([*words, "-opt-info", "inline", *extra]) == 0
            lines = [line for line in capfd.readouterr().err.splitlines() if "remark: " in line]
            for arch in ("gfx1100", "sm_80"):
                own = [line for line in lines if line.endswith(f"[{arch}]")]
                assert len(own) == 2 and own[0].startswith(f"{place}remark: '_Z4nearf' inlined into '_Z6kernelPf'")
                assert "'_Z3farf' not inlined into '_Z6kernelPf'" in own[1]
    assert run_nvcc(words) == 0
    assert "remark" not in capfd.readouterr().err


SPILLING = """
__global__ void __launch_bounds__(1024, 2) sum(const float *x, float *y) {
  float v[120];
  for (int i = 0; i < 120; ++i) v[i] = x[i * 1024 + threadIdx.x];
  __syncthreads();
  for (int i = 0; i < 120; ++i) y[(119 - i) * 1024 + threadIdx.x] = v[i] * v[(i * 7) % 120];
}
"""


@pytest.mark.parametrize("words", [["--resource-usage"], ["-Xptxas", "-v"], ["-Xptxas=-O3,--verbose"]], ids=" ".join)
def test_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: list[str]):
    """AMD code objects state their kernels' needs; PTX without ptxas has none yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    body = "__shared__ int s[8]; s[threadIdx.x] = 1; __syncthreads(); *p = s[*p];"
    Path("x.cu").write_text(f"__global__ void fill(int *p) {{ {body} }}\n")
    assert run_nvcc(["x.cu", "-fatbin", "--targets=gfx1100,sm_80,only", *words]) == 0
    lines = [line for line in capfd.readouterr().err.splitlines() if line.startswith("nvcc ")]
    assert lines[0] == "nvcc info    : Compiling entry function '_Z4fillPi' for 'gfx1100'"
    assert re.fullmatch(r"nvcc info    : Used \d+ registers, \d+ scalar registers, 32 bytes smem, 0 bytes stack frame, "
                        r"0 spilled registers", lines[1])
    assert lines[2].startswith("nvcc info    : 'sm_80': registers are chosen when the driver loads the PTX")


def test_spills_are_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    monkeypatch.chdir(tmp_path)
    Path("x.cu").write_text(SPILLING)
    assert run_nvcc(["x.cu", "-fatbin", "-arch=gfx942", "-Xptxas=-warn-spills"]) == 0
    assert "Registers are spilled to local memory in function '_Z3sumPKfPf' for 'gfx942'" in capfd.readouterr().err
