"""CMake takes our nvcc for NVIDIA's, with nothing set but the documented variable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

GENERATORS = ("Ninja", "Unix Makefiles")


@pytest.mark.parametrize("generator", GENERATORS)
def test_basic(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None], generator: str):
    needs("cmake", "ninja", "make", "g++")
    work = project("cmake_basic")
    work("cmake", "-B", "build", "-G", generator, CUDACXX=toolkit / "bin" / "nvcc", CROSSWARP_TARGETS="cpu")
    work("cmake", "--build", "build", CROSSWARP_TARGETS="cpu")
    work("ctest", "--test-dir", "build", "--output-on-failure", CROSSWARP_DEVICE="cpu")
