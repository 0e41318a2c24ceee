"""Three small things of `shutil` and `hashlib`, whose imports (archive formats, OpenSSL) take longer than they do."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

try:
    from _blake2 import blake2b  # what `hashlib` gives by this name
except ImportError:  # another Python than CPython
    from hashlib import blake2b

DIGEST_BYTES = 32


def digest(*parts: bytes) -> bytes:
    """BLAKE2b of the parts, one after the other, `DIGEST_BYTES` long."""
    state = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        state.update(part)
    return state.digest()


def find_program(name: str) -> str | None:
    """Path of a program: the first on `PATH` that can be run, or `name` itself where it has a folder."""
    if os.path.dirname(name):  # noqa: PTH120
        return name if _can_run(name) else None
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        path = os.path.join(folder, name)  # noqa: PTH118
        if _can_run(path):
            return path
    return None


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
