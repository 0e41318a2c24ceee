"""Make rules in nvcc's layout."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.driver.make_rules import as_nvcc_lays_out

from tests.conftest import Command


def test_one_file_a_line():
    text = "x.o: a\\ b.h x.cu \\\n  c.h d$$e.h\na\\ b.h:\nc.h:\n"
    assert as_nvcc_lays_out(text, Path("x.cu")) == "x.o : x.cu \\\n    a\\ b.h \\\n    c.h \\\n    d$$e.h\na\\ b.h:\nc.h:\n"


def test_more_files_and_several_targets():
    text = as_nvcc_lays_out("a:b c: x.cu\n", Path("x.cu"), [Path("/p q/$#.toml")])
    assert text == "a:b c : x.cu \\\n    /p\\ q/$$\\#.toml\n"


@pytest.mark.parametrize("words", [("-M",), ("-MM",), ("-c", "-MD", "-MF", "x.d"), ("-c", "-MMD", "-MF", "x.d")])
def test_the_configuration_is_a_dependency(crosswarp_nvcc: Command, tmp_path: Path, words: tuple[str, ...]):
    (tmp_path / "a b.h").write_text("")
    (tmp_path / "x.cu").write_text('#include "a b.h"\n__global__ void k() {}\n')
    (tmp_path / "crosswarp.toml").write_text('[targets]\ndefault = ["cpu"]\n')
    done = crosswarp_nvcc(*words, "x.cu", cwd=tmp_path)
    lines = ((tmp_path / "x.d").read_text() if "-c" in words else done.stdout).splitlines()
    assert lines[0] == "x.o : x.cu \\"
    assert "    a\\ b.h \\" in lines and lines[-1] == f"    {tmp_path}/crosswarp.toml"
