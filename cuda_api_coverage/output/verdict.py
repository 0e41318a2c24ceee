"""What a scan means for a user on one device: how each API that is used fares, and whether that is good enough.

A name that several records have (`min` is a device function and a function of libcu++) counts once, with the record that fares
best: names alone do not tell which of them is meant.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from crosswarp.cuda_api_coverage.catalogue.load import FAMILIES, Catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Status
from crosswarp.cuda_api_coverage.output.close import CloseNames
from crosswarp.cuda_api_coverage.output.places import Paths, Place
from crosswarp.cuda_api_coverage.output.words import DEVICES, ORDER, counted, listed
from crosswarp.cuda_api_coverage.scan.model import FileResult, Problem, ScanResult

_MOST_NAMES = 8


@dataclass(frozen=True)
class Api:
    """One API that is used, by the name that the source writes. `records` are all of that name with their status on the scan's
    device, the one that counts first; `statuses` are its own on every device.
    """

    name: str
    records: tuple[tuple[Entry, Status], ...]
    statuses: dict[Device, Status]
    places: tuple[Place, ...]

    @property
    def entry(self) -> Entry:
        """The record that counts."""
        return self.records[0][0]

    @property
    def status(self) -> Status:
        """Its status on the scan's device."""
        return self.records[0][1]


@dataclass(frozen=True)
class Unknown:
    """A name that looks like CUDA's and is in no record; `close` are names that it may be meant for."""

    name: str
    close: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class FileVerdict:
    """One file: its place, how many of its APIs have each status, unknown names, and what was wrong with it."""

    file: FileResult
    path: str
    apis: dict[str, Status]
    unknown: tuple[str, ...]

    @property
    def counts(self) -> Counter[Status]:
        """How many APIs of the file have each status."""
        return Counter(self.apis.values())

    @property
    def worst(self) -> tuple[str, ...]:
        """Names that are missing or refused."""
        return tuple(name for name, status in self.apis.items() if status in ORDER[:2])


@dataclass(frozen=True)
class Verdict:
    """A whole scan. `apis` are sorted: the worst status first, then those with most places."""

    result: ScanResult
    paths: Paths
    apis: tuple[Api, ...]
    unknown: tuple[Unknown, ...]
    files: tuple[FileVerdict, ...]

    @property
    def device(self) -> Device:
        """The device of the statuses."""
        return self.result.device

    @cached_property
    def counts(self) -> Counter[Status]:
        """How many APIs have each status."""
        return Counter(api.status for api in self.apis)

    def of(self, *statuses: Status) -> tuple[Api, ...]:
        """The APIs that fare so."""
        return tuple(api for api in self.apis if api.status in statuses)

    @cached_property
    def families(self) -> dict[str, Counter[Status]]:
        """Statuses by family, in the order of the catalogue's families where they are used."""
        found: dict[str, Counter[Status]] = defaultdict(Counter)
        for api in self.apis:
            found[api.entry.family][api.status] += 1
        return {family: found[family] for family in FAMILIES if family in found}

    @property
    def sentences(self) -> list[str]:
        """The verdict in words, the most important first."""
        return list(_sentences(self))

    @property
    def problems(self) -> list[tuple[FileVerdict | None, Problem]]:
        """Every problem, with its file; those of no single file first."""
        own = [(None, problem) for problem in self.result.problems]
        return [*own, *((each, problem) for each in self.files for problem in each.file.problems)]

    @property
    def read(self) -> bool:
        """False where there was nothing to scan, or no file could be read."""
        return any(file.lines or file.uses or not file.problems for file in self.result.files)


def verdict(result: ScanResult, catalogue: Catalogue, paths: Paths | None = None) -> Verdict:
    """How what a scan found fares on the scan's device."""
    paths = paths or Paths(result)
    known: dict[str, tuple[dict[tuple[str, str], Entry], list[Place]]] = defaultdict(lambda: ({}, []))
    unknown: dict[str, list[Place]] = defaultdict(list)
    for file in result.files:
        shown = paths.shown(file)
        for use in file.uses:
            place = Place(shown, use.line, use.column)
            if use.known:
                entries, places = known[use.name]
                entries.update((entry.key, entry) for entry in use.entries)
                places.append(place)
            else:
                unknown[use.name].append(place)
    apis = {name: _api(name, entries.values(), places, catalogue, result.device) for name, (entries, places) in known.items()}
    files = tuple(_file(file, paths, apis) for file in result.files)
    return Verdict(result, paths, tuple(sorted(apis.values(), key=_rank)), _unknown(unknown, catalogue), files)


def _api(name: str, entries: Iterable[Entry], places: list[Place], catalogue: Catalogue, device: Device) -> Api:
    ranked = sorted(entries, key=lambda entry: (-ORDER.index(catalogue.status(entry, device)), entry.key))
    records = tuple((entry, catalogue.status(entry, device)) for entry in ranked)
    return Api(name, records, {each: catalogue.status(ranked[0], each) for each in Device}, tuple(sorted(places)))


def _rank(api: Api) -> tuple[int, int, str]:
    return ORDER.index(api.status), -len(api.places), api.name


def _unknown(found: dict[str, list[Place]], catalogue: Catalogue) -> tuple[Unknown, ...]:
    close = CloseNames(catalogue) if found else None
    return tuple(Unknown(name, close.of(name), tuple(sorted(places))) for name, places in sorted(found.items()) if close)


def _file(file: FileResult, paths: Paths, apis: dict[str, Api]) -> FileVerdict:
    names = dict.fromkeys(use.name for use in file.uses if use.known)
    unknown = dict.fromkeys(use.name for use in file.uses if not use.known)
    return FileVerdict(file, paths.shown(file), {name: apis[name].status for name in names}, tuple(unknown))


def _sentences(found: Verdict) -> Iterator[str]:
    total = counted(len(found.apis), "entry", "entries")
    where = f"on {DEVICES[found.device]}"
    if not found.apis:
        yield "No use of CUDA was found."
    for status, verb in ((Status.ABSENT, "missing"), (Status.NOT_SUPPORTED, "not supported")):
        if apis := found.of(status):
            names = [f"{api.name} ({counted(len(api.places), 'place')})" for api in apis]
            by_family = f" ({_by_family(apis)})" if len(apis) > _MOST_NAMES else ""
            be = "is" if len(apis) == 1 else "are"
            yield f"{len(apis):,} of {total} {be} {verb} {where}{by_family}: {listed(names, _MOST_NAMES)}."
    if found.apis and not found.of(*ORDER[:2]):
        yield f"None of {total} is missing {where}."
    if found.apis:
        yield _others(found)
    if found.unknown:
        names = [f"{each.name} ({counted(len(each.places), 'place')})" for each in found.unknown]
        what = counted(len(names), "name that looks like CUDA's is", "names that look like CUDA's are")
        yield f"{what} in no record: {listed(names, _MOST_NAMES)}."
    if found.problems:
        hidden = "what it hides" if len(found.problems) == 1 else "what they hide"
        yield f"{counted(len(found.problems), 'problem')} while reading: {hidden} is not counted."


def _by_family(apis: Iterable[Api]) -> str:
    """Where most of them are: `cuBLAS 41, NCCL 18`."""
    return ", ".join(f"{FAMILIES[family]} {count:,}" for family, count in Counter(api.entry.family for api in apis).most_common())


def _others(found: Verdict) -> str:
    counts = found.counts
    emulated = sum(api.statuses[Device.EMULATED] in (Status.WORKS, Status.DIFFERS) for api in found.of(Status.UNTESTED))
    untested = f"{counts[Status.UNTESTED]:,} untested there"
    if found.device is Device.AMD and emulated:
        untested += f" ({emulated:,} of them tested on emulated AMD GPUs)"
    return f"{counts[Status.WORKS]:,} tested, {counts[Status.DIFFERS]:,} tested with a stated difference, {untested}."
