"""NVRTC: a program that compiles its kernels at run time, on the CPU device, from both forms of the result."""

import ctypes
import re
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "inputs" / "program.cpp"
EXPECTED = """\
_ZN5inner4axpyIfLi100EEEvT_PKS1_PS1_ offset
4: 11 599
NVRTC_ERROR_INVALID_OPTION
NVRTC_ERROR_COMPILATION
default_program:1:20: error: expected expression
    1 | __device__ int x = ;
      |                    ^
NVRTC_ERROR_INVALID_PROGRAM
NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION
NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION
1 NVRTC_ERROR_INVALID_PROGRAM
NVRTC_ERROR_INVALID_INPUT
"""


@pytest.fixture(scope="module")
def program(crosswarp_nvcc, tmp_path_factory):
    path = tmp_path_factory.mktemp("nvrtc") / "program"
    crosswarp_nvcc(SOURCE, "-o", path, "-lnvrtc", "-lcuda")
    return path


@pytest.fixture
def libraries(toolkit):
    return {"LD_LIBRARY_PATH": f"{toolkit / 'lib64'}:{toolkit / 'lib64' / 'stubs'}"}


@pytest.mark.parametrize("form", ["cubin", "ptx"])
def test_compiles_and_runs(program, on_cpu, libraries, form):
    assert on_cpu(program, form, env=libraries).stdout == EXPECTED


@pytest.mark.parametrize("device", ["cpu", "emu:gfx1100"])
def test_the_linker_takes_what_nvrtc_makes(crosswarp_nvcc, on_cpu, libraries, tmp_path, device):
    crosswarp_nvcc(SOURCE.with_name("linked.cpp"), "-std=c++17", "-o", tmp_path / "linked", "-lnvrtc", "-lcuda")
    done = on_cpu(tmp_path / "linked", env={**libraries, "CROSSWARP_DEVICE": device})
    assert (done.stdout, done.stderr) == ("42\n42\n42\n60\n100\n", "")


def test_a_missing_compiler_is_said(program, on_cpu, libraries):
    done = on_cpu(program, "ptx", env={**libraries, "CROSSWARP_COMMAND": "/no/such/crosswarp"}, check=False)
    assert "cannot start the compiler '/no/such/crosswarp'" in done.stderr
    assert done.returncode == 1 and done.stdout == "NVRTC_ERROR_INTERNAL_ERROR\n"


@pytest.mark.parametrize(("words", "code"), [(b"", 0), (b"-no-source-include\0", 1)])
def test_headers_beside_the_program(tmp_path, crosswarp, words, code):
    folder, beside = tmp_path / "request", tmp_path / "beside"
    folder.mkdir()
    beside.mkdir()
    (beside / "mine.h").write_text("#define VALUE 3\n")
    (folder / "source").write_text("#include \"mine.h\"\n__global__ void k(int *p) { *p = VALUE; }")
    (folder / "name").write_text(str(beside / "k.cu"))
    (folder / "options").write_bytes(words)
    (folder / "names").write_bytes(b"")
    assert crosswarp("rtc", folder, check=False).returncode == code


def test_substitutes_of_standard_headers_give_way(tmp_path, crosswarp):
    """NVIDIA's NVRTC has no standard headers; our own headers must not read what a program brings in their place."""
    folder = tmp_path / "request"
    (folder / "include").mkdir(parents=True)
    (folder / "include" / "limits.h").write_text("#error read before __host__ is known\n")
    (folder / "include" / "own.h").write_text("#define OWN 0\n")
    text = "#include <limits.h>\n#include <own.h>\n__global__ void k(int *p) { *p = INT_MAX + OWN; }\n"
    for name, content in (("source", text), ("name", "k.cu"), ("options", ""), ("names", "")):
        (folder / name).write_text(content)
    done = crosswarp("rtc", folder, check=False)
    assert done.returncode == 0, done.stdout


def test_a_missing_header_is_named_as_the_program_named_it(tmp_path, crosswarp):
    folder = tmp_path / "request"
    (folder / "include" / "given").mkdir(parents=True)
    (folder / "include" / "given" / "a.h").write_text("\n#include <not/there.h>\n")
    for name, text in (("source", "#include \"given/a.h\"\n"), ("name", "k.cu"), ("options", ""), ("names", "")):
        (folder / name).write_text(text)
    done = crosswarp("rtc", folder, check=False)
    assert done.returncode == 1
    assert "\ngiven/a.h:2:10: fatal error: 'not/there.h' file not found" in done.stdout
    # Jitify takes file, line and name out of this line.
    assert done.stdout.endswith('given/a.h(2): catastrophic error: cannot open source file "not/there.h"\n')


@pytest.mark.parametrize("name", ["libnvrtc.so", "libnvrtc.so.12", "libnvrtc.so.13", "libnvrtc-builtins.so.12.9"])
def test_names_of_the_library(toolkit, name):
    library = ctypes.CDLL(str(toolkit / "lib64" / name))
    assert hasattr(library, "nvrtcCompileProgram") == name.startswith("libnvrtc.")


@pytest.mark.needs_ptxas
def test_ptx_with_its_comments_assembles(tmp_path, crosswarp):
    folder = tmp_path / "request"
    folder.mkdir()
    (folder / "source").write_text("extern \"C\" __global__ void k(float *p) { *p = sinf(*p); }")
    (folder / "name").write_text("k.cu")
    (folder / "options").write_bytes(b"-arch=compute_80\0")
    (folder / "names").write_bytes(b"k\0")
    crosswarp("rtc", folder)
    assert (folder / "lowered").read_bytes() == b"k\0"
    text = (folder / "program.ptx").read_bytes()
    assert text.endswith(b"\0") and re.search(rb"\n//@crosswarp-fatbin \d+ [0-9a-f]{64}\n//@", text)
    ptx = tmp_path / "k.ptx"
    ptx.write_bytes(text.rstrip(b"\0"))
    ptxas = shutil.which("ptxas")
    assert ptxas is not None
    subprocess.run([ptxas, "-arch=sm_80", ptx, "-o", tmp_path / "k.cubin"], check=True)


def test_queries(crosswarp_nvcc, on_cpu, libraries, tmp_path):
    crosswarp_nvcc(SOURCE.with_name("queries.cpp"), "-o", tmp_path / "queries", "-lnvrtc")
    assert on_cpu(tmp_path / "queries", env=libraries).stdout == "done\n"
