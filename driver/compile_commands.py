"""A compilation database that clangd can use: nvcc's command lines as clang's.

clangd takes a command line whose program is `nvcc` for clang's own and stumbles over its options. Here such entries become the
command of the host pass, which checks host and device code alike; entries of other compilers stay as they are. clangd brings
headers of its own (`stddef.h`, `immintrin.h`): they take the place of those of the clang that we compile with.
"""

from __future__ import annotations

import contextlib
import json
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import InputFile, parse
from crosswarp.driver.request import CUDA_KINDS, Request, configured_request
from crosswarp.driver.units import HostUnit
from crosswarp.frontend.host import host_command
from crosswarp.support.diagnostics import CrosswarpError, user_error
from crosswarp.support.toolchain import resource_dir

NAME = "compile_commands.json"
Entry = dict[str, Any]


def translated(database: Path) -> tuple[list[Entry], list[str]]:
    """The entries of a database for clangd, and what was wrong with those left as they were. Raises `CompileError`."""
    try:
        entries: list[Entry] = json.loads(database.read_text())
    except (OSError, ValueError) as error:
        raise user_error(f"cannot read {database}: {error}", "CW2015",
                         hint="CMake writes it with -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, Meson always") from error
    problems = list[str]()
    result = [_translated_entry(entry, problems) for entry in entries]
    return result, problems


def _translated_entry(entry: Entry, problems: list[str]) -> Entry:
    words = entry.get("arguments") or shlex.split(entry["command"])
    at = compiler_at(words)
    if at is None:
        return entry
    try:
        with contextlib.chdir(entry["directory"]):
            arguments = _clang_words(words[at + 1 :])
    except (CommandLineError, CrosswarpError, OSError) as error:
        problems.append(f"{entry['file']}: {error}")
        return entry
    return {"directory": entry["directory"], "file": entry["file"], "arguments": arguments}


def compiler_at(words: list[str]) -> int | None:
    """Where nvcc's name is: first, or after that of a compiler cache."""
    return next((at for at, word in enumerate(words[:3]) if Path(word).name == "nvcc"), None)


def _clang_words(arguments: list[str]) -> list[str]:
    request = configured_request(parse(arguments))
    source = next((item for item in request.inputs if item.kind in CUDA_KINDS), None)
    return host_words(request) if source is None else _cuda_words(request, source)


def host_words(request: Request) -> list[str]:
    """A C or C++ file: the host compiler's own command."""
    return HostUnit(request, request.inputs[0], replace(request.frontend, dependencies=None), "", Path()).command()


def _cuda_words(request: Request, source: InputFile) -> list[str]:
    command = host_command(Path(source.path), replace(request.frontend, dependencies=None, color=False), None)
    return ["clang++", *_own_headers(command[command.index("clang") + 1 :])]


def _own_headers(words: list[str]) -> list[str]:
    """The words without our clang's headers. The system's folders that came after those still do."""
    resource = resource_dir()
    result, after = list[str](), False
    pairs = zip(words, [*words[1:], ""], strict=True)
    for word, following in pairs:
        if word == "-resource-dir":
            next(pairs)
        elif word == "-isystem" and following == f"{resource}/include":
            next(pairs)
            after = True
        else:
            after = after and word != "-x"  # where the host toolchain's folders end
            result.append("-nostdlibinc" if word == "-nostdinc" else "-idirafter" if after and word == "-isystem" else word)
    return result
