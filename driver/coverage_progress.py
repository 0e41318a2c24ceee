"""How far a scan is: a bar on a terminal, a line now and then elsewhere; on standard error, results have the other one."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

Report = Callable[[int, int], None]
_FIRST_SECONDS, _SECONDS = 2.0, 5.0


@contextmanager
def progress(*, quiet: bool = False) -> Iterator[Report | None]:
    """What to call with how many files are read, and of how many."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        columns = (TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("files"), TimeRemainingColumn())
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
    else:
        yield lines()


def lines(clock: Callable[[], float] = time.monotonic) -> Report:
    """A line every few seconds, none for a scan that is short."""
    due = clock() + _FIRST_SECONDS

    def report(done: int, total: int) -> None:
        nonlocal due
        if clock() >= due and done < total:
            print(f"crosswarp coverage: {done:,} of {total:,} files", file=sys.stderr, flush=True)
            due = clock() + _SECONDS

    return report
