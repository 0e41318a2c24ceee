"""`crosswarp coverage --report`: the page and the figures, where they are asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from crosswarp.cuda_api_coverage.report.figures import figures
from crosswarp.driver.cli import cli


def coverage(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["coverage", *map(str, words)])


def test_page_in_this_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    result = coverage("--report")
    assert result.exit_code == 0 and result.stdout == ""
    assert (tmp_path / "crosswarp-coverage.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "wrote crosswarp-coverage.html" in result.stderr


def test_page_with_links_to_standard_output():
    result = coverage("--report", "-o", "-", "--repository", "https://example.org/tree/")
    assert '"repository":"https://example.org/tree/"' in result.stdout and result.stderr == ""


def test_figures_to_a_file(tmp_path: Path):
    assert coverage("--report", "--format", "json", "-o", tmp_path / "x.json").exit_code == 0
    assert json.loads((tmp_path / "x.json").read_text()) == json.loads(json.dumps(figures()))


@pytest.mark.parametrize("words", [["."], ["--api", "cudaMalloc"], ["--format", "sarif"]])
def test_what_makes_no_sense(words: list[str]):
    result = coverage("--report", *words)
    assert result.exit_code == 2 and "--report" in result.stderr


def test_a_folder_that_is_not_there(tmp_path: Path):
    result = coverage("--report", "-o", tmp_path / "none" / "x.html")
    assert result.exit_code == 2 and "No such file" in result.stderr
