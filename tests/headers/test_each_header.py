"""Every public header compiles: in both CUDA passes, under every C++ standard, with both C++ libraries, and alone without CUDA."""

import shutil
from pathlib import Path

import pytest
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.paths import include_dir

HEADERS = sorted(str(path.relative_to(include_dir())) for path in include_dir().rglob("*.h*")
                 if path.relative_to(include_dir()).parts[0] not in ("crosswarp", "cuda"))
HEADERS.append("nvfunctional")
# What a C program may include.
C_HEADERS = ["cuda_runtime_api.h", "cuda_runtime.h", "driver_types.h", "vector_types.h", "vector_functions.h", "cuComplex.h",
             "cuda.h", "cudaTypedefs.h", "library_types.h", "math_constants.h", "cuda_profiler_api.h", "nvtx3/nvToolsExt.h"]
needs_gnu = pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")


TYPICAL = Path(__file__).with_name("typical.cu")


@pytest.fixture
def all_headers(tmp_path):
    source = tmp_path / "all.cu"
    source.write_text("".join(f"#include <{header}>\n" for header in HEADERS))
    return source


def test_there_are_headers():
    assert len(HEADERS) > 40


def test_order_does_not_matter(tmp_path, compile_device, compile_host):
    source = tmp_path / "reversed.cu"
    source.write_text("".join(f"#include <{header}>\n" for header in reversed(HEADERS)))
    compile_device(source)
    compile_host(source)


@pytest.mark.parametrize("standard", ["c++11", "c++14", "c++17", "c++20"])
def test_all_headers_under_each_standard(standard, all_headers, compile_device, compile_host):
    compile_device(all_headers, std=standard)
    compile_host(all_headers, std=standard)


def test_macros_on_the_command_line(all_headers, compile_device, compile_host):
    """`-DN=64 -DT=float` of a Makefile; members of CUDA's structures (`x`, `value`) are no such macros there either."""
    macros = ("T=float", "A=1", "B=2", "N=64", "M=3", "K=4", "TILE=16", "BLOCK=32", "lane=5")
    compile_device(all_headers, std="c++17", defines=macros)
    compile_host(all_headers, std="c++17", defines=macros)


@pytest.mark.parametrize("arch", [500, 700, 900, 1200])
def test_all_headers_for_each_architecture(arch, all_headers, compile_device):
    compile_device(all_headers, arch)


@pytest.mark.parametrize("standard", ["c++14", "c++20"])
def test_all_headers_with_libcxx(standard, all_headers, monkeypatch, compile_device, compile_host):
    monkeypatch.setenv("CROSSWARP_HOST", "zig")
    host_toolchain.cache_clear()
    try:
        compile_device(all_headers, std=standard)
        compile_host(all_headers, std=standard)
    finally:
        host_toolchain.cache_clear()


@needs_gnu
@pytest.mark.parametrize("standard", ["c++11", "c++20"])
@pytest.mark.parametrize("header", HEADERS)
def test_header_under_gxx(header, standard, tmp_path, compile_plain):
    source = tmp_path / "alone.cpp"
    source.write_text(f"#include <{header}>\n")
    compile_plain(source, "c++", standard)


@needs_gnu
@pytest.mark.parametrize("header", C_HEADERS)
def test_header_under_c(header, tmp_path, compile_plain):
    source = tmp_path / "alone.c"
    source.write_text(f"#include <{header}>\n")
    compile_plain(source, "c", "c99")


@pytest.fixture(params=["gnu", "zig"])
def each_library(request, monkeypatch):
    """The host's libstdc++, then zig's libc++."""
    if request.param == "zig":
        monkeypatch.setenv("CROSSWARP_HOST", "zig")
    host_toolchain.cache_clear()
    yield
    host_toolchain.cache_clear()


@pytest.mark.usefixtures("each_library")
@pytest.mark.parametrize("standard", ["c++11", "c++14", "c++17", "c++20"])
def test_typical_program(standard, tmp_path, compile_device, compile_host):
    source = tmp_path / "typical.cu"
    shutil.copy(TYPICAL, source)
    compile_device(source, std=standard)
    compile_host(source, std=standard)
