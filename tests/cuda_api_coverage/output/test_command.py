"""`crosswarp coverage` as a user calls it: exit codes, files, where things go."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from crosswarp.cuda_api_coverage.catalogue.load import catalogue
from crosswarp.cuda_api_coverage.catalogue.model import Device
from crosswarp.cuda_api_coverage.output.findings import FailOn
from crosswarp.driver import coverage as command
from crosswarp.driver.coverage_progress import lines

COMMAND = (sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())", "coverage")
GOOD = "int main() { void *p; return cudaMalloc(&p, 4); }\n"
BAD = '#include <cublas_v2.h>\nvoid f(cublasHandle_t h) { cublasSgemm(h, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0); }\n'


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`good/a.cu`, `bad/b.cu`, `empty/`, and the working folder above them."""
    for name, text in (("good/a.cu", GOOD), ("bad/b.cu", BAD)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def coverage(*words: str | Path) -> Result:
    return CliRunner().invoke(command.coverage_command, [str(word) for word in words])


def test_the_command_knows_the_devices_and_conditions() -> None:
    assert {device.value for device in Device} == set(command.DEVICES)
    assert {condition.value for condition in FailOn} == set(command.CONDITIONS)


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(("words", "code"), [
    (["good"], 0),
    (["bad"], 1),
    (["good", "bad"], 1),
    (["bad", "--fail-on", "never"], 0),
    (["bad", "--fail-on", "missing"], 1),
    (["bad", "--device", "cpu", "--fail-on", "missing"], 1),
    (["good", "--fail-on", "problems", "--fail-on", "unknown"], 0),
    (["bad", "--family", "runtime"], 0),
    (["bad", "--exclude", "b.cu"], 3),
    (["bad", "--exclude", "!"], 2),
    (["empty"], 3),
    (["nowhere"], 2),
    (["good", "--device", "tpu"], 2),
    (["good", "--family", "none"], 2),
    (["good", "--max-size", "x"], 2),
    (["good", "--max-size", "0"], 2),
    (["good", "--jobs", "0"], 2),
    (["good", "-o", "nowhere/x.json"], 2),
    (["good", "--baseline", "good/a.cu"], 2),
    (["-o", "x.json"], 2),
    (["good", "--list"], 2),
    (["good", "--report"], 2),
    (["good", "--api", "cudaMalloc"], 2),
    (["--api", "cudaMalloc", "-o", "x.json"], 2),
    (["--api", "cudaMalloc", "--format", "sarif"], 2),
    (["--report", "--format", "markdown"], 2),
    (["--format", "html"], 2),
    (["--binaries"], 2),
    (["--api", "cudaMalloc"], 0),
    (["--api", "cudaMaloc"], 1),
    ([], 0),
])
def test_exit_codes(words: list[str], code: int) -> None:
    assert coverage(*words).exit_code == code, coverage(*words).output


@pytest.mark.usefixtures("tree")
def test_a_file_that_cannot_be_read_alone_is_nothing() -> None:
    Path("x.bin").write_bytes(b"MZ\0\0")
    result = coverage("x.bin")
    assert result.exit_code == 3
    assert "not text, 1 time" in result.stdout
    assert coverage("x.bin", "good").exit_code == 0
    assert coverage("x.bin", "good", "--fail-on", "problems").exit_code == 1


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(("name", "start"), [
    ("x.json", '{"format":'), ("x.sarif", '{"$schema":'), ("x.md", "## CUDA"), ("x.html", "<!"), ("x", "")])
def test_the_format_of_a_file_follows_its_suffix(name: str, start: str) -> None:
    result = coverage("bad", "-o", name, "-q")
    assert (result.exit_code, result.stdout) == (1, "")
    assert Path(name).read_text().lstrip().startswith(start)
    assert coverage("bad", "-o", name, "--format", "json").exit_code == 1
    assert json.loads(Path(name).read_text())["root"] == str(Path.cwd())


@pytest.mark.usefixtures("tree")
def test_a_baseline_lets_old_findings_pass() -> None:
    assert coverage("bad", "-o", "old.json").exit_code == 1
    result = coverage("bad", "--baseline", "old.json")
    assert result.exit_code == 0
    assert "0 of " in result.stderr
    Path("bad/c.cu").write_text(BAD)
    result = coverage("bad", "--baseline", "old.json")
    assert result.exit_code == 1
    assert "findings are not in the baseline" in result.stderr
    assert "\n  missing: cublasSgemm in bad/c.cu\n" in result.stderr


@pytest.mark.usefixtures("tree")
def test_quiet_is_the_verdict_alone() -> None:
    lines = coverage("bad", "-q").stdout.splitlines()
    assert "missing on AMD GPUs: " in lines[0]
    assert all(line.endswith(".") for line in lines)


@pytest.mark.usefixtures("tree")
def test_words_after_two_dashes_are_clangs() -> None:
    assert coverage("good", "--", "-DX", "--help").exit_code == 0
    assert "-- FLAGS goes with a PATH only" in coverage("--", "-DX").stderr


@pytest.mark.usefixtures("tree")
def test_a_name_that_is_not_utf8() -> None:
    Path(os.fsdecode(b"good/\xff.cu")).write_text(BAD)
    for kind in command.FORMATS:
        result = coverage("good", "--format", kind)
        assert result.exit_code == 1
        assert "%FF.cu" in result.stdout if kind == "sarif" else "xff" in result.stdout


def test_sizes() -> None:
    convert = command.Size().convert
    assert [convert(text, None, None) for text in ("5", "64K", "16m", "1GB")] == [5, 65536, 16 << 20, 1 << 30]


def test_one_record() -> None:
    text = coverage("--api", "cudaMalloc").stdout
    for part in ("CUDA runtime API (function)", "runtime_shim/api/memory/cudaMalloc.cpp", "of 772 public programs", "NVIDIA GPUs"):
        assert part in text
    (found,) = json.loads(coverage("--api", "cudaMalloc", "--format", "json", "--family", "runtime").stdout)
    assert set(found["devices"]) == set(command.DEVICES)


@pytest.mark.parametrize(("word", "names"), [
    ("cuMemAlloc_v2", {"cuMemAlloc"}),
    ("-arch=sm_80", {"--gpu-architecture"}),
    ("cooperative_groups::this_grid", {"this_grid"}),
    ("add.f32", {"add(|.rn|.rz|.rm|.rp)[.ftz][.sat].f32"}),
    ("sync", {"thread_block::sync", "grid_group::sync"}),
    ("--std", {"--std"}),
])
def test_a_record_is_found_by_what_a_source_or_a_command_line_has(word: str, names: set[str]) -> None:
    found = json.loads(coverage("--api", word, "--format", "json").stdout)
    assert names <= {record["name"] for record in found}


def test_a_misspelt_name_has_close_ones() -> None:
    assert "did you mean cudaMalloc" in coverage("--api", "cudaMaloc").stderr
    assert "\nfamily" in coverage("--api", "CUDAMALLOC").stdout
    assert coverage("--api", "\x1b[31m").stderr == "'\\x1b[31m' is in no record of the catalogue\n"


def test_the_catalogue_is_a_table_a_list_and_figures() -> None:
    total = f"{len(catalogue().entries):,}"
    assert total in coverage().stdout
    assert "13.0" in coverage("--counts").stdout
    assert "CUDA's APIs on emulated AMD GPUs" in coverage("--device", "emulated").stdout
    assert len(coverage("--list").stdout.splitlines()) == len(catalogue().entries)
    assert "cudaMalloc: implemented" in coverage("--list", "--family", "runtime").stdout.splitlines()
    assert json.loads(coverage("--format", "json").stdout)["total"]["entries"] == len(catalogue().entries)


def test_a_reader_that_stops_is_no_error(tree: Path) -> None:
    script = f"{shlex.join(COMMAND)} --list | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, cwd=tree)
    assert done.stdout.endswith("\n0\n")
    assert done.stderr == ""


def test_progress_on_a_terminal_is_a_bar_on_standard_error(tree: Path) -> None:
    """And none with -q; results are the same as in a pipe but for colours, which only a terminal on standard output gets."""
    for words, bar in (((), True), (("-q",), False)):
        ours, theirs = os.openpty()
        terminal = {**os.environ, "TERM": "xterm"}
        done = subprocess.run([*COMMAND, "good", *words], stdout=subprocess.PIPE, stderr=theirs, cwd=tree, env=terminal)
        os.close(theirs)
        try:
            shown = os.read(ours, 1 << 16)
        except OSError:  # nothing was written, and nobody is there to write
            shown = b""
        os.close(ours)
        assert (done.returncode, b"reading" in shown, b"\x1b[" in done.stdout) == (0, bar, False)


def test_progress_without_a_terminal_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    now = 0.0
    report = lines(lambda: now)
    for now in (0.5, 1.9, 2.1, 3.0, 7.2, 12.5):
        report(int(now * 100), 1000)
    assert capsys.readouterr().err == "crosswarp coverage: 210 of 1,000 files\ncrosswarp coverage: 720 of 1,000 files\n"
