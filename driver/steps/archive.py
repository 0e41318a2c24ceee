"""The compiling steps as an archive that another machine runs: this Python, the compiler, clang and LLVM, at their own paths.

Distributed compilers (sccache-dist) unpack such an archive as the root of a sandbox and run one step in it. What is packed: the
launchers of `cicc` and `cudafe++`, the files of this package that they read, Python with its library, and the shared libraries that
all of these need.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import tarfile
from collections.abc import Iterator
from pathlib import Path

from crosswarp.driver.toolkit import import_folders
from crosswarp.support.paths import PACKAGE_ROOT, device_library_dir, include_dir, openmp_dir
from crosswarp.support.toolchain import resource_dir, zig_root

STEPS = ("cicc", "cudafe++")
_PARTS = ("driver", "frontend", "ir", "targets", "support", "runtime_shim/fatbin")
_PACKAGES = ("llvmlite", "lark")
_LEFT_OUT = re.compile(r"(^|/)(__pycache__|site-packages|test|tests|idlelib|tkinter|ensurepip|config-3[^/]*)(/|$)")
_LIBRARY = re.compile(rb"(?:=> )?(/\S+) \(0x")


def write_archive(path: Path, toolkit: Path) -> None:
    """Write the archive, a `.tar.gz`. Raises `OSError`."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with tarfile.open(temporary, "w:gz", compresslevel=1) as archive:
            _fill(archive, toolkit)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def sccache_configuration(path: Path, toolkit: Path, scheduler: str) -> str:
    """The client's configuration of sccache: each step comes from the archive."""
    lines = ["[dist]", f'scheduler_url = "{scheduler}"']
    for name in STEPS:
        program = toolkit / "bin" / name
        lines += ["", "[[dist.toolchains]]", 'type = "path_override"', f'compiler_executable = "{program}"',
                  f'archive = "{path.absolute()}"', f'archive_compiler_executable = "{program}"']
    return "\n".join(lines) + "\n"


def _fill(archive: tarfile.TarFile, toolkit: Path) -> None:
    packed: set[str] = set()
    for path in [*_programs(toolkit), *_files()]:
        for each in _with_links(path):
            if str(each) not in packed:
                packed.add(str(each))
                archive.add(each, arcname=str(each).lstrip("/"), recursive=False)
    for name in ("tmp", "proc", "dev"):
        folder = tarfile.TarInfo(name)
        folder.type, folder.mode = tarfile.DIRTYPE, 0o1777
        archive.addfile(folder)


def _programs(toolkit: Path) -> Iterator[Path]:
    """Programs and shared libraries, each with the libraries it needs."""
    yield from (toolkit / "bin" / name for name in STEPS)
    roots = [Path(sys.executable), *(path for path in zig_root().iterdir() if path.is_file())]
    roots += [path for name in ("sh", "bash") if (path := Path("/bin", name)).exists()]
    libraries = [path for folder in _module_folders() for path in folder.rglob("*.so*") if path.is_file()]
    for path in [*roots, *libraries]:
        yield path
        yield from _libraries_of(path)


def _module_folders() -> list[Path]:
    return [Path(sysconfig.get_path("stdlib"), "lib-dynload"), *_packages()]


def _packages() -> list[Path]:
    return [found for name in _PACKAGES for folder in import_folders() if (found := Path(folder, name)).is_dir()]


def _libraries_of(path: Path) -> Iterator[Path]:
    """What the dynamic linker loads for a file; nothing for one that it does not load."""
    shown = subprocess.run(["ldd", str(path)], capture_output=True, check=False).stdout
    yield from (Path(os.fsdecode(name)) for name in _LIBRARY.findall(shown))


def _files() -> Iterator[Path]:
    """Files that are read: Python's and this package's modules, clang's headers, device libraries."""
    package = Path(import_folders()[0], "crosswarp")
    yield package
    yield from Path(sys.prefix).glob("*.cfg")
    yield from Path(sysconfig.get_path("purelib")).glob("*.pth")
    folders = [Path(sysconfig.get_path("stdlib")), *_packages(), *(PACKAGE_ROOT / part for part in _PARTS), device_library_dir(),
               openmp_dir(), include_dir(), Path(resource_dir(), "include")]
    for folder in folders:
        files = (path for path in sorted(folder.rglob("*")) if path.is_file())
        yield from (path for path in files if not _LEFT_OUT.search(str(path.relative_to(folder))))
    yield from PACKAGE_ROOT.glob("__init__.py")


def _with_links(path: Path) -> Iterator[Path]:
    """A path, and every link on the way to what it leads to."""
    for parent in [*reversed(path.parents), path]:
        if parent.is_symlink():
            yield parent
            yield from _with_links((parent.parent / parent.readlink()).absolute() / path.relative_to(parent))
            return
    if path.is_file():
        yield path
