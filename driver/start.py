"""Where `nvcc` begins: a command that was run before is answered from the cache, every other one by `nvcc.py`.

Nothing is imported here that such an answer does not need.
"""

from __future__ import annotations

import os
import sys

from crosswarp.driver.evidence import note_command
from crosswarp.driver.recall.lookup import recalled

MYPY = False
if MYPY:
    from typing import NoReturn


def main(toolkit: str | None = None) -> int:
    """Run nvcc with this process's command line. Returns the exit code."""
    words = with_environment(sys.argv[1:])
    code = recalled(words)
    if code is not None:
        note_command(words, code)
        return code
    _import_on_use("inspect")
    from pathlib import Path

    from crosswarp.driver import nvcc

    return nvcc.run_process(words, Path(toolkit) if toolkit else None)


def _import_on_use(name: str) -> None:
    """Read a module when something of it is used: `dataclasses` has `inspect` for classes that say nothing of themselves."""
    from importlib.util import LazyLoader, find_spec, module_from_spec

    spec = find_spec(name)
    if name in sys.modules or spec is None or spec.loader is None:
        return
    spec.loader = LazyLoader(spec.loader)
    sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(sys.modules[name])


def with_environment(arguments: list[str]) -> list[str]:
    """The words of `NVCC_PREPEND_FLAGS`, the command line, the words of `NVCC_APPEND_FLAGS`."""
    before, after = os.environ.get("NVCC_PREPEND_FLAGS"), os.environ.get("NVCC_APPEND_FLAGS")
    if not before and not after:
        return arguments
    from crosswarp.driver.environment_words import split

    return [*split(before or ""), *arguments, *split(after or "")]


def end_process(code: int) -> NoReturn:
    """End this process without the interpreter's tidying up of objects, which takes longer than its start."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        code = code or 1
    os._exit(code)
