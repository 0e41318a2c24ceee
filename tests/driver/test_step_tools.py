"""The steps' tools by themselves: what build tools look for, and what a user reads when something is wrong."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from crosswarp.driver.options import Table, parse_words
from crosswarp.driver.steps.shared import LANGUAGE, TARGET
from crosswarp.driver.steps.words import language_options, language_words, target_options, target_words
from crosswarp.frontend.options import FrontendOptions
from crosswarp.runtime_shim.fatbin.writer import FatBinary
from crosswarp.targets.base import ImageKind, TargetOptions

TOOLS = ("cicc", "cudafe++", "ptxas", "fatbinary", "nvlink")
PTX = b".version 8.7\n.target sm_80\n.address_size 64\n"


def run(toolkit: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    tool, *rest = words
    return subprocess.run([toolkit / "bin" / tool, *rest], capture_output=True, text=True, check=False, env=variables or None)


@pytest.mark.parametrize("tool", TOOLS)
def test_version_and_help(toolkit: Path, tool: str):
    done = run(toolkit, tool, "--version")
    assert done.returncode == 0 and re.search(r"release 12\.9, V12\.9\.\d+$", done.stdout, re.M)
    assert done.stdout.startswith(f"{tool}: ")
    assert run(toolkit, tool, "--help").stdout.startswith(f"Usage  : {tool} ")


@pytest.mark.parametrize(("words", "text"), [
    (["cicc", "x.cpp1.ii", "-o", "x.ptx"], "cannot read 'x.cpp1.ii'"),
    (["cicc", "--frob", "x.cpp1.ii"], "Unknown option '--frob'"),
    (["cudafe++", "--language", "frob=1", "x.cpp4.ii"], "Unknown field 'frob'"),
    (["fatbinary", "--image3=kind=elf,sm=80"], "no file="),
    (["fatbinary", "--image3=kind=elf,sm=80,file=absent.cubin", "--create=x"], "cannot read 'absent.cubin'"),
    (["nvlink", "-arch=sm_80", "absent.o", "-o", "x"], "no such file: 'absent.o'"),
    (["ptxas", "-arch=gfx1100", "absent.ptx", "-o", "x"], "cannot read 'absent.ptx'"),
], ids=lambda value: value[0] if isinstance(value, list) else "")
def test_errors(toolkit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], text: str):
    monkeypatch.chdir(tmp_path)
    done = run(toolkit, *words)
    assert done.returncode == 1 and done.stderr.startswith(f"{words[0]} fatal   : ") and text in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_nvidias_hardware_needs_nvidias_assembler(toolkit: Path, tmp_path: Path):
    """Ours is the first of that name on PATH; it looks further, and does not find itself."""
    (tmp_path / "x.ptx").write_bytes(PTX)
    words = ("ptxas", "-arch=sm_80", tmp_path / "x.ptx", "-o", tmp_path / "x.cubin")
    done = run(toolkit, *words, PATH=f"{toolkit}/bin:/usr/bin:/bin")
    assert done.returncode == 1 and "pip install nvidia-cuda-nvcc" in done.stderr
    (tmp_path / "bin").mkdir()
    theirs = tmp_path / "bin" / "ptxas"
    theirs.write_text('#!/bin/sh\necho theirs "$1"\n')
    theirs.chmod(0o755)
    assert run(toolkit, *words, PATH=f"{toolkit}/bin:{tmp_path}/bin:/usr/bin:/bin").stdout == "theirs -arch=sm_80\n"


def test_fatbinary_of_any_vendors_images(toolkit: Path, tmp_path: Path):
    for name, data in (("x.ptx", PTX), ("x.hsaco", b"code"), ("x.cubin", b"cubin"), ("empty.so", b"")):
        (tmp_path / name).write_bytes(data)
    images = ["kind=ptx,sm=80,file=x.ptx", "kind=elf,sm=90,file=x.cubin", "kind=elf,sm=gfx1100,compute=80,file=x.hsaco",
              "kind=elf,sm=x86-64-v3,file=empty.so"]
    done = subprocess.run([toolkit / "bin" / "fatbinary", "-64", "--create=x.fatbin", "--embedded-fatbin=x.fatbin.c",
                           *(f"--image3={image}" for image in images)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    entries = FatBinary.read((tmp_path / "x.fatbin").read_bytes()).entries
    assert [(entry.kind, entry.arch, entry.cuda_arch) for entry in entries] == [
        (ImageKind.PTX, "sm_80", 800), (ImageKind.CUBIN, "sm_90", 900), (ImageKind.AMDGPU, "gfx1100", 800)]
    subprocess.run(["cc", "-c", "x.fatbin.c"], cwd=tmp_path, check=True)
    assert (tmp_path / "x.fatbin").read_bytes() in (tmp_path / "x.fatbin.o").read_bytes()


def test_options_survive_as_words():
    language = FrontendOptions(defines=('A="x y"', "B"), cuda_arch_list=(800, 900), fmad=False, host_flags=("-fPIC",))
    target = TargetOptions(opt_level=0, maxrregcount=40, fast_math=True)
    table = Table((LANGUAGE, TARGET))
    parsed, rest = parse_words([*language_words(language), *target_words(target)], table)
    assert (language_options(parsed), target_options(parsed), rest) == (language, target, [])
