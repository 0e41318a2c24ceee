"""A scan of files and trees: every file is read once, in as many processes as there are processors."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.scan.binary import scan_binary
from crosswarp.cuda_api_coverage.scan.candidates import Reading
from crosswarp.cuda_api_coverage.scan.deciding import decided
from crosswarp.cuda_api_coverage.scan.kinds import FileKind
from crosswarp.cuda_api_coverage.scan.model import FileResult, Progress, ScanOptions, ScanResult
from crosswarp.cuda_api_coverage.scan.names import Names, names_of_catalogue
from crosswarp.cuda_api_coverage.scan.sources import read_file
from crosswarp.cuda_api_coverage.scan.walk import walk

_BATCH = 32
_ALONE_BELOW = 2 << 20  # bytes: less is read faster than processes start
Work = tuple[Path, FileKind]


def scan(paths: Sequence[Path], device: Device, options: ScanOptions | None = None, progress: Progress | None = None) -> ScanResult:
    """What the files in `paths` use. Folders are searched. Raises nothing for bad files: they are in the result."""
    begin = time.perf_counter()
    options = options or ScanOptions()
    walked = walk(list(paths), options.gitignore, options.binaries, options.exclude)
    names = names_of_catalogue()
    readings = _read_all(walked.files, names, options, progress)
    built = [scan_binary(path, catalogue(), options.device_code) for path in walked.binaries]
    files = sorted([*decided(readings, names), *built, *walked.results], key=lambda file: file.path)
    return ScanResult(_root(paths), device, tuple(files), dict(walked.skipped), seconds=time.perf_counter() - begin)


def _root(paths: Sequence[Path]) -> Path:
    """The folder that all paths lie in, as the user wrote it where there is only one."""
    if len(paths) == 1:
        return paths[0] if paths[0].is_dir() else paths[0].parent
    common = Path(os.path.commonpath([path.absolute() for path in paths])) if paths else Path()
    return common if common.is_dir() else common.parent


def _read_all(work: list[Work], names: Names, options: ScanOptions, progress: Progress | None) -> list[Reading]:
    done = list[Reading]()
    report = progress or (lambda _done, _total: None)
    report(0, len(work))
    for batch in _batches(work, names, options):
        done += batch
        report(len(done), len(work))
    return done


def _batches(work: list[Work], names: Names, options: ScanOptions) -> Iterator[list[Reading]]:
    """The readings in the order of `work`."""
    read = partial(_read_batch, names=names, options=options)
    batches = [work[at : at + _BATCH] for at in range(0, len(work), _BATCH)]
    if options.jobs == 1 or len(batches) == 1 or _bytes_of(work) < _ALONE_BELOW:
        yield from map(read, batches)
    else:
        yield from _in_processes(batches, names, options)


def _bytes_of(work: Iterable[Work]) -> int:
    total = 0
    for path, _ in work:
        try:
            total += path.stat().st_size
        except OSError:
            continue
        if total >= _ALONE_BELOW:
            break
    return total


_shared: tuple[Names, ScanOptions]
"""What every batch needs, in a process that reads: given once, at its start."""


def _in_processes(batches: list[list[Work]], names: Names, options: ScanOptions) -> Iterator[list[Reading]]:
    context = get_context("fork")
    with ProcessPoolExecutor(options.jobs, context, _begin, (names, options)) as pool:
        try:
            yield from pool.map(_read_shared, batches)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _begin(names: Names, options: ScanOptions) -> None:
    """An interrupt from the keyboard reaches every process: the one that scans ends the others."""
    global _shared  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _shared = names, options


def _read_shared(batch: list[Work]) -> list[Reading]:
    return _read_batch(batch, *_shared)


def _read_batch(batch: list[Work], names: Names, options: ScanOptions) -> list[Reading]:
    return [read_file(path, kind, names, options) for path, kind in batch]


__all__ = ["FileResult", "scan"]
