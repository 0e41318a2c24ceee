"""The processors of this machine, found without a vendor's tools."""

from __future__ import annotations

from pathlib import Path

_KFD_NODES = Path("/sys/class/kfd/kfd/topology/nodes")


def native_amd(nodes: Path = _KFD_NODES) -> list[str]:
    """Names (gfxNNNN) of the AMD GPUs that the kernel driver lists, each once.

    Source: the driver's `gfx_target_version`, major * 10000 + minor * 100 + stepping; the stepping is printed in hexadecimal.
    """
    found: list[str] = []
    for properties in sorted(nodes.glob("*/properties")):
        for line in properties.read_text().splitlines():
            key, _, value = line.partition(" ")
            if key == "gfx_target_version" and int(value):
                number = int(value)
                found.append(f"gfx{number // 10000}{number // 100 % 100}{number % 100:x}")
    return list(dict.fromkeys(found))


def native_nvidia() -> list[str]:
    """Names (sm_NN) of the NVIDIA GPUs that the installed driver lists, each once; empty where there is no driver."""
    import ctypes

    try:
        driver = ctypes.CDLL("libcuda.so.1")
        driver.cuDeviceComputeCapability  # noqa: B018  our own libcuda.so.1 may stand in; it lists no NVIDIA device
    except (OSError, AttributeError):
        return []
    count, major, minor, device = (ctypes.c_int() for _ in range(4))
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)):
        return []
    found = []
    for index in range(count.value):
        if driver.cuDeviceGet(ctypes.byref(device), index):
            continue
        if not driver.cuDeviceComputeCapability(ctypes.byref(major), ctypes.byref(minor), device):
            found.append(f"sm_{major.value}{minor.value}")
    return list(dict.fromkeys(found))


def native_gpus() -> list[str]:
    """Every GPU of this machine by architecture name."""
    return native_amd() + native_nvidia()
