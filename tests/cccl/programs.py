"""Programs that compare CCCL with the standard library, or device with host, and say so: built for one device and run there."""

from __future__ import annotations

from pathlib import Path

import pytest


def run_on(device: str, nvcc, source: Path, *flags: str, folder: Path) -> str:
    """Build `source` for `device` (`cpu` or `emu:<architecture>`), run it, return what it printed. Its status must be 0."""
    program, libraries = folder / source.stem, Path(nvcc.words[0]).parents[1] / "lib64"
    target = device.removeprefix("emu:")
    nvcc(source, *flags, f"--targets={target},only", "-std=c++20", "-o", program)
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": f"{libraries}/stubs:{libraries}"}
    done = type(nvcc)((str(program),), environment)(cwd=folder)
    assert not done.stderr
    return done.stdout


def wide(*devices: str) -> list[object]:
    """Devices of the long run, `make cccl`."""
    return [pytest.param(device, marks=pytest.mark.slow) for device in devices]
