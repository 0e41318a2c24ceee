"""A scan of files and trees: every file is read once, in as many processes as there are processors."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.scan.binary import scan_binary
from crosswarp.cuda_api_coverage.scan.candidates import Reading
from crosswarp.cuda_api_coverage.scan.clang import UnitFacts, unit_facts
from crosswarp.cuda_api_coverage.scan.database import Unit, units_of
from crosswarp.cuda_api_coverage.scan.deciding import decided
from crosswarp.cuda_api_coverage.scan.kinds import FileKind
from crosswarp.cuda_api_coverage.scan.model import FileResult, Method, Problem, Progress, ScanOptions, ScanResult
from crosswarp.cuda_api_coverage.scan.names import Names, names_of_catalogue
from crosswarp.cuda_api_coverage.scan.parallel import in_order, in_order_apart
from crosswarp.cuda_api_coverage.scan.refining import refined
from crosswarp.cuda_api_coverage.scan.sources import read_file
from crosswarp.cuda_api_coverage.scan.walk import walk

_BATCH = 1 << 20  # bytes: less is read faster than processes start
_OVERHEAD = 1 << 12  # of opening a file, in bytes that are read in that time
Work = tuple[Path, FileKind]


def scan(paths: Sequence[Path], device: Device, options: ScanOptions | None = None, progress: Progress | None = None) -> ScanResult:
    """What the files in `paths` use. Folders are searched. Raises nothing for bad files: they are in the result."""
    begin = time.perf_counter()
    options = options or ScanOptions()
    walked = walk(list(paths), options.gitignore, options.binaries, options.exclude)
    names, count = names_of_catalogue(), _Count(progress, len(walked.files) + len(walked.binaries))
    readings = _read_all(walked.files, names, options, count)
    units = units_of(paths, [reading.path for reading in readings if any(one.keys for one in reading.found)], options)
    readings = list(refined(readings, _parsed(units.units, names, options, count), names))
    built = _read_built(walked.binaries, options, count)
    files = sorted([*decided(readings, names), *built, *walked.results], key=lambda file: file.path)
    seconds = time.perf_counter() - begin
    return ScanResult(_root(paths), device, tuple(files), dict(walked.skipped), tuple(units.problems), seconds)


class _Count:
    """How much is done, for who wants to know."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self.progress, self.done, self.total = progress, 0, total
        self.add(0)

    def add(self, done: int, more: int = 0) -> None:
        """So much more is done, and so much more has turned up."""
        self.done += done
        self.total += more
        if self.progress:
            self.progress(self.done, self.total)


def _root(paths: Sequence[Path]) -> Path:
    """The folder that all paths lie in, as the user wrote it where there is only one."""
    if len(paths) == 1:
        return paths[0] if paths[0].is_dir() else paths[0].parent
    common = Path(os.path.commonpath([path.absolute() for path in paths])) if paths else Path()
    return common if common.is_dir() else common.parent


def _read_all(work: list[Work], names: Names, options: ScanOptions, count: _Count) -> list[Reading]:
    batches = list(_batches(work))
    done = list[Reading]()
    for batch in in_order(partial(_read_batch, names=names, options=options), batches, options.jobs):
        done += batch
        count.add(len(batch))
    return done


def _read_built(paths: list[Path], options: ScanOptions, count: _Count) -> list[FileResult]:
    read = partial(scan_binary, catalogue=catalogue(), device_code=options.device_code)
    done = list[FileResult]()
    for result in in_order(read, paths, options.jobs):
        done.append(result)
        count.add(1)
    return done


def _batches(work: list[Work]) -> Iterator[list[Work]]:
    """Parts of the work that take about as long; little work is one part, which no other process is started for."""
    batch, size = list[Work](), 0
    for path, kind in work:
        batch.append((path, kind))
        size += _size(path) + _OVERHEAD
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    yield batch


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _read_batch(batch: list[Work], names: Names, options: ScanOptions) -> list[Reading]:
    return [_reading(path, kind, names, options) for path, kind in batch]


def _reading(path: Path, kind: FileKind, names: Names, options: ScanOptions) -> Reading:
    """One bad file does not end the scan of a tree, also where the fault is ours."""
    try:
        return read_file(path, kind, names, options)
    except Exception as error:
        return Reading(path, Method.TOKENS, 0, problems=(Problem("our bug", repr(error)),))


def _parsed(units: list[Unit], names: Names, options: ScanOptions, count: _Count) -> list[tuple[Path, UnitFacts]]:
    count.add(0, len(units))
    own = frozenset(chain(names.words, *names.members.values()))
    done = list[tuple[Path, UnitFacts]]()
    lost = UnitFacts(problem=Problem("does not parse", "libclang failed"))
    for unit, facts in zip(units, in_order_apart(partial(_facts, own=own), units, options.jobs, lost), strict=True):
        done.append((unit.source, facts))
        count.add(1)
    return done


def _facts(unit: Unit, own: frozenset[str]) -> UnitFacts:
    return unit_facts(unit.directory, unit.words, own)
