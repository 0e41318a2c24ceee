"""The prelude as a precompiled header: what every CUDA source starts with is parsed once for each set of flags.

nvcc includes `cuda_runtime.h` before every source, and with it much of the C and C++ library: two thirds of what clang reads of a
small program. clang's precompiled headers keep that work. One is made the second time the same flags are seen, so a single
compilation never pays for it. It is used only as long as clang accepts it: after any failure the pass runs again without.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crosswarp.frontend.flags import PRELUDE
from crosswarp.support.diagnostics import ToolError
from crosswarp.support.paths import cache_dir, include_dir
from crosswarp.support.toolchain import run_tool

# About 5 MB each; the oldest go.
MOST_KEPT = 60


@dataclass(frozen=True)
class PassCommand:
    """A pass's command in parts: `flags` decide what the prelude means, `rest` names source, output and side outputs.

    `precompile` are the words that make the same compiler write a precompiled header, before the header's name.
    """

    program: tuple[str, ...]
    flags: tuple[str, ...]
    rest: tuple[str, ...]
    precompile: tuple[str, ...]

    def plain(self) -> list[str]:
        """The whole command line."""
        return [*self.program, *self.flags, *self.rest]

    def with_header(self, header: Path) -> list[str]:
        """The command line with the precompiled prelude in place of the prelude."""
        place = self.flags.index(PRELUDE)
        return [*self.program, *self.flags[: place - 1], "-include-pch", str(header), *self.flags[place + 1 :], *self.rest]

    def making(self, header: Path) -> list[str]:
        """The command line that writes the precompiled prelude. What is included after it stays out."""
        place = self.flags.index(PRELUDE)
        flags = [*self.flags[: place - 1], *_without_includes(self.flags[place + 1 :])]
        return [*self.program, *flags, *self.precompile, str(include_dir() / PRELUDE), "-o", str(header)]


def run_pass(command: PassCommand) -> subprocess.CompletedProcess[bytes]:
    """Run a pass, with the precompiled prelude where there is one. Raises `ToolError` as `run_tool` does."""
    header = _header(command) if os.environ.get("CROSSWARP_CACHE") != "off" else None
    if header is not None:
        try:
            done = run_tool(command.with_header(header))
        except ToolError:
            done = run_tool(command.plain())  # a wrong source fails here again, with the same message
            header.unlink(missing_ok=True)
            return done
        with contextlib.suppress(OSError):
            os.utime(header)
        return done
    return run_tool(command.plain())


def _without_includes(flags: Sequence[str]) -> list[str]:
    words = iter(flags)
    kept: list[str] = []
    for word in words:
        if word == "-include":
            next(words, None)
        else:
            kept.append(word)
    return kept


def _header(command: PassCommand) -> Path | None:
    """The precompiled prelude for these flags, made now if they were seen before; None the first time or if it cannot be kept."""
    digest = hashlib.sha256(repr((command.program, command.flags, str(include_dir()))).encode()).hexdigest()[:32]
    header = cache_dir() / "prelude" / f"{digest}.pch"
    if header.exists():
        return header
    seen = header.with_suffix(".seen")
    try:
        if not seen.exists():
            seen.parent.mkdir(parents=True, exist_ok=True)
            seen.touch()
            return None
        temporary = header.with_suffix(f".{os.getpid()}.tmp")
        try:
            run_tool(command.making(temporary))
            temporary.replace(header)
        finally:
            temporary.unlink(missing_ok=True)
        _trim(header.parent)
    except (OSError, ToolError):
        return None
    return header


def _trim(folder: Path) -> None:
    """Remove the headers that were not used for longest."""
    with contextlib.suppress(OSError):
        headers = sorted(folder.glob("*.pch"), key=lambda path: path.stat().st_mtime, reverse=True)
        for old in headers[MOST_KEPT:]:
            old.unlink(missing_ok=True)
