"""`-time FILE`: a row for every phase of a command, in nvcc's columns, appended to a file (`-`: printed)."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crosswarp.driver.pool import Pool

_HEADINGS = ("source file name", "phase name", "phase input files", "phase output file", "arch", "tool", "metric", "unit")


@dataclass(frozen=True)
class Phase:
    """One row: the wall time of a phase in seconds, and what it read and made."""

    source: str
    name: str
    read: str
    made: str
    arch: str
    seconds: float

    @property
    def row(self) -> str:
        """The row in nvcc's form: milliseconds."""
        return " , ".join((self.source, self.name, self.read, self.made, self.arch, "nvcc", f"{self.seconds * 1000:.4f}", "ms"))


@dataclass
class PhaseTimes:
    """The phases of one command. Without a file name nothing is kept."""

    file: str = ""
    phases: list[Phase] = field(default_factory=list)

    def record(self, pool: Pool, sources: Mapping[str, str]) -> None:
        """Keep the times of a pool's steps; `sources` gives the file of each stem in the steps' names."""
        for step in pool.steps.values():
            if step.code == 0:
                stem, _, phase = step.name.rpartition(": ")
                self.phases.append(_phase(sources.get(stem, ""), stem, phase, step.seconds))

    @contextmanager
    def measured(self, name: str, read: str, made: Path | None) -> Iterator[None]:
        """Keep the time of the block."""
        started = time.monotonic()
        yield
        self.phases.append(Phase("", name, read, str(made or ""), "", time.monotonic() - started))

    def write(self) -> None:
        """Append the table; an empty file gets headings first."""
        if not self.file:
            return
        rows = [phase.row + "\n" for phase in self.phases]
        if self.file == "-":
            sys.stdout.write("".join([" , ".join(_HEADINGS) + "\n", *rows]))
            return
        with Path(self.file).open("a") as table:
            table.write("".join(rows if table.tell() else [" , ".join(_HEADINGS) + "\n", *rows]))


def _phase(source: str, stem: str, phase: str, seconds: float) -> Phase:
    """A step by its name: `x: device`, `x: host`, one for each architecture's image; those of a device link."""
    if "device link" in (stem, phase[:11]):
        return Phase("", "device link", "", "a_dlink", phase if stem else "", seconds)
    portable = f"{stem}.nvvm.ll"
    kind, _, name = phase.partition(" ")
    if kind == "device":
        return Phase(source, "device compilation", source, portable, f"compute_{name}" if name else "", seconds)
    if kind in ("host", "preprocess", "warnings"):
        return Phase(source, {"host": "host compilation", "preprocess": "preprocessing"}.get(kind, kind), source,
                     f"{stem}.o" if kind == "host" else "", "", seconds)
    return Phase(source, "image", portable, f"{stem}.{phase}", phase, seconds)
