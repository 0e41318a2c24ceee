"""`-Xcompiler -fopenmp` for the host code of CUDA sources.

clang's OpenMP code calls LLVM's library, everything around it is g++'s and calls GCC's: two libraries in one process do not know
each other's threads. So clang is given bitcode (`runtime_shim/openmp`) that does LLVM's calls by GCC's; the object then needs
`-fopenmp` or `-lgomp` at the link, as g++'s objects do. LLVM's library has GCC's calls too: `-ccbin clang++` links that.

Without g++ on the machine there is no OpenMP library: the pragmas are then taken as comments, which OpenMP allows, and a warning
says so.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import Location, unsupported
from crosswarp.support.elf import undefined_symbols, with_shorter_symbols
from crosswarp.support.paths import openmp_dir

FLAG = "-fopenmp"
# The version that g++ up to 15 says; newer pragmas are followed all the same, by both.
_VERSION = ("-U_OPENMP", "-D_OPENMP=201511")
_SERIAL = ("-fopenmp=libgomp", "-D_OPENMP=201511")
_ENTRY = ("__kmpc_", "__tgt_")
_CONSTRUCTS = {
    "__kmpc_task_allow_completion_event": "'detach' of a task", "__kmpc_taskred_modifier_init": "'reduction(task, ...)'",
    "__kmpc_task_reduction_modifier_fini": "'reduction(task, ...)'", "__kmpc_init_allocator": "'uses_allocators'",
    "__kmpc_push_num_threads_strict": "'num_threads(strict: ...)'",
}


def is_followed(options: FrontendOptions) -> bool:
    """Whether host code runs on several threads."""
    return FLAG in options.host_flags and host_toolchain(options.ccbin, options.host_flags).kind == "gnu"


def host_options(options: FrontendOptions) -> FrontendOptions:
    """Options of a host pass."""
    if FLAG not in options.host_flags:
        return options
    if not is_followed(options):
        words = [word for word in options.host_flags if word != FLAG]
        return replace(options, host_flags=(*words, *_SERIAL))
    parts = [part for path in sorted(openmp_dir().glob("*.bc")) for part in ("-mlink-builtin-bitcode", str(path))]
    bitcode = [word for part in parts for word in ("-Xclang", part)]
    return replace(options, extra_clang=(*options.extra_clang, *_VERSION, *bitcode))


def warn(source: Path, options: FrontendOptions) -> None:
    """Say so where a source has pragmas that are not followed."""
    if FLAG not in options.host_flags or is_followed(options) or options.suppress_warnings:
        return
    if b"pragma omp" in source.read_bytes():
        print(f"{source}: warning: OpenMP pragmas are not followed without a g++ on this machine: host code runs on one thread "
              "[CW2013]", file=sys.stderr)


def finish_object(source: Path, options: FrontendOptions, path: Path) -> None:
    """What is done to a host object with OpenMP code. Raises `CompileError` for a construct that is not supported.

    Named critical sections get the locks that g++'s code has for them, so that both sides exclude each other.
    """
    if not is_followed(options):
        return
    data = path.read_bytes()
    missing = sorted(name for name in undefined_symbols(data) if name.startswith(_ENTRY))
    if missing:
        known = _CONSTRUCTS.get(missing[0], f"the construct that calls {missing[0]}")
        raise unsupported(f"OpenMP: {known} in host code of a CUDA source", "CW3016", Location(str(source)),
                          "put that function in a .cpp file, which the host compiler compiles")
    patched = with_shorter_symbols(data, ".gomp_critical_user_", ".var")
    if patched != data:
        path.write_bytes(patched)
