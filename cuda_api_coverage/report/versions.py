"""CUDA versions as records write them: `12.9`, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from crosswarp.cuda_api_coverage.catalogue.model import Entry

OLDEST = "12.9"  # the first version that the catalogue describes
# Families whose versions are the library's own: what it removed is in no CUDA.
OWN_VERSIONS = frozenset({"cudnn", "nccl"})


@cache
def number(version: str) -> tuple[int, ...]:
    """Something to compare versions by: 12.10 is later than 12.9."""
    return tuple(int(part) for part in version.split("."))


def exists_in(entry: Entry, version: str) -> bool:
    """Whether that version of CUDA has the entry: `since` is the first that has it, `removed` the first that has not."""
    if entry.family in OWN_VERSIONS:
        return not entry.removed
    asked = number(version)
    return (not entry.since or number(entry.since) <= asked) and (not entry.removed or asked < number(entry.removed))


def versions(entries: Iterable[Entry]) -> list[str]:
    """The versions that differ in what they have, oldest first: `OLDEST`, and the later ones that a record names."""
    dated = (entry for entry in entries if entry.family not in OWN_VERSIONS)
    named = {version for entry in dated for version in (entry.since, entry.removed) if version}
    return sorted({OLDEST} | {version for version in named if number(version) > number(OLDEST)}, key=number)
