"""The device libraries on disk: bitcode and the names it defines. Built by `targets/build.py`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from crosswarp.support.diagnostics import CrosswarpError
from crosswarp.support.files import digest
from crosswarp.support.paths import device_library_dir


def library_path(name: str) -> Path:
    """The bitcode of a device library. Raises `CrosswarpError` when it was not built."""
    path = device_library_dir() / f"{name}.bc"
    if not path.exists():
        raise CrosswarpError(f"the device library '{name}' is missing at {path}: build it with targets/build.py, or reinstall")
    return path


@cache
def defined_symbols(name: str) -> frozenset[str]:
    """Names that a device library defines."""
    return frozenset(library_path(name).with_suffix(".symbols").read_text().split())


@cache
def library_digest(name: str) -> str:
    """Hash of a device library, for cache keys."""
    return digest(library_path(name).read_bytes()).hex()[:16]
