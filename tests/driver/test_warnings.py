"""Warnings by nvcc's names and numbers."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.driver.options import parse
from crosswarp.driver.warning_numbers import REQUESTED, front_end_words, severities, words_for

from tests.driver.workplace import Nvcc

KERNEL = """\
template <class F> __global__ void run(F f) { f(); }
__global__ void __launch_bounds__(32) bounded() {}
struct Solver {
  int value;
  void implicit() { auto f = [=] __device__ { (void)value; }; run<<<1, 1>>>(f); }
  void named() { auto f = [this] __device__ { (void)value; }; run<<<1, dim3(1, 1), 0, 0>>>(f); }
};
int main() { Solver().implicit(); Solver().named(); bounded<<<1, 1, 0, cudaStreamPerThread>>>(); }
"""
PLACES = {"missing-launch-bounds": ["1:36"], "ext-lambda-captures-this": ["5:30"], "default-stream-launch": ["5:63"]}


@pytest.mark.parametrize("name", PLACES)
def test_warnings_that_clang_does_not_have(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str], name: str):
    words = ["-c", source, "-arch=gfx1100", "--extended-lambda"]
    assert fake_nvcc(*words, f"-W{name}") == 0
    found = [line for line in capfd.readouterr().err.splitlines() if "warning: " in line]
    assert [line.split("x.cu:")[1].split(": warning")[0] for line in found] == PLACES[name]
    assert all(line.endswith(f"[-W{name}]") for line in found)
    assert fake_nvcc(*words, "-Werror", name) == 1
    assert capfd.readouterr().err.count("error: ") == len(PLACES[name])
    assert fake_nvcc(*words) == 0
    assert capfd.readouterr().err == ""


def test_numbers_switch_clangs_warnings(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str]):
    source.write_text("__global__ void k(int *p) { *p = 1; }\nint main() { int unused; return 0; }\n")
    words = ["-c", source, "-arch=gfx1100", "-Xcompiler", "-Wall"]
    for extra, code, said in (([], 0, "warning: unused variable"), (["-diag-suppress", "177"], 0, ""),
                              (["-Xcudafe", "--diag_error=177"], 1, "error:"),
                              (["-Xcudafe", "--diag_suppress=177", "-Xcudafe", "--display_error_number"], 0, "")):
        assert fake_nvcc(*words, *extra) == code, extra
        text = capfd.readouterr().err
        assert (said in text) if said else text == ""


def test_pragmas_of_nvidias_front_end_are_passed_over(fake_nvcc: Nvcc, source: Path, capfd: pytest.CaptureFixture[str]):
    source.write_text("#pragma nv_diag_suppress 177\n#pragma nv_diagnostic push\n#pragma diag_suppress = code\n"
                      "int main() { return 0; }\n")
    assert fake_nvcc("-c", source, "-arch=gfx1100", "-Xcompiler", "-Wall,-Wextra,-Werror") == 0
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(("words", "expected"), [
    ([], {}),
    (["-Wmissing-launch-bounds"], {"missing-launch-bounds": "warning"}),
    (["-Wmissing-launch-bounds", "-Werror=all-warnings"], {"missing-launch-bounds": "error"}),
    (["-Werror", "default-stream-launch"], {"default-stream-launch": "error"}),
    (["-diag-warn", "20178"], {"ext-lambda-captures-this": "warning"}),
    (["-diag-error", "20198"], {"default-stream-launch": "error"}),
    (["-Wdefault-stream-launch", "-diag-suppress", "20198,177"], {}),
    (["-Wdefault-stream-launch", "-w"], {}),
])
def test_severities(words: list[str], expected: dict[str, str]):
    assert severities(parse(words)) == expected


def test_words():
    assert words_for("suppress", ["177-D", "20012", "nonsense", "550"]) == [
        "-Wno-unused-variable", "-Wno-unused-function", "-Wno-unused-local-typedef", "-Wno-unused-but-set-variable",
        "-Wno-unused-but-set-parameter"]
    assert front_end_words(["--diag_error", "940", "--promote_warnings", "--diag_warning=68"]) == [
        "-Werror=return-type", "-Wsign-conversion"]
    assert front_end_words(["--diag_suppress=174", "549", "--display_error_number", "940"]) == [
        "-Wno-unused-value", "-Wno-uninitialized"]
    assert not words_for("warn", ["20178", "20198", "20238"]) and len(REQUESTED) == 3
