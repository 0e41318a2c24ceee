"""What one process wrote about itself (`runtime_shim/evidence/log.hpp`): `<folder>/<process>.ran`, a fact a line, fields by tabs.

- `device`, kind, `CROSSWARP_DEVICE`, the variable that names the vendor's library
- `entry`, symbol, what it answered
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device

_EMULATOR = "libcrosswarp_amdhip64.so"


@dataclass(frozen=True)
class Place:
    """Where a process ran its kernels. `recorded`: on a library that stands in for the vendor's."""

    device: Device
    recorded: bool = False


@dataclass(frozen=True)
class Run:
    """One process. `place` is None where it never asked for a device, or where its file tells of several."""

    place: Place | None
    answers: frozenset[tuple[str, int]]


def read_runs(folder: Path) -> Iterator[Run]:
    """Every process that wrote into `folder`."""
    for path in sorted(folder.glob("*.ran")):
        yield _run([line.split("\t") for line in path.read_text(encoding="utf-8", errors="replace").splitlines()])


def _run(facts: list[list[str]]) -> Run:
    places = {_place(*fact[1:4]) for fact in facts if fact[0] == "device" and len(fact) == 4}
    answers = frozenset((fact[1], int(fact[2])) for fact in facts if fact[0] == "entry" and len(fact) == 3)
    return Run(places.pop() if len(places) == 1 else None, answers)


def _place(kind: str, chosen: str, library: str) -> Place:
    """A vendor's library that the environment names is taken for a recording one: the real one is found without."""
    if kind == "amd" and (chosen.startswith("emu:") or Path(library).name == _EMULATOR):
        return Place(Device.EMULATED)
    return Place(Device(kind), bool(library) and kind != "cpu")
