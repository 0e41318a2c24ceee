"""Questions to the host compiler: `nvcc x.c -Xcompiler --version`, by which build systems learn which one it is.

g++ answers `--version` and its kin instead of compiling, and so says nothing of the input, which need not exist.
"""

from __future__ import annotations

import re
import subprocess

from crosswarp.driver.request import Request
from crosswarp.frontend.host_toolchain import host_toolchain

_QUESTION = re.compile(r"--version|--help|-dump(version|fullversion|machine|specs)|--?print-[\w-]+(=.*)?")


def is_question(request: Request) -> bool:
    """Whether the words for the host compiler ask it something, so that it compiles nothing."""
    return any(_QUESTION.fullmatch(word) for word in request.frontend.host_flags)


def ask(request: Request) -> int:
    """Let the host compiler answer on our standard output; its status."""
    host = host_toolchain(request.frontend.ccbin)
    return subprocess.run(host.command_line(request.frontend.host_flags), env=host.environment(), check=False).returncode
