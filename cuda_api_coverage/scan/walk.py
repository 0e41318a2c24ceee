"""The files of a tree: those that git would keep, in the order of their names, and why the others are left out."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crosswarp.cuda_api_coverage.scan.binary import HEAD_BYTES, is_binary
from crosswarp.cuda_api_coverage.scan.ignoring import Ignoring
from crosswarp.cuda_api_coverage.scan.kinds import SNIFFED_BYTES, FileKind, kind_of, looks_like_cuda
from crosswarp.cuda_api_coverage.scan.model import FileResult, Method, Problem

_VERSION_CONTROL = frozenset((".git", ".hg", ".svn", ".jj", "CVS"))
_NEVER_SOURCES = frozenset(("__pycache__", "node_modules", "CMakeFiles", ".venv", ".tox", ".mypy_cache"))
_BUILD_MARKS = ("CMakeCache.txt", "build.ninja", "meson-private")
_PROJECT_MARKS = ("CMakeLists.txt", "meson.build", "Makefile.in", "configure.ac")


@dataclass
class Walked:
    """`files` and `binaries` are to be read; `results` are finished already, as they cannot be."""

    files: list[tuple[Path, FileKind]] = field(default_factory=list)
    binaries: list[Path] = field(default_factory=list)
    results: list[FileResult] = field(default_factory=list)
    skipped: Counter[str] = field(default_factory=Counter)

    def unread(self, path: Path, what: str, detail: str = "") -> None:
        """A file that would have been read."""
        self.results.append(FileResult(path, Method.TOKENS, 0, (), (Problem(what, detail),)))


def walk(paths: list[Path], gitignore: bool = True, binaries: bool = False, exclude: Sequence[str] = ()) -> Walked:
    """Everything below the folders of `paths` but what `exclude` names, `binaries` (programs, libraries, objects) too; a file that
    is named itself is read whatever its name.
    """
    excluding = Ignoring.of_patterns(exclude)
    walker = _Walker(Walked(), tuple(os.path.realpath(path) for path in paths), gitignore, binaries, excluding)
    for path in sorted(paths):
        walker.named(path)
    walker.found.files.sort()
    return walker.found


@dataclass
class _Walker:
    found: Walked
    roots: tuple[str, ...]
    gitignore: bool
    binaries: bool
    excluding: Ignoring
    seen: set[str] = field(default_factory=set)

    def named(self, path: Path) -> None:
        """A path of the command line."""
        try:
            mode = path.stat().st_mode
        except OSError as error:
            self.found.unread(path, "unreadable", error.strerror or str(error))
            return
        if stat.S_ISDIR(mode):
            self._folder(path, Ignoring.of_repository(path) if self.gitignore else None)
        elif stat.S_ISREG(mode) and _is_built(path):
            self.found.binaries.append(path)
        elif stat.S_ISREG(mode):
            kind = kind_of(path.name)
            self._file(path, FileKind.SOURCE if kind in {FileKind.OTHER, FileKind.UNKNOWN} else kind)
        else:
            self.found.unread(path, "not a file")

    def _folder(self, folder: Path, ignoring: Ignoring | None) -> None:
        """Without recursion: trees may be deeper than Python's stack."""
        waiting = [(folder, ignoring)]
        while waiting:
            place, rules = waiting.pop()
            waiting += reversed([(below, rules and rules.inside(below)) for below in self._entries(place, rules)])

    def _entries(self, folder: Path, rules: Ignoring | None) -> Iterator[Path]:
        """Files are noted, folders to enter are returned."""
        if not self._enter(folder):
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self.found.unread(folder, "unreadable", error.strerror or str(error))
            return
        for entry in entries:
            path = folder / entry.name
            try:
                is_folder = entry.is_dir()
                mode = entry.stat().st_mode
            except OSError as error:
                self._dead(path, error)
                continue
            if self.excluding.ignores(path, is_folder):
                self.found.skipped["excluded"] += 1
            elif rules and rules.ignores(path, is_folder):
                self.found.skipped[".gitignore"] += 1
            elif is_folder:
                if self._wanted(path, entry.is_symlink()):
                    yield path
            else:
                self._below(path, mode, entry.is_symlink())

    def _enter(self, folder: Path) -> bool:
        real = os.path.realpath(folder)
        if real in self.seen:
            self.found.skipped["reached before"] += 1
            return False
        self.seen.add(real)
        return True

    def _dead(self, path: Path, error: OSError) -> None:
        """A link that leads to itself or nowhere, or what disappeared meanwhile."""
        if kind_of(path.name) is FileKind.OTHER:
            self.found.skipped["no source"] += 1
        elif path.is_symlink():
            self.found.unread(path, "symlink loop" if "levels of symbolic links" in str(error) else "dead link")
        else:
            self.found.unread(path, "unreadable", error.strerror or str(error))

    def _wanted(self, folder: Path, is_link: bool) -> bool:
        if folder.name in _VERSION_CONTROL:
            self.found.skipped["version control"] += 1
        elif folder.name in _NEVER_SOURCES or _is_build_folder(folder):
            self.found.skipped["build folder"] += 1
        elif not is_link:
            return True
        else:
            return self._link_wanted(folder)
        return False

    def _link_wanted(self, folder: Path) -> bool:
        """A link to a folder outside of the tree is followed; one into the tree would show the same files twice."""
        target = os.path.realpath(folder)
        if (os.path.realpath(folder.parent) + os.sep).startswith(target.rstrip(os.sep) + os.sep):
            self.found.unread(folder, "symlink loop", f"leads to {target}")
        elif self._in_tree(target):
            self.found.skipped["link into the tree"] += 1
        else:
            return True
        return False

    def _in_tree(self, target: str) -> bool:
        return any(target == root or target.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots)

    def _below(self, path: Path, mode: int, is_link: bool) -> None:
        kind = kind_of(path.name)
        if self.binaries and kind in {FileKind.OTHER, FileKind.UNKNOWN} and stat.S_ISREG(mode) and _is_built(path):
            if self._enter(path):
                self.found.binaries.append(path)
        elif kind is FileKind.OTHER:
            self.found.skipped["no source"] += 1
        elif not stat.S_ISREG(mode):
            if kind is FileKind.UNKNOWN:
                self.found.skipped["no source"] += 1
            else:
                self.found.unread(path, "not a file")
        elif is_link and self._in_tree(target := os.path.realpath(path)) and kind_of(Path(target).name) is kind:
            self.found.skipped["link into the tree"] += 1
        else:
            self._file(path, kind)

    def _file(self, path: Path, kind: FileKind) -> None:
        if not self._enter(path):
            return
        if kind is FileKind.UNKNOWN:
            if not _sniffed(path):
                self.found.skipped["no source"] += 1
                return
            kind = FileKind.SOURCE
        self.found.files.append((path, kind))


def _is_build_folder(folder: Path) -> bool:
    """Where CMake, Ninja or Meson write; a project built in its own folder is none."""
    return any((folder / name).exists() for name in _BUILD_MARKS) and not any((folder / name).exists() for name in _PROJECT_MARKS)


def _is_built(path: Path) -> bool:
    """Whether a file is a program, a library or an object."""
    return is_binary(_beginning(path, HEAD_BYTES))


def _sniffed(path: Path) -> bool:
    return looks_like_cuda(_beginning(path, SNIFFED_BYTES))


def _beginning(path: Path, count: int) -> bytes:
    """The first bytes of a file. None of one that cannot be opened, which is for others to report."""
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError:
        return b""
