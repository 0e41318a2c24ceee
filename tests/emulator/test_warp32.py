"""A warp has 32 lanes everywhere: one program prints the same on the CPU, wave32 and wave64, where two warps share a wave."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCE = Path(__file__).parent / "inputs" / "warp32.cu"
ARCHITECTURES = ("gfx1030", "gfx1100", "gfx1201", "gfx90a", "gfx942")


@pytest.fixture(scope="module")
def program(crosswarp_nvcc, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("warp32")
    crosswarp_nvcc(SOURCE, "-o", folder / "warp32", env={"CROSSWARP_TARGETS": ",".join(("cpu", *ARCHITECTURES))}, cwd=folder)
    return folder / "warp32"


@pytest.fixture(scope="module")
def run(crosswarp_nvcc, program: Path):
    libraries = Path(crosswarp_nvcc.words[0]).parents[1] / "lib64"

    def output(device: str) -> list[str]:
        environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": f"{libraries}/stubs:{libraries}"}
        return type(crosswarp_nvcc)((str(program),), environment)(cwd=program.parent).stdout.splitlines()

    return output


@pytest.fixture(scope="module")
def on_cpu(run) -> list[str]:
    return run("cpu")


@pytest.mark.parametrize("arch", ARCHITECTURES)
def test_as_on_the_cpu(run, on_cpu: list[str], arch: str) -> None:
    assert len(on_cpu) == 36
    assert all("cudaSuccess" in line for line in on_cpu)
    assert run(f"emu:{arch}") == on_cpu
