"""What every command depends on besides its sources: the compiler's own files, the host compiler, the configuration file."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

from crosswarp.driver.identity import own_files
from crosswarp.driver.recall.shadows import AbsentNames
from crosswarp.driver.settings import configuration_places
from crosswarp.frontend.flags import toolkit_includes
from crosswarp.frontend.host_toolchain import HostToolchain
from crosswarp.support.paths import openmp_dir
from crosswarp.support.toolchain import zig, zig_root

# Programs that are taken for the host compiler if there are any.
_HOST_COMPILERS = ("g++", "c++")


def system_folders(host: HostToolchain) -> list[str]:
    """Folders of headers that are nobody's own: CUDA's, CCCL's, clang's and the host compiler's."""
    return [*toolkit_includes(), str(zig_root()), *host.system_includes]


def compiler_files(host: HostToolchain) -> set[str]:
    """Crosswarp's own files, its libraries, zig, LLVM, and the host compiler."""
    found = {*own_files(), *map(str, openmp_dir().glob("*.bc")), zig(), host.command[0]}
    llvm = find_spec("llvmlite")
    if llvm is not None and llvm.origin is not None:
        found.update(map(str, (Path(llvm.origin).parent / "binding").glob("*.so")))
    return found


def look_for_configuration(absent: AbsentNames, first_input: str) -> list[str]:
    """The configuration file, if there is one; the places before it have to stay empty."""
    for path in configuration_places(first_input):
        if path.is_file():
            return [str(path)]
        absent.look_for(str(path.parent), path.name)
    return []


def look_for_host_compiler(absent: AbsentNames, found: str) -> None:
    """The folders of `PATH` before the one that has the host compiler must not get one."""
    folder, name = os.path.split(found)
    for place in os.environ.get("PATH", os.defpath).split(os.pathsep):
        if place == folder:
            return
        for each in dict.fromkeys((*_HOST_COMPILERS, name)):
            absent.look_for(place, each)
