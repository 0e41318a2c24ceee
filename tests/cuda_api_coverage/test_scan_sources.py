"""Which names of a source count as CUDA's, in a catalogue of a few records."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.catalogue.load import Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Entry, Kind
from crosswarp.cuda_api_coverage.scan.deciding import decided
from crosswarp.cuda_api_coverage.scan.kinds import FileKind, kind_of
from crosswarp.cuda_api_coverage.scan.model import FileResult, ScanOptions
from crosswarp.cuda_api_coverage.scan.names import Names, names_of
from crosswarp.cuda_api_coverage.scan.sources import read_file
from hypothesis import given
from hypothesis import strategies as st

RECORDS = {
    "runtime": (Kind.FUNCTION, "cudaMalloc cudaFree"),
    "runtime_types": (Kind.TYPE, "cudaError_t dim3 float4 half"),
    "device_functions": (Kind.DEVICE_FUNCTION, "min sqrtf atomicAdd __syncthreads printf"),
    "language": (Kind.LANGUAGE, "__global__ __device__ __shared__ __host__ __CUDA_ARCH__"),
    "headers": (Kind.HEADER, "cuda_runtime.h cub/cub.cuh"),
    "cooperative_groups": (Kind.TEMPLATE, "this_thread_block tiled_partition thread_block reduce thread_block::sync"),
    "cub": (Kind.TEMPLATE, "cub::BlockReduce cub::BlockReduce::Sum cub::DeviceReduce::Sum"),
    "thrust": (Kind.TEMPLATE, "thrust::sort thrust::device_vector"),
}
LANGUAGE = """<<<>>>|<<<>>> with shared memory and a stream|launches in device code|extern __shared__|asm volatile
volatile shared memory|__device__ lambda
__host__ __device__ lambda|__host__ __device__|__device__ variable|extern __device__ functions|constexpr|asm
kernel templates|printf in device code|new and delete in device code|lambdas in device code|pragma unroll|texture<>|if constexpr
static variables in device functions|__launch_bounds__ with a cluster size|long double in device code"""


@pytest.fixture(scope="module")
def names() -> Names:
    entries = [Entry(family, name, kind) for family, (kind, words) in RECORDS.items() for name in words.split()]
    entries += [Entry("device_functions", "gridDim", Kind.VARIABLE)]
    entries += [Entry("language", name, Kind.LANGUAGE) for name in re.split(r"[|\n]", LANGUAGE)]
    return names_of(Catalogue(tuple(entries), {}, {}))


def results(folder: Path, names: Names, files: dict[str, str]) -> dict[str, FileResult]:
    readings = []
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
        readings.append(read_file(folder / name, FileKind.SOURCE, names, ScanOptions()))
    return {str(result.path.relative_to(folder)): result for result in decided(readings, names)}


def used(folder: Path, names: Names, text: str, name: str = "a.cu") -> list[str]:
    """Names in the order of the file; unknown ones with a question mark."""
    return [use.name + "?" * (not use.known) for use in results(folder, names, {name: text})[name].uses]


CASES = {
    "a template's parameters": ("template <typename A, typename CUDA_METRIC, class cudaOwn = int> CUDA_METRIC f(cudaOwn);", []),
    "a call": ("void f() { cudaMalloc(&p, 4); }", ["cudaMalloc"]),
    "global scope": ("void f() { ::cudaFree(p); }", ["cudaFree"]),
    "somebody else's": ("void f() { mine::cudaFree(p); a.cudaFree(p); a->cudaFree(p); }", []),
    "comments and strings": ('// cudaMalloc\n/* cudaFree */ const char *s = "cudaMalloc";', []),
    "never compiled": ("#if 0\ncudaMalloc\n#else\ncudaFree(0);\n#endif", ["cudaFree"]),
    "every branch": ("#ifdef X\ncudaMalloc();\n#else\ncudaFree();\n#endif", ["cudaMalloc", "cudaFree"]),
    "a macro's text": ("#define CHECK(x) do { cudaError_t e = (x); } while (0)", ["cudaError_t"]),
    "a condition": ("#if __CUDA_ARCH__ >= 700 && CUDA_MINE\n#endif", ["__CUDA_ARCH__"]),
    "unknown": ("void f() { cudaMallocTypo(); }", ["cudaMallocTypo?"]),
    "declared here": ("void cudaMine(int); void f() { cudaMine(1); }", []),
    "declared for a type of CUDA's": ("void cudaMine(cudaError_t e) {} void f() { cudaMine(a); }", ["cudaError_t"]),
    "a local variable": ("void f() { int cudaMine = 1, cudaTwo; g(cudaMine, cudaTwo); }", []),
    "a pointer": ("void f(float *cudaIn) { float *cudaOut; g(cudaIn, cudaOut); }", []),
    "a template's variable": ("void f() { std::vector<float> cudaBuffer(3); g(cudaBuffer); }", []),
    "an enumerator": ("enum E { cudaOne, cudaTwo = 4 }; int x = cudaOne + cudaTwo;", []),
    "a launch": ("void f() { k<<<1, 2>>>(); t<int><<<1, 2>>>(); }", ["<<<>>>", "<<<>>>"]),
    "no launch": ("std::ostream &operator<<<int>(X);", []),
    "device code calls": ("__device__ float f(int a) { return min(a, 1); }", ["__device__", "min"]),
    "host code calls": ("float f(int a) { return min(a, 1); }", []),
    "a device lambda": (
        "void f() { g([=] __device__ (int i) { return min(i, 2); }); min(1, 2); }", ["__device__", "__device__ lambda", "min"]),
    "its own min": (
        "__device__ int min(int a, int b) { return a; }\n__device__ int f() { return min(1, 2); }", ["__device__", "__device__"]),
    "a parameter min": ("void g(int min);\n__device__ int f() { return min(1, 2); }", ["__device__", "min"]),
    "an enumerator of a type": ("int a = cudaError_t::cudaMalloc;", ["cudaError_t", "cudaMalloc"]),
    "one min more": (
        "__device__ float4 min(float4 a, float4 b);\n__device__ int f() { return min(1, 2); }",
        ["__device__", "float4", "float4", "float4", "__device__", "min"]),
    "template arguments": ("typedef typename If<A, cudaError_t, float4>::type Result;", ["cudaError_t", "float4"]),
    "an array of them": ("half *a = new half[3];", ["half", "half"]),
    "its own min for others": (
        "#ifndef __CUDACC__\nint min(int a, int b);\n#endif\n__device__ int f() { return min(1, 2); }", ["__device__", "min"]),
    "a macro for device": (
        "#define HD __host__ __device__\nHD int f() { return min(1, 2); }",
        ["__host__", "__device__", "__host__ __device__", "min"]),
    "a word between a type and a name": ("__shared__ char __host__(8) buffer[4];", ["__shared__", "__host__"]),
    "a kernel's local": ("__global__ void k() { int half = 2; int x = half / 2; }", ["__global__"]),
    "a variable of device code": (
        "__device__ int f() { return gridDim.x; } void g() { dim3 gridDim(2); k(gridDim); }", ["__device__", "gridDim", "dim3"]),
    "a type": ("__device__ half f(half a, float4 *b);", ["__device__", "half", "half", "float4"]),
    "dynamic shared memory": (
        "__global__ void k() { extern __shared__ float s[]; }", ["__global__", "__shared__", "extern __shared__"]),
    "a header": (
        '#include <cuda_runtime.h>\n#include "cub/cub.cuh"\n#include <cuda_none.h>',
        ["cuda_runtime.h", "cub/cub.cuh", "cuda_none.h?"]),
    "a whole name": ("void f() { cub::DeviceReduce::Sum(a); thrust::sort(b); }", ["cub::DeviceReduce::Sum", "thrust::sort"]),
    "a member without record": ("cub::BlockReduce<int, 128>::TempStorage s;", ["cub::BlockReduce"]),
    "unknown in CUDA's namespace": ("void f() { thrust::no_such(b); }", ["thrust::no_such?"]),
    "an alias of a namespace": (
        "namespace cg = cooperative_groups;\nvoid f() { cg::thread_block b = cg::this_thread_block(); b.sync(); x.sync(); }",
        ["cooperative_groups::thread_block", "cooperative_groups::this_thread_block", "cooperative_groups::thread_block::sync"]),
    "arrays and several variables": (
        "void f() { cg::thread_block a[2], b; a[i + 1].sync(); b.sync(); }",
        ["cooperative_groups::thread_block", "cooperative_groups::thread_block::sync", "cooperative_groups::thread_block::sync"]),
    "a variable of another type": (
        "void f(cg::thread_block a, int b) { b.sync(); }", ["cooperative_groups::thread_block"]),
    "auto": (
        "void f() { auto b = cg::this_thread_block(); b.sync(); }",
        ["cooperative_groups::this_thread_block", "cooperative_groups::thread_block::sync"]),
    "a member of a result": (
        "void f() { cg::this_thread_block().sync(); }",
        ["cooperative_groups::this_thread_block", "cooperative_groups::thread_block::sync"]),
    "an opened namespace": (
        "using namespace cooperative_groups;\nvoid f() { thread_block b = this_thread_block(); reduce(b); }",
        ["cooperative_groups::thread_block", "cooperative_groups::this_thread_block", "cooperative_groups::reduce"]),
    "a name of a type": (
        "void f() { typedef cub::BlockReduce<int, 128> Reduce; Reduce(s).Sum(x); }",
        ["cub::BlockReduce", "cub::BlockReduce", "cub::BlockReduce::Sum"]),
    "using a type": (
        "using Reduce = typename cub::BlockReduce<int, 128>;\nvoid f() { Reduce(s).Sum(x); }",
        ["cub::BlockReduce", "cub::BlockReduce", "cub::BlockReduce::Sum"]),
    "assembly": ('__device__ void f() { asm volatile("{\\n @p add.s32 %0, %1, %2;\\n" "nonsense.u9 %0;}" : "=r"(a)); }',
                 ["__device__", "asm", "asm volatile", "add.s32?", "nonsense.u9?"]),
    "another assembly": ('void f() { asm("cpuid"); }', []),
}


FEATURES = {
    "k<<<g, dim(1, 2)>>>(); k<<<g, b, n, s>>>();": ["<<<>>>", "<<<>>>", "<<<>>> with shared memory and a stream"],
    "__global__ void k() { f<<<1, 1>>>(); }": ["<<<>>>", "launches in device code"],
    "auto a = [=] __host__ __device__ (int i) { return i; };": ["__host__ __device__ lambda"],
    "auto a = [] __device__ __host__ (int i) { return i; };": ["__host__ __device__ lambda"],
    "__host__ __device__ int f(int); __device__ __host__ int g();": ["__host__ __device__", "__host__ __device__"],
    "__device__ int a[3] = {1}; static __device__ float b; __device__ int f(int a);": ["__device__ variable"] * 2,
    "extern __device__ int f();": ["extern __device__ functions"],
    "template <int N> __global__ void k(); template <> void f(); __global__ void g();": ["kernel templates"],
    "__device__ void f() { printf(s); constexpr int a = 1; } void g() { printf(s); constexpr int a = 1; }": [
        "printf in device code", "constexpr"],
    "__device__ void f() { int *p = new int; delete p; }": ["new and delete in device code"] * 2,
    "__device__ void f(int *p) { auto g = [&](int i) { return p[i]; }; p[0] = g(a[1]); }": ["lambdas in device code"],
    "#pragma unroll 4\n#pragma omp parallel": ["pragma unroll"],
    "texture<float, 2> t; int texture = 1;": ["texture<>"],
    "__device__ void f() { if constexpr (A) { static int n; } }": [
        "if constexpr", "constexpr", "static variables in device functions"],
    "__launch_bounds__(128, 1) __global__ void k(); __launch_bounds__(128, 1, 2) __global__ void l();": [
        "__launch_bounds__ with a cluster size"],
    "__device__ long double f() { long double x; } extern volatile __shared__ int s[];": [
        "long double in device code", "extern __shared__", "volatile shared memory"],
    "__device__ void f() { asm volatile(\"\"); asm(\"\"); }": ["asm", "asm volatile", "asm"],
}


OF_CPP = {
    "auto [a, b] = f();": ["auto and decltype", "structured bindings"],
    "auto &[a, b] = f();": ["auto and decltype", "structured bindings"],
    "for (int a : b) {}": ["range-based for"],
    "for (int a = 0; a < 3; a++) {}": [],
    "for (int c = 0; int a : b) {}": ["range-based for with an initialiser"],
    "for (int a = b ? c : d; a < 3; a++) {}": [],
    "if (int a = f(); a) {}": ["if and switch with initialisers"],
    "g([=](auto a) { return a; });": ["generic lambdas", "lambda expressions", "lambdas in device code", "auto and decltype"],
    "g([a = b] { return a; });": ["initialised captures", "lambda expressions", "lambdas in device code"],
    "a[b](c); a[b] = c;": [],
    "int (*f)(int) = g;": ["function pointers in device code"],
    "g(std::move(a), std::min(b));": ["std::move and std::forward in device code"],
    "new (p) T; new T;": ["placement new in device code"],
    "[[likely]] return;": ["[[likely]] and [[unlikely]]"],
}


@pytest.mark.parametrize(("text", "expected"), OF_CPP.items(), ids=OF_CPP)
def test_features_of_cpp_in_device_code(text: str, expected: list[str], tmp_path: Path) -> None:
    wanted = sorted({feature for features in OF_CPP.values() for feature in features})
    names = names_of(Catalogue(tuple(Entry("language", name, Kind.LANGUAGE) for name in wanted), {}, {}))
    code = f"__device__ void f() {{ {text} }}\nvoid g() {{ {text} }}\n"
    uses = results(tmp_path, names, {"a.cu": code})["a.cu"].uses
    assert [use.name for use in uses if use.line == 1] == expected
    assert [use.name for use in uses if use.line == 2] == []


@pytest.mark.parametrize(("text", "expected"), FEATURES.items(), ids=FEATURES)
def test_features(text: str, expected: list[str], tmp_path: Path, names: Names) -> None:
    plain = RECORDS["language"][1].split()
    found = [use.name for use in results(tmp_path, names, {"a.cu": text})["a.cu"].uses]
    assert [name for name in found if name not in plain and name != "printf"] == expected


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_names_that_count(text: str, expected: list[str], tmp_path: Path, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crosswarp.cuda_api_coverage.scan.program.instruction_keys", lambda opcode: ())
    assert used(tmp_path, names, text) == expected


def test_places(tmp_path: Path, names: Names) -> None:
    result = results(tmp_path, names, {"a.cu": "\n  cudaMalloc(a);\r\n\tcudaFree(b);"})["a.cu"]
    assert [(use.line, use.column) for use in result.uses] == [(2, 3), (3, 2)]
    assert result.lines == 3


def test_text_that_is_never_compiled_may_be_anything(tmp_path: Path, names: Names) -> None:
    text = "#if 0\nit's text\n#if 1\nit's more\n#endif\n#else\nit's wrong\n#endif\n"
    assert [problem.line for problem in results(tmp_path, names, {"a.cu": text})["a.cu"].problems] == [7]


def test_words_of_other_languages_count_only_in_cuda_files(tmp_path: Path, names: Names) -> None:
    assert used(tmp_path, names, "struct S { float4 a; };", "a.h") == []
    assert used(tmp_path, names, "__global__ void k(float4 a);", "a.h") == ["__global__", "float4"]


def test_what_an_included_file_declares_is_not_cudas(tmp_path: Path, names: Names) -> None:
    kernel = '#include "sub/mine.h"\n__device__ int f() { return min(1, 2); }'
    files = {"a.cu": kernel, "b.cu": kernel.replace("mine", "other"), "sub/mine.h": '#include "deep.h"', "sub/other.h": "",
             "sub/deep.h": "inline int min(int a, int b) { return a; }"}
    found = results(tmp_path, names, files)
    assert [use.name for use in found["a.cu"].uses] == ["__device__"]
    assert [use.name for use in found["b.cu"].uses] == ["__device__", "min"]


def test_what_the_tree_declares_is_not_unknown(tmp_path: Path, names: Names) -> None:
    files = {"a.cu": "void f() { cudaMine(); CUDA_CHECK(1); }", "b.h": "#define CUDA_CHECK(x) x\nvoid cudaMine();"}
    found = results(tmp_path, names, files)
    assert found["a.cu"].uses == ()


def test_what_build_files_define_is_not_unknown(tmp_path: Path, names: Names) -> None:
    (tmp_path / "CMakeLists.txt").write_text('target_compile_definitions(a PRIVATE CUDA_ONE="x")\nadd_definitions(-DCUDA_TWO)\n')
    (tmp_path / "Makefile").write_text("FLAGS = -DCUDA_THREE=1 -D CUDA_FOUR")
    (tmp_path / "a.cu").write_text("int a = CUDA_ONE + CUDA_TWO + CUDA_THREE + CUDA_FOUR + CUDA_FIVE;")
    files = [(tmp_path / name, kind_of(name)) for name in ("CMakeLists.txt", "Makefile", "a.cu")]
    result = list(decided([read_file(path, kind, names, ScanOptions()) for path, kind in files], names))
    assert [use.name for file in result for use in file.uses] == ["CUDA_FIVE"]


def test_a_macro_of_another_file_makes_device_code(tmp_path: Path, names: Names) -> None:
    kernels = "HD int f() { return min(1, 2); }\nXX int g() { return min(1, 2); }"
    found = results(tmp_path, names, {"a.cu": kernels, "b.h": "#define HD __device__"})
    assert [(use.name, use.line) for use in found["a.cu"].uses] == [("min", 1)]


ONE_WORD = """cudaMalloc min __global__ cub :: ( ) { } < > <<< ; using namespace typedef = asm "add.s32" template , * auto cg class
    enum __device__"""
WORDS = [*ONE_WORD.split(), "#define X ", "#if 0\n", "#else\n", "#endif\n", "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_order_of_words_is_read(words: list[str]) -> None:
    entries = tuple(Entry(family, name, kind) for family, (kind, known) in RECORDS.items() for name in known.split())
    read_text(" ".join(words).encode(), names_of(Catalogue(entries, {}, {})))


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    read_text(data, names_of(Catalogue((), {}, {})))


def read_text(data: bytes, names: Names) -> None:
    with tempfile.NamedTemporaryFile(suffix=".cu") as file:
        Path(file.name).write_bytes(data)
        reading = read_file(Path(file.name), FileKind.SOURCE, names, ScanOptions())
        [result] = decided([reading], names)
    assert all(1 <= use.line <= result.lines for use in result.uses)
