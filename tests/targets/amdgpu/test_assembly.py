"""The machine code of operations where a mistake would be silent. Each expectation was read against AMD's ISA documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from crosswarp.support.toolchain import run_tool
from crosswarp.targets.amdgpu.target import emit_command
from crosswarp.targets.base import TargetOptions

from tests.filecheck.runner import CheckFile, Emission, read_check_file
from tests.targets.device_code import portable_ir, stages

CASES = [read_check_file(path) for path in sorted((Path(__file__).parent / "cases").glob("*.cu"))]
EMISSIONS = [pytest.param(case, emission, id=f"{case.path.stem}-{emission.stage}") for case in CASES for emission in case.emissions]


@pytest.mark.parametrize(("case", "emission"), EMISSIONS)
def test_assembly(case: CheckFile, emission: Emission, tmp_path: Path) -> None:
    arch = emission.stage
    lowered, assembly = tmp_path / "x.ll", tmp_path / "x.s"
    lowered.write_bytes(stages(portable_ir(str(case.path)), arch)["ll"])
    run_tool(emit_command(arch, lowered, assembly, TargetOptions(), "-S"))
    assert case.compare(emission, assembly.read_text()) == ""
