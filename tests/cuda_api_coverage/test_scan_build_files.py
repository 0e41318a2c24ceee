"""Libraries and nvcc's options in files for CMake, make and setuptools."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.cuda_api_coverage.scan.deciding import decided
from crosswarp.cuda_api_coverage.scan.kinds import kind_of
from crosswarp.cuda_api_coverage.scan.model import FileResult, ScanOptions
from crosswarp.cuda_api_coverage.scan.names import names_of_catalogue
from crosswarp.cuda_api_coverage.scan.sources import read_file

CASES = {
    "targets": ("CMakeLists.txt", "target_link_libraries(a CUDA::cublas CUDA::cudart_static CUDA::toolkit CUDA::none)",
                ["1 cublas", "1 cudart_static", "1 CUDA::none?"]),
    "variables of old": ("a.cmake", "link_libraries(${CUDA_CUFFT_LIBRARIES} ${CUDA_cublas_LIBRARY})\ncuda_add_cublas_to_target(a)",
                         ["1 cufft", "1 cublas", "2 cublas"]),
    "a comment": ("CMakeLists.txt", "# CUDA::cublas\n#[[ CUDA::cufft\n]] set(X CUDA::curand)", ["3 curand"]),
    "flags": ("CMakeLists.txt", 'set(CMAKE_CUDA_FLAGS "${CMAKE_CUDA_FLAGS} --expt-relaxed-constexpr\n -Xcompiler -Wall")',
              ["1 --expt-relaxed-constexpr", "2 --compiler-options"]),
    "flags of a language": ("CMakeLists.txt", "target_compile_options(a PRIVATE $<$<COMPILE_LANGUAGE:CUDA>:-lineinfo --none-such>)",
                            ["1 --generate-line-info", "1 --none-such?"]),
    "flags of the host": ("CMakeLists.txt", 'set(CMAKE_CXX_FLAGS "-O3 --none-such")', []),
    "variables": ("Makefile", "NVCCFLAGS += -maxrregcount=32 \\\n  -G\nCFLAGS = -G\nLIBS = -lcublas -lm # -lcufft",
                  ["1 --maxrregcount", "2 --device-debug", "4 cublas"]),
    "a rule": ("Makefile", "a: a.cu\n\t$(NVCC) -rdc=true -Xcompiler -fPIC,-Wall -o $@ $<\n", [
        "2 --relocatable-device-code", "2 --compiler-options", "2 --output-file"]),
    "setuptools": ("setup.py", 'Ext(extra_compile_args={"cxx": ["-G"], "nvcc": ["-G", "-O3"]},\n libraries=["cublas", "m"])', [
        "1 --device-debug", "1 --optimize", "2 cublas"]),
    "PTX": ("a.ptx", ".visible .entry k(.param .u64 p) {\n.reg .b32 %r<2>; // add.s32\nL: @%p1 add.s32 %r1, %r1, 1;\nret;\n}",
            ["3 add.s32", "4 ret"]),
}


def read(folder: Path, name: str, text: str) -> FileResult:
    (folder / name).write_text(text)
    names = names_of_catalogue()
    [result] = decided([read_file(folder / name, kind_of(name), names, ScanOptions())], names)
    return result


@pytest.mark.parametrize(("name", "text", "expected"), CASES.values(), ids=CASES)
def test_what_counts(name: str, text: str, expected: list[str], tmp_path: Path) -> None:
    uses = read(tmp_path, name, text).uses
    assert [f"{use.line} {use.name}" + "?" * (not use.known) for use in uses] == expected


@pytest.mark.parametrize("text", ["def f(:", "(" * 4000, "-" * 100000 + "1"], ids=["error", "brackets", "signs"])
def test_python_that_does_not_parse_is_told(text: str, tmp_path: Path) -> None:
    assert [problem.what for problem in read(tmp_path, "setup.py", text).problems] == ["does not parse"]
