"""cudarc's bindings (src/<library>/sys/mod.rs): what a library's headers declare in each CUDA version, as bindgen saw it.

An item of some versions only stands behind `#[cfg(any(feature = "cuda-12090", ...))]`; an enumeration whose members changed is
there once for each set of versions. An item without it is of every version.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from crosswarp.cuda_api_coverage.catalogue.model import Kind

_TOKEN = re.compile(
    r"#\[cfg\((?P<cfg>(?:[^()]|\([^()]*\))*)\)\]"
    r"|pub (?:unsafe )?(?P<word>fn|enum|struct|union|type|const) (?P<name>\w+)"
    r"|^(?: {4}|\t)(?P<member>\w+) = [-\w]+,$"
    r"|^(?P<end>\}|\s+\};?)$", re.M)  # fmt: skip
_FEATURE = re.compile(r'feature = "cuda-(\d+)"')
_KINDS = {"fn": Kind.FUNCTION, "const": Kind.ENUMERATOR}  # bindgen makes constants of enumerators with one value


@dataclass
class Declared:
    """One name: what it is, and the versions (12090 is 12.9) that declare it; empty: all of them."""

    kind: Kind
    versions: set[int] = field(default_factory=set)


def declared(text: str) -> tuple[dict[str, Declared], list[int]]:
    """Names of a module, and the versions that it knows, oldest first."""
    every = sorted({int(number) for number in _FEATURE.findall(text)})
    found: dict[str, Declared] = {}
    seen: dict[str, set[int]] = defaultdict(set)
    for name, kind, versions in _items(text):
        found.setdefault(name, Declared(kind))
        seen[name] |= versions or set(every)
    for name, versions in seen.items():
        found[name].versions = versions
    return found, every


def _items(text: str) -> Iterator[tuple[str, Kind, set[int]]]:
    pending: set[int] = set()
    enclosing: set[int] = set()
    in_enum = False
    for match in _TOKEN.finditer(text):
        if match["cfg"]:
            pending = {int(number) for number in _FEATURE.findall(match["cfg"])}
        elif match["end"]:
            in_enum, pending = False, set()
        elif match["member"]:
            if in_enum:
                yield match["member"], Kind.ENUMERATOR, pending or enclosing
            pending = set()
        else:
            in_enum = match["word"] == "enum"
            yield match["name"], _KINDS.get(match["word"], Kind.TYPE), pending
            enclosing, pending = pending, set()


def spelled(version: int) -> str:
    """12090 is 12.9."""
    return f"{version // 1000}.{version % 1000 // 10}"
