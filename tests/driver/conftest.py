"""A target that compiles in no time, so that the driver is tested by itself."""

from __future__ import annotations

import os
import sys
import time
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from crosswarp.driver import arch_names
from crosswarp.driver.images import target_fingerprint
from crosswarp.ir.facts import TargetFacts
from crosswarp.targets.base import ImageKind, Stage, StageContext, Target, TargetOptions


class FakeTarget(Target):
    """Its image is the upper-cased IR; architecture `gfx_slow` waits to be interrupted, `gfx_bad` crashes."""

    name = "fake"
    image_kind = ImageKind.AMDGPU

    def __init__(self, kind: ImageKind = ImageKind.AMDGPU) -> None:
        self.image_kind = kind

    def archs(self) -> tuple[str, ...]:
        return ("gfx1100", "gfx942", "gfx90a", "gfx1201", "gfx_slow", "gfx_bad", "x86-64-v3")

    def facts(self, arch: str) -> TargetFacts:
        return TargetFacts(arch, "", "")

    def stages(self, arch: str, options: TargetOptions) -> dict[str, Stage]:
        def lower(data: bytes, context: StageContext) -> bytes:
            if arch == "gfx_slow":
                (context.workdir / "half").write_bytes(b"half")
                print("waiting", os.getpid(), flush=True)
                time.sleep(60)
            if arch == "gfx_bad":
                raise ZeroDivisionError
            return data.upper()

        return {f"{arch}.ll": lower, f"{arch}.image": lambda data, context: b"IMAGE " + data[:64]}

    def fingerprint(self) -> str:
        return "fake-1"


def fake_registry() -> types.ModuleType:
    """A stand-in for `crosswarp.targets.registry`."""

    def target_for(arch: str) -> Target:
        kind = ImageKind.PTX if arch.startswith("sm_") else ImageKind.CPU if arch.startswith("x86") else ImageKind.AMDGPU
        return FakeTarget(kind)

    module = types.ModuleType("crosswarp.targets.registry")
    module.target_for = target_for  # type: ignore[attr-defined]
    return module


def fake_canonical_arch(name: str) -> str:
    """A stand-in for `arch_names.canonical_arch`."""
    if name == "cpu":
        return "x86-64-v3"
    if name not in FakeTarget().archs():
        raise KeyError(name)
    return name


@pytest.fixture
def fake_targets(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The driver sees fake targets only."""
    monkeypatch.setitem(sys.modules, "crosswarp.targets.registry", fake_registry())
    monkeypatch.setattr(arch_names, "canonical_arch", fake_canonical_arch)
    monkeypatch.setattr(arch_names, "known_archs", FakeTarget().archs)
    target_fingerprint.cache_clear()
    yield
    target_fingerprint.cache_clear()


@pytest.fixture
def fake_nvcc(fake_targets: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """nvcc with fake targets in this process, in a folder of the test's own."""
    from crosswarp.driver.nvcc import run_nvcc

    monkeypatch.chdir(tmp_path)
    return lambda *words: run_nvcc([str(word) for word in words])


@pytest.fixture
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """`x.cu` in the test's own folder: the `KERNEL` of the test's module."""
    path = tmp_path / "x.cu"
    path.write_text(request.module.KERNEL)
    return path


def main() -> int:
    """Run nvcc with fake targets as a program: for tests that send it signals."""
    sys.modules["crosswarp.targets.registry"] = fake_registry()
    arch_names.canonical_arch, arch_names.known_archs = fake_canonical_arch, FakeTarget().archs
    from crosswarp.driver.nvcc import main as nvcc

    return nvcc()


if __name__ == "__main__":
    sys.exit(main())
