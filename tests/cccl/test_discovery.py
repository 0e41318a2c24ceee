"""CCCL's headers are found wherever CUDA's are, without a flag."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from crosswarp.driver.toolkit import make_toolkit
from crosswarp.support.paths import cccl_dir

PROGRAM = "#include <cub/version.cuh>\n#include <thrust/version.h>\n#include <cuda/std/array>\n#include <nv/target>\n"


@pytest.fixture
def search(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    cccl_dir.cache_clear()
    yield monkeypatch
    cccl_dir.cache_clear()


def _wheel(place: Path, folder: str) -> Path:
    (place / folder / "cub").mkdir(parents=True)
    (place / folder / "cub" / "cub.cuh").touch()
    return place / folder


def test_the_newest_wheel_is_found(tmp_path: Path, search: pytest.MonkeyPatch):
    older = _wheel(tmp_path, "nvidia/cuda_cccl/include")
    search.setattr(sys, "path", [str(tmp_path / "absent"), str(tmp_path)])
    assert cccl_dir() == older
    cccl_dir.cache_clear()
    newer = [_wheel(tmp_path, f"nvidia/cu{major}/include/cccl") for major in (13, 14)][-1]
    assert cccl_dir() == newer


def test_no_wheel(tmp_path: Path, search: pytest.MonkeyPatch):
    search.setattr(sys, "path", [str(tmp_path)])
    assert cccl_dir() is None


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_toolkit(tmp_path_factory.mktemp("toolkit"))


@pytest.mark.parametrize("suffix", ["cu", "cpp"])
def test_found_without_a_flag(suffix: str, root: Path, tmp_path: Path):
    source = tmp_path / f"x.{suffix}"
    source.write_text(PROGRAM)
    subprocess.run([root / "bin" / "nvcc", "-c", source, "-o", tmp_path / "x.o", "--targets=cpu"], check=True)


@pytest.mark.parametrize("standard", ["c++11", "c++14"])
def test_an_older_standard_is_raised(standard: str, root: Path, tmp_path: Path):
    """CUDA 12.9's own CCCL takes them; the one here asks for C++17."""
    source = tmp_path / "x.cu"
    source.write_text("#include <cuda/std/array>\n__global__ void k(cuda::std::array<int, 2>* a) { (*a)[0] = (*a)[1]; }\n")
    command = [root / "bin" / "nvcc", "-c", f"-std={standard}", source, "-o", tmp_path / "x.o", "--targets=cpu"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "libcu++ needs C++17: the source is compiled as that, not as -std says" in done.stderr


def test_a_programs_own_copy_comes_first(root: Path, tmp_path: Path):
    (tmp_path / "cub").mkdir()
    (tmp_path / "cub" / "version.cuh").write_text("#define MINE 1\n")
    source = tmp_path / "x.cu"
    source.write_text("#include <cub/version.cuh>\n#if MINE != 1\n#error another\n#endif\n")
    subprocess.run([root / "bin" / "nvcc", "-c", f"-I{tmp_path}", source, "-o", tmp_path / "x.o", "--targets=cpu"], check=True)


def test_in_the_toolkit_folder(root: Path):
    assert all((root / "include" / place / "thrust" / "version.h").is_file() for place in ("", "cccl"))
    assert (root / "include" / "cuda_runtime.h").is_file()
    assert (root / "lib64" / "cmake" / "cccl" / "cccl-config.cmake").is_file()


def test_build_systems_are_told(root: Path):
    done = subprocess.run([root / "bin" / "nvcc", "-v", "__cmake_determine_cuda"], capture_output=True, text=True)
    line = next(line for line in done.stderr.splitlines() if line.startswith("#$ SYSTEM_INCLUDES="))
    assert line.strip() == f'#$ SYSTEM_INCLUDES="-isystem{cccl_dir()}"'
