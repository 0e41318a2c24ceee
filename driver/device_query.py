"""`__nvcc_device_query`: the numbers that `-arch=native` stands for, which Makefiles ask for with this tool of nvcc's."""

from __future__ import annotations

from crosswarp.driver.native import native_nvidia
from crosswarp.driver.settings import DEFAULT_CUDA_ARCH, load_settings


def main() -> int:
    """Print the compute capabilities of this machine's NVIDIA GPUs, `80,90`; without one, that of `__CUDA_ARCH__`.

    Returns the exit code.
    """
    other = (load_settings().cuda_arch or DEFAULT_CUDA_ARCH) // 10
    print(",".join(name.removeprefix("sm_") for name in native_nvidia()) or other)
    return 0
