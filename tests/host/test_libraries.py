"""Several shared libraries with kernels in one process, and initialisers that call CUDA."""

import shutil
import subprocess
from pathlib import Path

import pytest
from crosswarp.support.elf import sections
from crosswarp.support.elf_constructors import with_early_constructor
from crosswarp.support.paths import library_dir

from tests.host.conftest import INPUTS, Nvcc

pytestmark = pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++")
PIC = ("-Xcompiler", "-fPIC")


@pytest.fixture
def plugins(nvcc: Nvcc, tmp_path: Path) -> Path:
    for number in ("1", "2"):
        nvcc("-c", "plugin.cu", f"-DNUMBER={number}", *PIC, "-o", f"{number}.o")
        for kind in ("static", "shared"):
            nvcc("-shared", f"{number}.o", "-cudart", kind, "-o", f"{kind}{number}.so")
    subprocess.run(["g++", str(INPUTS / "plugin_host.cpp"), "-o", str(tmp_path / "host"), "-ldl"], check=True)
    return tmp_path


def test_libraries_share_one_device(plugins: Path, output):
    """Static and shared runtimes in any mixture: each library launches its own kernels, memory and streams are the process's."""
    for flags in ("l", "ld"):
        for a, b in (("static", "static"), ("shared", "static"), ("static", "shared"), ("shared", "shared")):
            text = output("host", flags, f"./{a}1.so", f"./{b}2.so", LD_LIBRARY_PATH=str(library_dir()))
            for line in text.splitlines():
                assert line == "11 22 1011 2022 7 14 22 11", (flags, a, b, text)
            assert len(text.splitlines()) == 3


def test_global_names_are_the_first_librarys(plugins: Path, output):
    text = output("host", "g", "./static1.so", "./static2.so")
    assert [line.split()[4:6] for line in text.splitlines()] == [["7", "14"]] * 3


@pytest.mark.parametrize("order", [("a.cu", "b.cu"), ("b.cu", "a.cu")])
@pytest.mark.parametrize("words", [(), ("-rdc=true",)])
def test_initialisers_launch_kernels_of_any_file(nvcc: Nvcc, output, tmp_path: Path, order, words):
    (tmp_path / "a.cu").write_text("""#include <stdio.h>
int launch();
int first = launch();
struct Last { ~Last() { printf("%d %d\\n", first, launch()); } } last;
int main() {}
""")
    (tmp_path / "b.cu").write_text("""__global__ void count(int* out) { *out += 5; }
int launch() {
  static int* memory = nullptr;
  if (memory == nullptr) cudaMallocManaged(&memory, sizeof(int));
  count<<<1, 1>>>(memory);
  return cudaDeviceSynchronize() == cudaSuccess ? *memory : -1;
}
""")
    nvcc(*order, *words, "-o", "x")
    assert output("x") == "5 10\n"


def test_only_the_named_constructor_moves(tmp_path: Path):
    (tmp_path / "x.c").write_text("""static int n;
__attribute__((constructor)) static void one(void) { n = n * 10 + 1; }
__attribute__((constructor)) static void two(void) { n = n * 10 + 2; }
__attribute__((constructor)) static void three(void) { n = n * 10 + 3; }
int main(void) { return n; }
""")
    subprocess.run(["g++", "-x", "c", "-c", "x.c"], cwd=tmp_path, check=True)
    data = (tmp_path / "x.o").read_bytes()
    assert with_early_constructor(data, "four", 80) == data
    (tmp_path / "x.o").write_bytes(with_early_constructor(data, "two", 80))
    assert ".rela.init_array.00080" in [section.name for section in sections((tmp_path / "x.o").read_bytes())]
    subprocess.run(["g++", "x.o", "-o", "x"], cwd=tmp_path, check=True)
    assert subprocess.run([tmp_path / "x"]).returncode == 213
