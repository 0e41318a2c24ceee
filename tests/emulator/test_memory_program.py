"""A program that uses memory of every kind through every kind of pointer: the same bits on the CPU and on five emulated GPUs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "inputs" / "memory_program.cu"
ARCHITECTURES = ("gfx1100", "gfx1030", "gfx1201", "gfx90a", "gfx942")


@pytest.fixture(scope="module")
def run(crosswarp_nvcc, tmp_path_factory) -> Callable[..., tuple[str, str]]:
    """Standard output and error of the program on a device."""
    program = tmp_path_factory.mktemp("program") / "memory"
    crosswarp_nvcc(f"--targets=cpu,{','.join(ARCHITECTURES)}", SOURCE, "-o", program)
    libraries = Path(crosswarp_nvcc.words[0]).parents[1] / "lib64"

    def on(device: str, **settings: str) -> tuple[str, str]:
        environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(libraries), **settings}
        done = type(crosswarp_nvcc)((str(program),), environment)()
        return done.stdout, done.stderr

    return on


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_same_as_on_the_cpu(run, arch: str) -> None:
    """Checks of memory and of waits find nothing wrong with it."""
    expected, _ = run("cpu")
    assert expected.count("\n") == 13
    assert run(f"emu:{arch}", CROSSWARP_EMU_CHECK="memory,values,waits,barriers") == (expected, "")
