"""What tests of the driver with fake targets (conftest.py) share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

Nvcc = Callable[..., int]
# nvcc with fake targets as a program of its own.
FAKE_NVCC = (sys.executable, str(Path(__file__).with_name("conftest.py")))


def names(folder: Path) -> list[str]:
    """What a folder holds, in order."""
    return sorted(path.name for path in folder.iterdir())
