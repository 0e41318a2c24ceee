"""Errors that other options of clang, or other headers of ours, answer."""

from __future__ import annotations

from dataclasses import replace

from crosswarp.frontend.options import FrontendOptions, without_precompiled
from crosswarp.frontend.repair.rule import HOST_CALL_WARNING, Setting


def _texture_references(options: FrontendOptions) -> FrontendOptions:
    """`texture<float, 2> tex;`: CUDA 12 took the templates away, and newer programs define things of these names themselves."""
    return replace(without_precompiled(options), texture_references=True)


def _own_warp_size(options: FrontendOptions) -> FrontendOptions:
    """A program's own `constexpr int warpSize = 32;`."""
    return replace(without_precompiled(options), own_warp_size=True)


def _late_templates(options: FrontendOptions) -> FrontendOptions:
    """Templates that use what is declared or complete only further down, or nowhere if nobody instantiates them.

    clang then reads the bodies of those that are used, at the end of the file.
    """
    words = () if "-fdelayed-template-parsing" in options.extra_clang else ("-fdelayed-template-parsing",)
    return replace(without_precompiled(options), extra_clang=(*without_precompiled(options).extra_clang, *words))


def _cpp17(options: FrontendOptions) -> FrontendOptions:
    """An older `-std` and a header of CCCL: the one of CUDA 12.9 still takes C++11, the one here asks for C++17."""
    if options.standard[-2:] not in _BEFORE_17:
        return options
    return replace(without_precompiled(options), std=f"{options.standard[:-2]}17")


def _host_calls(options: FrontendOptions) -> FrontendOptions:
    """Functions of the C library: clang knows them by itself, and so has no place to name at which they are declared."""
    added = () if _HOST_CALLS in options.forced_includes else (_HOST_CALLS,)
    return replace(options, forced_includes=(*added, *options.forced_includes))


_HOST_CALLS = "crosswarp/device/host_calls.h"
_BEFORE_17 = ("11", "14")
_C_LIBRARY = "abort|exit|_Exit|f?printf|sn?printf|puts|putchar|fput[cs]|fwrite"
SETTINGS = (
    Setting("^(?:no template named|unknown type name|use of undeclared identifier) '(?:texture|surface)'", _texture_references),
    Setting("'warpSize'", _own_warp_size),
    Setting("^(?:member access into incomplete type|no matching constructor for initialization of)", _late_templates),
    Setting("^use of undeclared identifier '", _late_templates, source=r"\w+\s*<<<"),
    Setting(r"^(?P<library>Thrust|CUB|libcu\+\+) requires at least C\+\+ ?17", _cpp17,
            "{library} needs C++17: the source is compiled as that, not as -std says", alone=True),
    Setting(f"^reference to __host__ function '(?P<name>{_C_LIBRARY})' in __host__ __device__ function", _host_calls,
            HOST_CALL_WARNING),
)
