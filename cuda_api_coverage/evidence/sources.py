"""What the sources of programs that ran prove: types, enumerators, macros, language features, templates, headers, nvcc's options.

A program's sources are found by nvcc's commands: from the files that the process was made of back over outputs and inputs, and from
the images whose kernels it launched back to the command that made them. The program's own headers count; ours do not.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device, Entry, Kind
from crosswarp.cuda_api_coverage.catalogue.options import lookup_option
from crosswarp.cuda_api_coverage.evidence.logs import Command, Launch, Made
from crosswarp.cuda_api_coverage.scan.model import ScanOptions
from crosswarp.cuda_api_coverage.scan.tree import scan

# What is used by being written; functions are used by being called.
_BY_TEXT = frozenset(Kind) - {Kind.FUNCTION, Kind.DEVICE_FUNCTION, Kind.OPTION, Kind.INSTRUCTION, Kind.LIBRARY}
_INCLUDE = re.compile(rb'^[ \t]*#[ \t]*include[ \t]*["<]([^">\n]+)[">]', re.M)
_COVERS = re.compile(r"^// covers: (.+)$", re.M)
_SOURCES = frozenset((".cu", ".cuh", ".c", ".cc", ".cpp", ".cxx", ".C", ".h", ".hh", ".hpp", ".inl", ".inc", ".ptx"))


@dataclass(frozen=True)
class Build:
    """What one command read and wrote; `folders` are those where it looks for headers."""

    inputs: tuple[Path, ...]
    outputs: tuple[Path, ...]
    folders: tuple[Path, ...]


ReadCommand = Callable[[Command], Build | None]


@dataclass
class Built:
    """Everything that was compiled in a session."""

    inputs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    commands: dict[str, list[Build]] = field(default_factory=lambda: defaultdict(list))
    makers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    portable: dict[str, str] = field(default_factory=dict)
    folders: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def add(self, fact: Command | Made | tuple[str, str], folder: Path, read: ReadCommand) -> None:
        """Take in what a compiler wrote into a test's folder."""
        if isinstance(fact, Made):
            self.makers[fact.image] |= {f"{folder}/{process}" for process in fact.processes}
            self.portable[fact.image] = fact.portable
        elif isinstance(fact, Command):
            if build := read(fact):
                self.commands[f"{folder}/{fact.process}"].append(build)
                for source in build.inputs:
                    self.folders[os.path.realpath(source)] |= {str(each) for each in build.folders}
                for output in build.outputs:
                    self.inputs[os.path.realpath(output)] |= {os.path.realpath(each) for each in build.inputs}
        else:
            self.inputs[os.path.realpath(fact[0])].add(os.path.realpath(fact[1]))

    def sources_of(self, files: Iterable[str], launches: Iterable[Launch]) -> frozenset[str]:
        """The sources of a program."""
        waiting = [os.path.realpath(each) for each in files]
        for maker in {maker for launch in launches for maker in self.makers.get(launch.image, ())}:
            waiting += [os.path.realpath(each) for build in self.commands.get(maker, ()) for each in build.inputs]
        found = set[str]()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.inputs.get(name, ())
        return frozenset(name for name in found if Path(name).suffix in _SOURCES)

    def with_headers(self, sources: frozenset[str]) -> frozenset[str]:
        """Sources, and the program's own headers that they include."""
        folders = sorted({folder for name in sources for folder in self.folders.get(name, ())})
        found, waiting = set[str](), list(sources)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += _included(name, folders)
        return frozenset(found)


def _included(name: str, folders: list[str]) -> Iterator[str]:
    """The files that `name` includes and that lie beside it or in one of `folders`."""
    for header in _includes(name):
        paths = (os.path.realpath(f"{folder}/{header}") for folder in (os.path.dirname(name), *folders))  # noqa: PTH120
        found = next((path for path in paths if os.path.isfile(path)), None)  # noqa: PTH113
        if found is not None:
            yield found


@cache
def _includes(name: str) -> tuple[str, ...]:
    try:
        return tuple(found.decode(errors="replace") for found in _INCLUDE.findall(Path(name).read_bytes()))
    except OSError:
        return ()


@cache
def written_in(sources: frozenset[str]) -> tuple[Entry, ...]:
    """The entries that the text of these files uses, of kinds that are used by being written."""
    paths = [Path(name) for name in sorted(sources) if Path(name).is_file()]
    if not paths:
        return ()
    told = (entry for path in paths for entry in _told(path))
    result = scan(paths, Device.CPU, ScanOptions(gitignore=False, clang=False, jobs=1))
    uses = (use for file in result.files for use in file.uses)
    found = (entry for use in uses for entry in use.entries if _by_text(entry))
    return tuple({entry.key: entry for entry in (*told, *found)}.values())


def _told(path: Path) -> Iterator[Entry]:
    """What a test's source says that it covers: features that have no word of their own. Raises `KeyError` for another name."""
    known = {entry.name: entry for entry in catalogue().of("language")}
    for names in _COVERS.findall(path.read_text(encoding="utf-8", errors="replace")):
        yield from (known[name] for name in names.strip().split("; "))


def _by_text(entry: Entry) -> bool:
    return entry.kind in _BY_TEXT or entry.family == "templates"


def options_of(command: Command) -> Iterator[Entry]:
    """The options on a command line."""
    for word in command.words:
        if word.startswith("-") and (entry := lookup_option(word)):
            yield entry
