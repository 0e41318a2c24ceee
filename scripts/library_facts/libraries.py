"""The CUDA-X libraries (`libraries.toml`), and what counts as public of each.

Public is a function that a published list names (HIPIFY's tables, cudarc's bindings or NVIDIA's Python bindings, the latter two
made from the headers), and of a library that exports nothing else, every function with its prefix. Left out: C++ symbols, functions
called `Internal`, `_internal`, `Backdoor` or `Debug`, NCCL's `pnccl` doubles, cuFFTW (FFTW's names), and what is only exported.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Kind

TABLE = Path(__file__).with_name("libraries.toml")
NEWER = ("13.3", "13.4", "13.5")  # CUDA's versions that the lists do not reach
_HIDDEN = re.compile(r"_?[Ii]nternal|Backdoor|Debug$")
_NOTHING = "(?!)"


@dataclass(frozen=True)
class Library:
    """One section of `libraries.toml`, which tells what each field is."""

    family: str
    prefix: str
    headers: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, str], ...]
    other: str = _NOTHING
    without: str = _NOTHING
    newer: str = _NOTHING
    project: str = ""
    files: tuple[str, ...] = ()
    exported: bool = False
    tables: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    bindings: tuple[str, ...] = ()
    called: str = Kind.FUNCTION.value

    def owns(self, name: str) -> bool:
        """True for the library's own names that are not hidden."""
        matches = re.match(rf"(?i:{self.prefix})|{self.other}", name) and not re.match(self.without, name)
        return bool(matches) and not _HIDDEN.search(name)

    def is_public(self, name: str, since: str) -> bool:
        """True for an exported function that needs no published list. `since`: CUDA's version, empty where unknown."""
        return self.exported or bool(re.match(self.other, name)) or (since in NEWER and bool(re.match(self.newer, name)))

    def header(self, name: str) -> str:
        """The header that a program includes for a name."""
        return _first(self.headers, name)

    def group(self, name: str) -> str:
        """The group of a function by the words of its name."""
        return _first(self.groups, name)


def libraries() -> dict[str, Library]:
    """By family."""
    return {family: _library(family, section) for family, section in tomllib.loads(TABLE.read_text()).items()}


def _library(family: str, section: dict[str, object]) -> Library:
    fields = {key: tuple(map(_frozen, value)) if isinstance(value, list) else value for key, value in section.items()}
    return Library(family, **fields)  # type: ignore[arg-type]  # a wrong key or a missing one is an error


def _frozen(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _first(rules: tuple[tuple[str, str], ...], name: str) -> str:
    return next(word for pattern, word in rules if re.match(pattern, name))
