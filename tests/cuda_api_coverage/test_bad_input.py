"""`crosswarp coverage` as a user calls it, on what is no source: told and counted, with the exit codes of docs/coverage.md."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-c", "import sys; from crosswarp.driver.cli import main; sys.exit(main())", "coverage", "--quiet"]


def coverage(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / "build").mkdir(parents=True)
    (folder / "good.cu").write_text("int main() { return cudaDeviceSynchronize(); }\n")
    (folder / "loop").symlink_to(".")
    (folder / "self.cu").symlink_to("self.cu")
    (folder / "dead.cu").symlink_to("nowhere")
    os.mkfifo(folder / "pipe.cu")
    (folder / "latin.cu").write_bytes(b"// \xff\nint a = cudaSetDevice(0);\n")
    (folder / "open.cu").write_text("int b; /* cudaMalloc")
    (folder / "zeros.cu").write_bytes(b"\0\1cudaMalloc")
    (folder / "large.cu").write_text("int c = cudaGetLastError();\n" * 4000)
    (folder / "cut.o").write_bytes(Path(sys.executable).resolve().read_bytes()[:3000])
    (folder / "build" / "compile_commands.json").write_text("{broken")
    return folder


def test_everything_bad_is_told_and_the_rest_is_read(tree):
    done = coverage(tree, "--binaries", "--format", "json", "--max-size", "64K")
    report = json.loads(done.stdout)
    told = [problem["what"] for entry in (report, *report["files"]) for problem in entry["problems"]]
    assert (done.returncode, done.stderr) == (0, "")
    assert set(told) == {"symlink loop", "dead link", "not a file", "not UTF-8", "unterminated", "not text", "too large",
                         "damaged binary", "bad compile database"}
    assert {"cudaDeviceSynchronize", "cudaSetDevice", "cudaGetLastError"} <= {api["name"] for api in report["apis"]}
    assert report["summary"]["problems"] == len(told)


def test_problems_fail_a_scan_that_asks_for_it(tree):
    assert coverage(tree, "--fail-on", "problems").returncode == 1


def test_nothing_that_could_be_read_is_a_code_of_its_own(tree, tmp_path):
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "empty", tree / "pipe.cu", tree / "cut.o"):
        assert coverage(path).returncode == 3, path


def test_a_path_that_is_not_there_is_wrong_usage(tmp_path):
    done = coverage(tmp_path / "nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr
