"""What a project uses, as found by reading it: `tests/cuda_api_coverage/projects/<name>.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from project_suite.description import ROOT, Source

DATA = ROOT / "tests" / "cuda_api_coverage" / "projects"
LAUNCH = "<<<>>>"
_SECTIONS = {"path", "launches", "headers", "ptx", "uses", "may"}


class ExpectationError(Exception):
    """A file says something it may not."""


@dataclass(frozen=True)
class Occurrence:
    """One use: its line, and the name as far as the source writes it or its `using` lines tell it."""

    line: int
    name: str


@dataclass(frozen=True)
class CheckedFile:
    """One file that was read by hand. `expected` are all uses in it; `doubtful` are places that may be called a use or not."""

    path: str
    expected: tuple[Occurrence, ...]
    doubtful: tuple[Occurrence, ...] = ()


@dataclass(frozen=True)
class Project:
    """One project. `part` is the folder that is scanned; `own` are patterns for the project's own names that look like CUDA's,
    or `path:name` where only one file has its own; `explained` are such patterns whose places are counted on neither side, with the
    reason.
    """

    name: str
    title: str
    source: Source | None
    files: tuple[CheckedFile, ...]
    part: str = ""
    own: tuple[str, ...] = ()
    explained: dict[str, str] = field(default_factory=dict)


def load_all(pattern: str = "*") -> list[Project]:
    """Every project whose name matches, in order of name."""
    return [load(path) for path in sorted(DATA.glob(f"{pattern}.toml"))]


def load(path: Path) -> Project:
    """Read and check one. Raises `ExpectationError`."""
    data = tomllib.loads(path.read_text())
    source = Source(**data.pop("source")) if "source" in data else None
    files = tuple(_file(path, entry) for entry in data.pop("file"))
    if unknown := set(data) - {"title", "part", "own", "explained"}:
        raise ExpectationError(f"{path.name}: no key {', '.join(sorted(unknown))}")
    return Project(path.stem, source=source, files=files, own=tuple(data.pop("own", ())), **data)


def _file(path: Path, entry: dict[str, Any]) -> CheckedFile:
    if unknown := set(entry) - _SECTIONS:
        raise ExpectationError(f"{path.name}: a file has no key {', '.join(sorted(unknown))}")
    tables = [{LAUNCH: entry.get("launches", [])}, *(entry.get(section, {}) for section in ("headers", "ptx", "uses"))]
    return CheckedFile(entry["path"], tuple(sorted(_occurrences(*tables), key=_place)), tuple(_occurrences(entry.get("may", {}))))


def _occurrences(*tables: dict[str, list[int]]) -> list[Occurrence]:
    return [Occurrence(line, name) for table in tables for name, lines in table.items() for line in lines]


def _place(occurrence: Occurrence) -> tuple[int, str]:
    return occurrence.line, occurrence.name
