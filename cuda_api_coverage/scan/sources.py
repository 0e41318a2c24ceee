"""What one file uses: names found in it first, and what they mean once the whole tree is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.kinds import FileKind
from crosswarp.cuda_api_coverage.scan.model import FileResult, Method, Problem, ScanOptions, Use
from crosswarp.cuda_api_coverage.scan.names import LOOKS_LIKE_CUDA, Names, names_of_catalogue
from crosswarp.cuda_api_coverage.scan.reading import read
from crosswarp.cuda_api_coverage.scan.tokens import lex, lines_of

__all__ = ["Names", "Reading", "names_of_catalogue", "read_file", "resolved"]


@dataclass(frozen=True)
class Reading:
    """One file as a process that reads it hands it back."""

    path: Path
    lines: int
    found: tuple[tuple[str, int, int], ...]
    problems: tuple[Problem, ...]


def read_file(path: Path, kind: FileKind, names: Names, options: ScanOptions) -> Reading:
    """Read one file. Never raises for what is in it."""
    content = read(path, options.limit)
    if kind is not FileKind.SOURCE:
        return Reading(path, lines_of(content.text), (), content.problems)
    lexed = lex(content.text)
    interesting = (token for token in lexed.tokens if token[0] in names.plain or LOOKS_LIKE_CUDA.fullmatch(token[0]))
    found = tuple((name, *lexed.place(at)) for name, at in interesting)
    return Reading(path, lines_of(content.text), found, (*content.problems, *lexed.problems))


def resolved(readings: Iterable[Reading], names: Names) -> Iterator[FileResult]:
    """The results of all files of a tree."""
    for reading in readings:
        uses = tuple(Use(name, names.plain.get(name, ()), line, column) for name, line, column in reading.found)
        yield FileResult(reading.path, Method.TOKENS, reading.lines, uses, reading.problems)
