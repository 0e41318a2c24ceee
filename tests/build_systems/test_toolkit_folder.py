"""What is in the toolkit besides the compiler, with the tools that look there: pkg-config and the shells."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.driver.toolkit import make_toolkit

from tests.build_systems.workplace import Project

Make = Callable[..., Project]
EVALUATE = {"sh": 'eval "$(crosswarp env)"', "bash": 'eval "$(crosswarp env)"', "fish": "crosswarp env | source",
            "tcsh": 'eval "`crosswarp env`"'}


@pytest.mark.parametrize("name", ["cudart", "cudart-12.9"])
def test_pkg_config(project: Make, tmp_path: Path, needs: Callable[..., None], name: str):
    """A path with a space; the version is the release's; a program is compiled, linked and run with what it prints."""
    needs("pkg-config", "g++")
    root = make_toolkit(tmp_path / "tool kit")
    work = project("cmake_features")
    variables = {"PKG_CONFIG_PATH": root / "lib64" / "pkgconfig"}
    assert work("pkg-config", "--modversion", name, **variables).stdout == "12.9.86\n"
    assert work("pkg-config", "--atleast-version=12.0", "--print-errors", "cuda", "nvrtc", name, **variables).stdout == ""
    work("sh", "-c", f'eval "g++ host.cpp -o host $(pkg-config --cflags --libs {name})"', **variables)
    assert work.runs("host", LD_LIBRARY_PATH=root / "lib64") == "42\n"
    assert work("pkg-config", "--exists", "cublas", check=False, **variables).returncode


@pytest.mark.parametrize("shell", EVALUATE)
def test_env(project: Make, toolkit: Path, needs: Callable[..., None], shell: str):
    """The shell that evaluates the output is the one that it is for; what variables had is kept."""
    needs(shell)
    work = project("one_source")
    old = {"PATH": f"{toolkit / 'bin'}:/usr/bin:/bin", "LD_LIBRARY_PATH": "/somewhere/else"}
    text = work(shell, "-c", f"{EVALUATE[shell]}\nenv", SHELL="/bin/none", **old).stdout
    seen = dict(line.partition("=")[::2] for line in text.splitlines())
    root = Path(seen["CUDA_PATH"])
    assert seen["CUDACXX"] == f"{root}/bin/nvcc" and seen["CUDA_HOME"] == seen["CUDAToolkit_ROOT"] == str(root)
    assert seen["PATH"] == f"{root}/bin:{old['PATH']}" and seen["PKG_CONFIG_PATH"] == f"{root}/lib64/pkgconfig"
    first, *rest = seen["LD_LIBRARY_PATH"].split(":")
    assert first == f"{root}/lib64" and rest[-1] == "/somewhere/else"


def test_shape_of_nvidia_s(toolkit: Path):
    """Files that build systems look for, under both names of their folders."""
    lib = toolkit / "targets" / "x86_64-linux" / "lib"
    assert {path.name for path in lib.iterdir()} >= {"libcudart.so", "libcudart_static.a", "libcudadevrt.a", "libnvrtc.so", "stubs"}
    assert (toolkit / "lib64" / "stubs" / "libcuda.so").exists()
    versions = json.loads((toolkit / "version.json").read_text())
    assert {"cuda", "cuda_cudart", "cuda_nvcc", "cuda_nvrtc"} <= versions.keys()
    assert all(set(entry) == {"name", "version"} for entry in versions.values())
    assert not (toolkit / "extras").exists() and not list(toolkit.rglob("*cublas*"))  # nothing that is not there is pretended
