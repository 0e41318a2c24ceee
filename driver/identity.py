"""Which compiler this is: the files it consists of, with size and time of last change.

The runtime shim reads such a listing to find compiled PTX in the cache without starting Python (`runtime_shim/compiler/cache.cpp`):
as long as every file is as listed, a new compilation would give the same image.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from crosswarp.support.files import stamp
from crosswarp.support.paths import PACKAGE_ROOT, device_library_dir
from crosswarp.support.toolchain import zig

_PARTS = ("driver", "frontend", "ir", "targets", "support", "runtime_shim/fatbin")


@cache
def compiler_listing() -> bytes:
    """A line `SIZE NANOSECONDS PATH` for each file, sorted by path."""
    return b"".join(_line(path) for path in sorted(_files()))


def _line(path: str) -> bytes:
    size, nanoseconds = stamp(path)
    return f"{size} {nanoseconds} {path}\n".encode(errors="surrogateescape")


def own_files() -> Iterator[str]:
    """The compiler's source files and its device libraries."""
    for part in _PARTS:
        for folder, _, names in os.walk(PACKAGE_ROOT / part):
            yield from (os.path.join(folder, name) for name in names if name.endswith((".py", ".lark")))  # noqa: PTH118
    yield from map(str, device_library_dir().iterdir())


def _files() -> Iterator[str]:
    yield from own_files()
    yield str(Path(zig()).resolve())
