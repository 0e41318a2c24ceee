"""Tools that end by a signal: memory that could not be read is tried again, everything else is told at once."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from crosswarp.support.diagnostics import ToolError
from crosswarp.support.toolchain import run_tool

# Ends by a signal as often as the first argument says, and notes each run in a file.
_SCRIPT = 'echo run >> "$2"; if [ "$(wc -l < "$2")" -le "$1" ]; then kill -s "$3" $$; fi; echo made'


def _run(failures: int, log: Path, name: str) -> bytes:
    return run_tool(["sh", "-c", _SCRIPT, "tool", str(failures), str(log), name]).stdout


def test_a_run_that_sigbus_ended_is_repeated_once(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert _run(1, tmp_path / "log", "BUS") == b"made\n"
    assert "was ended by SIGBUS; it is run once more" in capfd.readouterr().err


@pytest.mark.parametrize(("name", "runs"), [("BUS", 2), ("SEGV", 1), ("KILL", 1)])
def test_a_signal_that_comes_again_or_is_another_is_an_error(name: str, runs: int, tmp_path: Path) -> None:
    with pytest.raises(ToolError) as caught:
        _run(9, tmp_path / "log", name)
    assert caught.value.returncode == -getattr(signal, f"SIG{name}")
    assert (tmp_path / "log").read_text().count("run") == runs
