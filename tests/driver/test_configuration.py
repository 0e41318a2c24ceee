"""What compiler caches must see besides the command line and the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.driver import configuration
from crosswarp.driver.options import parse
from crosswarp.driver.request import configured_request


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("CROSSWARP_TARGETS", "cpu")


def digest(*words: str) -> str:
    return configuration.configuration_digest(configured_request(parse(["-c", "x.cu", *words])))


def test_the_same_twice():
    assert digest() == digest()
    assert configuration.CHANGEABLE.is_file()


@pytest.mark.parametrize(("variable", "value"), [("CROSSWARP_TARGETS", "gfx1100"), ("CROSSWARP_CUDA_ARCH", "700"),
                                                 ("CROSSWARP_CUBIN", "on"), ("NVCC_APPEND_FLAGS", "-G"), ("NVCC_CCBIN", "g++")])
def test_variables_count(monkeypatch: pytest.MonkeyPatch, variable: str, value: str):
    before = digest()
    monkeypatch.setenv(variable, value)
    assert digest() != before


def test_the_compiler_counts(monkeypatch: pytest.MonkeyPatch):
    before = digest()
    monkeypatch.setattr(configuration, "VERSION", "99")
    assert digest() != before


def test_targets_of_the_command_line_count():
    assert digest("--targets=gfx942") != digest()
