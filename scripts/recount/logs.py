"""What tests' processes wrote of the functions that they called (docs/coverage.md, "Evidence"), read anew."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from recount.symbols import plain

NOT_SUPPORTED = 801
# Functions that answer no error code, or for which any is right.
_ANY = {"cudaGetLastError", "cudaPeekAtLastError", "cudaGetErrorName", "cudaGetErrorString", "cudaCreateChannelDesc",
        "nvrtcGetErrorString"}
# Codes other than success that are what a function is for.
_RIGHT = {
    "cudaStreamQuery": {600}, "cudaEventQuery": {600}, "cuStreamQuery": {600}, "cuEventQuery": {600},
    "cudaIpcOpenMemHandle": {201}, "cudaLibraryGetUnifiedFunction": {500},
}
_NEEDS_NO_DEVICE = re.compile(r"nvrtc\w+|cuda(?:GetErrorName|GetErrorString|RuntimeGetVersion|CreateChannelDesc)|cuGetError\w+")


@dataclass
class Answered:
    """By device: functions that answered a passing test as they should, and all codes that a function ever answered."""

    right: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    codes: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def proven(self, name: str, device: str) -> bool:
        """Whether a passing test used it there."""
        return name in self.right[device]

    def only_refused(self, name: str, device: str) -> bool:
        """Whether it has refused there and never done its work."""
        return NOT_SUPPORTED in self.codes.get((name, device), set()) and not self.succeeded(name, device)

    def succeeded(self, name: str, device: str) -> bool:
        """Whether it has ever done its work there, in whatever test."""
        return bool(self.codes.get((name, device), set()) & {0, *_RIGHT.get(name, ())})


@dataclass(frozen=True)
class _Process:
    device: str  # empty: it never asked for one
    stands_in: bool
    answers: tuple[tuple[str, int], ...]


def read(folders: Iterable[Path]) -> Answered:
    """All runs of tests together."""
    result = Answered()
    for folder in folders:
        for path in sorted(folder.glob("outcomes-*.json")):
            for test in json.loads(path.read_text()):
                for name in test["folders"]:
                    for process in _processes(folder / name):
                        _note(result, process, passed=test["passed"])
    return result


def _note(result: Answered, process: _Process, *, passed: bool) -> None:
    for symbol, code in process.answers:
        name = plain(symbol)
        device = process.device or ("cpu" if _NEEDS_NO_DEVICE.fullmatch(name) else "")
        result.codes[name, device].add(code)
        if passed and not process.stands_in and (code == 0 or name in _ANY or code in _RIGHT.get(name, ())):
            result.right[device].add(name)


def _processes(folder: Path) -> Iterator[_Process]:
    for path in sorted(folder.glob("*.ran")):
        facts = [line.split("\t") for line in path.read_text(errors="replace").split("\n")[:-1]]
        places = {_device(*fact[1:4]) for fact in facts if fact[0] == "device" and len(fact) == 4}
        if len(places) < 2:
            device, stands_in = places.pop() if places else ("", False)
            answers = tuple((fact[1], int(fact[2])) for fact in facts if fact[0] == "entry" and len(fact) == 3)
            yield _Process(device, stands_in, answers)


def _device(kind: str, chosen: str, library: str) -> tuple[str, bool]:
    """The device, and whether a library stood in for the vendor's."""
    if kind == "amd" and (chosen.startswith("emu:") or library.endswith("libcrosswarp_amdhip64.so")):
        return "emulated", False
    return kind, bool(library) and kind != "cpu"
