"""Where things are: the package's own folders, built native parts, caches."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

from crosswarp.support.bare import cache_folder

PACKAGE_ROOT = Path(__file__).resolve().parent.parent


def include_dir() -> Path:
    """Folder of the CUDA headers that Crosswarp provides."""
    return PACKAGE_ROOT / "runtime_shim" / "include"


@cache
def cccl_dir() -> Path | None:
    """Folder of CUB's, Thrust's and libcu++'s headers: the `nvidia-cuda-cccl` wheel beside this package, the newest if several are.

    The wheels of CUDA 13 and later put them in `nvidia/cu13/include/cccl`, those of CUDA 12 in `nvidia/cuda_cccl/include`.
    """
    for place in map(Path, sys.path):
        numbered = sorted(place.glob("nvidia/cu[0-9]*/include/cccl"), reverse=True)
        for folder in (*numbered, place / "nvidia" / "cuda_cccl" / "include"):
            if (folder / "cub" / "cub.cuh").is_file():
                return folder
    return None


def native_dir() -> Path:
    """Folder of the parts built from source: `devicelib/` and `openmp/` (bitcode), `lib64/` (runtime libraries)."""
    return PACKAGE_ROOT / "_native"


def device_library_dir() -> Path:
    """Folder of the device libraries, one `.bc` and one `.symbols` file each."""
    return native_dir() / "devicelib"


def openmp_dir() -> Path:
    """Folder of the bitcode that host code with OpenMP is given."""
    return native_dir() / "openmp"


def library_dir() -> Path:
    """Folder of `libcudart.so`, `libcudart_static.a`, `libcuda.so.1`."""
    return native_dir() / "lib64"


@cache
def cache_dir() -> Path:
    """Crosswarp's cache folder: `CROSSWARP_CACHE_DIR`, else `$XDG_CACHE_HOME/crosswarp`, else `~/.cache/crosswarp`."""
    return Path(cache_folder())
