"""`-cubin -arch=sm_NN` where the configuration puts other targets in NVIDIA's place: programs load the file by the driver's API."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from crosswarp.driver.binaries.contents import read_images

SOURCE = "__global__ void kernel(int *x) { *x = 1; }\n"


@pytest.mark.parametrize("configured", [["gfx1100"], ["gfx1100", "gfx942"]])
def test_only_the_configured_targets(fake_nvcc: Callable[..., int], tmp_path: Path, configured: list[str]):
    (tmp_path / "x.cu").write_text(SOURCE)
    assert fake_nvcc("-cubin", "-arch=sm_80", f"--targets={','.join(configured)},only", "x.cu") == 0
    assert [image.arch for image in read_images((tmp_path / "x.cubin").read_bytes())] == configured


def test_several_targets_need_nvidias_name(fake_nvcc: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "x.cu").write_text(SOURCE)
    assert fake_nvcc("-cubin", "--targets=gfx1100,gfx942,only", "x.cu") == 1
    assert "needs an NVIDIA architecture" in capsys.readouterr().err
