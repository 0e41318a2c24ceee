"""`-Xcompiler -fopenmp` for CUDA sources.

clang's OpenMP code needs LLVM's own run-time library, while everything around it is linked against GCC's. So clang is told that the
library is GCC's: it then takes the pragmas as comments, which OpenMP allows (a region may get one thread), and functions such as
`omp_get_wtime` come from GCC's library. C++ files that the host compiler compiles itself are not affected.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

from crosswarp.frontend.host_toolchain import HostToolchain, host_toolchain
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.files import write_atomically
from crosswarp.support.paths import cache_dir

FLAG = "-fopenmp"
_SERIAL = ("-fopenmp=libgomp", "-D_OPENMP=201511")


def host_options(options: FrontendOptions) -> FrontendOptions:
    """Options of a host pass: OpenMP's pragmas are comments, its header is found."""
    if FLAG not in options.host_flags:
        return options
    words = [word for word in options.host_flags if word != FLAG]
    return _with_header(replace(options, host_flags=(*words, *_SERIAL)))


def device_options(options: FrontendOptions) -> FrontendOptions:
    """Options of a device pass: the header is found there too."""
    return _with_header(options) if FLAG in options.host_flags else options


def warn(source: Path, options: FrontendOptions) -> None:
    """Say so where a source has pragmas that are not followed."""
    if FLAG in options.host_flags and not options.suppress_warnings and b"pragma omp" in source.read_bytes():
        print(f"{source}: warning: OpenMP pragmas of CUDA sources are not followed: host code runs on one thread [CW2013]\n"
              "  help: put host code that needs threads in a .cpp file, which the host compiler compiles", file=sys.stderr)


def _with_header(options: FrontendOptions) -> FrontendOptions:
    folder = _header_folder(host_toolchain(options.ccbin))
    return options if folder is None else replace(options, system_includes=(*options.system_includes, str(folder)))


@cache
def _header_folder(host: HostToolchain) -> Path | None:
    """A folder with GCC's omp.h and nothing else: what lies beside it there are intrinsics that clang has itself."""
    if host.kind != "gnu":
        return None
    done = subprocess.run([*host.command, "-print-file-name=include/omp.h"], capture_output=True, text=True)
    header = Path(done.stdout.strip())
    if not header.is_absolute() or not header.is_file():
        return None
    folder = cache_dir() / "host" / "openmp"
    copy = folder / "omp.h"
    if not copy.exists() or copy.read_bytes() != header.read_bytes():
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(copy, header.read_bytes())
    return folder
