"""Python modules with kernels, built by `pip install .` with nothing set but CUDA_HOME and CUDACXX, against what numpy says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

# The build tools are those of this Python's environment, as with `pip install --no-build-isolation`: nothing is downloaded.
TOOLS = ("numpy", "setuptools", "pybind11", "nanobind", "scikit_build_core", "cffi")
USES = {
    "py_pybind11": """
import numpy, with_pybind11
x, y = numpy.arange(1000, dtype="f4"), numpy.ones(1000, dtype="f4")
assert (with_pybind11.saxpy(3, x, y) == 3 * x + y).all()
for wrong, error in ((lambda: with_pybind11.saxpy(1, x, y[1:]), ValueError), (with_pybind11.fail, RuntimeError)):
    try:
        wrong()
    except error:
        continue
    raise AssertionError(error)
""",
    "py_nanobind": """
import numpy, with_nanobind
matrix = numpy.random.default_rng(1).random((40, 333))
assert numpy.allclose(with_nanobind.row_sums(matrix), matrix.sum(axis=1))
""",
    "py_ctypes": """
import numpy, with_ctypes
values = numpy.random.default_rng(2).integers(0, 256, 100_000, dtype="u1")
assert (with_ctypes.histogram(values) == numpy.bincount(values, minlength=256)).all()
""",
    "py_cffi": """
import numpy, with_cffi
values = numpy.arange(-100, 100, dtype="i4")
sums = numpy.empty_like(values)
pointer = lambda array: with_cffi.ffi.cast("int *", array.ctypes.data)
assert with_cffi.lib.scan(pointer(values), len(values), pointer(sums)) == 0
assert (sums == values.cumsum()).all()
""",
}


def test_alone_and_in_one_process(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None], tmp_path: Path):
    """One process holds the runtime twice, as a shared library and linked into modules: all of them see the same device."""
    needs("cmake", "ninja", "g++")
    for tool in TOOLS:
        pytest.importorskip(tool)
    site = tmp_path / "site"
    cuda = {"CUDA_HOME": toolkit, "CUDACXX": toolkit / "bin" / "nvcc", "CROSSWARP_TARGETS": "cpu,only"}
    install = (sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-build-isolation", "--no-deps")
    for name, use in USES.items():
        work = project(name)
        work(*install, "--target", site, ".", **cuda)
        work(sys.executable, "-c", use, cwd=site, CROSSWARP_DEVICE="cpu")
    for order in (list(USES.values()), list(reversed(USES.values()))):
        work(sys.executable, "-c", "".join(order), cwd=site, CROSSWARP_DEVICE="cpu")
