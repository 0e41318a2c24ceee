"""The catalogue in figures: how many entries have which status, by family, device and CUDA version, plain and by use.

A *pair* is a program and a CUDA name that it writes, one of `PROGRAMS` public programs (`catalogue/usage.tsv`). The usage-weighted
percentage of a device is the share of pairs whose name works there, of the pairs whose names the catalogue has. A name of several
entries (`sync` is a member of five classes) counts as the weakest of them, as nothing tells which one the program meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue, catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind, Status
from crosswarp.cuda_api_coverage.report.versions import exists_in, versions

PROGRAMS = 772  # public CUDA programs in which names were counted
WORKING = (Status.WORKS, Status.DIFFERS)
IMPLEMENTED = (*WORKING, Status.UNTESTED)
_WEAKEST_LAST = list(Status)
Statuses = Mapping[tuple[str, str], Mapping[Device, Status]]


def figures(of: Catalogue | None = None) -> dict[str, Any]:
    """All figures, ready for JSON; percentages have one decimal.

    `total` and each of `families` are a *summary*: `entries`, `devices` (for each device the count of every status, and
    `works_percent` and `implemented_percent` of the entries) and `usage` (`names`, `pairs`, and for each device the same two of the
    pairs). `versions` has `total` and `families` again for the entries of one CUDA version. `uncatalogued` are names that programs
    write and no entry has.
    """
    found = of or catalogue()
    statuses = every_status(found)
    present = versions(found.entries)
    return {
        "programs": PROGRAMS,
        **_summaries(found.entries, found.usage, statuses),
        "versions": {
            version: _summaries([entry for entry in found.entries if exists_in(entry, version)], found.usage, statuses)
            for version in present
        },
        "uncatalogued": _uncatalogued(found),
    }


def every_status(of: Catalogue) -> Statuses:
    """The status of each entry on each device, by the entry's key."""
    return {entry.key: {device: of.status(entry, device) for device in Device} for entry in of.entries}


def written(entry: Entry) -> str:
    """What a program writes to use an entry: of a member (`thread_block::sync`), the part after the class."""
    return entry.name.rpartition("::")[2] if entry.kind is Kind.MEMBER else entry.name


def _summaries(entries: Iterable[Entry], usage: Mapping[str, int], statuses: Statuses) -> dict[str, Any]:
    every = list(entries)
    families = {family: [entry for entry in every if entry.family == family] for family in FAMILIES}
    return {
        "total": _summary(every, usage, statuses),
        "families": {family: _summary(own, usage, statuses) for family, own in families.items() if own},
    }


def _summary(entries: list[Entry], usage: Mapping[str, int], statuses: Statuses) -> dict[str, Any]:
    counts = {device: Counter(statuses[entry.key][device] for entry in entries) for device in Device}
    return {
        "entries": len(entries),
        "devices": {
            device.value: {**{status.value: count[status] for status in Status}, **_percentages(count)}
            for device, count in counts.items()
        },
        "usage": _by_use(entries, usage, statuses),
    }


def _by_use(entries: Iterable[Entry], usage: Mapping[str, int], statuses: Statuses) -> dict[str, Any]:
    """Pairs by the status of their names."""
    by_name: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        if usage.get(written(entry)):
            by_name[written(entry)].append(entry)
    pairs = {device: Counter[Status]() for device in Device}
    for name, own in by_name.items():
        for device in Device:
            pairs[device][max((statuses[entry.key][device] for entry in own), key=_WEAKEST_LAST.index)] += usage[name]
    return {
        "names": len(by_name),
        "pairs": sum(usage[name] for name in by_name),
        "devices": {device.value: _percentages(count) for device, count in pairs.items()},
    }


def _uncatalogued(of: Catalogue) -> dict[str, int]:
    known = {written(entry) for entry in of.entries}
    missing = [count for name, count in of.usage.items() if name not in known]
    return {"names": len(missing), "pairs": sum(missing)}


def _percentages(count: Counter[Status]) -> dict[str, float]:
    return {"works_percent": _percent(count, WORKING), "implemented_percent": _percent(count, IMPLEMENTED)}


def _percent(count: Counter[Status], wanted: Iterable[Status]) -> float:
    """One decimal, rounded down: 99.97% is not all."""
    total = count.total()
    return sum(count[status] for status in wanted) * 1000 // total / 10 if total else 0.0
