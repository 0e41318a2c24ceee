"""The lists that a record is made of: names with kinds, and names by version."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Kind

from library_facts import cudarc, cython, git, hipify
from library_facts.history import NEVER_SAID, Span, merged, spans
from library_facts.libraries import Library
from library_facts.wheels import Wheels

# Of PyPI's cuda-toolkit. A version without a name: releases before it were not read, so it does not tell when something came.
RELEASES = (("12.0.0", "12.0"), ("12.9.0", ""), ("13.0.0", "13.0"), ("13.1.0", "13.1"), ("13.2.0", "13.2"), ("13.3.0", "13.3"),
            ("13.4.1.0", "13.4"), ("13.5.0", "13.5"))  # fmt: skip
EVERY_RELEASE = tuple((f"12.{minor}.0", f"12.{minor}") for minor in (0, 1, 2, 3, 4, 5, 6, 8, 9)) + RELEASES[2:]
# Wheels with NVIDIA's Python bindings, by the first folder of a file in them.
BINDINGS = {"nvmath": ("nvmath-python", "1.0.0"), "cuda": ("cuda-bindings", "13.5.0")}


@dataclass(frozen=True)
class Name:
    """What is known of one name so far. `section` is HIPIFY's."""

    kind: Kind
    span: Span = NEVER_SAID
    deprecated: str = ""
    section: str = ""


@dataclass(frozen=True)
class Repositories:
    """Clones or bare mirrors: ROCm/HIPIFY, coreylowman/cudarc, NVIDIA/nccl, NVIDIA/go-nvml, NVIDIA/cccl."""

    hipify: Path
    cudarc: Path
    nccl: Path
    go_nvml: Path
    cccl: Path


Names = dict[str, Name]
_CALLBACK = re.compile(r"Callback(Load|Store)")  # types that HIPIFY lists among the functions


def from_hipify(repository: Path, library: Library) -> Names:
    """HIPIFY's rows of the library: the only source that tells what is deprecated."""
    found = {}
    for table in library.tables:
        for row in hipify.table(repository, table):
            if library.owns(row.name):
                found[row.name] = Name(_kind(row.name, row.section), Span(row.added, row.removed), row.deprecated, row.section)
    return found


def from_cudarc(repository: Path, library: Library, own_versions: bool = False) -> Names:
    """What the headers of each CUDA version declare. `own_versions`: the library's versions are not CUDA's, so none is told."""
    found: Names = {}
    for module in library.modules:
        items, every = cudarc.declared(git.show(repository, f"src/{module}/sys/mod.rs"))
        lists = [(cudarc.spelled(v), {name for name, item in items.items() if v in item.versions}) for v in every]
        history = {} if own_versions else spans(lists)
        found |= {name: Name(item.kind, history.get(name, NEVER_SAID)) for name, item in items.items() if library.owns(name)}
    return found


def from_bindings(wheels: Wheels, library: Library) -> Names:
    """What NVIDIA's Python bindings declare."""
    found: Names = {}
    for file in library.bindings:
        text = wheels.text(*BINDINGS[file.split("/")[0]], file)
        found |= {name: Name(kind) for name, kind in cython.declared(text) if library.owns(name)}
    return found


def exported(wheels: Wheels, library: Library, releases: tuple[tuple[str, str], ...]) -> Names:
    """What the shared libraries export, with the releases that do."""
    history: dict[str, Span] = {}
    for file in library.files:
        lists = [(version, wheels.symbols(release, library.project, file)) for release, version in releases]
        history |= spans(lists)
    return {name: Name(Kind.FUNCTION, span) for name, span in history.items() if library.owns(name)}


def tagged(repository: Path, tags: list[tuple[str, str]], path: str, pattern: str) -> dict[str, Span]:
    """Names that match in a file at each tag (tag, version), oldest first."""
    return spans((version, set(re.findall(pattern, git.show(repository, path, tag)))) for tag, version in tags)


def joined(*parts: Names) -> Names:
    """All names; the first part that knows something of a name is right."""
    found: Names = {}
    for part in parts:
        for name, new in part.items():
            old = found.get(name, new)
            found[name] = replace(old, span=merged(old.span, new.span), deprecated=old.deprecated or new.deprecated)
    return found


def _kind(name: str, section: str) -> Kind:
    if name.isupper():
        return Kind.ENUMERATOR
    return Kind.TYPE if "type" in section.lower() or _CALLBACK.search(name) else Kind.FUNCTION
