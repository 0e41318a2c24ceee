"""The samples are complete: heads that can be read, a row each in the documentation, nothing that only Crosswarp offers."""

from __future__ import annotations

import re

import pytest

from samples.catalogue import FOLDER, Sample, all_samples, read_sample

samples = pytest.mark.parametrize("sample", [pytest.param(sample, id=sample.name) for sample in all_samples()])


def test_every_folder_is_a_sample() -> None:
    folders = {path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert {sample.name for sample in all_samples()} == folders - {"common"}


def test_every_sample_has_a_row() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (FOLDER.parent / "docs" / "samples.md").read_text(), re.M)
    assert sorted(rows) == [sample.name for sample in all_samples()]


@samples
def test_sources_exist_and_are_plain_cuda(sample: Sample) -> None:
    for source in sample.sources:
        assert "crosswarp" not in source.read_text().lower()
        assert set(re.findall(r"#include <(cu\w+(?:\.h)?)>", source.read_text())) <= {"cuda_runtime.h"}


def test_a_head_without_build_line_is_an_error(tmp_path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "broken.cu").write_text("// Title.\n//\n// Teaches: nothing.\n//\nint main() {}\n")
    with pytest.raises(ValueError, match="broken"):
        read_sample(folder)
