"""The same inputs give the same bytes: in any folder with a prefix map, whatever runs beside, wherever temporary files lie."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from crosswarp.driver.nvcc import run_nvcc
from crosswarp.driver.toolkit import make_toolkit
from crosswarp.frontend.prefix_maps import mapped, with_mapped_names

TARGETS = "--targets=sm_80,gfx1100,x86-64-v3"
HEADER = "static __device__ __host__ inline int helper(int i) { return i * 2; }\n"
SOURCE = """#include <cassert>
#include <cstdio>
#include "sub/a.h"
static __device__ int counter;
static __constant__ int table[4];
namespace { __global__ void hidden(float *p) { assert(p); *p = table[0]; } }
template <class T> __global__ void fill(T *p) { printf("%s\\n", __FILE__); p[0] = helper(threadIdx.x) + counter++; }
void start(float *p) {
  fill<<<1, 32>>>(p);
  hidden<<<1, 1>>>(p);
  auto twice = [=] __device__(int i) { return 2 * i; };
  (void)twice;
  int one = 1;
  cudaMemcpyToSymbol(counter, &one, 4);
}
"""


@pytest.fixture(scope="module")
def nvcc(session_cache: Path) -> str:
    return str(make_toolkit() / "bin" / "nvcc")


def tree(folder: Path) -> Path:
    (folder / "sub").mkdir(parents=True)
    (folder / "a.cu").write_text(SOURCE)
    (folder / "sub" / "a.h").write_text(HEADER)
    return folder


@pytest.mark.parametrize("words", [["-c"], ["-c", "-rdc=true"], ["-c", "-g", "-lineinfo"]], ids=" ".join)
@pytest.mark.parametrize("absolute", [False, True], ids=["relative", "absolute"])
def test_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], absolute: bool, session_cache: Path):
    results = []
    for name in ("one", "two/deep"):
        folder = tree(tmp_path / name)
        monkeypatch.chdir(folder)
        source = str(folder / "a.cu") if absolute else "a.cu"
        target = "--targets=sm_80" if words != ["-c"] else TARGETS
        assert run_nvcc([*words, source, f"-I{folder}", "-o", "out", "-w", "--extended-lambda", target,
                         "-Xcompiler", f"-ffile-prefix-map={folder}=/src"]) == 0
        results.append((folder / "out").read_bytes())
    assert results[0] == results[1]
    assert str(tmp_path).encode() not in results[0]


def environments(folder: Path) -> list[dict[str, str]]:
    """Ways in which two users' environments differ."""
    for name in ("tmp", "home"):
        (folder / name).mkdir()
    own = {"TMPDIR": str(folder / "tmp"), "HOME": str(folder / "home"), "LC_ALL": "C", "TZ": "Asia/Tokyo", "CROSSWARP_CACHE": "off"}
    return [{"CROSSWARP_CACHE": "off"}, own, {**own, "LC_ALL": "C.UTF-8", "CROSSWARP_CACHE_DIR": str(folder / "cache")}, {}, {}]


def test_any_environment(nvcc: str, tmp_path: Path):
    """One job or many, with the cache or without, with precompiled headers or without, several at the same time."""
    folder = tree(tmp_path / "source")
    runs = []
    for number, environment in enumerate(environments(tmp_path)):
        words = [nvcc, "-c", "a.cu", "-o", f"{number}.o", "-w", "--extended-lambda", TARGETS, f"-t{1 + 7 * (number % 2)}"]
        runs.append(subprocess.Popen(words, cwd=folder, env={**os.environ, **environment}, umask=0o77 if number % 2 else 0o22))
    assert [run.wait() for run in runs] == [0] * len(runs)
    assert len({(folder / f"{number}.o").read_bytes() for number in range(len(runs))}) == 1
    words = [nvcc, "-c", "a.cu", "-o", "same.o", "-w", "--extended-lambda", TARGETS]
    again = [subprocess.Popen(words, cwd=folder) for _ in range(3)]
    assert [run.wait() for run in again] == [0] * 3
    assert (folder / "same.o").read_bytes() == (folder / "0.o").read_bytes()
    assert not [path for path in folder.iterdir() if path.name.endswith(".tmp")]


def test_sources_of_the_same_name_link_together(nvcc: str, tmp_path: Path):
    """Relocatable objects of two projects, each compiled under the name that its prefix map gives it."""
    objects = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "x.cu").write_text("static __device__ int own;\n__global__ void NAME() { own++; }\n"
                                     "void start_NAME() { NAME<<<1, 1>>>(); }\n".replace("NAME", name))
        subprocess.run([nvcc, "-dc", "x.cu", "-o", "x.o", "--targets=sm_80", "-Xcompiler", f"-ffile-prefix-map={folder}=."],
                       cwd=folder, check=True)
        objects.append(str(folder / "x.o"))
    (tmp_path / "main.cpp").write_text("void start_one();\nvoid start_two();\nint main() { start_one(); start_two(); }\n")
    words = [*objects, str(tmp_path / "main.cpp"), "-rdc=true", "--targets=sm_80", "-o", str(tmp_path / "program")]
    subprocess.run([nvcc, *words], check=True)


def test_programs_and_archives(nvcc: str, tmp_path: Path):
    results = []
    for name in ("one", "two"):
        folder = tree(tmp_path / name)
        subprocess.run([nvcc, "-c", "a.cu", "-w", "--extended-lambda", "--targets=sm_80"], cwd=folder, check=True)
        (folder / "main.cpp").write_text("int main() { return 0; }\n")
        for words in (["-lib", "-o", "lib.a"], ["-o", "program"]):
            subprocess.run([nvcc, "a.o", "main.cpp", "--targets=sm_80", *words], cwd=folder, check=True)
        results.append([(folder / each).read_bytes() for each in ("lib.a", "program")])
    assert results[0] == results[1]


def test_maps():
    flags = ["-O2", "-ffile-prefix-map=/a=x", "-fdebug-prefix-map=/d=e=y"]
    assert mapped("/d=e", flags) == "y"
    assert mapped("/a/c", flags) == "x/c" and mapped("/a/b/c", flags) == "x/b/c" and mapped("/c", flags) == "/c"
    text = "; ModuleID = '/a/c.cu'\nsource_filename = \"/a/c.cu\"\ntarget datalayout = \"e\"\n@x = \"/a/c.cu\"\n"
    assert with_mapped_names(text, flags) == text.replace("/a/c.cu", "x/c.cu", 2)
