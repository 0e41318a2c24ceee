"""CUB, Thrust and libcu++ are NVIDIA's own headers, from CCCL's wheel: what we have of a name is whether its header compiles.

`cccl_headers.tsv` keeps, for each public header of the wheel that the `cccl` extra installs, the targets that take it
(`scripts/cccl_headers.py` compiles them), and `cccl_missing.tsv` the names that it does not declare: those of other versions, and
those that CCCL keeps from CUDA 12.9, which we say we are. A program that needs them brings its own copy of CCCL.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, State
from crosswarp.cuda_api_coverage.catalogue.tables import rows

HEADERS = Path(__file__).with_name("cccl_headers.tsv")
MISSING = Path(__file__).with_name("cccl_missing.tsv")
HEADINGS = ("header", "targets")
# Target and the devices that run what is compiled for it.
TARGETS = {"cpu": (Device.CPU,), "gfx1100": (Device.EMULATED, Device.AMD), "sm_90": (Device.NVIDIA,)}
FINDS_HEADERS = "support/paths.py"  # the file of ours that makes them work without a flag


def entries(kept: Iterable[Entry]) -> list[Entry]:
    """The kept records of one library of CCCL, with what its headers' compilation says."""
    return [_derived(entry) for entry in kept]


@lru_cache
def refusing(path: Path = HEADERS) -> dict[str, tuple[Device, ...]]:
    """Header to the devices whose target does not take it."""
    found = {}
    for header, words in rows(path):
        lacking = [target for target in TARGETS if target not in words.split()]
        found[header] = tuple(device for target in lacking for device in TARGETS[target])
    return found


@lru_cache
def missing(path: Path = MISSING) -> frozenset[str]:
    """Names that the wheel does not declare."""
    return frozenset(name for (name,) in rows(path))


def is_missing(entry: Entry) -> bool:
    """True for a name that the wheel lacks, and for what only such a class has."""
    names = missing()
    return entry.name in names or entry.name.rpartition("::")[0] in names


def _derived(entry: Entry) -> Entry:
    devices = refusing().get(entry.header)
    if devices is None or is_missing(entry) or entry.removed:
        return replace(entry, state=State.ABSENT, refused_on=(), source="")
    if len(devices) == len(Device):
        return replace(entry, state=State.REFUSED, refused_on=(), source=FINDS_HEADERS)
    return replace(entry, state=State.IMPLEMENTED, refused_on=devices, source=FINDS_HEADERS)
