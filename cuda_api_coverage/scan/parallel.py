"""Work in several processes, its results in the order of the work."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_work: Callable[[Any], Any]
"""What this process does with each item: inherited once, where an argument would be sent with every item."""


def in_order(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """`work` of each item, in `jobs` processes. Whatever ends this early, an interrupt too, ends them."""
    return map(work, items) if jobs == 1 or len(items) < 2 else _in_processes(work, items, jobs)


def in_order_apart(work: Callable[[Item], Result], items: Sequence[Item], jobs: int, lost: Result) -> Iterator[Result]:
    """The same for work that may end its process, as a parser does that fails or takes all memory: `lost` in place of its result.

    Which item it was cannot be told when a process ends, so the next one is tried alone, and the others are begun again.
    """
    done = 0
    while done < len(items):
        try:
            for result in _in_processes(work, items[done:], jobs):
                yield result
                done += 1
        except BrokenProcessPool:
            yield _alone(work, items[done], lost)
            done += 1


def _alone(work: Callable[[Item], Result], item: Item, lost: Result) -> Result:
    try:
        return next(_in_processes(work, [item], 1))
    except BrokenProcessPool:
        return lost


def _in_processes(work: Callable[[Item], Result], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    with ProcessPoolExecutor(min(jobs, len(items)), get_context("fork"), _begin, (work,)) as pool:
        try:
            yield from pool.map(_call, items)
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _begin(work: Callable[[Any], Any]) -> None:
    """An interrupt from the keyboard reaches every process: the one that asked for the work ends the others.

    The thread that draws a progress bar may have been writing when this process was split off, and never ends writing here: who
    flushed those streams would wait for it.
    """
    global _work  # noqa: PLW0603
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr = None
    _work = work


def _call(item: Any) -> Any:
    return _work(item)
