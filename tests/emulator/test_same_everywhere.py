"""Programs that print the same on the CPU, on wave32 and on wave64.

`warp32.cu`: a warp has 32 lanes everywhere, also where two warps share a wave. `mathematics.cu`: functions have the same bits
everywhere, though each target has its own instructions for parts of them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

INPUTS = Path(__file__).parent / "inputs"
ARCHITECTURES = ("gfx1030", "gfx1100", "gfx1201", "gfx90a", "gfx942")
LINES = {"warp32": 44, "mathematics": 66}
Output = Callable[[str, str], list[str]]


@pytest.fixture(scope="module")
def output(crosswarp_nvcc, tmp_path_factory) -> Output:
    """What a program prints on a device; each pair is built and run once."""
    folder, libraries = tmp_path_factory.mktemp("same"), Path(crosswarp_nvcc.words[0]).parents[1] / "lib64"
    printed: dict[tuple[str, str], list[str]] = {}

    def of(program: str, device: str) -> list[str]:
        path = folder / program
        if not path.exists():
            targets = ",".join(("cpu", *ARCHITECTURES))
            crosswarp_nvcc(INPUTS / f"{program}.cu", "-o", path, env={"CROSSWARP_TARGETS": targets}, cwd=folder)
        if (program, device) not in printed:
            environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": f"{libraries}/stubs:{libraries}"}
            printed[program, device] = type(crosswarp_nvcc)((str(path),), environment)(cwd=folder).stdout.splitlines()
        return printed[program, device]

    return of


@pytest.mark.parametrize("arch", ARCHITECTURES)
@pytest.mark.parametrize("program", LINES)
def test_as_on_the_cpu(output: Output, program: str, arch: str) -> None:
    expected = output(program, "cpu")
    assert len(expected) == LINES[program]
    assert all("cudaSuccess" in line for line in expected)
    assert output(program, f"emu:{arch}") == expected
