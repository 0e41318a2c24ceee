"""Device functions do what CUDA documents: self-checking kernels, which print what does not hold.

On the CPU device; CROSSWARP_TEST_DEVICE names another one (`make emulate`: emu:gfx1100).
"""

import os
from pathlib import Path

import pytest

DEVICE = os.environ.get("CROSSWARP_TEST_DEVICE", "cpu")
PROGRAMS = sorted((Path(__file__).parent / "on_cpu").glob("*.cu"))


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_program_finds_nothing_wrong(program, crosswarp):
    assert crosswarp("run", program, env={"CROSSWARP_DEVICE": DEVICE}).stdout == ""


def test_a_check_that_fails_is_seen(tmp_path, crosswarp):
    source = tmp_path / "wrong.cu"
    header = Path(__file__).parent / "on_cpu" / "check.h"
    source.write_text(f'#include "{header}"\n__global__ void wrong() {{ CHECK(1 + 1 == 3); }}\n'
                      "int main() { wrong<<<1, 1>>>(); return finish(); }\n")
    assert "1 + 1 == 3" in crosswarp("run", source, env={"CROSSWARP_DEVICE": DEVICE}).stdout
