"""A project's own copy, and the commands that a user runs in it."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Project:
    """A copy of one of `projects/`, and its empty environment. Calling it runs a command in its folder to its end."""

    folder: Path
    environment: Mapping[str, str]

    def __call__(self, *words: str | Path, check: bool = True, cwd: Path | None = None, timeout: float = 300,
                 **variables: str | Path) -> subprocess.CompletedProcess[str]:
        """Run with `variables` in the environment too. With `check`, a status other than 0 fails and shows what was printed."""
        environment = {**self.environment, **{name: str(value) for name, value in variables.items()}}
        done = subprocess.run([*map(str, words)], cwd=cwd or self.folder, env=environment, capture_output=True, text=True,
                              errors="replace", timeout=timeout, check=False)
        if check and done.returncode:
            pytest.fail(f"status {done.returncode}: {' '.join(map(str, words))}\n{done.stdout}{done.stderr}", pytrace=False)
        return done

    def runs(self, program: str, *arguments: str, **variables: str | Path) -> str:
        """What a built program prints on the CPU device."""
        return self(self.folder / program, *arguments, CROSSWARP_DEVICE="cpu", **variables).stdout
