"""Names resolved by libclang, against what the tokens alone say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.scan.model import FileResult, Method, ScanOptions, ScanResult
from crosswarp.cuda_api_coverage.scan.tree import scan
from crosswarp.driver.coverage_commands import clang_words

ROOT = Path(__file__).resolve().parents[2]


def translate(words: list[str], directory: Path) -> list[str]:
    return clang_words(words, directory)


def parsed(paths: Sequence[Path], flags: tuple[str, ...] = (), jobs: int = 1) -> ScanResult:
    return scan(paths, Device.CPU, ScanOptions(flags=flags, translate=translate, jobs=jobs))


def database(folder: Path, *sources: str, command: str = "nvcc -c {} -o x.o", name: str = "build/compile_commands.json") -> None:
    entries = [{"directory": str(folder), "file": source, "command": command.format(source)} for source in sources]
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(json.dumps(entries))


def uses(file: FileResult) -> list[str]:
    return [f"{use.line}:{use.column} {use.name}" + "?" * (not use.known) for use in file.uses]


def words_of(result: ScanResult) -> dict[str, list[str]]:
    return {file.path.name: uses(file) for file in result.files}


PROGRAM = """\
#include "mine.h"
namespace cg = cooperative_groups;
template <class T> __global__ void k(T *p) {
  auto group = cg::this_thread_block();
  group.sync();
  atomicAdd(p, T(1));
  *p = clamped(3) + sinf(1.0f);
#if __CUDA_ARCH__ >= 900
  __nanosleep(1);
#endif
}
#ifdef SOMETHING
void f() { cudaDeviceSynchronize(); }
#endif
int main() {
  const char *é = "é"; cudaFree(nullptr);
  CHECK(cudaMalloc(nullptr, 4));
  mine::cudaFree(1);
  return cudaSuccess;
}
"""
HEADER = """\
#include <cooperative_groups.h>
#define CHECK(x) if ((x) != cudaSuccess) return 1
namespace mine { inline int cudaFree(int a) { return a; } inline __device__ int min(int a, long b) { return a; } }
using mine::min;
inline __device__ int clamped(int a) { return min(a, 2l) + max(a, 3); }
"""
# Besides the words of the language.
EXPECTED = {
    "a.cu": [
        "4:16 cooperative_groups::this_thread_block", "5:9 cooperative_groups::thread_block::sync", "6:3 atomicAdd", "7:21 sinf",
        "16:24 cudaFree", "17:9 cudaMalloc", "19:10 cudaSuccess",
    ],
    "mine.h": ["1:11 cooperative_groups.h", "2:29 cudaSuccess", "5:60 max"],
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "a.cu").write_text(PROGRAM)
    (tmp_path / "mine.h").write_text(HEADER)
    return tmp_path


def test_a_compilation_database(tree: Path) -> None:
    database(tree, "a.cu", command="nvcc -arch=sm_80 -c {} -o x.o")
    result = parsed([tree])
    assert {file.path.name: file.method for file in result.files} == {"a.cu": Method.CLANG, "mine.h": Method.CLANG}
    names = {file.path.name: [use for use in file.uses if use.entries[0].family != "language"] for file in result.files}
    assert {name: [f"{use.line}:{use.column} {use.name}" for use in found] for name, found in names.items()} == EXPECTED


def test_features_stay_beside_the_words_that_show_them(tree: Path) -> None:
    assert {"3:20 __global__", "3:20 kernel templates"} <= set(words_of(parsed([tree], ("-O0",)))["a.cu"])
    assert all(len(found) == len(set(found)) for found in words_of(parsed([tree], ("-O0",))).values())


def test_flags_tell_what_is_compiled(tree: Path) -> None:
    assert "13:12 cudaDeviceSynchronize" in words_of(parsed([tree], ("-DSOMETHING", "-arch=sm_90")))["a.cu"]
    assert "9:3 __nanosleep" in words_of(parsed([tree], ("-arch=sm_90",)))["a.cu"]


def test_host_sources_of_other_compilers(tmp_path: Path) -> None:
    (tmp_path / "a.cpp").write_text("#include <cuda_runtime.h>\nint main() { return cudaFree(nullptr); }\n")
    database(tmp_path, "a.cpp", command="g++ -O2 -c {} -o x.o", name="compile_commands.json")
    [file] = [file for file in parsed([tmp_path]).files if file.path.suffix == ".cpp"]
    assert (file.method, uses(file)) == (Method.CLANG, ["1:11 cuda_runtime.h", "2:21 cudaFree"])


@pytest.mark.parametrize(
    ("text", "problem"),
    [("#include <none.h>\nvoid f() { cudaFree(0); }", "missing include"), ("void f( { cudaFree(0); }", "does not parse")],
)
def test_what_does_not_parse_is_read_as_tokens(text: str, problem: str, tmp_path: Path) -> None:
    (tmp_path / "a.cu").write_text(text)
    [file] = parsed([tmp_path], ("-O0",)).files
    assert (file.method, [use.name for use in file.uses]) == (Method.TOKENS, ["cudaFree"])
    assert [found.what for found in file.problems] == [problem]


DAMAGED = ["", "{", "{}", "[1]", '[{"file": "a.cu"}]', '[{"directory": 1, "file": "a.cu", "command": "x"}]', "[" * 10**5]


@pytest.mark.parametrize("text", DAMAGED, ids=range(len(DAMAGED)))
def test_a_bad_database_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.cu").write_text("void f() { cudaFree(0); }")
    (tmp_path / "compile_commands.json").write_text(text)
    result = parsed([tmp_path])
    assert [problem.what for problem in result.problems] == ["bad compile database"]
    assert [use.name for file in result.files for use in file.uses] == ["cudaFree"]


def test_a_command_that_nvcc_refuses_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.cu").write_text("void f() { cudaFree(0); }")
    database(tmp_path, "a.cu", command="nvcc --no-such-option -c {}")
    result = parsed([tmp_path])
    assert [problem.what for problem in result.problems] == ["bad compile database"]
    assert "no-such-option" in result.problems[0].detail


def differing(paths: Sequence[Path], flags: tuple[str, ...] = ("-O0",)) -> list[str]:
    """Known names that one way of reading finds and the other does not, in files that were parsed."""
    tokens, clang = scan(paths, Device.CPU), parsed(paths, flags, jobs=2)
    assert any(file.method is Method.CLANG for file in clang.files)
    pairs = ((one, other) for one, other in zip(tokens.files, clang.files, strict=True) if other.method is Method.CLANG)
    return sorted(f"{one.path.name}:{use}" for one, other in pairs for use in set(uses(one)) ^ set(uses(other)))


def test_both_ways_agree_on_samples() -> None:
    assert differing([ROOT / "samples" / name for name in ("saxpy", "block_reduce", "streams_events")]) == []


@pytest.mark.slow
def test_both_ways_agree_on_all_samples() -> None:
    assert differing([ROOT / "samples"]) == []
