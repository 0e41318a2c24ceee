"""The tests of one run and what they left, as `tests/evidence_plugin.py` wrote it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Outcome:
    """One test, and the folders in which its processes and those of its shared fixtures wrote."""

    test: str
    passed: bool
    folders: tuple[Path, ...]


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every test of a run, of all its workers."""
    for path in sorted(folder.glob("outcomes-*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8")):
            yield Outcome(entry["test"], entry["passed"], tuple(folder / name for name in entry["folders"]))
