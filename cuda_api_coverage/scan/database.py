"""Which sources can be parsed: those of a compilation database, or all CUDA sources where a user gives flags."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crosswarp.cuda_api_coverage.scan.model import Problem, ScanOptions

NAME = "compile_commands.json"
_BUILD_FOLDERS = ("", "build*", "cmake-build-*", "_build", "builddir", "out", "out/build")


@dataclass(frozen=True)
class Unit:
    """One source, and libclang's words for it in a folder. `source` is its path in the tree that is scanned."""

    source: Path
    directory: Path
    words: tuple[str, ...]


@dataclass
class Units:
    """What can be parsed, and what was wrong with the databases."""

    units: list[Unit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def units_of(paths: Sequence[Path], sources: Sequence[Path], options: ScanOptions) -> Units:
    """How to parse `sources`, in their order; those of which nothing is known are left out."""
    found = Units()
    if not options.clang or options.translate is None:
        return found
    commands = _commands(paths, options, found.problems)
    for source in sources:
        directory, words = commands.get(os.path.realpath(source), (Path.cwd(), []))
        if not words and options.flags and source.suffix == ".cu":
            words = ["nvcc", *options.flags, "-c", str(source.absolute())]
        if words:
            try:
                found.units.append(Unit(source, directory, tuple(options.translate(words, directory))))
            except ValueError as error:
                found.problems.append(Problem("bad compile database", f"{source}: {error}"))
    return found


def _commands(paths: Sequence[Path], options: ScanOptions, problems: list[Problem]) -> dict[str, tuple[Path, list[str]]]:
    """Folder and words by real path; the first of several entries of a file counts."""
    commands: dict[str, tuple[Path, list[str]]] = {}
    for database in [_file(options.database)] if options.database else _databases(paths):
        for entry in _entries(database, problems):
            try:
                directory = database.parent / entry["directory"]
                words = entry.get("arguments") or shlex.split(entry["command"])
                commands.setdefault(os.path.realpath(directory / entry["file"]), (directory, [str(word) for word in words]))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                problems.append(Problem("bad compile database", f"{database}: an entry is wrong: {error!r}"))
    return commands


def _file(given: Path) -> Path:
    return given / NAME if given.is_dir() else given


def _databases(paths: Sequence[Path]) -> Iterator[Path]:
    """In a folder that is scanned or one above it up to the repository's root, and in their build folders."""
    seen = set[Path]()
    for path in paths:
        place = path.absolute()
        chain = [place, *place.parents]
        root = next((at for at in chain if (at / ".git").exists()), place)
        for folder in chain[: chain.index(root) + 1]:
            for pattern in _BUILD_FOLDERS:
                for database in sorted(folder.glob(f"{pattern}/{NAME}" if pattern else NAME)):
                    if database not in seen:
                        seen.add(database)
                        yield database


def _entries(database: Path, problems: list[Problem]) -> list[dict[str, Any]]:
    try:
        entries = json.loads(database.read_bytes())
        if isinstance(entries, list):
            return entries
        problems.append(Problem("bad compile database", f"{database}: no list"))
    except (OSError, ValueError, RecursionError) as error:
        problems.append(Problem("bad compile database", f"{database}: {error}"))
    return []
