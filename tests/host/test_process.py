"""A process that uses a device is copied, replaced or ended; and the ways in which a program can be linked."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.host.conftest import Nvcc

pytestmark = pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
IN_CHILD = "child -3 cudaErrorInitializationError\nstatus 0\n"
MODES = {
    "fork first": "child 42 cudaSuccess\nstatus 0\nparent 42\n",
    "fork later": f"before 42\n{IN_CHILD}parent 42\n",
    "fork while working": 3 * IN_CHILD,
    "threads": "840\n",
    "atexit": "42\natexit 42\n",
    "exec": "executed\n",
    "_exit": "",
}


def test_ends_and_copies_of_a_process(nvcc: Nvcc, output):
    nvcc("process.cu", "-Xcompiler", "-pthread", "-o", "x")
    assert {mode: output("x", mode) for mode in MODES} == MODES


LINKS = {
    "hidden": ("-Xcompiler", "-fvisibility=hidden"),
    "collected": ("-Xcompiler", "-ffunction-sections,-fdata-sections", "-Xlinker", "--gc-sections"),
    "at once": ("-Xlinker", "-z,now"),
    "no-pie": ("-Xcompiler", "-no-pie"),
    "static": ("-Xcompiler", "-static"),
    "static-pie": ("-Xcompiler", "-static-pie"),
    "profiled": ("-pg",),
    "lto": ("-Xcompiler", "-flto"),
    "covered": ("-Xcompiler", "--coverage"),
    "address": ("-Xcompiler", "-fsanitize=address"),
    "undefined": ("-Xcompiler", "-fsanitize=undefined"),
    "gold": ("-Xcompiler", "-fuse-ld=gold"),
}


@pytest.mark.slow
@pytest.mark.parametrize("words", LINKS.values(), ids=LINKS)
def test_ways_to_link(nvcc: Nvcc, output, tmp_path: Path, words):
    (tmp_path / "other.cpp").write_text("int other(int n) { return n + 1; }\n")
    (tmp_path / "x.cu").write_text("""#include <stdio.h>
int other(int n);
__global__ void twice(int* value) { *value *= 2; }
int main() {
  int *memory, value = other(20);
  cudaMalloc(&memory, sizeof(int));
  cudaMemcpy(memory, &value, sizeof(int), cudaMemcpyHostToDevice);
  twice<<<1, 1>>>(memory);
  cudaMemcpy(&value, memory, sizeof(int), cudaMemcpyDeviceToHost);
  cudaFree(memory);
  printf("%d\\n", value);
}
""")
    nvcc("x.cu", "other.cpp", *words, "-o", "x")
    assert output("x", ASAN_OPTIONS="detect_leaks=0") == "42\n"


def test_partial_links_and_archives(nvcc: Nvcc, output, tmp_path: Path):
    nvcc("-c", "process.cu", "-o", "whole.o")
    run = {"cwd": tmp_path, "check": True}
    subprocess.run(["ld", "-r", "whole.o", "-o", "partial.o"], **run)
    subprocess.run(["objcopy", "--strip-debug", "partial.o", "smaller.o"], **run)
    subprocess.run(["ar", "rcT", "libthin.a", "smaller.o"], **run)
    nvcc("libthin.a", "-o", "x")
    subprocess.run(["strip", "x"], **run)
    assert output("x", "atexit") == MODES["atexit"]
