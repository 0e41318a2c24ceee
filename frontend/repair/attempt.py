"""The first compilation, and repair where it fails."""

from __future__ import annotations

from collections.abc import Callable

from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import ToolError


def with_repairs(options: FrontendOptions, side: str, run: Callable[[FrontendOptions], None]) -> None:
    """Call `run`; where clang refuses what nvcc takes, again with sources rewritten or other options. Raises `ToolError`.

    `side` is `device` or `host`. A source that clang accepts is never rewritten.
    """
    try:
        run(options)
    except ToolError as error:
        from crosswarp.frontend.repair.loop import repair  # few sources need it

        repair(error, options, side, run)
