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


def test_page_with_links(tmp_path: Path):
    assert coverage("--report", "-q", "-o", tmp_path / "x.html", "--repository", "https://example.org/tree/").stderr == ""
    assert '"repository":"https://example.org/tree/"' in (tmp_path / "x.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("to_file", [False, True])
def test_figures(to_file: bool, tmp_path: Path):
    result = coverage("--report", "--format", "json", *(["-o", tmp_path / "x.json"] if to_file else []))
    assert json.loads((tmp_path / "x.json").read_text() if to_file else result.stdout) == figures()


def test_page_to_standard_output():
    assert coverage("--report", "-o", "-").stdout.startswith("<!doctype html>")


@pytest.mark.parametrize("words", [["."], ["--api", "cudaMalloc"], ["--format", "sarif"]])
def test_what_makes_no_sense(words: list[str]):
    result = coverage("--report", *words)
    assert result.exit_code == 2 and "--report shows the whole catalogue" in result.stderr


def test_a_folder_that_is_not_there(tmp_path: Path):
    result = coverage("--report", "-o", tmp_path / "none" / "x.html")
    assert result.exit_code == 2 and "No such file" in result.stderr
