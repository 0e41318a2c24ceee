"""The LLVM tools inside the `ziglang` wheel: clang, LLD, and a hermetic C++ compiler.

`zig clang` is the raw clang driver (with `-cc1`), `zig ld.lld` is LLD itself. Facts in `docs/pipeline.md`.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from crosswarp.support.diagnostics import CrosswarpError, ToolError
from crosswarp.support.paths import cache_dir


@cache
def zig_root() -> Path:
    """Folder of the installed `ziglang` wheel, without importing it."""
    spec = importlib.util.find_spec("ziglang")
    if spec is None or spec.origin is None:
        raise CrosswarpError("the 'ziglang' package is missing: pip install crosswarp again")
    return Path(spec.origin).parent


def zig() -> str:
    """Path of the zig executable."""
    return str(zig_root() / "zig")


def resource_dir() -> str:
    """Clang's `-resource-dir`: the folder that holds clang's own `include/`."""
    return str(zig_root() / "lib")


def tool_environment() -> dict[str, str]:
    """The environment tools run with: zig's caches lie in ours."""
    env = dict(os.environ)
    folder = str(cache_dir() / "zig")
    env.setdefault("ZIG_GLOBAL_CACHE_DIR", folder)
    env.setdefault("ZIG_LOCAL_CACHE_DIR", folder)
    return env


def clang_command(*arguments: str) -> list[str]:
    """Command line of the raw clang driver."""
    return [zig(), "clang", *arguments]


def cc1_command(*arguments: str) -> list[str]:
    """Command line of clang's compiler proper (`-cc1`)."""
    return [zig(), "clang", "-cc1", *arguments]


def lld_command(*arguments: str) -> list[str]:
    """Command line of LLD for ELF."""
    return [zig(), "ld.lld", *arguments]


def run_tool(command: Sequence[str], *, stdin: bytes | None = None, cwd: Path | None = None,
             environment: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run a tool to its end; output captured. Raises `ToolError` when it fails.

    SIGBUS tells of memory that could not be read, of a mapped file mostly, not of the input: such a run is tried once more.
    """
    for last in (False, True):
        done = subprocess.run(list(command), input=stdin, cwd=cwd, capture_output=True, check=False,
                              env=dict(environment) if environment is not None else tool_environment())
        if done.returncode != -signal.SIGBUS or last:
            break
        sys.stderr.write(f"crosswarp: warning: {command[0]} was ended by SIGBUS; it is run once more [CW2003]\n")
    if done.returncode:
        raise ToolError(list(command), done.returncode, done.stderr.decode(errors="replace"))
    return done
