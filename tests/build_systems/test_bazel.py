"""Bazel: the rules in `projects/bazel/cuda/`, in Bazel's sandbox, and the toolkit files that rules_cuda gives labels to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.conftest import PROJECTS
from tests.build_systems.workplace import Project

# rules_cuda, cuda/private/{repositories.bzl,templates/BUILD.*}: each is the source of a target that every build analyses.
NAMED_BY_RULES_CUDA = (
    "bin/nvcc", "bin/nvlink", "bin/fatbinary", "bin/bin2c", "bin/ptxas", "bin/crt/link.stub", "bin/cuobjdump",
    "include/cuda.h", "include/cuda_runtime.h", "include/crt", "include/thrust", "include/cub", "include/cuda", "include/nv",
    "lib64/libcudart.so", "lib64/libcudart_static.a", "lib64/libcudadevrt.a", "lib64/libculibos.a", "lib64/stubs/libcuda.so",
    "lib64/libnvrtc.so", "nvvm", "version.json",
)


@pytest.mark.parametrize("name", NAMED_BY_RULES_CUDA)
def test_rules_cuda_finds(toolkit: Path, name: str):
    assert (toolkit / name).exists()


def test_rules_cuda_reads_the_version(project: Callable[..., Project], toolkit: Path):
    """It splits the line at ", release " and the rest at ", "."""
    printed = project("bazel")(toolkit / "bin" / "nvcc", "--version").stdout
    [line] = [line for line in printed.splitlines() if ", release " in line]
    assert int(line.split(", release ")[1].split(", ")[0].split(".")[0]) >= 12


def test_cuda_library(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None], tmp_path: Path):
    """A library with separately compiled device code, in a program by Bazel's own C++ rules."""
    needs("bazel", "g++")
    work = project("bazel")
    bazel = ["bazel", f"--output_user_root={tmp_path / 'bazel'}"]
    offline = [f"--override_repository={name}={PROJECTS / 'bazel_offline' / name}" for name in ("rules_cc", "rules_java")]
    images = "--action_env=CROSSWARP_TARGETS=cpu,only"
    try:
        build = [*bazel, "run", *offline, images, "--verbose_failures", "//:main"]
        printed = work(*build, CUDA_PATH=toolkit, CROSSWARP_DEVICE="cpu").stdout
        assert printed == "332833500\n"
    finally:
        work(*bazel, "shutdown", check=False)
