"""Files: whole writes, what a make rule names, and three small things of `shutil` and `hashlib`.

Those modules' imports (archive formats, OpenSSL) take longer than what is needed of them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from crosswarp.support.bare import DIGEST_BYTES, digest, write_atomically

__all__ = ["DIGEST_BYTES", "digest", "find_program", "find_programs", "prerequisites", "remove_tree", "stamp",
           "write_atomically"]


def find_program(name: str) -> str | None:
    """Path of a program: the first on `PATH` that can be run, or `name` itself where it has a folder."""
    return next(find_programs(name), None)


def find_programs(name: str) -> Iterator[str]:
    """Every program of that name on `PATH` that can be run, the first first; only `name` itself where it has a folder."""
    folders = [""] if os.path.dirname(name) else os.environ.get("PATH", os.defpath).split(os.pathsep)  # noqa: PTH120
    for folder in folders:
        path = os.path.join(folder, name)  # noqa: PTH118
        if _can_run(path):
            yield path


def _can_run(path: str) -> bool:
    return os.path.isfile(path) and os.access(path, os.X_OK)  # noqa: PTH113


def remove_tree(folder: Path) -> None:
    """Remove a folder and what is in it, links themselves and not what they lead to; what cannot be removed stays."""
    for place, folders, names in os.walk(folder, topdown=False):
        for name in (*names, *folders):
            path = os.path.join(place, name)  # noqa: PTH118
            with contextlib.suppress(OSError):
                (os.rmdir if name in folders and not os.path.islink(path) else os.unlink)(path)  # noqa: PTH114
    with contextlib.suppress(OSError):
        folder.rmdir()


def prerequisites(rule: Path) -> list[str]:
    """The files that a make rule written by clang (`-MD`) names after the colon, spaces in them restored."""
    text = rule.read_text().partition(":")[2].replace("\\\n", " ").replace("\\ ", "\0")
    return [name.replace("\0", " ") for name in text.split()]


def stamp(name: str) -> list[int]:
    """Size and time of last change: a file with the same two counts as unchanged. Raises `OSError` where there is none."""
    status = os.stat(name)  # noqa: PTH116  two hundred calls on every compilation
    return [status.st_size, status.st_mtime_ns]
