"""Precompiled CUDA headers: clang reads what stands before every CUDA source once, not in every compilation.

The headers that nvcc includes by itself, and the standard headers and those of CCCL that a source begins with, are megabytes of
text and most of a small source's compile time. One precompiled file per set of flags and of such headers is kept in the cache
folder, with the files it was made from. It is used only while none of them has changed, no folder of the user's `-I` holds a file
that could have taken the place of one, and clang accepts it; otherwise the headers are read as ever.
A set seen for the first time is only noted: what is compiled once should not pay for a file that is never used.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.cache import cache_key, trim_folder
from crosswarp.driver.leading_includes import leading_includes
from crosswarp.frontend.device import device_command
from crosswarp.frontend.flags import PRELUDE
from crosswarp.frontend.host import host_command
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.bare import is_switched_off
from crosswarp.support.diagnostics import CrosswarpError, ToolError
from crosswarp.support.files import prerequisites, stamp
from crosswarp.support.paths import cache_dir
from crosswarp.support.toolchain import run_tool, zig

FOLDER_BYTES = 1 << 30
_FORMAT = "3"
_MAKING_SECONDS = 120.0
# What the headers' own inline functions ask of templates is instantiated once, in the precompiled file, not in every source.
_INSTANTIATE = "-fpch-instantiate-templates"
# Host flags that change where headers are found; with one of them nothing precompiled is used.
_SEARCH = ("-I", "-i", "-B", "-nostd", "--sysroot", "-include", "-Xclang")
_SEARCH_VARIABLES = ("CPATH", "CPLUS_INCLUDE_PATH")

Command = Callable[[Path, FrontendOptions, Path], list[str]]


def is_on() -> bool:
    """Whether precompiled headers are used: not with `CROSSWARP_HEADERS=off`."""
    return not is_switched_off("CROSSWARP_HEADERS")


def with_headers(side: str, source: Path, options: FrontendOptions, run: Callable[[FrontendOptions], None]) -> None:
    """Call `run` with options that use precompiled headers if there are any for `side` (`device` or `host`) of `source`.

    Should clang refuse them, they are removed and `run` is called with the plain options.
    """
    found = precompiled_headers(side, options, source) if is_on() else None
    if found is None:
        run(options)
        return
    try:
        run(replace(options, extra_clang=(*options.extra_clang, "-include-pch", str(found))))
    except ToolError as error:
        if not any(word in error.stderr for word in ("precompiled file", "PCH file", str(found))):
            raise
        found.unlink(missing_ok=True)
        run(options)


def precompiled_headers(side: str, options: FrontendOptions, source: Path | None = None) -> Path | None:
    """The precompiled file for a side, a set of flags and the headers `source` begins with, else the one of CUDA's headers alone.

    It is made if the same was asked for before. None if there is none to use.
    """
    if any(word.startswith(_SEARCH) for word in options.host_flags):
        return None
    if options.debug or options.device_debug:
        return None  # debug information of what came from a precompiled file leaves out names and types: outputs would differ
    if options.dependencies is not None and options.dependencies.skip_system:
        return None  # clang names all headers inside a precompiled one as dependencies, system headers too
    # A forced include is read before the source's own lines.
    folders = (*options.includes, *options.system_includes)
    leading = leading_includes(source, folders, options.defines) if source is not None and not options.forced_includes else ()
    for headers in dict.fromkeys((leading, ())):
        found = _precompiled(side, options, (PRELUDE, *headers))
        if found is not None:
            return found
    return None


def _precompiled(side: str, options: FrontendOptions, headers: tuple[str, ...]) -> Path | None:
    plain = replace(options, forced_includes=(), includes=(), system_includes=(), dependencies=None, extra_clang=_lasting(options))
    command = _device_command if side == "device" else _host_command
    folder = cache_dir() / "headers"
    status = Path(zig()).stat()
    words = command(Path("-"), plain, Path("x"))
    searched = repr([os.environ.get(name) for name in _SEARCH_VARIABLES])
    parts = [_FORMAT, side, repr(words), repr(headers), searched, zig(), str(status.st_size), str(status.st_mtime_ns)]
    path = folder / cache_key(parts)[:32]
    folders = [*options.includes, *options.system_includes]
    try:
        state = _state(path, folders)
        if state == "new":
            folder.mkdir(parents=True, exist_ok=True)
            path.with_suffix(".seen").touch()
        elif state == "wanted":
            with _claimed(path.with_suffix(".making")) as claimed:
                if claimed:
                    _make(path, plain, command, headers)
            state = _state(path, folders)
    except (OSError, CrosswarpError):  # a cache that cannot be written, headers that do not compile: the plain way tells
        return None
    return path.with_suffix(".pch") if state == "ready" else None


@contextmanager
def _claimed(mark: Path) -> Iterator[bool]:
    """Whether this process is the one that makes a file: the others do without it meanwhile. A mark that is left over grows old."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        if mark.stat().st_mtime < time.time() - _MAKING_SECONDS:
            mark.unlink(missing_ok=True)
        yield False
        return
    try:
        yield True
    finally:
        mark.unlink(missing_ok=True)


def _lasting(options: FrontendOptions) -> tuple[str, ...]:
    """Extra flags that are part of what is precompiled; the list of read files is one compilation's own."""
    words = list(options.extra_clang)
    if "-dependency-file" in words:
        at = words.index("-dependency-file")
        del words[at : at + 5]
    return tuple(words)


def _state(path: Path, folders: list[str]) -> str:
    """`new`: never seen; `wanted`: seen, to be made; `ready`; `shadowed`: the user's folders may hold other headers."""
    try:
        manifest = json.loads(path.with_suffix(".json").read_text())
        fresh = path.with_suffix(".pch").exists() and all(stamp(name) == kept for name, kept in manifest["files"].items())
    except (OSError, ValueError, KeyError):
        return "wanted" if path.with_suffix(".seen").exists() else "new"
    if not fresh:
        return "wanted"
    names = set(manifest["names"])
    for folder in folders:
        if os.path.isdir(folder) and not names.isdisjoint(os.listdir(folder)):  # noqa: PTH112, PTH208  names only, no paths
            return "shadowed"
    os.utime(path.with_suffix(".pch"))
    return "ready"


def _make(path: Path, plain: FrontendOptions, command: Command, headers: tuple[str, ...]) -> None:
    """Precompile, then record what was read. Renamed into place: several compilations may do this at once.

    clang reads the `#include` lines from its standard input: a file of them would be named among the user's dependencies.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    files = [temporary.with_suffix(suffix) for suffix in (".pch", ".d", ".json")]
    try:
        words = command(Path("-"), plain, files[0])
        text = "".join(f"#include <{name}>\n" for name in headers)
        run_tool([*words, *_dependency_words(command, files[1])], stdin=text.encode())
        read = prerequisites(files[1])
        record = {"files": {name: stamp(name) for name in read}, "names": _included_names(read, words)}
        files[2].write_text(json.dumps(record))
        files[0].replace(path.with_suffix(".pch"))
        files[2].replace(path.with_suffix(".json"))
    finally:
        for each in files:
            each.unlink(missing_ok=True)
    trim_folder(path.parent, FOLDER_BYTES)


def _included_names(read: list[str], words: list[str]) -> list[str]:
    """What a folder must hold to come before one of the headers read: the first part of each as it is written in `#include`."""
    roots = [os.path.realpath(words[i + 1]) for i, word in enumerate(words) if word in ("-isystem", "-internal-isystem")]
    roots.sort(key=len, reverse=True)
    names = set()
    for name in map(os.path.realpath, read):
        root = next((root for root in roots if name.startswith(root + "/")), os.path.dirname(name))  # noqa: PTH120
        names.add(name[len(root) + 1 :].partition("/")[0])
    return sorted(names)


def _device_command(source: Path, options: FrontendOptions, output: Path) -> list[str]:
    words = _without_prelude(device_command(source, options, output))
    words[words.index("-emit-llvm")] = "-emit-pch"
    return [*words, _INSTANTIATE]


def _host_command(source: Path, options: FrontendOptions, output: Path) -> list[str]:
    words = _without_prelude(host_command(source, options, output))
    at = words.index("-c")
    words[at:at] = ["-Xclang", "-emit-pch", "-Xclang", _INSTANTIATE]
    return words


def _dependency_words(command: Command, output: Path) -> list[str]:
    if command is _device_command:
        return ["-dependency-file", str(output), "-MT", "x", "-sys-header-deps"]
    return ["-MD", "-MF", str(output)]


def _without_prelude(words: list[str]) -> list[str]:
    at = next(i for i, word in enumerate(words) if word == "-include" and words[i + 1] == PRELUDE)
    return words[:at] + words[at + 2 :]
