"""sm numbers of a build system become the configured targets, wherever the build folder is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.build_systems.workplace import Project
from tests.conftest import Command

ARCHITECTURES = "-gencode=arch=compute_80,code=[compute_80,sm_80]"


def images(crosswarp: Command, path: Path) -> str:
    return crosswarp("inspect", path).stdout


def test_build_folder_outside_the_sources(project: Callable[..., Project], toolkit: Path, crosswarp: Command):
    """Compilations find `crosswarp.toml` above the source; the device link takes the targets that the objects were made with."""
    work = project("cmake_basic")
    (work.folder / "crosswarp.toml").write_text('[targets]\ndefault = ["cpu", "gfx1100"]\n')
    build = work.folder.parent / "build elsewhere"
    build.mkdir()
    nvcc = toolkit / "bin" / "nvcc"
    for name in ("static", "separate"):
        work(nvcc, ARCHITECTURES, "-dc", work.folder / f"{name}.cu", "-o", f"{name}.o", cwd=build)
    work(nvcc, ARCHITECTURES, "-dlink", "static.o", "separate.o", "-o", "dlink.o", cwd=build)
    shown = images(crosswarp, build / "dlink.o")
    assert "gfx1100" in shown and "sm_80" in shown and "gfx942" not in shown
    work("g++", "static.o", "separate.o", "dlink.o", f"-L{toolkit}/lib64", "-lcudart_static", "-lpthread", "-ldl", "-lrt",
         "-o", "app", cwd=build)
    assert Project(build, work.environment).runs("app") == "42\n"


def test_the_device_link_s_own_configuration_wins(project: Callable[..., Project], toolkit: Path, crosswarp: Command):
    work = project("cmake_basic")
    nvcc = toolkit / "bin" / "nvcc"
    for name in ("static", "separate"):
        work(nvcc, ARCHITECTURES, "-dc", f"{name}.cu", CROSSWARP_TARGETS="gfx1100")
    work(nvcc, ARCHITECTURES, "-dlink", "static.o", "separate.o", "-o", "dlink.o", CROSSWARP_TARGETS="cpu")
    assert "gfx1100" not in images(crosswarp, work.folder / "dlink.o")
