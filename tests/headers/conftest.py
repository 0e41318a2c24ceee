"""Compiles small sources against our headers with the front end's own command lines, or a plain host compiler."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.frontend.device import device_command
from crosswarp.frontend.host import host_command
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import tool_environment


def _succeeds(command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, env=tool_environment(), check=False)
    assert done.returncode == 0, done.stderr[-4000:]


def _device(source: Path, arch: int = 800, **options: object) -> str:
    """The device pass; returns the portable IR as text."""
    output = source.with_suffix(".ll")
    _succeeds(device_command(source, FrontendOptions(cuda_arch=arch, **options), output))  # type: ignore[arg-type]
    return output.read_text()


def _host(source: Path, **options: object) -> None:
    """The host pass, without a fat binary."""
    _succeeds(host_command(source, FrontendOptions(suppress_warnings=True, **options), source.with_suffix(".o")))  # type: ignore[arg-type]


def _plain(source: Path, language: str, standard: str) -> None:
    """g++ or gcc as for an ordinary file of a CUDA program; warnings are errors."""
    compiler = shutil.which("gcc" if language == "c" else "g++")
    assert compiler is not None
    warnings = ["-Wall", "-Wextra", "-Werror"]
    _succeeds([compiler, "-x", language, f"-std={standard}", *warnings, "-fsyntax-only", "-I", str(include_dir()), str(source)])


@pytest.fixture(scope="session")
def compile_device() -> Callable[..., str]:
    """`compile_device(source, arch=800, **options)`: the device pass."""
    return _device


@pytest.fixture(scope="session")
def compile_host() -> Callable[..., None]:
    """`compile_host(source, **options)`: the host pass."""
    return _host


@pytest.fixture(scope="session")
def compile_plain() -> Callable[..., None]:
    """`compile_plain(source, language, standard)`: the plain host compiler."""
    return _plain
