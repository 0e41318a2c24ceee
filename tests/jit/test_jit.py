"""PTX and linkable device code that programs hand over at run time, compiled for the CPU and for emulated AMD GPUs."""

import os
import shlex
import sys
from pathlib import Path

import pytest

INPUTS = Path(__file__).parent / "inputs"
MODULE = INPUTS / "add_value.ptx"
DEVICES = {"cpu": "x86-64-v3", "emu:gfx1100": "gfx1100", "emu:gfx942": "gfx942"}
GOOD = "CUDA_SUCCESS, timed, sizes fit\n"
LINKED = "-1782\n"
# A helper that takes one request and dies.
DYING = "import os, socket; c = socket.socket(fileno=0); os.fork() and os._exit(0); socket.recv_fds(c, 10000, 1)"


@pytest.fixture(scope="module")
def built(crosswarp_nvcc, tmp_path_factory):
    folder = tmp_path_factory.mktemp("jit")
    crosswarp_nvcc(INPUTS / "jit.cpp", "-std=c++17", "-o", folder / "jit", "-lcuda", "-lpthread")
    return folder


@pytest.fixture
def command(toolkit, tmp_path):
    """A compiler that counts how often it is started, in a file beside it."""
    script = tmp_path / "counted"
    script.write_text(f"#!/bin/sh\necho >> {shlex.quote(str(tmp_path / 'starts'))}\nexec {toolkit / 'bin' / 'crosswarp'} \"$@\"\n")
    script.chmod(0o755)
    return script


def starts(command):
    log = command.with_name("starts")
    return len(log.read_text().splitlines()) if log.exists() else 0


@pytest.fixture
def run(built, toolkit, on_cpu, tmp_path):
    """Runs the program with a cache of its own."""
    libraries = {"LD_LIBRARY_PATH": f"{toolkit / 'lib64'}:{toolkit / 'lib64' / 'stubs'}",
                 "CROSSWARP_CACHE_DIR": str(tmp_path / "cache")}

    def call(*words, check=True, **environment):
        return on_cpu(built / "jit", *words, env={**libraries, **environment}, check=check)

    return call


def text_file(tmp_path, text):
    path = tmp_path / "text.ptx"
    path.write_text(text)
    return path


@pytest.mark.parametrize("device", DEVICES)
def test_a_module_is_compiled_once(run, command, device):
    environment = {"CROSSWARP_DEVICE": device, "CROSSWARP_COMMAND": str(command)}
    assert run("load", MODULE, **environment).stdout == f"{GOOD}compiled for {DEVICES[device]}\n161\n"
    assert run("load", MODULE, **environment).stdout == f"{GOOD}found compiled for {DEVICES[device]}\n161\n"
    assert run("library", MODULE, **environment).stdout == "161\n161\n"
    assert starts(command) == 1


@pytest.mark.parametrize("setting", ["CROSSWARP_CACHE=off", "CUDA_CACHE_DISABLE=1", "CROSSWARP_CACHE_DIR=/dev/null/x"])
def test_without_a_cache(run, setting):
    name, _, value = setting.partition("=")
    for _ in range(2):
        assert run("load", MODULE, **{name: value}).stdout == f"{GOOD}compiled for x86-64-v3\n161\n"


def test_a_damaged_entry_is_made_again(run, tmp_path):
    run("load", MODULE)
    entries = [path for path in (tmp_path / "cache" / "objects").rglob("*") if path.is_file()]
    assert len(entries) == 1
    entries[0].write_bytes(entries[0].read_bytes()[:-1])
    assert "found" not in run("load", MODULE).stdout
    assert "found" in run("load", MODULE).stdout


@pytest.mark.parametrize(("change", "result", "message"), [
    (("add.s32 \t%r6", "madd.s32 \t%r6"), "INVALID_PTX", "PTX text:41:2: error: "),
    (("st.global.u32 \t[%rd2], %r7;", "st.global.u32 \t[%rd2], %q7;"), "INVALID_PTX", "PTX text:44:"),
    ((".version 8.0", ".version 99.0"), "UNSUPPORTED_PTX_VERSION", ".version 99.0"),
    ((".version 8.0", "version"), "INVALID_IMAGE", "device kernel image is invalid"),
])
def test_what_is_wrong_is_said(run, tmp_path, change, result, message):
    text = MODULE.read_text()
    assert change[0] in text
    stdout = run("load", text_file(tmp_path, text.replace(*change))).stdout
    assert stdout.startswith(f"CUDA_ERROR_{result}, timed, sizes fit\n") and message in stdout


@pytest.mark.parametrize("cut", [12, 20, 43])
def test_a_truncated_text(run, tmp_path, cut):
    stdout = run("load", text_file(tmp_path, "\n".join(MODULE.read_text().splitlines()[:cut]))).stdout
    assert stdout.startswith("CUDA_ERROR_INVALID_PTX") and "PTX text:" in stdout


def test_a_compiler_that_is_not_there(run):
    done = run("load", MODULE, CROSSWARP_COMMAND="/no/such/crosswarp")
    assert done.stdout.startswith("CUDA_ERROR_JIT_COMPILER_NOT_FOUND, timed")
    assert "cannot start the compiler '/no/such/crosswarp'" in done.stderr
    assert run("load", MODULE, CUDA_DISABLE_PTX_JIT="1").stdout.startswith("CUDA_ERROR_JIT_COMPILATION_DISABLED")


def test_a_helper_that_dies_is_replaced(run, command, tmp_path):
    script = tmp_path / "dying"
    died = shlex.quote(str(tmp_path / "died"))
    script.write_text(f"#!/bin/sh\n[ -e {died} ] && exec {command} \"$@\"\n"
                      f"touch {died}\nexec {sys.executable} -c {shlex.quote(DYING)}\n")
    script.chmod(0o755)
    assert run("load", MODULE, CROSSWARP_COMMAND=str(script)).stdout == f"{GOOD}compiled for x86-64-v3\n161\n"
    assert starts(command) == 1


def test_threads_and_processes(run, command):
    assert run("children", MODULE, CROSSWARP_COMMAND=str(command)).stdout == "no children\n161\n"
    assert starts(command) == 2  # the program closed the first helper's socket


def test_options(run):
    assert run("options", MODULE).stdout.splitlines() == [
        "7=0: CUDA_SUCCESS", "7=5: CUDA_ERROR_INVALID_VALUE", "0=32: CUDA_SUCCESS", "13=1: CUDA_SUCCESS",
        "14=3: CUDA_ERROR_INVALID_VALUE", "19=1: CUDA_ERROR_NOT_SUPPORTED"]


@pytest.fixture(scope="module")
def pieces(crosswarp_nvcc, tmp_path_factory):
    """`caller` and `functions` as objects, PTX and fat binaries, and the functions in a static library."""
    folder = tmp_path_factory.mktemp("pieces")
    for name in ("caller", "functions"):
        source = INPUTS / f"{name}.cu"
        crosswarp_nvcc("-dc", source, "-o", folder / f"{name}.o")
        crosswarp_nvcc("-dc", "-ptx", "-arch=sm_80", source, "-o", folder / f"{name}.ptx")
        crosswarp_nvcc("-dc", "-fatbin", source, "-o", folder / f"{name}.fatbin")
    crosswarp_nvcc("-lib", folder / "functions.o", "-o", folder / "functions.a")
    crosswarp_nvcc("-cubin", "-arch=cpu", INPUTS / "functions.cu", "-o", folder / "whole.cubin")
    (folder / "empty.a").write_bytes(b"!<arch>\n")  # as libcudadevrt.a is
    return folder


@pytest.mark.parametrize(("first", "second", "device"), [
    ("o", "a", "cpu"), ("ptx", "ptx", "cpu"), ("ptx", "o", "cpu"), ("o", "ptx", "cpu"), ("fatbin", "ptx", "cpu"),
    ("ptx", "fatbin", "emu:gfx1100"),
])
def test_links(run, pieces, first, second, device):
    files = [pieces / f"caller.{first}", pieces / f"functions.{second}", pieces / "empty.a"]
    assert run("link", *files, CROSSWARP_DEVICE=device).stdout == f"{GOOD}compiled for {DEVICES[device]}\n{LINKED}"


OWN = """.version 8.0
.target sm_80
.address_size 64
.global .align 4 .u32 own = VALUE;
"""
OWN_CALLED = """.visible .func (.reg .b32 %r) other() { ld.global.u32 %r, [own]; ret; }
"""
OWN_CALLER = """.extern .func (.reg .b32 %r) other();
.visible .entry add_value(.param .u64 p, .param .u32 n)
{
  .reg .b64 %d;
  .reg .b32 %r<3>;
  ld.param.u64 %d, [p];
  ld.global.u32 %r1, [own];
  call (%r2), other;
  add.u32 %r1, %r1, %r2;
  st.global.u32 [%d], %r1;
}
"""


def test_variables_that_are_not_visible_are_each_module_s_own(run, tmp_path):
    for name, value, rest in (("a", "100", OWN_CALLER), ("b", "7", OWN_CALLED)):
        (tmp_path / f"{name}.ptx").write_text(OWN.replace("VALUE", value) + rest)
    assert run("link", tmp_path / "a.ptx", tmp_path / "b.ptx").stdout == f"{GOOD}compiled for x86-64-v3\n107\n"


@pytest.mark.parametrize(("files", "result", "message"), [
    (["caller.ptx"], "INVALID_PTX", "undefined function 'at'"),
    (["caller.o", "caller.ptx", "functions.o"], "INVALID_PTX", "'add_value': symbol multiply defined"),
    (["caller.o", "whole.cubin"], "NO_BINARY_FOR_GPU", "no relocatable device code in it"),
])
def test_what_cannot_be_linked(run, pieces, files, result, message):
    stdout = run("link", *(pieces / name for name in files)).stdout
    assert stdout.startswith(f"CUDA_ERROR_{result}, timed, sizes fit\n") and message in stdout


@pytest.mark.parametrize("device", DEVICES)
def test_a_program_of_ptx_only(crosswarp_nvcc, toolkit, on_cpu, tmp_path, device):
    crosswarp_nvcc(INPUTS / "only_ptx.cu", "-arch=sm_80", "--targets=none", "-o", tmp_path / "program")
    found = {"PATH": f"{toolkit / 'bin'}:{os.environ['PATH']}", "LD_LIBRARY_PATH": str(toolkit / "lib64")}
    done = on_cpu(tmp_path / "program", env={**found, "CROSSWARP_DEVICE": device})
    assert (done.stdout, done.stderr) == ("no error 10 100\n", "")


def test_ptx_as_an_input_of_nvcc(run, crosswarp, crosswarp_nvcc, tmp_path):
    crosswarp_nvcc("-fatbin", MODULE, "--targets=cpu,gfx1100", "-o", tmp_path / "all.fatbin")
    crosswarp_nvcc("-cubin", MODULE, "-arch=gfx942", "-o", tmp_path / "one.cubin")
    missing = {"CROSSWARP_COMMAND": "/no/such/crosswarp"}
    for device, name in (("cpu", "all.fatbin"), ("emu:gfx1100", "all.fatbin"), ("emu:gfx942", "one.cubin")):
        assert run("load", tmp_path / name, CROSSWARP_DEVICE=device, **missing).stdout == f"{GOOD}161\n"
    wrong = text_file(tmp_path, MODULE.read_text().replace("bar.sync", "bar.sink"))
    done = crosswarp_nvcc("-fatbin", wrong, "--targets=cpu", check=False)
    assert done.returncode == 1 and f"{wrong}:25:2: error: " in done.stderr
