"""Command lines of a compilation database as libclang takes them, for `crosswarp coverage`."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.compile_commands import compiler_at, host_words
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import parse
from crosswarp.driver.request import CUDA_KINDS, configured_request
from crosswarp.frontend.host import host_command
from crosswarp.support.diagnostics import CrosswarpError
from crosswarp.support.paths import include_dir
from crosswarp.support.toolchain import resource_dir

_WITH_VALUE = ("-o", "-MF", "-MT", "-MQ")
_ALONE = ("-c", "-MD", "-MMD", "-MP", "-Werror")


def clang_words(words: Sequence[str], directory: Path) -> list[str]:
    """The words of a compiler's command, its name first, as those of the host pass that libclang understands.

    Raises `ValueError` for a command that nvcc would refuse.
    """
    at = compiler_at(list(words))
    if at is None:
        return _host_words(words[1:])
    try:
        with contextlib.chdir(directory):
            return _nvcc_words(list(words[at + 1 :]))
    except (CommandLineError, CrosswarpError, OSError) as error:
        raise ValueError(str(error)) from error


def _nvcc_words(words: list[str]) -> list[str]:
    request = configured_request(parse(words))
    source = next((item for item in request.inputs if item.kind in CUDA_KINDS), None)
    if source is None:
        return _host_words(host_words(request)[1:])
    plain = replace(request.frontend, dependencies=None, color=False)
    command = host_command(Path(source.path), plain, None, action="-fsyntax-only")
    return [word for word in command[command.index("clang") + 1 :] if word != "-fsyntax-only"]


def _host_words(words: Sequence[str]) -> list[str]:
    """Another compiler's: what it writes does not matter, and CUDA's headers are ours."""
    kept, skip = list[str](), False
    for word in words:
        if not skip and word not in _ALONE and word not in _WITH_VALUE:
            kept.append(word)
        skip = word in _WITH_VALUE and not skip
    return [*kept, "-resource-dir", str(resource_dir()), "-isystem", str(include_dir())]
