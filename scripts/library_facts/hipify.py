"""HIPIFY's tables (docs/reference/tables/*.md of ROCm/HIPIFY): a row a name of CUDA, with versions, and HIP's name for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library_facts import git

_SECTION = re.compile(r"^## \*\*\d+\. (.+?)\*\*")
_ROW = re.compile(r"^\|`([^`]+)`\|(.*)\|$")


@dataclass(frozen=True)
class Mapping:
    """One row. `added`, `deprecated` and `removed` are versions of CUDA, or of the library (cuDNN); empty: not said."""

    section: str
    name: str
    added: str
    deprecated: str
    removed: str
    hip: str
    hip_removed: str
    experimental: str

    @property
    def supported(self) -> bool:
        """HIP has a name for it that is neither removed nor experimental."""
        return bool(self.hip) and not self.hip_removed and not self.experimental


def mappings(text: str) -> Iterator[Mapping]:
    """The rows of one table: CUDA A D C R, HIP A D C R E."""
    section = ""
    for line in text.splitlines():
        if found := _SECTION.match(line):
            section = found[1]
        elif found := _ROW.match(line):
            cells = [cell.strip().strip("`") for cell in found[2].split("|")]
            added, deprecated, _, removed, hip, _, _, _, hip_removed, experimental = cells[:10]
            yield Mapping(section, found[1], added, deprecated, removed, hip, hip_removed, experimental)


def table(repository: Path, name: str) -> list[Mapping]:
    """`name` without folder and ending, of a clone or bare mirror of HIPIFY."""
    return list(mappings(git.show(repository, f"docs/reference/tables/{name}.md")))
