"""bin2c: what its text means is what a C and a C++ compiler read from it."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path

import pytest
from crosswarp.driver.binaries.bin2c import main
from crosswarp.frontend.host_toolchain import host_toolchain

DATA = bytes(range(250, 256)) + b"hello\n"
# Type, bytes of an element, further options.
ARRAYS = [("char", 1, ["-st"]), ("short", 2, ["--const", "-a", "64"]), ("int", 4, ["-s", ".mine"]),
          ("longlong", 8, ["-stdint", "-l"])]
SHOW = """  printf("%u", (unsigned)sizeof *NAME);
  for (unsigned i = 0; i < sizeof NAME / sizeof *NAME; ++i) printf(" %llu", (unsigned long long)NAME[i]);
  printf("\\n");
"""


def values(size: int) -> list[int]:
    """The elements of the file and two bytes more."""
    full = DATA + b"\x07\x09"
    full += bytes(-len(full) % size)
    return [int.from_bytes(full[at : at + size], "little") for at in range(0, len(full), size)]


@pytest.mark.parametrize("language", ["c", "c++"])
def test_arrays_hold_the_bytes(tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str):
    source = tmp_path / "in.bin"
    source.write_bytes(DATA)
    for kind, _, extra in ARRAYS:
        assert main(["-t", kind, "-n", f"a_{kind}", "-p", "0x7,265", *extra, str(source)]) == 0
    body = "".join(SHOW.replace("NAME", f"a_{kind}") for kind, _, _ in ARRAYS)
    code = tmp_path / "x.c"
    code.write_text(f'#include <stdio.h>\n{capsys.readouterr().out}int main(void) {{\n{body}  return (int)a_longlongLength; }}\n')
    host = host_toolchain()
    subprocess.run(host.compile_command(str(code), str(tmp_path / "x.o"), [], language), check=True, env=host.environment())
    subprocess.run(host.link_command([str(tmp_path / "x.o")], str(tmp_path / "x")), check=True, env=host.environment())
    done = subprocess.run([tmp_path / "x"], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == [" ".join(map(str, [size, *values(size)])) for _, size, _ in ARRAYS]
    assert done.returncode == len(values(8))


@pytest.mark.parametrize(("words", "message"), [
    (["absent"], "bin2c fatal   : crosswarp: error: cannot read 'absent': No such file or directory"),
    (["--frob", "in.bin"], "bin2c fatal   : Unknown option '--frob'"),
    (["-t", "long", "in.bin"], "bin2c fatal   : Value 'long' is not defined for option 'type'"),
    (["-a", "x", "in.bin"], "bin2c fatal   : 'x': expected a number"),
    (["-p", "x", "in.bin"], "bin2c fatal   : 'x': expected a number"),
    (["in.bin", "in.bin"], "bin2c fatal   : crosswarp: error: one input at a time"),
])
def test_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str):
    (tmp_path / "in.bin").write_bytes(DATA)
    with contextlib.chdir(tmp_path):
        assert main(words) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith(message) and captured.out == ""


def test_help_and_version(capsys: pytest.CaptureFixture[str]):
    for word, text in (("--help", "--padd"), ("-V", "bin2c: Crosswarp"), ("-h", "(-nvint)")):
        assert main([word]) == 0
        assert text in capsys.readouterr().out
