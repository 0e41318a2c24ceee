"""Which candidates are uses, once every file of the tree is read: what the tree declares itself is not CUDA's."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.candidates import Candidate, Need, Reading
from crosswarp.cuda_api_coverage.scan.model import FileResult, Use
from crosswarp.cuda_api_coverage.scan.names import Names


def decided(readings: list[Reading], names: Names) -> Iterator[FileResult]:
    """The results of all files of a tree."""
    tree = _Tree.of(readings)
    for reading in readings:
        uses = (_use(candidate, names) for candidate in reading.found if tree.holds(candidate, reading))
        yield FileResult(reading.path, reading.method, reading.lines, tuple(uses), reading.problems)


def _use(candidate: Candidate, names: Names) -> Use:
    entries = tuple(names.entries[key] for key in candidate.keys)
    return Use(candidate.name, entries, candidate.line, candidate.column)


@dataclass
class _Tree:
    """What all files declare together, and which of them includes which."""

    declared: frozenset[str]
    visible: frozenset[str]
    device_macros: frozenset[str]
    namespaces: frozenset[str]
    by_name: dict[str, list[Reading]]
    reached: dict[Path, frozenset[str]] = field(default_factory=dict)
    included: dict[Path, list[Reading]] = field(default_factory=dict)  # by the includer, once for all that include that

    @classmethod
    def of(cls, readings: list[Reading]) -> _Tree:
        by_name = defaultdict(list)
        for reading in readings:
            by_name[reading.path.name].append(reading)
        return cls(
            _union(reading.declared for reading in readings),
            _union(reading.visible for reading in readings),
            _union(reading.device_macros for reading in readings),
            _union(reading.namespaces for reading in readings),
            by_name,
        )

    def holds(self, candidate: Candidate, reading: Reading) -> bool:
        """Whether what a candidate needs is so."""
        if candidate.markers and not any(word in self.device_macros or "DEVICE" in word for word in candidate.markers):
            return False
        if candidate.need is Need.UNDECLARED:
            space, _, rest = candidate.name.partition("::")
            return candidate.name not in self.declared and not (rest and space in self.namespaces)
        if candidate.need is Need.NO_FILE:
            return not self._files(candidate.name, reading.path)
        if candidate.need is not Need.INVISIBLE or candidate.name in reading.declared:
            return candidate.need is not Need.INVISIBLE
        return candidate.name not in self.visible or candidate.name not in self._seen_by(reading)

    def _seen_by(self, reading: Reading) -> frozenset[str]:
        """Every name that a file and what it includes declare."""
        if reading.path not in self.reached:
            waiting, done = [reading], {reading.path: reading}
            while waiting:
                for below in self._included(waiting.pop()):
                    if below.path not in done:
                        done[below.path] = below
                        waiting.append(below)
            self.reached[reading.path] = _union(below.visible for below in done.values())
        return self.reached[reading.path]

    def _included(self, reading: Reading) -> list[Reading]:
        if reading.path not in self.included:
            self.included[reading.path] = [below for header in reading.includes for below in self._files(header, reading.path)]
        return self.included[reading.path]

    def _files(self, header: str, includer: Path) -> list[Reading]:
        """The files of the tree that an include may mean: the one beside the file, or all whose paths end so."""
        named = self.by_name.get(os.path.basename(header), [])  # noqa: PTH119
        beside = os.path.normpath(includer.parent / header)
        near = [reading for reading in named if os.path.normpath(reading.path) == beside]
        parts = Path(header).parts
        return near or [reading for reading in named if reading.path.parts[-len(parts) :] == parts]


def _union(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*sets)
