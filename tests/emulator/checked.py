"""Runs emulated code with checks switched on, in a process of its own, and returns what was found.

As a script it reads cases from standard input and prints the findings of each after its name.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

MARK = "== "


@dataclass(frozen=True)
class Case:
    """A code object with the kernel `k`, launched with one buffer of zeros; or, without `threads`, code for one bare wave."""

    arch: str
    lanes: int
    code: bytes
    threads: int = 0
    kernel: str = "k"


def findings(cases: Mapping[str, Case], checks: str = "1") -> dict[str, list[str]]:
    """What is found in each case: the lines of standard error."""
    rows = [[name, case.arch, case.lanes, b64encode(case.code).decode(), case.threads, case.kernel] for name, case in cases.items()]
    done = subprocess.run(
        [sys.executable, "-m", "tests.emulator.checked"], input=json.dumps(rows), capture_output=True, text=True, check=False,
        env={**os.environ, "CROSSWARP_EMU_CHECK": checks},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = {}
    for part in done.stderr.split(MARK)[1:]:
        name, *lines = part.splitlines()
        found[name] = lines
    assert list(found) == list(cases)
    return found


def _run_wave(arch: str, lanes: int, code: bytes) -> None:
    """v[0:1] and s[0:1] hold an address of memory that holds the same address, v2 an address in LDS for each lane."""
    from crosswarp.targets.amdgpu.emulator.wave import Wave

    wave, memory = Wave(arch, lanes), np.zeros(64, np.uint64)
    memory[:] = address = memory.ctypes.data
    for registers in (wave.vgpr, wave.sgpr):
        registers[0], registers[1] = address & 0xFFFFFFFF, address >> 32
    wave.vgpr[2] = 4 * np.arange(lanes)
    wave.run(code)


def _run_kernel(case: Sequence[object]) -> None:
    from crosswarp.targets.amdgpu.emulator.launch import Module

    _, arch, _, code, threads, name = case
    Module(b64decode(str(code)), str(arch)).kernel(str(name)).launch(1, int(str(threads)), [np.zeros(4096, np.uint32)])


def main() -> None:
    """Runs the cases of standard input."""
    for case in json.load(sys.stdin):
        print(f"{MARK}{case[0]}", file=sys.stderr, flush=True)
        if case[4] == 0:
            _run_wave(case[1], case[2], b64decode(case[3]))
        else:
            _run_kernel(case)


if __name__ == "__main__":
    main()
