"""One project: the files that were read by hand, and the whole tree by clang's lexer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path

from scan_check.compare import Comparison, compare
from scan_check.counting import CUDA_NAME, SUFFIXES, names_in
from scan_check.expectations import Occurrence, Project
from scan_check.scanning import Scanned, scan


@dataclass(frozen=True)
class Measured:
    """`by_hand` by file; `counted` and `reported` are how often a file writes a name, by clang's lexer and by the scan."""

    project: Project
    scanned: Scanned
    by_hand: dict[str, Comparison]
    counted: Counter[tuple[str, str]]
    reported: Counter[tuple[str, str]]

    @cached_property
    def total(self) -> Comparison:
        """All files that were read by hand."""
        return sum(self.by_hand.values(), Comparison())

    @property
    def found(self) -> int:
        """Occurrences in the whole tree that both see."""
        return (self.counted & self.reported).total()

    @property
    def missed(self) -> int:
        """Those that only clang's lexer sees."""
        return (self.counted - self.reported).total()

    @property
    def false(self) -> int:
        """Those that only the scan sees."""
        return (self.reported - self.counted).total()

    @property
    def differs(self) -> bool:
        """Whether anything is missed or false."""
        return bool(self.total.missed or self.total.false or self.missed or self.false)

    @property
    def differences(self) -> Iterator[tuple[str, str]]:
        """File and what differs in it."""
        for path, comparison in self.by_hand.items():
            yield from ((f"{path}:{each.line}", f"missed {each.name}") for each in comparison.missed)
            yield from ((f"{path}:{each.line}", f"false {each.name}") for each in comparison.false)
        for path, name in sorted(self.counted | self.reported):
            counted, reported = self.counted[path, name], self.reported[path, name]
            if counted != reported:
                yield path, f"{name}: {counted} by clang's lexer, {reported} by the scan"


def measure(project: Project, folder: Path) -> Measured:
    """Scan `folder`, the project's sources, and compare."""
    root = folder / project.part
    scanned = scan(root)
    by_hand = {file.path: compare(file, scanned.of(file.path)) for file in project.files}
    counted = Counter[tuple[str, str]]()
    for path in sorted(root.rglob("*")):
        if path.suffix in SUFFIXES and path.is_file() and ".git" not in path.parts:
            counted.update({(path.relative_to(root).as_posix(), name): count for name, count in names_in(path).items()})
    reported = Counter(place for path, uses in scanned.uses.items() for place in _places(path, uses))
    explained = set(project.explained)
    return Measured(project, scanned, by_hand, _without(counted, {*project.own, *explained}), _without(reported, explained))


def _places(path: str, uses: list[Occurrence]) -> Iterator[tuple[str, str]]:
    if Path(path).suffix in SUFFIXES:
        yield from ((path, use.name) for use in uses if CUDA_NAME.fullmatch(use.name))


def _without(counts: Counter[tuple[str, str]], own: set[str]) -> Counter[tuple[str, str]]:
    """Without the project's own names."""
    return Counter({
        (path, name): count
        for (path, name), count in counts.items()
        if not any(fnmatchcase(name, pattern) or fnmatchcase(f"{path}:{name}", pattern) for pattern in own)
    })
