"""What one file may use, as the process that read it hands it back; whether it does is known when the whole tree is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from crosswarp.cuda_api_coverage.scan.model import Method, Problem
from crosswarp.cuda_api_coverage.scan.names import Keys


class Need(Enum):
    """What the rest of the tree must be like for a candidate to be a use."""

    NOTHING = "nothing"
    UNDECLARED = "no file of the tree declares the name"
    NO_FILE = "no file of the tree has the name"
    INVISIBLE = "neither the file nor what it includes declares the name"


class Candidate(NamedTuple):
    """One place. `keys` are the records that the name may mean, none where it only looks like CUDA's. `markers` are words in front
    of the function around it, any of which makes it device code where the tree defines it so; empty: it need not be. `length`: from
    the first to the last word of a name of several.
    """

    name: str
    keys: Keys
    line: int
    column: int
    need: Need = Need.NOTHING
    markers: frozenset[str] = frozenset()
    length: int = 0


@dataclass(frozen=True)
class Reading:
    """One file. `declared` are names of interest that it declares anywhere, `visible` those that a file including it sees;
    `device_macros` stand for `__device__`; `namespaces` are CUDA's that the file itself adds to.
    """

    path: Path
    method: Method
    lines: int
    found: tuple[Candidate, ...] = ()
    problems: tuple[Problem, ...] = ()
    declared: frozenset[str] = frozenset()
    visible: frozenset[str] = frozenset()
    device_macros: frozenset[str] = frozenset()
    namespaces: frozenset[str] = frozenset()
    includes: tuple[str, ...] = ()


class Place(NamedTuple):
    """A candidate while its file is read: `at` is an offset into the text. `if_cuda`: it counts only in a file that is CUDA's."""

    at: int
    name: str
    keys: Keys
    need: Need = Need.NOTHING
    markers: frozenset[str] = frozenset()
    if_cuda: bool = False
    length: int = 0


@dataclass
class Collected:
    """A `Reading` while its file is read."""

    found: list[Place] = field(default_factory=list)
    declared: set[str] = field(default_factory=set)
    visible: set[str] = field(default_factory=set)
    device_macros: set[str] = field(default_factory=set)
    namespaces: set[str] = field(default_factory=set)
    is_cuda: bool = False

    def add(self, at: int, name: str, keys: Keys, need: Need = Need.NOTHING, length: int = 0) -> None:
        """Note a place; a name that cannot be mistaken makes the file one of CUDA's."""
        self.is_cuda = self.is_cuda or bool(keys)
        self.found.append(Place(at, name, keys, need, length=length))

    def add_if_cuda(
        self, at: int, name: str, keys: Keys, need: Need = Need.NOTHING, markers: frozenset[str] = frozenset()
    ) -> None:
        """Note a place where other languages and libraries have the same word."""
        self.found.append(Place(at, name, keys, need, markers, True))
