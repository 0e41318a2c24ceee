"""Found, missed and false: the uses in a file that a scan reports beside those that were found by hand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from crosswarp.cuda_api_coverage.catalogue.load import catalogue

from scan_check.expectations import CheckedFile, Occurrence


@dataclass(frozen=True)
class Comparison:
    """`missed` were found by hand only, `false` by the scan only."""

    found: int = 0
    missed: tuple[Occurrence, ...] = ()
    false: tuple[Occurrence, ...] = ()

    def __add__(self, other: Comparison) -> Comparison:
        """Both together."""
        return Comparison(self.found + other.found, self.missed + other.missed, self.false + other.false)


def compare(file: CheckedFile, scanned: Iterable[Occurrence]) -> Comparison:
    """Each expected use takes at most one reported one of its line, of the same name first."""
    waiting: dict[int, list[str]] = defaultdict(list)
    for occurrence in scanned:
        waiting[occurrence.line].append(occurrence.name)
    missed = [each for each in file.expected if not _taken(waiting[each.line], each.name, _same)]
    missed = [each for each in missed if not _taken(waiting[each.line], each.name, _means)]
    for doubtful in file.doubtful:
        _taken(waiting[doubtful.line], doubtful.name, _means)
    false = (Occurrence(line, name) for line, names in sorted(waiting.items()) for name in names if not _is_beside(name))
    return Comparison(len(file.expected) - len(missed), tuple(missed), tuple(false))


def _taken(names: list[str], wanted: str, test: Callable[[str, str], bool]) -> bool:
    for name in names:
        if test(name, wanted):
            names.remove(name)
            return True
    return False


def _same(name: str, wanted: str) -> bool:
    return name == wanted


def _means(name: str, wanted: str) -> bool:
    """`thread_rank` is `cooperative_groups::thread_group::thread_rank`, `cub::DeviceScan::Sum` a use of `cub::DeviceScan`."""
    short, long = sorted((name.split("::"), wanted.split("::")), key=len)
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def _is_beside(name: str) -> bool:
    """`extern __shared__`, `__device__ lambda`: said beside the word that counts; `constexpr`: what device code has of C++."""
    return " " in name or name in _words_of_cpp()


@cache
def _words_of_cpp() -> frozenset[str]:
    return frozenset(entry.name for entry in catalogue().of("language") if entry.group.startswith("C++"))
