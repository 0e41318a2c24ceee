"""What one process wrote about itself (`runtime_shim/evidence/`, `driver/evidence.py`), a fact a line, fields by tabs.

`<process>.ran`, by programs:

- `file`, a file that the program is made of: itself, and what it had loaded when it first asked for a device
- `device`, kind, `CROSSWARP_DEVICE`, the variable that names the vendor's library
- `entry`, symbol, what it answered
- `launch`, digest of the image, mangled name of the kernel

`<process>.compiled`, by compilers:

- `command`, exit code, working folder, nvcc's words as JSON
- `made`, digest of the image, digest of its portable IR, architecture, number of the process that asked for it
- `built`, a file, a source of it: by tests that run another compiler
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crosswarp.cuda_api_coverage.catalogue.model import Device

_EMULATOR = "libcrosswarp_amdhip64.so"
Fact = list[str]


@dataclass(frozen=True)
class Place:
    """Where a process ran its kernels. `recorded`: on a library that stands in for the vendor's."""

    device: Device
    recorded: bool = False


@dataclass(frozen=True)
class Launch:
    """A kernel that was started: the digest of its image, and its mangled name."""

    image: str
    kernel: str


@dataclass(frozen=True)
class Run:
    """One process. `place` is None where it never asked for a device, or where its file tells of several."""

    place: Place | None
    answers: frozenset[tuple[str, int]] = frozenset()
    launches: frozenset[Launch] = frozenset()
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Command:
    """One nvcc command that succeeded."""

    process: str
    folder: Path
    words: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """An image, and the process that asked for it, which is that of the command or a child of it."""

    image: str
    portable: str
    processes: tuple[str, ...]


def read_runs(folder: Path) -> Iterator[Run]:
    """Every process that wrote into `folder`."""
    for path in sorted(folder.glob("*.ran")):
        facts = _facts(path)
        places = {_place(*fact[1:4]) for fact in facts if fact[0] == "device" and len(fact) == 4}
        yield Run(
            places.pop() if len(places) == 1 else None,
            frozenset((fact[1], int(fact[2])) for fact in facts if fact[0] == "entry" and len(fact) == 3),
            frozenset(Launch(*fact[1:]) for fact in facts if fact[0] == "launch" and len(fact) == 3),
            frozenset(fact[1] for fact in facts if fact[0] == "file" and len(fact) == 2),
        )


def read_compiled(folder: Path) -> Iterator[Command | Made | tuple[str, str]]:
    """What compilers wrote into `folder`: commands, images, and files with a source of each."""
    for path in sorted(folder.glob("*.compiled")):
        for fact in _facts(path):
            if fact[0] == "command" and fact[1] == "0" and len(fact) == 4:
                yield Command(path.stem, Path(fact[2]), tuple(json.loads(fact[3])))
            elif fact[0] == "made" and len(fact) == 5:
                yield Made(fact[1], fact[2], (path.stem, fact[4]))
            elif fact[0] == "built" and len(fact) == 3:
                yield fact[1], fact[2]


def _facts(path: Path) -> list[Fact]:
    """The whole lines of a file: the last one may be cut where a process was killed."""
    lines = path.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
    return [line.split("\t") for line in lines[:-1]]


def _place(kind: str, chosen: str, library: str) -> Place:
    """A vendor's library that the environment names is taken for a recording one: the real one is found without."""
    if kind == "amd" and (chosen.startswith("emu:") or Path(library).name == _EMULATOR):
        return Place(Device.EMULATED)
    return Place(Device(kind), bool(library) and kind != "cpu")
