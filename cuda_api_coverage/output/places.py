"""Where something is used, as a user can open it: paths below the working folder where they can be."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from crosswarp.cuda_api_coverage.scan.model import FileResult, ScanResult


@dataclass(frozen=True, order=True, slots=True)
class Place:
    r"""`path` is text for people and JSON: bytes that are not UTF-8 are `\xNN`. Line and column count from 1; 0: unknown."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(number) for number in (self.line, self.column) if number)])


class Paths:
    """Paths of a scan's files from `base`: the working folder where all of them lie in it, else the scan's root."""

    def __init__(self, result: ScanResult, working: Path | None = None) -> None:
        here = working or Path.cwd()
        inside = all(_absolute(path, here).is_relative_to(here) for path in (result.root, *(file.path for file in result.files)))
        self.base = here if inside else _absolute(result.root, here)
        self._working = here

    def path(self, file: FileResult) -> Path:
        """From `base`, or absolute where the file lies elsewhere."""
        path = _absolute(file.path, self._working)
        return path.relative_to(self.base) if path.is_relative_to(self.base) else path

    def shown(self, file: FileResult) -> str:
        """For people."""
        return as_text(self.path(file))

    def uri(self, file: FileResult) -> str:
        """For SARIF: relative below `base`, every byte that a URI may not have is `%NN`."""
        return path_uri(self.path(file))


def _absolute(path: Path, working: Path) -> Path:
    """Without `..`; links stay as the user wrote them."""
    return Path(os.path.normpath(working / path))


def path_uri(path: Path) -> str:
    """A relative reference, or a `file:` URI for an absolute path."""
    return ("file://" if path.is_absolute() else "") + quote(os.fsencode(path))


def as_text(path: Path) -> str:
    """A path as text that UTF-8 can hold."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def printable(text: str) -> str:
    """Text without characters that a terminal acts on: a file's name may hold an escape sequence or a line's end."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
