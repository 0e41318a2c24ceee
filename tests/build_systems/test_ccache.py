"""ccache with our nvcc: a hit for the same compilation, a miss for whatever changes the output."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build_systems.workplace import Project

CPU_ONLY = {"CROSSWARP_TARGETS": "cpu"}


class Cached:
    """A source that is compiled through ccache. Calling it compiles, and tells whether that was a hit."""

    def __init__(self, work: Project, nvcc: Path) -> None:
        self.work, self.nvcc = work, nvcc
        self.hits = 0
        self.age(3600)

    def age(self, seconds: float) -> None:
        """ccache trusts no file that is as new as the compilation."""
        for path in self.work.folder.rglob("*"):
            os.utime(path, (time.time() - seconds,) * 2)

    def __call__(self, *words: str | Path, **variables: str | Path) -> bool:
        self.work("ccache", self.nvcc, *words, "-c", "main.cu", "-o", "main.o", **{**CPU_ONLY, **variables})
        hits = sum(map(int, re.findall(r"(?:direct|preprocessed)_cache_hit\t(\d+)", self.work("ccache", "--print-stats").stdout)))
        before, self.hits = self.hits, hits
        return self.hits > before


@pytest.fixture
def cached(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None]) -> Cached:
    needs("ccache")
    return Cached(project("one_source"), toolkit / "bin" / "nvcc")


def test_hits_and_misses(cached: Cached):
    """The second time is a hit; another header, target or configuration is a miss, and so is another flag."""
    header, configuration = cached.work.folder / "header.h", cached.work.folder / "crosswarp.toml"
    assert [cached("-arch=sm_80"), cached("-arch=sm_80")] == [False, True]
    header.write_text("#define STEP 2\n")
    assert not cached("-arch=sm_80")
    assert not cached("-arch=sm_80", CROSSWARP_TARGETS="gfx1100")
    configuration.write_text('[targets]\ndefault = ["cpu"]\ncuda_arch = 700\n')
    assert not cached("-arch=sm_80")
    configuration.write_text('[targets]\ndefault = ["cpu"]\ncuda_arch = 750\n')
    assert not cached("-arch=sm_80")
    configuration.unlink()
    assert cached("-arch=sm_80")


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["direct", "preprocessor", "depend"])
def test_modes(cached: Cached, mode: str):
    """Whatever mode is asked for, no result comes from the cache that nvcc would not make now."""
    variables = {"direct": {}, "preprocessor": {"CCACHE_NODIRECT": "1"}, "depend": {"CCACHE_DEPEND": "1"}}[mode]
    words = ("-MD", "-MF", "main.d")
    seen = [cached(*words, **variables) for _ in range(2)]
    assert seen == [False, mode != "depend"]
    assert not cached(*words, "-O2", **variables)
    assert not cached(*words, **variables, CROSSWARP_TARGETS="gfx1100")
    assert not cached(*words, **variables, CROSSWARP_CUDA_ARCH="700")
    assert not cached(*words, **variables, NVCC_APPEND_FLAGS="-lineinfo")
    (cached.work.folder / "header.h").write_text("#define STEP 2\n")
    assert not cached(*words, **variables)


@pytest.mark.slow
def test_relocatable_code(cached: Cached):
    seen = [cached("-dc"), cached("-dc"), cached("-dc", CROSSWARP_TARGETS="gfx1100"), cached("-rdc=true")]
    assert seen[:3] == [False, True, False]


@pytest.mark.slow
def test_cmake(project: Callable[..., Project], toolkit: Path, needs: Callable[..., None]):
    """The recipe of docs/build-systems.md."""
    needs("ccache", "cmake", "g++")
    work = project("one_source")
    for folder in ("first", "second"):
        work("cmake", f"-B{folder}", "-S.", "-DCMAKE_CUDA_COMPILER_LAUNCHER=ccache", CUDACXX=toolkit / "bin" / "nvcc", **CPU_ONLY)
        work("ccache", "-z")
        work("cmake", "--build", folder, **CPU_ONLY)
        assert work.runs(f"{folder}/app") == "42\n"
    assert "preprocessed_cache_hit\t1" in work("ccache", "--print-stats").stdout
