"""The clang flags that both passes and libclang share: language, predefined macros, include folders."""

from __future__ import annotations

import os
from pathlib import Path

from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.frontend.options import CUDA_VERSION_BUILD, CUDA_VERSION_MAJOR, CUDA_VERSION_MINOR, FrontendOptions
from crosswarp.support.paths import cccl_dir, include_dir

PRELUDE = "crosswarp/prelude.h"
# What nvcc predefines in every language.
NVCC_MACROS = ("__NVCC__=1", f"__CUDACC_VER_MAJOR__={CUDA_VERSION_MAJOR}", f"__CUDACC_VER_MINOR__={CUDA_VERSION_MINOR}",
               f"__CUDACC_VER_BUILD__={CUDA_VERSION_BUILD}")
# From CUDA 9.2 on, clang launches kernels through `__cudaPushCallConfiguration` and `cudaLaunchKernel`.
TARGET_SDK = f"-target-sdk-version={CUDA_VERSION_MAJOR}.{CUDA_VERSION_MINOR}"
# Errors of clang that nvcc with g++ lets pass, with a warning or without.
ACCEPTED = ("-Wno-register", "-Wno-invalid-constexpr", "-Wno-reserved-user-defined-literal", "-Wno-error=c++11-narrowing",
            "-Wno-error=return-mismatch")


def predefined_macros(options: FrontendOptions) -> list[str]:
    """What nvcc predefines (its documentation, "NVCC identification macros"), as `NAME=value`."""
    macros = [
        *NVCC_MACROS,
        "__CUDACC__=1",
        f"__CUDA_API_VER_MAJOR__={CUDA_VERSION_MAJOR}",
        f"__CUDA_API_VER_MINOR__={CUDA_VERSION_MINOR}",
        "__NVCC_DIAG_PRAGMA_SUPPORT__=1",
        "__CUDA_ARCH_LIST__=" + ",".join(str(arch) for arch in options.cuda_arch_list),
        "__CROSSWARP__=1",
    ]
    switches = {
        "__CUDACC_RDC__": options.relocatable,
        "__CUDACC_DEBUG__": options.device_debug,
        "__CUDACC_EXTENDED_LAMBDA__": options.extended_lambda,
        "__CUDACC_RELAXED_CONSTEXPR__": options.relaxed_constexpr,
        "CUDA_API_PER_THREAD_DEFAULT_STREAM": options.default_stream_per_thread,
        "__CROSSWARP_FAST_MATH__": options.fast_math,
        "__CROSSWARP_TEXTURE_REFERENCES__": options.texture_references,
        "__CROSSWARP_OWN_WARP_SIZE__": options.own_warp_size,
    }
    return macros + [f"{name}=1" for name, on in switches.items() if on]


def preprocessor_flags(options: FrontendOptions) -> list[str]:
    """Macros and the user's include folders, as words that clang's driver and `-cc1` both take."""
    # clang's host pass has a list of its own, of the one architecture that it was told.
    flags = ["-U__CUDA_ARCH_LIST__", *(f"-D{macro}" for macro in predefined_macros(options))]
    flags += [f"-D{macro}" for macro in options.defines]
    flags += [f"-U{macro}" for macro in options.undefines]
    if options.text is not None:
        return flags
    flags += [f"-I{folder}" for folder in options.includes if not _is_another_toolkit(folder)]
    standard = host_toolchain(options.ccbin, options.host_flags).system_includes  # these stay in their place, as with g++
    system = [folder for folder in options.system_includes if os.path.normpath(folder) not in standard]
    own = [folder for folder in system if not _is_another_toolkit(folder)]
    others = [folder for folder in (*options.includes, *system) if _is_another_toolkit(folder)]
    for folder in (*own, *toolkit_includes(), *others):
        flags += ["-isystem", folder]
    for header in (PRELUDE, *options.forced_includes):
        flags += ["-include", header]
    return flags


def text_flags(source: Path, options: FrontendOptions) -> list[str]:
    """`-cc1` words by which `options.text` is read under the source's name; the source itself need not be there."""
    return ["-remap-file", f"{source};{options.text}"] if options.text is not None else []


def _is_another_toolkit(folder: str) -> bool:
    """Whether a folder holds another toolkit's CUDA headers, as `-I/usr/local/cuda/include` does: ours come before those.

    What only the other one has (libraries' headers) is still found there.
    """
    headers = [Path(folder, name) for name in ("cuda_runtime_api.h", "cuda_fp16.h")]
    return any(header.is_file() and not header.samefile(include_dir() / header.name) for header in headers)


def toolkit_includes() -> list[str]:
    """Folders of headers that every compilation finds without a flag: CUDA's, then those of CCCL where its wheel is installed."""
    return [str(folder) for folder in (include_dir(), cccl_dir()) if folder is not None]


def language_flags(options: FrontendOptions) -> list[str]:
    """Language mode. `-fdeclspec` gives `__declspec(property)`, which the built-in variables are made of."""
    standard = options.standard or host_toolchain(options.ccbin, options.host_flags).standard
    return ["-x", "cuda", f"-std={standard}", "-fdeclspec", *ACCEPTED]


def given_host_flags(options: FrontendOptions) -> tuple[str, ...]:
    """The host flags; without those that include a file where the text holds it already."""
    words = list(options.host_flags)
    while options.text is not None and "-include" in words:
        at = words.index("-include")
        del words[at : at + 2]
    return tuple(words)


def warning_flags(options: FrontendOptions) -> list[str]:
    """Warnings that only say "this is CUDA for nvcc" are off. The user's own choices come after the host compiler's words."""
    flags = ["-Wno-unknown-cuda-version", "-Wno-unknown-warning-option", "-Wno-pass-failed",
             "-Wno-unused-command-line-argument", "-Wno-ignored-optimization-argument"]  # g++ takes the linker's words in silence
    if options.suppress_warnings:
        flags.append("-w")
    if options.warnings_as_errors:
        flags.append("-Werror")
    return flags
