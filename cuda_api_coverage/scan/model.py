"""What a scan finds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry

Progress = Callable[[int, int], None]
"""Called with how many files are read and how many there are, in the process that scans; also once with 0 at the beginning."""


@dataclass(frozen=True, slots=True)
class DeviceCode:
    """One image of device code in a binary: `kind` as `crosswarp inspect` says it, `size` in bytes."""

    kind: str
    arch: str
    size: int


ReadDeviceCode = Callable[[bytes], Iterable[tuple[DeviceCode, str | None]]]
"""The images in a built file's bytes, and for PTX its text: empty for others, None where it cannot be unpacked."""


@dataclass(frozen=True)
class ScanOptions:
    """What a user may choose. `limit` is in bytes: only that much of a source is read. `flags` are compiler options for files that
    stand in no compilation database; `database` names one, or is found in the tree and its build folders. `exclude` are
    patterns as in `.gitignore`. `binaries`: built files in folders too; one that is named itself is always read. `device_code`
    reads the images in a built file's bytes and may raise `ValueError`; `translate` makes a compiler's command line in a folder
    libclang's, for the host pass, and may raise it too: without it nothing is parsed.
    """

    limit: int = 16 << 20
    gitignore: bool = True
    clang: bool = True
    database: Path | None = None
    flags: tuple[str, ...] = ()
    jobs: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))
    exclude: tuple[str, ...] = ()
    binaries: bool = False
    device_code: ReadDeviceCode | None = None
    translate: Callable[[list[str], Path], list[str]] | None = None


class Method(Enum):
    """How a file was read."""

    CLANG = "clang"  # parsed with the flags of a compilation database: names are resolved
    TOKENS = "tokens"  # comments and literals left out, names compared: what is not CUDA's may have the same name
    SYMBOLS = "symbols"  # the dynamic symbols of a binary


@dataclass(frozen=True, slots=True)
class Use:
    """One place. `line` and `column` count from 1; 0 in a binary. `known` is false for a name that looks like CUDA's
    and is in no record (`cudaMallocTypo`, `#include <cusomething.h>`): `entries` is empty then. A name of several families has all
    of them.
    """

    name: str
    entries: tuple[Entry, ...]
    line: int = 0
    column: int = 0

    @property
    def known(self) -> bool:
        """True where the catalogue has a record."""
        return bool(self.entries)


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read, or not as one would wish: counted and printed, never hidden. `line` is 0 for the whole file."""

    what: str  # one of PROBLEMS
    detail: str = ""
    line: int = 0


PROBLEMS = {
    "unreadable": "the file could not be opened",
    "not text": "a binary that is no ELF file",
    "not a file": "a pipe, socket or device with the name of a source",
    "not UTF-8": "read byte by byte: names are found, columns may be off",
    "too large": "larger than the limit: only its beginning was read",
    "symlink loop": "the link leads back to a folder above it, or to itself",
    "dead link": "the link leads nowhere",
    "does not parse": "clang reports errors: read as tokens instead",
    "missing include": "clang does not find a header: read as tokens instead",
    "unterminated": "a comment, literal or raw string has no end",
    "our bug": "the scan failed on this file: please report it",
    "bad compile database": "compile_commands.json could not be read",
    "hidden": "which functions of the CUDA runtime it uses cannot be seen from outside",
    "damaged binary": "an ELF file or static library that could not be read, or not to its end",
}


@dataclass(frozen=True, slots=True)
class FileResult:
    """One file: `lines` are those read; `uses` in the order of the file. Of a binary also the device code in it (`images`) and, in
    sentences, what else a user must know (`notes`).
    """

    path: Path
    method: Method
    lines: int
    uses: tuple[Use, ...] = ()
    problems: tuple[Problem, ...] = ()
    images: tuple[DeviceCode, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScanResult:
    """A tree. Paths of files are below `root` where they can be; `skipped` counts files left out, by reason (`.gitignore`,
    `no source`, ...); `problems` concern no single file.
    """

    root: Path
    device: Device
    files: tuple[FileResult, ...]
    skipped: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0

    @property
    def lines(self) -> int:
        """Lines read in all files."""
        return sum(file.lines for file in self.files)
