"""Putting a fat binary in an object after it was compiled."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.elf import FATBIN_SECTION, ElfError, objects_in, replace_section, section_bytes, sections, undefined_symbols

SOURCE = """#include <stdio.h>
__attribute__((section(".nv_fatbin"), used)) static const char image[] = "old";
int main(void) { puts(image); return 0; }
"""


@pytest.fixture
def compiled(tmp_path: Path) -> bytes:
    (tmp_path / "x.c").write_text(SOURCE)
    host = host_toolchain()
    subprocess.run(host.compile_command(str(tmp_path / "x.c"), str(tmp_path / "x.o"), [], "c"), env=host.environment(), check=True)
    return (tmp_path / "x.o").read_bytes()


def test_replaced_section_links_and_runs(compiled: bytes, tmp_path: Path):
    assert section_bytes(compiled, FATBIN_SECTION) == b"old\0"
    content = b"a much longer text than before" * 1000 + b"\0"
    replaced = replace_section(compiled, FATBIN_SECTION, content)
    assert section_bytes(replaced, FATBIN_SECTION) == content
    (tmp_path / "new.o").write_bytes(replaced)
    host = host_toolchain()
    subprocess.run(host.link_command([str(tmp_path / "new.o")], str(tmp_path / "x")), env=host.environment(), check=True)
    assert subprocess.run([tmp_path / "x"], capture_output=True, check=True).stdout == content[:-1] + b"\n"


def test_other_sections_stay(compiled: bytes):
    before, after = sections(compiled), sections(replace_section(compiled, FATBIN_SECTION, b"x"))
    assert [(s.name, s.kind) for s in before] == [(s.name, s.kind) for s in after]
    assert [s.offset for s in before if s.name != FATBIN_SECTION] == [s.offset for s in after if s.name != FATBIN_SECTION]


def test_undefined_symbols(compiled: bytes):
    assert "puts" in undefined_symbols(compiled)
    assert not undefined_symbols(compiled) & {"main", "image", ""}


def test_object_without_the_section_stays(compiled: bytes):
    assert replace_section(compiled, "__absent", b"x") == compiled


def test_errors(compiled: bytes):
    for data in (b"", b"BC\xc0\xde", compiled[:100]):
        with pytest.raises(ElfError):
            sections(data)


def test_members_of_a_library(compiled: bytes):
    def member(data: bytes, name: str) -> bytes:
        return f"{name:<16}{0:<12}{0:<6}{0:<6}{644:<8}{len(data):<10}`\n".encode() + data + b"\n" * (len(data) % 2)

    library = b"!<arch>\n" + member(b"odd", "/") + member(compiled, "x.o/") + member(compiled + b"\0", "y.o/")
    assert list(objects_in(library)) == [compiled, compiled + b"\0"]
    assert list(objects_in(compiled)) == [compiled]
    assert list(objects_in(b"text")) == []
