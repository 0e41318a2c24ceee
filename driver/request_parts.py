"""The parts of a request that are put together from many options: front end, targets, link, reports."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from crosswarp.driver.architectures import DeviceTargets
from crosswarp.driver.options import Parsed
from crosswarp.driver.warning_numbers import front_end_words, words_for
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.targets.base import TargetOptions

_WERROR = {"reorder": "-Werror=reorder", "deprecated-declarations": "-Werror=deprecated-declarations"}


@dataclass(frozen=True)
class LinkOptions:
    """The host link. `words` are for the host compiler in front of the libraries, `cudart` is none, shared or static."""

    words: tuple[str, ...] = ()
    library_folders: tuple[str, ...] = ()
    libraries: tuple[str, ...] = ()
    cudart: str = "static"
    shared: bool = False
    partial: bool = False
    device_link: bool = True
    archiver: str = ""
    archiver_words: tuple[str, ...] = ()


def relocatable_of(parsed: Parsed) -> bool:
    """Whether device code is linked later."""
    if parsed.has("device-w"):
        return False
    flags = ("device-c", "device-link", "extensible-whole-program")
    return parsed.on("relocatable-device-code", False) or any(map(parsed.has, flags))


def frontend_of(parsed: Parsed, targets: DeviceTargets) -> FrontendOptions:
    """What the front end reads."""
    fast = parsed.has("use_fast_math")
    level = parsed.last("optimize", "0")
    return FrontendOptions(
        defines=tuple(parsed.all("define-macro")), undefines=tuple(parsed.all("undefine-macro")),
        includes=tuple(parsed.all("include-path")), system_includes=tuple(parsed.all("system-include")),
        forced_includes=tuple(parsed.all("pre-include")), std=parsed.last("std"), opt_level=str(min(int(level), 3)),
        debug=parsed.has("debug"), line_info=parsed.has("generate-line-info"), device_debug=parsed.has("device-debug"),
        host_flags=_host_flags(parsed), ccbin=parsed.last("compiler-bindir") or os.environ.get("NVCC_CCBIN", ""),
        relocatable=relocatable_of(parsed), cuda_arch=targets.primary.value, cuda_arch_list=targets.cuda_arch_list,
        fmad=fast or parsed.on("fmad", True), flush_denormals=parsed.on("ftz", fast),
        precise_div=parsed.on("prec-div", not fast), precise_sqrt=parsed.on("prec-sqrt", not fast), fast_math=fast,
        default_stream_per_thread=parsed.last("default-stream") == "per-thread",
        extended_lambda=parsed.has("extended-lambda") or parsed.has("expt-extended-lambda"),
        relaxed_constexpr=parsed.has("expt-relaxed-constexpr"), warnings=_warnings(parsed),
        suppress_warnings=parsed.has("disable-warnings"), warnings_as_errors="all-warnings" in parsed.all("Werror"),
        color=sys.stderr.isatty(), dependencies=_dependency_rule(parsed))


def _host_flags(parsed: Parsed) -> tuple[str, ...]:
    """Words for the host compiler: `-Xcompiler`, forwarded unknown options, and nvcc options that only pass a flag on."""
    words = list(parsed.all("compiler-options"))
    if parsed.has("forward-unknown-to-host-compiler") or parsed.has("forward-unknown-opts"):
        words += parsed.unknown
    words += ["-pg"] if parsed.has("profile") else []
    words += ["-fno-exceptions"] if parsed.has("no-exceptions") else []
    for name in ("ftemplate-depth", "ftemplate-backtrace-limit"):
        words += [f"-{name}={parsed.last(name)}"] if parsed.has(name) else []
    return tuple(words)


def _warnings(parsed: Parsed) -> tuple[str, ...]:
    words = [_WERROR[kind] for kind in parsed.all("Werror") if kind in _WERROR]
    words += ["-Wreorder"] if parsed.has("Wreorder") else []
    words += ["-Wno-deprecated-declarations"] if parsed.has("Wno-deprecated-declarations") else []
    words += [word for kind in ("suppress", "warn", "error") for word in words_for(kind, parsed.all(f"diag-{kind}"))]
    words += front_end_words(parsed.all("Xcudafe"))
    words += ["-fno-caret-diagnostics"] if parsed.on("brief-diagnostics", False) else []
    return tuple(words)


def _dependency_rule(parsed: Parsed) -> DependencyOptions:
    user_only = parsed.has("generate-nonsystem-dependencies-with-compile") or parsed.has("generate-nonsystem-dependencies")
    named = parsed.last("dependency-output")
    return DependencyOptions(output=Path(named) if named else None, targets=tuple(parsed.all("dependency-target-name")),
                             quoted_targets=tuple(parsed.all("dependency-quoted-target-name")),
                             phony=parsed.has("generate-dependency-targets"), skip_system=user_only)


def target_options_of(parsed: Parsed) -> TargetOptions:
    """What the targets' stages read."""
    fast, debug = parsed.has("use_fast_math"), parsed.has("device-debug")
    registers = parsed.last("maxrregcount")
    return TargetOptions(
        opt_level=0 if debug and not parsed.has("dopt") else 3, debug=debug, line_info=parsed.has("generate-line-info"),
        fast_math=fast, flush_denormals=parsed.on("ftz", fast), precise_div=parsed.on("prec-div", not fast),
        precise_sqrt=parsed.on("prec-sqrt", not fast),
        maxrregcount=int(registers) if registers else None, relocatable=relocatable_of(parsed),
        keep_functions=parsed.has("keep-device-functions"), inline_remarks=parsed.has("optimization-info"),
        report_layouts="tensor-layout" in parsed.all("report"))


def link_of(parsed: Parsed, frontend: FrontendOptions) -> LinkOptions:
    """The host link."""
    words = list(frontend.host_flags)
    words += [word for flag in parsed.all("linker-options") for word in ("-Xlinker", flag)]
    if parsed.has("forward-unknown-to-host-linker"):
        words += parsed.unknown
    words += ["-g"] if frontend.debug else []
    return LinkOptions(
        words=tuple(words), library_folders=tuple(parsed.all("library-path")), libraries=tuple(parsed.all("library")),
        cudart=parsed.last("cudart", "static"), shared=parsed.has("shared"), partial=parsed.has("relocatable-link"),
        device_link=not parsed.has("no-device-link"), archiver=parsed.last("archiver-binary"),
        archiver_words=tuple(parsed.all("archive-options")))


def resource_usage_of(parsed: Parsed) -> bool:
    """A device link tells of its own images."""
    words = [*parsed.all("ptxas-options"), *parsed.all("nvlink-options")]
    return parsed.has("resource-usage") or any(word in ("-v", "--verbose") for word in words)


def time_trace_of(parsed: Parsed) -> str:
    """The file for clang's trace; `-` names it after the output."""
    named = parsed.last("fdevice-time-trace")
    return named if named != "-" else str(Path(parsed.last("output-file", "trace")).with_suffix(".json"))


def jobs_of(parsed: Parsed) -> int:
    """The most processes at a time."""
    return int(parsed.last("threads", "0")) or os.cpu_count() or 1
