"""NVIDIA's own programs (`ptxas`, `nvdisasm`): those on PATH that are no launchers of a toolkit folder with the same names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from crosswarp.support.files import find_programs

# Every launcher names the module that it starts.
_OURS = b"crosswarp.driver"
_LAUNCHER_BYTES = 4000


def nvidia_tool(name: str) -> str | None:
    """The first of NVIDIA's programs of that name on PATH."""
    return next(nvidia_tools(name), None)


def nvidia_tools(name: str) -> Iterator[str]:
    """All of them, the first first."""
    for program in find_programs(name):
        with Path(program).open("rb") as file:
            if _OURS not in file.read(_LAUNCHER_BYTES):
                yield program
