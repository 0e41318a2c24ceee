"""Options of one translation unit, as both passes of the front end read them. Independent of nvcc's spelling."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

CUDA_VERSION_MAJOR = 12
CUDA_VERSION_MINOR = 9
CUDA_VERSION_BUILD = 86


@dataclass(frozen=True)
class DependencyOptions:
    """A make dependency file: where it goes, its targets' names, and whether system headers are left out."""

    output: Path | None = None
    targets: tuple[str, ...] = ()
    quoted_targets: tuple[str, ...] = ()
    phony: bool = False
    skip_system: bool = False


@dataclass(frozen=True)
class FrontendOptions:
    """What a compilation asks of the front end.

    `cuda_arch` is `__CUDA_ARCH__` (800 for sm_80); `host_flags` are already split words for the host compiler;
    `cuda_arch_list` is what `__CUDA_ARCH_LIST__` shows the host pass; `plain_statics`: static variables keep their names; `text` is
    read in the source's place: the source with everything it includes in it (`-E -frewrite-includes`).
    """

    defines: tuple[str, ...] = ()
    undefines: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    system_includes: tuple[str, ...] = ()
    forced_includes: tuple[str, ...] = ()
    std: str = ""
    opt_level: str = "3"
    debug: bool = False
    line_info: bool = False
    device_debug: bool = False
    host_flags: tuple[str, ...] = ()
    ccbin: str = ""
    relocatable: bool = False
    cuid: str = ""
    plain_statics: bool = False
    cuda_arch: int = 800
    cuda_arch_list: tuple[int, ...] = (800,)
    fmad: bool = True
    flush_denormals: bool = False
    precise_div: bool = True
    precise_sqrt: bool = True
    fast_math: bool = False
    default_stream_per_thread: bool = False
    extended_lambda: bool = False
    relaxed_constexpr: bool = False
    texture_references: bool = False
    own_warp_size: bool = False
    warnings: tuple[str, ...] = ()
    suppress_warnings: bool = False
    warnings_as_errors: bool = False
    color: bool = False
    dependencies: DependencyOptions | None = None
    text: Path | None = None
    extra_clang: tuple[str, ...] = field(default_factory=tuple)

    @property
    def debug_information(self) -> bool:
        """Whether device code says which source lines it comes from."""
        return self.debug or self.device_debug or self.line_info

    @property
    def standard(self) -> str:
        """The C++ standard in clang's spelling, from `-std` or `-Xcompiler -std=`; empty where the host compiler's default counts.

        CUDA's headers are C++11: a CUDA source under `-std=c++03` is compiled as that.
        """
        given = [word.removeprefix("-std=") for word in self.host_flags if word.startswith("-std=")]
        named = self.std or (given[-1] if given else "")
        return {"c++03": "c++11", "gnu++03": "gnu++11", "c++98": "c++11", "gnu++98": "gnu++11"}.get(named, named)


def without_precompiled(options: FrontendOptions) -> FrontendOptions:
    """The options for headers other than the precompiled ones."""
    words = list(options.extra_clang)
    if "-include-pch" in words:
        at = words.index("-include-pch")
        del words[at : at + 2]
    return replace(options, extra_clang=tuple(words))
