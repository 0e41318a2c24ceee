"""The pipeline with fake targets and the real front end: outputs, errors, interruption, the cache."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from crosswarp.runtime_shim.fatbin.writer import FatBinary, read_all
from crosswarp.support.bare import DIGEST_BYTES
from crosswarp.support.elf import FATBIN_SECTION, section_bytes

from tests.driver.workplace import FAKE_NVCC, Nvcc, names

KERNEL = "__global__ void fill(int *p) { *p = 1; }\nvoid start(int *p) { fill<<<1, 1>>>(p); }\n"


def test_object_holds_every_image(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    assert fake_nvcc("-c", source, "--targets=cpu,gfx1100,sm_80") == 0
    (binary,) = read_all(section_bytes((tmp_path / "x.o").read_bytes(), FATBIN_SECTION))
    assert [(entry.arch, int(entry.kind)) for entry in binary.entries] == [("x86-64-v3", 1), ("gfx1100", 2), ("sm_80", 3)]
    assert all(entry.data.startswith(b"IMAGE ") for entry in binary.entries)
    assert names(tmp_path) == ["x.cu", "x.o"]


def test_fatbin_alone(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    assert fake_nvcc("-fatbin", source, "-arch=gfx942", "-o", "images") == 0
    assert [entry.arch for entry in FatBinary.read((tmp_path / "images").read_bytes()).entries] == ["gfx942"]


def test_source_from_standard_input(fake_nvcc: Nvcc, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                    capfd: pytest.CaptureFixture[str]):
    (tmp_path / "text").write_text(KERNEL)
    with (tmp_path / "text").open() as text:
        monkeypatch.setattr(sys, "stdin", text)
        assert fake_nvcc("-x", "cu", "-fatbin", "-", "-arch=gfx942", "-o", "images") == 0
    assert names(tmp_path) == ["images", "text"]
    assert fake_nvcc("-c", "-") == 1
    assert "Don't know what to do with '-'" in capfd.readouterr().err


@pytest.mark.parametrize("words", [[".c", "-Xcompiler", "--version"], ["-x", "cu", "absent", "-Xcompiler=-dumpversion"]])
def test_questions_are_the_host_compilers(fake_nvcc: Nvcc, tmp_path: Path, capfd: pytest.CaptureFixture[str], words: list[str]):
    assert fake_nvcc(*words) == 0
    assert re.search(r"g\+\+|clang|^\d+", capfd.readouterr().out)
    assert names(tmp_path) == []


def test_ptx_alone(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    assert fake_nvcc("-ptx", source, "-arch=sm_90") == 0
    assert (tmp_path / "x.ptx").read_bytes().startswith(b"IMAGE ")


def test_keep_names_every_stage(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    assert fake_nvcc("-c", source, "-arch=gfx1100", "--keep", "--keep-dir", "kept") == 0
    assert names(tmp_path / "kept") == ["x.fatbin", "x.gfx1100.image", "x.gfx1100.ll", "x.nvvm.ll"]


def test_dryrun_writes_nothing(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert fake_nvcc("-dryrun", source, "-o", "app", "-arch=sm_80", "--targets=cpu") == 0
    assert names(tmp_path) == ["x.cu"]
    lines = capfd.readouterr().err.splitlines()
    assert all(line.startswith("#$ ") for line in lines)
    libraries = next(line for line in lines if line.startswith("#$ LIBRARIES=")).removeprefix("#$ LIBRARIES=").strip()
    link = next(line for line in lines if line.endswith("-o app"))
    assert libraries in link
    assert sum("-arch compute_80" in line for line in lines) == 1


def test_dependency_file(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    (tmp_path / "own.h").write_text("")
    source.write_text('#include "own.h"\n' + KERNEL)
    assert fake_nvcc("-c", source, "-o", "out.o", "-MD", "-MP", "-MT", "target", "-arch=gfx1100") == 0
    rule = (tmp_path / "out.d").read_text()
    assert rule.startswith("target : ") and "own.h" in rule
    assert fake_nvcc("-MM", source, "-MF", "only.d") == 0
    assert (tmp_path / "only.d").read_text().startswith("x.o : ") and not (tmp_path / "x.o").exists()


def test_device_code_is_compiled_again_only_where_it_asks(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    words = ["-c", source, "--targets=none", "-keep", "-gencode=arch=compute_70,code=sm_70", "-gencode=arch=compute_90,code=sm_90"]
    assert fake_nvcc(*words) == 0
    assert (tmp_path / "x.nvvm.ll").read_bytes() == (tmp_path / "x.compute_90.nvvm.ll").read_bytes()
    source.write_text("__global__ void fill(int *p) {\n#ifdef __CUDA_ARCH__\n *p = __CUDA_ARCH__;\n#endif\n}\n")
    assert fake_nvcc(*words) == 0
    assert "i32 700" in (tmp_path / "x.nvvm.ll").read_text()
    assert "i32 900" in (tmp_path / "x.compute_90.nvvm.ll").read_text()


@pytest.mark.parametrize(("words", "text", "code"), [
    (["-c", "absent.cu"], "no such file: 'absent.cu'", 1),
    (["-c", "x.cu", "-o", "absent/x.o"], "cannot write 'absent/x.o': No such file or directory", 1),
    (["-c", "x.cu", "-o", "."], "cannot write '.': it is a folder", 1),
    (["-c", "x.cu", "-o", "x.cu"], "'x.cu' is an input and the output", 1),
    (["-c", "x.cu", "--frob"], "nvcc fatal   : Unknown option '--frob'", 1),
    (["-c", "x.cu", "-arch=sm_81"], "nvcc fatal   : Unsupported gpu architecture 'sm_81'", 1),
    (["-c", "x.cu", "y.cu", "-o", "z.o"], "A single input file is required for a non-link phase", 1),
    (["x.cu", "y.cu", "-MD", "-o", "app"], "A single input file is required when the dependency file's name", 1),
    (["x.xyz"], "Don't know what to do with 'x.xyz'", 1),
    ([], "No input files specified", 1),
    (["-ptx", "x.cu", "-arch=gfx1100"], "needs an NVIDIA architecture", 1),
    (["-c", "x.cu", "-arch=gfx_bad"], "crosswarp: internal error", 3),
])
def test_bad_input(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], *, words: list[str], text: str,
                   code: int):
    assert fake_nvcc(*words) == code
    captured = capfd.readouterr()
    assert text in captured.err and captured.out == ""
    assert names(tmp_path) == ["x.cu"]
    assert source.read_text() == KERNEL


def test_syntax_error(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "x.o").write_text("old")
    source.write_text("__global__ void fill(int *p) { *p = ; }\n")
    assert fake_nvcc("-c", source, "-MD") == 1
    error = capfd.readouterr().err
    assert error.count("x.cu:1:37: error: expected expression") == 1
    assert names(tmp_path) == ["x.cu", "x.o"] and (tmp_path / "x.o").read_text() == "old"


def test_error_on_the_device_side_only(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str]):
    source.write_text("void host_only();\n__global__ void fill() { host_only(); }\n")
    assert fake_nvcc("-c", source, "-arch=gfx1100") == 1
    assert "x.cu:2:" in capfd.readouterr().err


def test_unwritable_output(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    if os.geteuid() == 0:
        pytest.skip("everything is writable for root")
    (tmp_path / "shut").mkdir(mode=0o500)
    assert fake_nvcc("-c", source, "-o", "shut/x.o") == 1
    assert "cannot write 'shut/x.o': Permission denied" in capfd.readouterr().err


def test_output_to_a_device_file(fake_nvcc: Nvcc, source: Path):
    assert fake_nvcc("-c", source, "-arch=gfx1100", "-o", "/dev/null") == 0
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interruption_leaves_nothing(source: Path, tmp_path: Path, number: signal.Signals):
    """While a target stage runs: no output, no temporary file, no cache entry, no process; the old output stays."""
    scratch, cache = tmp_path / "scratch", tmp_path / "cache"
    scratch.mkdir()
    (tmp_path / "x.o").write_text("old")
    environment = {**os.environ, "TMPDIR": str(scratch), "CROSSWARP_CACHE_DIR": str(cache)}
    # Under nohup or in a script's background these signals are ignored, and a child inherits that.
    process = subprocess.Popen([*FAKE_NVCC, "-c", "x.cu", "-arch=gfx_slow"], cwd=tmp_path, env=environment,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               preexec_fn=lambda: signal.signal(number, signal.SIG_DFL))  # noqa: PLW1509  no threads here
    assert process.stdout is not None
    stage = int(process.stdout.readline().split()[1])
    process.send_signal(number)
    _, error = process.communicate(timeout=30)
    assert process.returncode == -number
    assert error == ""
    assert names(scratch) == [] and (tmp_path / "x.o").read_text() == "old"
    assert [name for name in names(tmp_path) if "tmp" in name] == []
    assert not (cache / "objects").exists()
    with pytest.raises(ProcessLookupError):
        os.kill(stage, 0)


def test_two_compilations_into_one_cache(source: Path, tmp_path: Path):
    command = [*FAKE_NVCC, "-c", "x.cu", "--targets=cpu,gfx1100,gfx942,sm_80", "-o"]
    environment = {**os.environ, "CROSSWARP_CACHE_DIR": str(tmp_path / "cache")}
    running = [subprocess.Popen([*command, f"{name}.o"], cwd=tmp_path, env=environment) for name in "abc"]
    assert [process.wait(timeout=60) for process in running] == [0, 0, 0]
    first, *others = [section_bytes((tmp_path / f"{name}.o").read_bytes(), FATBIN_SECTION) for name in "abc"]
    assert all(other == first for other in others)
    entries = [path.read_bytes() for path in (tmp_path / "cache" / "objects").rglob("*") if path.is_file()]
    assert sum(entry[DIGEST_BYTES:].startswith(b"IMAGE ") for entry in entries) == 4


def test_cached_images_are_used(fake_nvcc: Nvcc, source: Path, session_cache: Path, tmp_path: Path):
    source.write_text(KERNEL.replace("fill", "cached_once"))
    assert fake_nvcc("-c", source, "-arch=gfx1100") == 0
    images = [path for path in (session_cache / "objects").rglob("*")
              if path.is_file() and path.read_bytes()[DIGEST_BYTES:].startswith(b"IMAGE ")]
    entries = {path: path.stat().st_mtime_ns for path in images}
    newest = max(entries, key=lambda path: entries[path])
    os.utime(newest, (1, 1))
    assert fake_nvcc("-c", source, "-arch=gfx1100", "-o", "again.o") == 0
    assert newest.stat().st_mtime > 1, "the entry was not looked at"
    assert (tmp_path / "x.o").read_bytes() == (tmp_path / "again.o").read_bytes()


def test_relocatable_objects_are_linked(fake_nvcc: Nvcc, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "a.cu").write_text("__device__ int twice(int);\n__global__ void fill(int *p) { *p = twice(1); }\n")
    (tmp_path / "b.cu").write_text("__device__ int twice(int x) { return 2 * x; }\n")
    for name in "ab":
        assert fake_nvcc("-dc", f"{name}.cu", "-o", f"{name}.o") == 0
    assert fake_nvcc("-dlink", "a.o", "-arch=gfx1100", "-o", "link.o") == 1
    assert "undefined device symbol: twice [CW2011]" in capfd.readouterr().err
    assert fake_nvcc("-dlink", "a.o", "b.o", "a.o", "-arch=gfx1100", "-o", "link.o") == 1
    assert "carry the same device code: a.o, a.o" in capfd.readouterr().err
    assert fake_nvcc("-dlink", "a.o", "b.o", "-arch=gfx1100", "-o", "link.o") == 0
    (binary,) = read_all(section_bytes((tmp_path / "link.o").read_bytes(), FATBIN_SECTION))
    assert [entry.arch for entry in binary.entries] == ["gfx1100"]
    assert names(tmp_path) == ["a.cu", "a.o", "b.cu", "b.o", "link.o"]


@pytest.mark.parametrize(("compiling", "linking"), [
    (["-dc", "-gencode", "arch=compute_80,code=lto_80"], ["-dlto", "-arch=sm_80"]),
    (["-dc", "-arch=lto_80"], ["-dlto", "-gencode=arch=compute_80,code=lto_80"]),
    (["-c", "-rdc=true", "-dlto", "-arch=sm_80"], ["-dlto", "-arch=sm_80", "-dlink"]),
    (["-c", "-ewp", "-arch=sm_80"], ["-arch=sm_80", "-lto"]),
])
def test_link_time_optimisation(fake_nvcc: Nvcc, tmp_path: Path, compiling: list[str], linking: list[str]):
    """Objects carry portable IR either way: the spellings of link-time optimisation all lead to one device link."""
    (tmp_path / "a.cu").write_text("__device__ int twice(int);\n__global__ void fill(int *p) { *p = twice(1); }\n"
                                   "int main() { return 0; }\n")
    (tmp_path / "b.cu").write_text("__device__ int twice(int x) { return 2 * x; }\n")
    assert fake_nvcc(*compiling, "a.cu", "b.cu", "--targets=none") == 0
    assert fake_nvcc(*linking, "a.o", "b.o", "-o", "linked", "-cudart=static", "--targets=none") == 0
    (binary,) = read_all(section_bytes((tmp_path / "linked").read_bytes(), FATBIN_SECTION))
    assert [(entry.arch, entry.data[:6]) for entry in binary.entries] == [("sm_80", b"IMAGE ")]


def test_syntax_of_device_code_alone(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    assert fake_nvcc("-c", source, "-arch=gfx_bad", "-fdevice-syntax-only") == 0
    assert read_all(section_bytes((tmp_path / "x.o").read_bytes(), FATBIN_SECTION))[0].entries == ()
    source.write_text("#ifdef __CUDA_ARCH__\nwrong\n#endif\n" + KERNEL)
    assert fake_nvcc("-c", source, "-arch=gfx_bad", "-fdevice-syntax-only") == 1
    assert "x.cu:2:1: error: unknown type name 'wrong'" in capfd.readouterr().err


def test_source_without_device_code_has_no_images(fake_nvcc: Nvcc, source: Path, tmp_path: Path):
    source.write_text("int on_the_host() { return 1; }\n")
    assert fake_nvcc("-fatbin", source, "--targets=cpu,gfx1100", "-o", "images") == 0
    assert FatBinary.read((tmp_path / "images").read_bytes()).entries == ()


def test_preprocessed_text_has_both_sides(fake_nvcc: Nvcc, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "x.cu").write_text("#ifdef __CUDA_ARCH__\ndevice __CUDA_ARCH__\n#else\nhost\n#endif\n")
    (tmp_path / "y.cpp").write_text("#ifdef __CUDACC__\ncuda\n#else\nplain\n#endif\n")
    assert fake_nvcc("-E", "x.cu", "-arch=sm_70") == 0
    lines = capfd.readouterr().out.splitlines()
    assert "device 700" in lines and "host" in lines
    assert fake_nvcc("-E", "y.cpp", "-o", "y.ii") == 0
    assert "plain" in (tmp_path / "y.ii").read_text().splitlines()
    assert fake_nvcc("-M", "y.cpp", "-MT", "target") == 0
    assert capfd.readouterr().out.startswith("target : y.cpp")


@pytest.mark.skipif(shutil.which("g++") is None, reason="g++ is not installed")
def test_languages_of_the_host_compiler(fake_nvcc: Nvcc, tmp_path: Path):
    """Each kind of file by the host compiler's own rules: a C program's `new`, what is preprocessed already, assembly."""
    sources = {
        "main.c": "int plain(void), two(void), four(void), five(void);\n"
                  "int main(void) { int new = plain() + two() + four() + five(); return new; }\n",
        "plain.i": "int plain(void) { int new = 1; return new; }\n",
        "two.ii": 'extern "C" int two() { return 2; }\n',
        "four.C": 'extern "C" int four() { return 4; }\n',
        "five.S": "#define VALUE 8\n.globl five\nfive: mov $VALUE, %eax\nret\n",
        "note.s": '.section .note.GNU-stack,"",@progbits\n',
    }
    for name, text in sources.items():
        (tmp_path / name).write_text(text)
    assert fake_nvcc(*sources, "-cudart=none", "-o", "app") == 0
    assert subprocess.run([tmp_path / "app"]).returncode == 15


def test_two_results_of_one_name_are_refused(fake_nvcc: Nvcc, source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "x.cu").write_text(KERNEL)
    assert fake_nvcc("-c", source, "sub/x.cu", "--targets=none", "-arch=gfx1100") == 1
    assert "two results would be written to 'x.o'" in capfd.readouterr().err
    assert names(tmp_path) == ["sub", "x.cu"]


def test_long_double_in_device_code_is_told(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str]):
    source.write_text("__global__ void twice(double *p) {\n  long double x = *p;\n  *p = (double)(2 * x);\n}\n")
    assert fake_nvcc("-c", source, "-arch=gfx1100") == 0
    assert "x.cu:3:21: warning: 'long double' is treated as 'double' in device code [CW1201]" in capfd.readouterr().err
    assert fake_nvcc("-c", "-w", source, "-arch=gfx1100") == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("standard", ["c++03", "gnu++03", "c++11", "c++14"])
def test_old_standards(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str], standard: str):
    assert fake_nvcc("-c", f"-std={standard}", source, "-arch=gfx1100") == 0
    assert capfd.readouterr().err == ""
