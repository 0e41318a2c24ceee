"""The catalogue in figures: how many entries have which status, by family, device and CUDA version, plain and by use.

A *pair* is a program and a CUDA name that it writes, one of `PROGRAMS` public programs (`catalogue/usage.tsv`). The usage-weighted
percentage of a device is the share of pairs whose name works there, of the pairs whose names the catalogue has. A name of several
entries (`sync` is a member of five classes) counts as the weakest of them, as nothing tells which one the program meant.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Status
from crosswarp.cuda_api_coverage.report.use import use
from crosswarp.cuda_api_coverage.report.versions import exists_in, versions

PROGRAMS = 772  # public CUDA programs in which names were counted
WORKING = (Status.WORKS, Status.DIFFERS)
IMPLEMENTED = (*WORKING, Status.UNTESTED)
STATUSES = list(Status)  # strongest first
Statuses = Mapping[tuple[str, str], tuple[int, ...]]
# Families that are sub-totalled apart: NPP alone has more names than all of CUDA itself.
CCCL = ("cub", "thrust", "libcudacxx")
LIBRARIES = ("curand_device", "cublas", "cublaslt", "cufft", "curand", "cusparse", "cusolver", "nccl", "cudnn", "npp", "nvml")
PARTS = {
    "CUDA itself": tuple(family for family in FAMILIES if family not in (*CCCL, *LIBRARIES)),
    "CCCL": CCCL,
    "CUDA-X libraries": LIBRARIES,
}


@dataclass(frozen=True)
class _Book:
    """What summaries are made from: `uses` are the entries of each name that programs write, `pairs` how many programs do."""

    statuses: Statuses
    uses: Mapping[str, tuple[Entry, ...]]
    pairs: Mapping[str, int]


def figures(of: Catalogue | None = None) -> dict[str, Any]:
    """All figures, ready for JSON; percentages have one decimal.

    `total`, each of `parts` and of `families` are a *summary*: `entries`, `devices` (for each device the count of every status, and
    `works_percent` and `implemented_percent` of the entries) and `usage` (`names`, `pairs`, and for each device the same two of the
    pairs). `versions` has the three again for the entries of one CUDA version; `older` entries were removed before the
    first. `uncatalogued` are names that programs write and no entry has, the most frequent by name.
    """
    found = of or catalogue()
    book = _Book(every_status(found), use(found), found.usage)
    missing = {name: pairs for name, pairs in found.usage.items() if name not in book.uses}
    present = versions(found.entries)
    return {
        "programs": PROGRAMS,
        "older": sum(not any(exists_in(entry, version) for version in present) for entry in found.entries),
        **_summaries(found.entries, book),
        "versions": {
            version: _summaries([entry for entry in found.entries if exists_in(entry, version)], book)
            for version in present
        },
        "uncatalogued": {"names": len(missing), "pairs": sum(missing.values()), "most": _most(missing)},
    }


def every_status(of: Catalogue) -> Statuses:
    """By an entry's key its status on each device in order, as an index of `STATUSES`."""
    number = {status: at for at, status in enumerate(STATUSES)}
    return {entry.key: tuple(number[of.status(entry, device)] for device in Device) for entry in of.entries}


def _summaries(entries: Iterable[Entry], book: _Book) -> dict[str, Any]:
    own: dict[str, list[Entry]] = {family: [] for family in FAMILIES}
    for entry in entries:
        own[entry.family].append(entry)
    parts = {part: [entry for family in families for entry in own[family]] for part, families in PARTS.items()}
    return {
        "total": _summary([entry for found in own.values() for entry in found], book),
        "parts": {part: _summary(found, book) for part, found in parts.items() if found},
        "families": {family: _summary(found, book) for family, found in own.items() if found},
    }


def _summary(entries: list[Entry], book: _Book) -> dict[str, Any]:
    return {
        "entries": len(entries),
        "devices": _by_device(Counter(book.statuses[entry.key] for entry in entries)),
        "usage": _by_use({entry.key for entry in entries}, book),
    }


def _by_device(found: Mapping[tuple[int, ...], int]) -> dict[str, dict[str, float]]:
    """From how often each combination of statuses occurs."""
    devices = {}
    for at, device in enumerate(Device):
        count = _count(found, at)
        devices[device.value] = {**{status.value: count[status] for status in Status}, **_percentages(count)}
    return devices


def _count(found: Mapping[tuple[int, ...], int], at: int) -> Counter[Status]:
    count = Counter[Status]()
    for statuses, times in found.items():
        count[STATUSES[statuses[at]]] += times
    return count


def _by_use(keys: set[tuple[str, str]], book: _Book) -> dict[str, Any]:
    """Pairs by the status of their names, as far as these entries go."""
    uses = {name: own for name, entries in book.uses.items() if (own := [entry for entry in entries if entry.key in keys])}
    found = Counter[tuple[int, ...]]()
    for name, entries in uses.items():
        weakest = map(max, zip(*(book.statuses[entry.key] for entry in entries), strict=True))
        found[tuple(weakest)] += book.pairs[name]
    return {
        "names": len(uses),
        "pairs": sum(book.pairs[name] for name in uses),
        "devices": {device.value: _percentages(_count(found, at)) for at, device in enumerate(Device)},
    }


def _most(pairs: Mapping[str, int], count: int = 10) -> list[str]:
    return sorted(pairs, key=lambda name: (-pairs[name], name))[:count]


def _percentages(count: Counter[Status]) -> dict[str, float]:
    return {"works_percent": _percent(count, WORKING), "implemented_percent": _percent(count, IMPLEMENTED)}


def _percent(count: Counter[Status], wanted: Iterable[Status]) -> float:
    """One decimal, rounded down: 99.97% is not all."""
    total = count.total()
    return sum(count[status] for status in wanted) * 1000 // total / 10 if total else 0.0
