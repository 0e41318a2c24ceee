"""`-Xcompiler -fopenmp` for CUDA sources.

clang's OpenMP code needs LLVM's own run-time library, while everything around it is linked against GCC's. So clang is told that the
library is GCC's: it then takes the pragmas as comments, which OpenMP allows (a region may get one thread), and functions such as
`omp_get_wtime` come from GCC's library. C++ files that the host compiler compiles itself are not affected.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from crosswarp.frontend.options import FrontendOptions

FLAG = "-fopenmp"
_SERIAL = ("-fopenmp=libgomp", "-D_OPENMP=201511")


def host_options(options: FrontendOptions) -> FrontendOptions:
    """Options of a host pass: OpenMP's pragmas are comments."""
    if FLAG not in options.host_flags:
        return options
    words = [word for word in options.host_flags if word != FLAG]
    return replace(options, host_flags=(*words, *_SERIAL))


def warn(source: Path, options: FrontendOptions) -> None:
    """Say so where a source has pragmas that are not followed."""
    if FLAG in options.host_flags and not options.suppress_warnings and b"pragma omp" in source.read_bytes():
        print(f"{source}: warning: OpenMP pragmas of CUDA sources are not followed: host code runs on one thread [CW2013]\n"
              "  help: put host code that needs threads in a .cpp file, which the host compiler compiles", file=sys.stderr)
