"""The yardstick script itself, on a small suite made here: what compiles counts, what does not is reported by its first error."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "programs.py"


@pytest.fixture(scope="module")
def programs() -> ModuleType:
    spec = importlib.util.spec_from_file_location("programs", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def suite(programs: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "OUT", tmp_path / "out")
    (tmp_path / "out").mkdir()
    root = tmp_path / "pack-1.0"
    (root / "cuda" / "deep").mkdir(parents=True)
    (root / "include").mkdir()
    (root / "include" / "scale.h").write_text("#define SCALE 3\n")
    (root / "cuda" / "good.cu").write_text('#include "scale.h"\n__global__ void k(int *p) { p[threadIdx.x] *= SCALE; }\n')
    (root / "cuda" / "deep" / "bad.cu").write_text("__global__ void k(int *p) { p[0] = missing; }\n")
    made = programs.Suite("pack", "1.0", ("cuda/**/*.cu",), ("include",), ("-std=c++17",))
    return made, root


def options(**changes: object) -> argparse.Namespace:
    return argparse.Namespace(**{"only": "*", "limit": 0, "targets": "cpu", "jobs": 1, **changes})


def test_selects_by_pattern_and_limit(programs: ModuleType, suite) -> None:
    made, root = suite
    assert [path.name for path in programs.select(made, root, options())] == ["bad.cu", "good.cu"]
    assert [path.name for path in programs.select(made, root, options(only="g*"))] == ["good.cu"]
    assert [path.name for path in programs.select(made, root, options(limit=1))] == ["bad.cu"]


def test_counts_what_compiles(programs: ModuleType, suite, crosswarp_nvcc, capsys) -> None:
    made, root = suite
    sources = programs.Sources(made, root, tuple(programs.select(made, root, options())))
    results = programs.compile_all(Console(width=200), crosswarp_nvcc.words[0], sources, options())
    assert [(result.file, result.compiled) for result in results] == [("cuda/deep/bad.cu", False), ("cuda/good.cu", True)]
    assert "missing" in results[0].error
    programs.report(Console(width=200), sources, results)
    assert "undeclared identifier 'missing'" in capsys.readouterr().out
    assert not list((programs.OUT / "objects").iterdir())


@pytest.mark.parametrize(("text", "expected"), [
    ("note: x\n/a/b/c.cu:3:4: error: no such thing\n", "c.cu:3:4: error: no such thing"),
    ("nvcc fatal   : Don't know\n", "nvcc fatal   : Don't know"),
    ("only words\n", "only words"),
    ("", "?"),
])
def test_first_error_drops_paths(programs: ModuleType, text: str, expected: str) -> None:
    assert programs.first_error(text) == expected
