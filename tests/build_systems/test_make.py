"""Hand-written rules of makefiles and Meson's, with our toolkit in the place of NVIDIA's."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

CPU_ONLY = {"CROSSWARP_TARGETS": "cpu"}
Make = Callable[..., Project]


def test_make(project: Make, toolkit: Path, needs: Callable[..., None]):
    """Sample-like rules, links by g++, -dlink, -link, -lib, -shared, -ptx, what `-MM` says of headers."""
    needs("make", "g++")
    work, words = project("make"), (f"CUDA_PATH={toolkit}", "SMS=75 80")
    work("make", *words, **CPU_ONLY)
    work("make", "test", *words, CROSSWARP_DEVICE="cpu", LD_LIBRARY_PATH=toolkit / "lib64", **CPU_ONLY)
    assert "up to date" in work("make", "kernel.ptx", *words, **CPU_ONLY).stdout
    os.utime(work.folder / "helper.h", (time.time() + 5,) * 2)
    planned = work("make", "-n", *words, **CPU_ONLY).stdout
    assert set(re.findall(r"-o (\w+(?:\.rdc)?\.o)", planned)) == {"sample.o", "helper.rdc.o", "device_link.o"}


@pytest.mark.parametrize("named", ["PATH", pytest.param("native file", marks=pytest.mark.slow)])
def test_meson(project: Make, toolkit: Path, needs: Callable[..., None], named: str):
    """`import('cuda')`, `dependency('cuda')`, both languages, libraries, tests."""
    needs("meson", "ninja", "g++")
    work = project("meson")
    words: list[str] = []
    variables: dict[str, str | Path] = {"CUDA_PATH": toolkit, **CPU_ONLY}
    if named == "PATH":
        variables["PATH"] = f"{toolkit}/bin:{work.environment['PATH']}"
    else:
        (work.folder / "native.ini").write_text(f"[binaries]\ncuda = '{toolkit}/bin/nvcc'\n")
        words = ["--native-file", "native.ini"]
    text = work("meson", "setup", "build", *words, **variables).stdout
    assert "(nvcc 12.9.86)" in text and text.count(f"found: YES 12.9 ({toolkit})") == 3
    work("meson", "test", "-C", "build", CROSSWARP_DEVICE="cpu", LD_LIBRARY_PATH=toolkit / "lib64", **variables)
