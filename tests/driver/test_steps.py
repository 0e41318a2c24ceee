"""The steps that `nvcc -dryrun` prints: run one by one, by a shell that knows nothing else, they make the same bytes as nvcc."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SOURCES = {
    "kernel.cu": '''#include <cstdio>
#include "value.h"
extern __device__ int scaled(int);
__global__ void fill(int *p) { p[threadIdx.x] = scaled(threadIdx.x); }
extern int on_host(int);
int main() {
  int *p;
  if (cudaMallocManaged(&p, 32 * sizeof *p) != cudaSuccess) return 1;
  fill<<<1, 32>>>(p);
  cudaDeviceSynchronize();
  std::printf("%d %d\\n", p[5], on_host(VALUE));
}
''',
    "scaled.cu": '''#include "value.h"
__device__ int scaled(int x) { return x * VALUE; }
''',
    "alone.cu": '''#include <cuda_fp16.h>
#include "value.h"
__device__ int counter = VALUE;
static __constant__ int factor = 2;
template <typename T> __global__ void add(T *p, T n) {
  unsigned lane;
  asm("mov.u32 %0, %%laneid;" : "=r"(lane));
#if __CUDA_ARCH__ >= 900
  n += 1;
#endif
  p[threadIdx.x] += n * factor + counter + T(lane & 0);
}
void start(float *p, __half) { add<<<1, 32>>>(p, 2.0f); }
''',
    "host.cpp": "int on_host(int x) { return x + (__NVCC__ == 1); }\n",
    "value.h": "#ifndef VALUE\n#define VALUE 3\n#endif\n",
}
TARGETS = "--targets=cpu,gfx1100"
# Options, the result, the inputs.
CASES = {
    "-c -gencode arch=compute_80,code=sm_80 -gencode arch=compute_90,code=[sm_90,compute_90]": ("alone.o", "alone.cu"),
    "-c -g -O2 -std=c++20 -DVALUE=7 -MD": ("alone.o", "alone.cu"),
    "-rdc=true -o app -use_fast_math": ("app", "kernel.cu", "scaled.cu", "host.cpp"),
}
SLOW = {
    "-ptx -MD -arch=sm_75 --targets=none": ("alone.d", "alone.cu"),
    "-c": ("alone.o", "alone.cu"), "-dc": ("alone.o", "alone.cu"), "-ptx -lineinfo -arch=sm_80": ("alone.ptx", "alone.cu"),
    "-fatbin": ("alone.fatbin", "alone.cu"), "-cubin -arch=gfx1100": ("alone.cubin", "alone.cu"),
    "-lib -o l.a": ("l.a", "alone.cu", "host.cpp"),
}


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in SOURCES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def steps_of(nvcc: Path, *words: str) -> str:
    """What `-dryrun` prints, as a shell script."""
    done = subprocess.run([nvcc, "-dryrun", *words], capture_output=True, text=True, check=True)
    return "".join(f"{line[3:]}\n" for line in done.stderr.splitlines() if line.startswith("#$ "))


def run_alone(script: str) -> None:
    """Run a script in an empty environment."""
    done = subprocess.run(["sh", "-e"], input=script, capture_output=True, text=True, env={}, check=False)
    assert done.returncode == 0, done.stderr


def compared(nvcc: Path, command: list[str], folder: Path) -> dict[str, bytes]:
    """What a command and its printed steps write, by name: the same. The results are removed."""
    script = steps_of(nvcc, *command)
    assert made_in(folder) == {}, "-dryrun writes nothing"
    run_alone(script)
    by_steps = made_in(folder)
    for name in by_steps:
        (folder / name).unlink()
    subprocess.run([nvcc, *command], check=True, capture_output=True)
    direct = made_in(folder)
    for name in direct:
        (folder / name).unlink()
    assert direct == by_steps
    return direct


def made_in(folder: Path) -> dict[str, bytes]:
    """The files that are not sources."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name not in SOURCES}


@pytest.mark.parametrize("words", [*CASES, *(pytest.param(words, marks=pytest.mark.slow) for words in SLOW)])
def test_same_bytes(sources: Path, toolkit: Path, words: str):
    result, *inputs = {**CASES, **SLOW}[words]
    nvcc, command = toolkit / "bin" / "nvcc", [*words.split(), *inputs, *([TARGETS] if "arch" not in words else [])]
    assert result in compared(nvcc, command, sources)


OPTIONS = ("-O0", "-O3", "-g", "-G", "-lineinfo", "-DVALUE=5", "-use_fast_math", "-std=c++20", "-maxrregcount=40", "-ftz=true",
           "-MD", "-default-stream=per-thread", "--extended-lambda", "-include=vector", "-Xcompiler=-fPIC,-DX=1", "--no-compress")
ARCHITECTURES = ("-arch=sm_75", "-arch=compute_80", "-gencode=arch=compute_80,code=[sm_80,compute_80]",
                 "-gencode=arch=compute_90,code=sm_90")
SEVERAL = {"-rdc=true -o app": ["kernel.cu", "scaled.cu", "host.cpp"], "-lib -o l.a": ["alone.cu", "host.cpp"]}


@st.composite
def commands(draw: st.DrawFn) -> list[str]:
    """Any action with options, architectures and targets that go with it."""
    action = draw(st.sampled_from(["-c", "-dc", "-fatbin", "-ptx", *SEVERAL]))
    options = draw(st.lists(st.sampled_from(OPTIONS), max_size=4, unique=True))
    most = 1 if action == "-ptx" else 2
    architectures = draw(st.lists(st.sampled_from(ARCHITECTURES), min_size=1, max_size=most, unique=True))
    named = [word for word in architectures if word.startswith("-arch")][:1] or architectures
    targets = draw(st.sampled_from(["none", "cpu", "gfx1100", "x86-64-v2,gfx942"]))
    inputs = SEVERAL.get(action, ["alone.cu"])
    if len(inputs) > 1 and "-MD" in options:
        options.remove("-MD")  # one dependency file for several inputs is an error
    return [*action.split(), *options, *named, f"--targets={targets}", *inputs]


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(command=commands())
def test_any_command(sources: Path, toolkit: Path, command: list[str]):
    assert compared(toolkit / "bin" / "nvcc", command, sources)


def test_names_of_kept_files(sources: Path, toolkit: Path):
    """nvcc's names, in the folder that nvcc uses; the printed steps leave them there."""
    words = "-keep -keep-dir kept -rdc=true -o app kernel.cu scaled.cu host.cpp -arch=sm_80 --targets=none"
    script = steps_of(toolkit / "bin" / "nvcc", *words.split())
    assert not (sources / "kept").exists()
    run_alone(script)
    kept = {path.name for path in (sources / "kept").iterdir()}
    assert {f"kernel.{each}" for each in ("cpp1.ii", "cpp4.ii", "cudafe1.o", "module_id", "fatbin", "fatbin.c", "o")} <= kept
    assert {f"a_dlink.{each}" for each in ("sm_80.ptx", "fatbin", "fatbin.c", "reg.c", "o")} <= kept
    shown = steps_of(toolkit / "bin" / "nvcc", "-keep", "-ptx", "alone.cu", "-arch=sm_80")
    assert re.search(r"^cicc .*alone\.cpp1\.ii -o ", shown, re.M)
