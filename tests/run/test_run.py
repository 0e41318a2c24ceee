"""One CUDA file, one expected output: every `<name>.cu` here must print `<name>.expected` on each device that can run it.

A first line `// flags: ...` gives nvcc more words. The CPU is the device that runs everywhere; another one is one more word
in `DEVICES`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEVICES = ("cpu",)
PROGRAMS = sorted(HERE.glob("*.cu"))


@pytest.mark.parametrize("source", [pytest.param(path, id=path.stem) for path in PROGRAMS])
@pytest.mark.parametrize("device", DEVICES)
def test_prints_what_is_expected(crosswarp_nvcc, golden, source: Path, device: str, tmp_path: Path) -> None:
    program = tmp_path / source.stem
    first = source.read_text().partition("\n")[0]
    flags = first.removeprefix("// flags:").split() if first.startswith("// flags:") else []
    crosswarp_nvcc(source, *flags, "-o", program, env={"CROSSWARP_TARGETS": device})
    done = type(crosswarp_nvcc)((str(program),), {"CROSSWARP_DEVICE": device})(cwd=tmp_path)
    assert done.stderr == ""
    golden(source.with_suffix(".expected"), done.stdout)


def test_every_expectation_has_a_program() -> None:
    assert {path.stem for path in HERE.glob("*.expected")} == {path.stem for path in PROGRAMS}
