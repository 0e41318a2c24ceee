"""1/sqrt of every f32 significand: the same, correctly rounded result from each estimate that an instruction may give."""

from __future__ import annotations

import platform
import subprocess
from pathlib import Path

import pytest
from crosswarp.support.toolchain import tool_environment, zig
from crosswarp.targets.devicelib.tools.host_library import SOURCES


@pytest.mark.skipif(platform.machine() != "x86_64", reason="compiles for x86-64 with FMA3")
def test_refinement_does_not_depend_on_the_estimate(tmp_path: Path) -> None:
    program, source = tmp_path / "roots", Path(__file__).with_name("reciprocal_root.cpp")
    command = [zig(), "cc", "-x", "c++", "-O2", "-std=c++20", "-mfma", "-ffp-contract=off", f"-I{SOURCES.parent}", str(source)]
    subprocess.run([*command, "-o", str(program)], check=True, env=tool_environment())
    assert subprocess.run([program], capture_output=True, text=True, check=True).stdout.split() == ["0", "0"]
