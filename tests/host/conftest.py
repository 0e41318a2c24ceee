"""Programs compiled by the drop-in nvcc in a fresh folder and run on the CPU device."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

INPUTS = Path(__file__).parent / "inputs"
Nvcc = Callable[..., subprocess.CompletedProcess]


@pytest.fixture
def nvcc(tmp_path: Path) -> Nvcc:
    """Runs nvcc; files of `inputs/` are named without a folder."""
    def run(*words: str | Path, check: bool = True) -> subprocess.CompletedProcess:
        given = [str(INPUTS / word) if (INPUTS / word).is_file() else str(word) for word in words]
        done = subprocess.run([sys.executable, "-m", "crosswarp.driver.nvcc", "--targets=cpu,only", *given], cwd=tmp_path,
                              capture_output=True, text=True)
        assert not check or done.returncode == 0, done.stderr
        return done

    return run


@pytest.fixture
def output(tmp_path: Path) -> Callable[..., str]:
    """What a program prints; it must end with 0."""
    def run(program: str, *arguments: str, **environment: str) -> str:
        done = subprocess.run([str(tmp_path / program), *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "CROSSWARP_DEVICE": "cpu", **environment})
        assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    return run
