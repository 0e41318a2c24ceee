"""The host pass: CUDA C++ to an ordinary host object with the standard CUDA host ABI.

clang's driver runs it (`--cuda-host-only`), so `-Xcompiler` words mean what they mean to a host compiler. The fat binary goes into
the object, which registers itself when the program starts; any host linker works.
"""

from __future__ import annotations

import sys
from pathlib import Path

from crosswarp.frontend.flags import TARGET_SDK, given_host_flags, language_flags, preprocessor_flags, text_flags, warning_flags
from crosswarp.frontend.host_flags import clang_words
from crosswarp.frontend.host_toolchain import HOST_TRIPLE, host_toolchain
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.frontend.repair.attempt import with_repairs
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import clang_command, resource_dir, run_tool

# Without the files' checksums, which a text that is read in a file's place (`options.text`) does not have.
_DEBUG = ["-g", "-Xclang", "-gsrc-hash=none"]


def host_command(source: Path, options: FrontendOptions, output: Path | None, fatbin: Path | None = None,
                 action: str = "-c") -> list[str]:
    """The driver command line of the host pass; `action` is `-c`, `-S`, `-E` or `-M`-like."""
    flags = [f"--target={HOST_TRIPLE}", "-resource-dir", resource_dir(), "--cuda-host-only", "-nocudainc", "-nocudalib",
             f"--cuda-path={include_dir()}", "-Xclang", TARGET_SDK,
             f"--cuda-gpu-arch=sm_{options.cuda_arch // 10}", "-D_GNU_SOURCE", f"-O{options.opt_level}"]
    standard = host_toolchain(options.ccbin, options.host_flags).include_flags() if options.text is None else []
    flags += [word for word in standard if word.startswith("-D")]
    flags += [part for word in text_flags(source, options) for part in ("-Xclang", word)]
    flags += language_flags(options) + preprocessor_flags(options)
    flags += [word for word in standard if not word.startswith("-D")]  # folders: behind the user's
    flags += warning_flags(options) + (_DEBUG if options.debug else []) + _separate_flags(options)
    flags += [*clang_words(given_host_flags(options)), "-Wno-unknown-pragmas", *options.warnings]  # `nv_...` pragmas
    if fatbin is not None:
        flags += ["-Xclang", "-fcuda-include-gpubinary", "-Xclang", str(fatbin)]
    flags += dependency_flags(options.dependencies) + (["-fcolor-diagnostics"] if options.color else [])
    return clang_command(*flags, *options.extra_clang, action, str(source), *(["-o", str(output)] if output else []))


def _separate_flags(options: FrontendOptions) -> list[str]:
    return ["-fgpu-rdc", f"-cuid={options.cuid}"] if options.relocatable else []


def dependency_flags(dependencies: DependencyOptions | None) -> list[str]:
    """A make dependency file as a side effect of the compilation."""
    if dependencies is None:
        return []
    flags = ["-MMD" if dependencies.skip_system else "-MD"]
    if dependencies.output is not None:
        flags += ["-MF", str(dependencies.output)]
    flags += [word for target in dependencies.targets for word in ("-MT", target)]
    flags += [word for target in dependencies.quoted_targets for word in ("-MQ", target)]
    return flags + (["-MP"] if dependencies.phony else [])


def host_pass(source: Path, options: FrontendOptions, output: Path, fatbin: Path | None) -> None:
    """Compile the host side of `source` to the object `output`, `fatbin` inside. Raises `ToolError` with clang's diagnostics."""
    def compile_with(chosen: FrontendOptions) -> None:
        done = run_tool(host_command(source, chosen, output, fatbin))
        sys.stderr.write(done.stderr.decode(errors="replace"))

    with_repairs(options, "host", compile_with)


def preprocess(source: Path, options: FrontendOptions, action: str = "-E") -> bytes:
    """What `-E`, `-M` or `-MM` prints for the host side."""
    return run_tool(host_command(source, options, None, action=action)).stdout
