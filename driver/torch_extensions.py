"""PyTorch's extension builder finds our toolkit although the installed PyTorch was built without CUDA.

`torch.utils.cpp_extension` of a CPU build never looks for a toolkit (its `CUDA_HOME` stays None), asks the GPUs it cannot see for
their architectures, and links every CUDA extension with two libraries that only CUDA builds have. PyTorch calls `autoload` at the
end of `import torch`, by the entry point group `torch.backends`, which `TORCH_DEVICE_BACKEND_AUTOLOAD=0` switches off. It does
nothing in a PyTorch that has CUDA. Otherwise kernels get pointers of CPU tensors, which every device that shares the host's memory
can use.
"""

from __future__ import annotations

import ctypes
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from crosswarp.support.paths import library_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

# The folder of a toolkit where linkers find the libraries that a CPU build of PyTorch lacks, as files with nothing in them.
STAND_INS = Path("lib64", "torch_cpu")
_ARCHITECTURES = "8.0"
# What PyTorch's own build writes for a build with CUDA, and headers of its CPU build include.
GENERATED_HEADERS = {
    "c10/cuda/impl/cuda_cmake_macros.h": "#pragma once\n#define C10_CUDA_BUILD_SHARED_LIBS\n",
}


def autoload() -> None:
    """PyTorch's entry point: set up this process, and by its environment the compilers it starts."""
    import torch

    if torch.version.cuda or torch.version.hip:
        return
    with suppress(OSError):  # an extension names libcudart.so.12; as CUDA builds of PyTorch do, have it there already
        ctypes.CDLL(str(library_dir() / "libcudart.so.12"))
    toolkit = chosen_toolkit(os.environ)
    if toolkit is not None:
        _prepare(toolkit)


def chosen_toolkit(environment: Mapping[str, str]) -> Path | None:
    """The toolkit that PyTorch would take (`CUDA_HOME`, `CUDA_PATH`, `CUDACXX`, `nvcc` on PATH), if it is one of ours."""
    home = environment.get("CUDA_HOME") or environment.get("CUDA_PATH")
    compiler = environment.get("CUDACXX") or shutil.which("nvcc", path=environment.get("PATH", ""))
    toolkit = Path(home) if home else Path(compiler).absolute().parent.parent if compiler else None
    return toolkit if toolkit and (toolkit / STAND_INS).is_dir() else None


def _prepare(toolkit: Path) -> None:
    """Point PyTorch at `toolkit`. Its architectures stand for the configured targets, as on every nvcc command line."""
    from torch.utils import cpp_extension

    cpp_extension.CUDA_HOME = str(toolkit)
    os.environ.setdefault("TORCH_CUDA_ARCH_LIST", _ARCHITECTURES)
    os.environ.setdefault("CUDA_INC_PATH", str(toolkit / STAND_INS / "include"))
    folders = [str(toolkit / STAND_INS), *filter(None, os.environ.get("LIBRARY_PATH", "").split(os.pathsep))]
    os.environ["LIBRARY_PATH"] = os.pathsep.join(dict.fromkeys(folders))
