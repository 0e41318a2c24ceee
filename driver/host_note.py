"""Tells once of a machine without a host compiler: what is used instead, and what to install."""

from __future__ import annotations

import contextlib
import os
import sys

from crosswarp.driver.request import Request
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.paths import cache_dir

_NOTE = ("crosswarp: note: no g++ on PATH: host code is compiled and linked with the bundled clang and libc++; libraries that were "
         "built with g++ need it (apt install g++, dnf install gcc-c++)")


def tell_of_bundled_compiler(request: Request) -> None:
    """Print the note where it applies and has not been printed yet. It is no message of this one compilation: none keeps it."""
    host = host_toolchain(request.frontend.ccbin, request.frontend.host_flags)
    if host.kind != "zig" or os.environ.get("CROSSWARP_HOST") == "zig":
        return
    told = cache_dir() / "host" / "bundled-told"
    if told.exists():
        return
    print(_NOTE, file=sys.__stderr__)
    with contextlib.suppress(OSError):
        told.parent.mkdir(parents=True, exist_ok=True)
        told.touch()
