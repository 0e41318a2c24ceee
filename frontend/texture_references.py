"""Texture and surface references (`texture<float, 2> tex;`) of sources older than CUDA 12.

CUDA 12 took the templates away, and newer programs define things of these names themselves. So the headers declare them only in a
second attempt, when clang does not know one of the names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import ToolError

_UNKNOWN = re.compile(r"error: (?:no template named|unknown type name|use of undeclared identifier) '(?:texture|surface)'")


def with_texture_references(options: FrontendOptions, run: Callable[[FrontendOptions], None]) -> None:
    """Call `run`; where clang does not know `texture` or `surface`, once more with their declarations. Raises `ToolError`."""
    try:
        run(options)
    except ToolError as error:
        if not _UNKNOWN.search(error.stderr):
            raise
        run(replace(without_precompiled(options), texture_references=True))


def without_precompiled(options: FrontendOptions) -> FrontendOptions:
    """Precompiled headers were made with other settings."""
    words = list(options.extra_clang)
    if "-include-pch" in words:
        at = words.index("-include-pch")
        del words[at : at + 2]
    return replace(options, extra_clang=tuple(words))
