"""Every `.cu` and `.ll` file below this folder, one test for each of its emit lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.filecheck.runner import CheckFile, Emission, read_check_file

HERE = Path(__file__).parent


def cases() -> list[object]:
    found = []
    for path in sorted([*HERE.rglob("*.cu"), *HERE.rglob("*.ll")]):
        file = read_check_file(path)
        name = path.relative_to(HERE).with_suffix("").as_posix()
        found += [pytest.param(file, emission, id=f"{name}-{emission.stage}") for emission in file.emissions]
    return found


@pytest.mark.parametrize(("file", "emission"), cases())
def test_stage(crosswarp, file: CheckFile, emission: Emission) -> None:
    text = crosswarp("emit", "--stage", emission.stage, file.path, *file.flags).stdout
    message = file.compare(emission, text)
    if message:
        pytest.fail(f"{file.path}, stage {emission.stage}:\n{message}\n--- emitted ---\n{text}", pytrace=False)
