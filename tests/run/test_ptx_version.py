"""`cudaFuncAttributes::ptxVersion` is what `__CUDA_ARCH__` was: host code that is generated for each architecture goes by it."""

from __future__ import annotations

from pathlib import Path

import pytest

SOURCE = """#include <cstdio>
__global__ void seen(int *value) {
#ifdef __CUDA_ARCH__
  *value = __CUDA_ARCH__;
#endif
}
template <int... List> int count(int wanted) { return (0 + ... + (List == wanted)); }
int main() {
  int *value, arch;
  cudaMalloc(&value, sizeof *value);
  seen<<<1, 1>>>(value);
  cudaMemcpy(&arch, value, sizeof arch, cudaMemcpyDeviceToHost);
  cudaFuncAttributes attributes;
  cudaFuncGetAttributes(&attributes, seen);
  printf("%d %d %d\\n", arch, attributes.ptxVersion, count<__CUDA_ARCH_LIST__>(arch));
}
"""


CASES = [((), "", 800), (("-arch=sm_75",), "", 750), (("-arch=sm_90",), "800", 800)]


@pytest.mark.parametrize(("words", "setting", "value"), CASES)
def test_ptx_version(crosswarp_nvcc, tmp_path: Path, words: tuple[str, ...], setting: str, value: int):
    source, program = tmp_path / "x.cu", tmp_path / "x"
    source.write_text(SOURCE)
    done = crosswarp_nvcc(*words, "--targets=cpu,gfx1100", source, "-o", program, env={"CROSSWARP_CUDA_ARCH": setting})
    assert done.stderr == ""
    libraries = str(Path(crosswarp_nvcc.words[0]).parents[1] / "lib64")
    for device in ("cpu", "emu:gfx1100"):
        done = type(crosswarp_nvcc)((str(program),), {"CROSSWARP_DEVICE": device, "LD_LIBRARY_PATH": libraries})()
        assert done.stdout == f"{value} {value // 10} 1\n"
