"""The FileCheck wrapper must reject what would silently check nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.filecheck.runner import BadTest, Emission, read_check_file

HEADER = "// emit: gfx1100.ll COMMON,AMD\n// emit: sm_80.ptx COMMON\n"
BODY = "// COMMON: kernel\n// AMD-NEXT: amdgcn\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "test.cu"
    path.write_text(text)
    return path


def test_reads_the_header(tmp_path: Path) -> None:
    file = read_check_file(write(tmp_path, HEADER + "// flags: -std=c++20 -G\n" + BODY))
    assert file.emissions == (Emission("gfx1100.ll", ("COMMON", "AMD")), Emission("sm_80.ptx", ("COMMON",)))
    assert file.flags == ("-std=c++20", "-G")


def test_matches_and_reports(tmp_path: Path) -> None:
    file = read_check_file(write(tmp_path, HEADER + BODY))
    amd, nvidia = file.emissions
    assert file.compare(amd, "a kernel\nof amdgcn\n") == ""
    assert file.compare(nvidia, "a kernel\n") == ""
    assert "amdgcn" in file.compare(amd, "a kernel\n\nof amdgcn\n")
    assert file.compare(nvidia, "nothing\n") != ""


@pytest.mark.parametrize(("directives", "complaint"), [
    ("// COMMON: kernel\n", "no directive uses AMD"),
    (BODY + "// COMON: kernel\n", "no emit line names the prefix COMON"),
    (BODY + "// COMMON-NXT: kernel\n", "no such directive"),
    (BODY + "// COMMON-COUNT-0: kernel\n", "no such directive"),
    (BODY + "// COMMON_NEXT: kernel\n", "no emit line names"),
    (BODY + "// COMMON-next: kernel\n", "no such directive"),
    (BODY + "// COMMON : kernel\n", "blank before the colon"),
])
def test_rejects_dead_directives(tmp_path: Path, directives: str, complaint: str) -> None:
    with pytest.raises(BadTest, match=complaint):
        read_check_file(write(tmp_path, HEADER + directives))


@pytest.mark.parametrize("header", ["", "// emit: gfx1100.ll\n", "// emit: \n"])
def test_rejects_a_header_without_emissions(tmp_path: Path, header: str) -> None:
    with pytest.raises(BadTest):
        read_check_file(write(tmp_path, header + BODY))


def test_prose_is_no_directive(tmp_path: Path) -> None:
    assert read_check_file(write(tmp_path, HEADER + BODY + "// NOTE: this is prose\n// Text: so is this\n"))
