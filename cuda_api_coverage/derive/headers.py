"""Headers: there where our include folder has the file. CUB, Thrust and libcu++ are in the wheel of the extra `cccl`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from crosswarp.cuda_api_coverage.catalogue.model import Entry, State
from crosswarp.cuda_api_coverage.derive.declarations import INCLUDE
from crosswarp.support.paths import PACKAGE_ROOT, cccl_dir

CCCL = ("CUB", "Thrust", "libcu++")
PIN = "pyproject.toml"  # names the wheel's version


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """The kept records; where that wheel is not installed, what they say of its headers stays."""
    return [_cccl(entry) if entry.group in CCCL else _ours(entry) for entry in kept]


def _ours(entry: Entry) -> Entry:
    path = INCLUDE / entry.name
    if not path.is_file():
        return replace(entry, state=State.ABSENT, source="")
    return replace(entry, state=State.IMPLEMENTED, source=path.relative_to(PACKAGE_ROOT).as_posix())


def _cccl(entry: Entry) -> Entry:
    if (folder := cccl_dir()) is None:
        return entry
    there = (folder / entry.name).is_file()
    return replace(entry, state=State.IMPLEMENTED if there else State.ABSENT, source=PIN if there else "")
