"""One CUDA file, one expected output: every `<name>.cu` here must print `<name>.expected` on each device that can run it.

First lines may say more: `// flags: ...` gives nvcc more words; `// stderr: ...` is what standard error must contain, which must be
empty without it. The CPU is the device that runs everywhere; another one is one more word
in `DEVICES`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HERE = Path(__file__).parent
DEVICES = ("cpu",)
PROGRAMS = sorted(HERE.glob("*.cu"))


@pytest.mark.parametrize("source", [pytest.param(path, id=path.stem) for path in PROGRAMS])
@pytest.mark.parametrize("device", DEVICES)
def test_prints_what_is_expected(crosswarp_nvcc, golden, source: Path, device: str, tmp_path: Path) -> None:
    program = tmp_path / source.stem
    header = dict(re.findall(r"^// (flags|stderr): *(.*)$", source.read_text(), re.M))
    crosswarp_nvcc(source, *header.get("flags", "").split(), "-o", program, env={"CROSSWARP_TARGETS": device})
    environment = {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": str(Path(crosswarp_nvcc.words[0]).parents[1] / "lib64" / "stubs")}
    done = type(crosswarp_nvcc)((str(program),), environment)(cwd=tmp_path)
    assert header["stderr"] in done.stderr if "stderr" in header else not done.stderr
    golden(source.with_suffix(".expected"), done.stdout)


def test_every_expectation_has_a_program() -> None:
    assert {path.stem for path in HERE.glob("*.expected")} == {path.stem for path in PROGRAMS}
