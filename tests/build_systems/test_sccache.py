"""sccache with our nvcc. It runs the steps that `nvcc -dryrun` prints, and keeps the results of the compiling ones."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crosswarp.driver.steps.version import version_word

from tests.build_systems.workplace import Project


class Cached:
    """A source that is compiled through sccache. Calling it compiles, and gives the numbers of hits and misses."""

    def __init__(self, work: Project, nvcc: Path) -> None:
        self.work, self.nvcc = work, nvcc
        folder = work.folder.parent / "sccache"
        self.variables = {"SCCACHE_DIR": folder, "SCCACHE_SERVER_UDS": folder.with_suffix(".socket"), "SCCACHE_IDLE_TIMEOUT": "60"}

    def __call__(self, *words: str | Path, **variables: str | Path) -> tuple[int, int]:
        self.sccache("--zero-stats")
        self.sccache(self.nvcc, *words, "main.cu", "-o", "main.o", **variables)
        statistics = json.loads(self.sccache("--show-stats", "--stats-format=json"))["stats"]
        hits, misses = (sum(statistics[f"cache_{kind}"]["counts"].values()) for kind in ("hits", "misses"))
        return hits, misses

    def sccache(self, *words: str | Path, **variables: str | Path) -> str:
        return self.work("sccache", *words, **{**self.variables, **variables}).stdout

    def output(self) -> str:
        """What the program of the object prints; it is linked without sccache."""
        self.work(self.nvcc, "main.o", "-o", "main")
        return self.work.runs("main")


@pytest.fixture
def cached(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None]) -> Iterator[Cached]:
    needs("sccache", "g++")
    cached = Cached(project("one_source"), toolkit / "bin" / "nvcc")
    yield cached
    cached.work("sccache", "--stop-server", check=False, **cached.variables)  # a test may have started none


def test_hits_and_misses(cached: Cached):
    """The second build is all hits and the same object; a header, macro or target that changes is seen."""
    variables = {"CROSSWARP_TARGETS": "cpu"}
    assert cached("-c", "-arch=sm_80", **variables) == (0, 4)  # host side, portable IR, PTX, CPU code
    first = (cached.work.folder / "main.o").read_bytes()
    assert cached("-c", "-arch=sm_80", **variables) == (4, 0)
    assert (cached.work.folder / "main.o").read_bytes() == first
    assert cached("-c", "-arch=sm_80", CROSSWARP_TARGETS="cpu,gfx1100") == (4, 1), "another target is one more image"
    before = cached.output()
    (cached.work.folder / "header.h").write_text("#define STEP 2\n")
    _, misses = cached("-c", "-arch=sm_80", **variables)
    assert misses >= 2 and cached.output() != before
    cached.work(cached.nvcc, "-c", "-arch=sm_80", "main.cu", "-o", "direct.o", CROSSWARP_TARGETS="cpu")
    assert (cached.work.folder / "main.o").read_bytes() == (cached.work.folder / "direct.o").read_bytes()


@pytest.mark.slow
def test_configuration(cached: Cached):
    """What nvcc finds in files and in the environment is in the steps' words."""
    configuration = cached.work.folder / "crosswarp.toml"
    configuration.write_text('[targets]\ndefault = ["cpu"]\ncuda_arch = 700\n')
    assert cached("-c") == (0, 3)
    configuration.write_text('[targets]\ndefault = ["cpu"]\ncuda_arch = 750\n')
    assert cached("-c") == (0, 3)
    assert cached("-c", NVCC_APPEND_FLAGS="-O2 --targets=gfx942")[1] > 0
    assert cached("-c") == (3, 0)
    assert cached("-dc")[1] > 0 and cached("-dc")[1] == 0


def test_another_version_is_another_step(cached: Cached):
    done = subprocess.run([cached.nvcc, "-dryrun", "-c", "main.cu", "--targets=cpu,sm_80"], cwd=cached.work.folder,
                          capture_output=True, text=True, check=True)
    compiling = [line for line in done.stderr.splitlines() if line.startswith(("#$ cicc", "#$ cudafe++"))]
    assert len(compiling) == 4 and all(f"--crosswarp {version_word()} " in line for line in compiling)
