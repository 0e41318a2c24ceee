"""Launches in device code on targets that cannot make them: a compile error that names the feature and the kernel."""

import pytest

SOURCE = """\
__global__ void child() {}
__device__ void launch() { child<<<1, 1>>>(); }
__global__ void parent() { launch(); }
int main() {}
"""


@pytest.mark.parametrize("target", ["gfx90a", "gfx1100", "sm_80"])
def test_is_refused_by_name(tmp_path, crosswarp_nvcc, target):
    source = tmp_path / "launch.cu"
    source.write_text(SOURCE)
    done = crosswarp_nvcc("-rdc=true", f"--targets={target}", source, "-o", tmp_path / "launch", check=False)
    assert done.returncode != 0
    assert f"unsupported: dynamic parallelism (a kernel launch or runtime call in device code) on {target}" in done.stderr
    assert "_Z6parentv" in done.stderr


def test_needs_relocatable_device_code(tmp_path, crosswarp_nvcc):
    source = tmp_path / "launch.cu"
    source.write_text(SOURCE)
    done = crosswarp_nvcc("--targets=cpu", source, "-o", tmp_path / "launch", check=False)
    assert done.returncode != 0
    assert f"{source}:2:33: error: kernel launch from __device__ or __global__ function" in done.stderr
    assert "(i.e. requires -rdc=true)" in done.stderr
