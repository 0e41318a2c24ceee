"""Checks on compiled code: source lines from DWARF, code whose waits are taken away, and samples that must be clean."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.support.toolchain import clang_command, tool_environment
from crosswarp.targets.amdgpu.emulator.assemble import code_object

from samples.catalogue import FOLDER, read_sample
from tests.emulator.checked import Case, findings

SOURCE = """\
typedef __attribute__((address_space(1))) float *memory;
__attribute__((loader_uninitialized)) __attribute__((address_space(3)))
float cells[256];
__attribute__((amdgpu_kernel)) void k(memory x) {
  unsigned i = __builtin_amdgcn_workitem_id_x();
  float y =
      x[i];
  cells[i] =
      y * 2.0f;
  __builtin_amdgcn_s_barrier();
  x[i + 1024] =
      cells[255 - i];
}
"""
ARCHS = ("gfx1100", "gfx1201", "gfx90a", "gfx942")
WAIT = re.compile(r"^\ts_wait.*$", re.M)


def assembly(folder: Path, arch: str, dwarf: int) -> str:
    """The kernel as clang compiles it."""
    source, text = folder / "k.c", folder / f"{arch}.s"
    source.write_text(SOURCE)
    options = ["-x", "c", "-target", "amdgcn-amd-amdhsa", f"-mcpu={arch}", "-nogpulib", "-O1", "-g", f"-gdwarf-{dwarf}"]
    subprocess.run([*clang_command(), *options, "-S", source, "-o", text], env=tool_environment(), check=True)
    return text.read_text()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Findings of the kernel as it is compiled and without its waits, for two versions of DWARF."""
    folder, cases = tmp_path_factory.mktemp("compiled"), {}
    for arch in ARCHS:
        for dwarf in (4, 5):
            text = assembly(folder, arch, dwarf)
            for kind, changed in (("whole", text), ("bare", WAIT.sub("", text))):
                assert (kind == "bare") == (changed != text)
                cases[f"{arch} {dwarf} {kind}"] = Case(arch, 32, code_object(changed, arch), 256)
    return findings(cases, "waits,races,barriers")


@pytest.mark.parametrize("arch", ARCHS)
@pytest.mark.parametrize("dwarf", [4, 5])
def test_compiled_code(found: dict[str, list[str]], arch: str, dwarf: int) -> None:
    """Every wait is needed; each that is missing shows at its line."""
    assert found[f"{arch} {dwarf} whole"] == []
    lines = found[f"{arch} {dwarf} bare"]
    start = re.compile(r"crosswarp emu: kernel k, block \(0,0,0\), thread \(\d+,0,0\), k\.c:")
    assert [line for line in lines if not start.match(line)] == []
    places = [re.search(r"k\.c:(\d+): (?:reads|writes) \w+ before its load at k\.c:(\d+) is complete", line) for line in lines]
    pairs = {(int(place[1]), int(place[2])) for place in places if place}
    assert (9, 7) in pairs  # x[i] is multiplied
    assert pairs & {(11, 12), (11, 5)}  # cells[255 - i], or the address, is stored


PROGRAMS = ["scan"]
SLOW = ["dynamic_shared", "warp_shuffle", "block_reduce", "histogram", "matmul_tiled", "nbody", "softmax", "transpose"]


@pytest.mark.parametrize("name", [*PROGRAMS, *(pytest.param(name, marks=pytest.mark.slow) for name in SLOW)])
def test_samples_are_clean(name: str, crosswarp_nvcc: Callable[..., object], toolkit: Path, tmp_path: Path) -> None:
    """What our compiler makes waits for what it loads, and these programs have no races."""
    program, libraries = tmp_path / name, str(toolkit / "lib64")
    crosswarp_nvcc("--targets=gfx1100,gfx942,only", *read_sample(FOLDER / name).build_words(program))
    for arch in ("gfx1100", "gfx942"):
        checked = {"CROSSWARP_DEVICE": f"emu:{arch}", "CROSSWARP_EMU_CHECK": "1", "LD_LIBRARY_PATH": libraries}
        environment = {**os.environ, **checked}
        done = subprocess.run([program], env=environment, capture_output=True, text=True, check=False, cwd=tmp_path, timeout=300)
        assert done.stdout.startswith("PASS"), done.stdout + done.stderr
        assert done.stderr == ""
