"""Command lines that make no sense: nvcc's exit code, and words that say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

# NVIDIA's nvcc 13.0 ends with 1 for each of these too.
WRONG = [
    (["-rdc=true", "-dw", "x.cu"], "'--device-w (-dw)' is not compatible with '--relocatable-device-code=true"),
    (["-MF", "x.d", "-c", "x.cu"], "requires one of '-M'"),
    (["-lto", "-ptx", "x.cu"], "'-dlto' is not compatible with '-ptx'"),
    (["-jtd=102", "-c", "x.cu"], "must be between [0-101]"),
    (["-opt-info=loops", "-c", "x.cu"], "Value 'loops' is not defined for option 'optimization-info'"),
    (["-split-compile=x", "-c", "x.cu"], "'x': expected a number"),
    (["-maxrregcount", "many", "-c", "x.cu"], "'many': expected a number"),
    (["-O", "-c", "x.cu"], "'-c': expected a number"),
    (["-t=two", "x.cu"], "'two': expected a number"),
    (["-ftemplate-depth=-1", "x.cu"], "'-1': expected a number"),
    (["-gencode", "arch=compute_80", "x.cu"], "missing code"),
    (["-gencode", "arch=compute_90,code=sm_80", "x.cu"], "Incompatible code generation requested"),
    (["-code=sm_80", "x.cu"], "-arch option not specified"),
    (["-arch=sm_80,sm_90", "x.cu"], "Unsupported gpu architecture 'sm_80,sm_90'"),
    (["-rdc", "x.cu"], "'x.cu': expected true or false"),
    (["-std=c++98", "x.cu"], "Value 'c++98' is not defined for option 'std'"),
    (["-default-stream=mine", "x.cu"], "Value 'mine' is not defined for option 'default-stream'"),
    (["-Werror", "x.cu"], "Value 'x.cu' is not defined for option 'Werror'"),
    (["-ofoo", "x.cu"], "Unknown option '-ofoo'"),
    (["-fPIC", "x.cu"], "Unknown option '-fPIC'"),
    (["-MQ"], "argument expected after '-MQ'"),
    (["-c"], "No input files specified"),
    (["-help=1"], "no argument expected after '-help'"),
    (["-optf", "absent.rsp"], "cannot read options file 'absent.rsp'"),
]


@pytest.mark.parametrize(("words", "message"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, list) else None)
def test_wrong_command_lines(fake_nvcc: Callable[..., int], tmp_path: Path, capfd: pytest.CaptureFixture[str], words: list[str],
                             message: str):
    (tmp_path / "x.cu").write_text("")
    assert fake_nvcc(*words) == 1
    captured = capfd.readouterr()
    assert captured.err.startswith("nvcc fatal   : ") and message in captured.err and captured.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["x.cu"]


def test_what_only_overrides_is_a_warning(fake_nvcc: Callable[..., int], tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    (tmp_path / "x.cu").write_text("")
    assert fake_nvcc("-G", "-lineinfo", "-c", "x.cu", "-arch=gfx1100") == 0
    assert capfd.readouterr().err == "nvcc warning : '--device-debug (-G)' overrides '--generate-line-info (-lineinfo)'\n"


def test_clean_deletes_what_would_be_made(fake_nvcc: Callable[..., int], tmp_path: Path):
    (tmp_path / "x.cu").write_text("int main() { return 0; }\n")
    for words, made in ((["-c", "-MD"], ["x.d", "x.o"]), (["-o", "app"], ["app"]), (["-ptx"], ["x.ptx"])):
        command = ["x.cu", *words, "-arch=sm_80", "--targets=none"]
        assert fake_nvcc(*command) == 0
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*made, "x.cu"])
        assert fake_nvcc(*command, "-clean") == 0
        assert [path.name for path in tmp_path.iterdir()] == ["x.cu"]
