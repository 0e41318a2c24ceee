"""Finds the result of an earlier command of the same words, and puts it in place.

    words, folder, environment ─► key ─► variants, newest first: lists of files and absent names ─► result: files, messages

This runs before anything else is imported: a hit costs Python's start and some hundred `stat` calls. Where anything is out of the
ordinary there is no answer, and the command is run as ever; it then tells what is wrong.
"""

from __future__ import annotations

import os
import stat
import sys
import time

from crosswarp.driver.cache import ObjectCache, cache_key, object_cache
from crosswarp.driver.recall.checks import files_unchanged, names_absent
from crosswarp.support.bare import is_switched_off, read_bytes, remove

# Parts of the environment that a compilation may depend on: clang's, g++'s, ours, messages' language, search paths.
_VARIABLES = frozenset({"PATH", "HOME", "PWD", "LANG", "LANGUAGE", "CPATH", "COMPILER_PATH", "LIBRARY_PATH", "LD_LIBRARY_PATH",
                        "LD_PRELOAD", "SOURCE_DATE_EPOCH", "XDG_CONFIG_HOME", "DEPENDENCIES_OUTPUT", "SUNPRO_DEPENDENCIES"})
_PREFIXES = ("CROSSWARP_", "NVCC_", "CUDA", "C_", "CPLUS", "OBJC", "CCC_", "CLANG", "GCC_", "LC_", "ZIG", "HIP_", "ROCR_", "RC_")
_AMD_NODES = "/sys/class/kfd/kfd/topology/nodes"
_PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))  # noqa: PTH100, PTH120


def command_key(words: list[str]) -> str:
    """The key of a command: its words and everything that is not a file but may change what it does."""
    here = os.environ
    relevant = sorted(f"{name}={here[name]}" for name in here if name in _VARIABLES or name.startswith(_PREFIXES))
    colour = sys.stderr is not None and sys.stderr.isatty()
    return cache_key(["recall-1", _PACKAGE, sys.version, os.getcwd(), str(colour), repr(_devices()), repr(relevant), *words])  # noqa: PTH109


def _devices() -> list[object]:
    """What tells this machine's GPUs apart: `native` targets depend on them."""
    found: list[object] = []
    found += sorted(name for name in os.listdir("/dev") if name.startswith("nvidia"))  # noqa: PTH208
    if os.path.isdir(_AMD_NODES):  # noqa: PTH112
        for node in sorted(os.listdir(_AMD_NODES)):  # noqa: PTH208
            found.append(read_bytes(f"{_AMD_NODES}/{node}/properties"))
    return found


def recalled(words: list[str]) -> int | None:
    """Answer a command from the cache. Returns the exit code, None where it has to be run."""
    if is_switched_off("CROSSWARP_CACHE"):
        return None
    try:
        cache = object_cache(sys.maxsize)  # nothing is trimmed here: the limit is not known yet
        result = _find(cache, command_key(words), time.time_ns())
        if result is None:
            return None
        messages, files = unpack(result)
        _place(files)
    except OSError:
        return None
    sys.stderr.write(messages)
    return 0


def _find(cache: ObjectCache, key: str, now: int) -> bytes | None:
    for variant in variants(cache.get(key)):
        *checks, result = variant.split(" ")
        if all(_holds(cache, check, now) for check in checks):
            return cache.get(result)
    return None


def variants(manifest: bytes | None) -> list[str]:
    """The lines of a command's entry."""
    return manifest.decode().split("\n") if manifest else []


def _holds(cache: ObjectCache, check: str, now: int) -> bool:
    kind, _, key = check.partition(":")
    return files_unchanged(cache, key, now) if kind == "files" else names_absent(cache, key)


def pack(messages: str, files: list[tuple[str, bytes]]) -> bytes:
    """A result as one entry: what the command printed on stderr, and the files it wrote."""
    items = [(b"", messages.encode(errors="surrogateescape")), *((os.fsencode(name), data) for name, data in files)]
    return b"".join(b"%d %d\n%b%b" % (len(name), len(data), name, data) for name, data in items)


def unpack(result: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The reverse of `pack`."""
    items: list[tuple[str, bytes]] = []
    at = 0
    while at < len(result):
        end = result.index(b"\n", at) + 1
        name, data = (int(word) for word in result[at:end].split())
        items.append((os.fsdecode(result[end : end + name]), result[end + name : end + name + data]))
        at = end + name + data
    return items[0][1].decode(errors="surrogateescape"), items[1:]


def _place(files: list[tuple[str, bytes]]) -> None:
    """Write all files beside their places, then rename them. Raises `OSError`, also where something other than a file is there."""
    pending: list[tuple[str, str]] = []
    try:
        for name, data in files:
            final = os.path.realpath(name)
            if os.path.exists(final) and not (stat.S_ISREG(os.stat(final).st_mode) and os.access(final, os.W_OK)):  # noqa: PTH110, PTH116
                raise OSError(f"{name}: not a file to write")
            folder, base = os.path.split(final)
            temporary = os.path.join(folder, f".{base}.{os.getpid()}-{len(pending)}.tmp")  # noqa: PTH118
            pending.append((temporary, final))
            with open(temporary, "wb") as file:  # noqa: PTH123
                file.write(data)
        for temporary, final in pending:
            os.replace(temporary, final)  # noqa: PTH105
    finally:
        for temporary, _ in pending:
            remove(temporary)
