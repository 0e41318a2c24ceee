"""OpenMP in host code of CUDA sources, against the host compiler's own."""

import shutil
import subprocess
from pathlib import Path

import pytest
from crosswarp.driver.openmp import host_options
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.elf import with_shorter_symbols

from tests.host.conftest import INPUTS

pytestmark = pytest.mark.skipif(shutil.which("g++") is None, reason="needs g++ and its OpenMP library")
OPENMP = ("-Xcompiler", "-fopenmp")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    program = tmp_path_factory.mktemp("gnu") / "openmp"
    subprocess.run(["g++", "-fopenmp", "-x", "c++", str(INPUTS / "openmp.cu"), "-o", str(program)], check=True)
    return subprocess.run([program], check=True, capture_output=True, text=True, timeout=120).stdout


@pytest.mark.parametrize("level", ["-O0", "-O3"])
def test_constructs_do_what_gnus_do(nvcc, output, expected: str, level: str):
    done = nvcc("openmp.cu", level, *OPENMP, "-o", "x")
    assert done.stderr == ""
    for threads in ("1", "4"):
        assert output("x", OMP_NUM_THREADS=threads, OMP_SCHEDULE="dynamic,2") == expected


def test_threads_launch_kernels_and_share_critical_sections(nvcc, output):
    nvcc("openmp_kernels.cu", "openmp_other.cpp", "-O2", "-extended-lambda", *OPENMP, "-o", "x")
    assert output("x") == "4 15 26 37 80000\n"


def test_construct_without_a_counterpart_is_refused(nvcc, tmp_path: Path):
    (tmp_path / "detached.cu").write_text("""#include <omp.h>
void start() {
  omp_event_handle_t event;
#pragma omp task detach(event)
  omp_fulfill_event(event);
}
""")
    done = nvcc("-c", "detached.cu", *OPENMP, check=False)
    assert done.returncode == 1 and "unsupported: OpenMP: 'detach' of a task in host code" in done.stderr


def test_without_a_gnu_compiler_pragmas_are_comments(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("crosswarp.driver.openmp.is_followed", lambda options: False)
    assert host_options(FrontendOptions(host_flags=("-fopenmp", "-g"))).host_flags[:2] == ("-g", "-fopenmp=libgomp")


def test_only_named_sections_change_their_symbol(nvcc, tmp_path: Path):
    (tmp_path / "c.cpp").write_text("int a asm(\".lock_NAME.var\"); int b asm(\".lock_.var\");\n")
    nvcc("-c", "c.cpp")
    changed = with_shorter_symbols((tmp_path / "c.o").read_bytes(), ".lock_", ".var")
    assert b"\0.lock_NAME\0" in changed and b".lock_.var\0" in changed
