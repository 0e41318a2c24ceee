"""The standard headers, CUDA's and CCCL's at the top of a source, which can be precompiled together.

    // comment                   ->  ("thrust/sort.h", "cstdio", "vector")
    #include <thrust/sort.h>
    #include "mine.h"            <- #pragma once
    #include <string>               #include <cstdio>
                                    #include <vector>
                                    int x;                 <- ends the list: it may mean something to a later header

The C++ standard lets its headers be included any number of times, and so do CUB, Thrust and libcu++: the source's own `#include`
finds nothing left to do. Only what the compiler reads before every declaration and every other directive counts: those headers read
the same text in any such source. A project's own headers are followed, past their include guards, down to the first that says more.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crosswarp.support.bare import read_bytes
from crosswarp.support.paths import cccl_dir, include_dir

# ISO C++23, tables [tab:headers.cpp] and [tab:c.headers].
_HEADERS = """
algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable coroutine deque
exception execution expected filesystem format forward_list fstream functional future generator initializer_list iomanip ios iosfwd
iostream istream iterator latch limits list locale map mdspan memory memory_resource mutex new numbers numeric optional ostream
print queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span spanstream sstream stack
stacktrace stdexcept stdfloat stop_token streambuf string string_view strstream syncstream system_error thread tuple type_traits
typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio cstdlib cstring
ctime cuchar cwchar cwctype
assert.h ctype.h errno.h fenv.h float.h inttypes.h limits.h locale.h math.h setjmp.h signal.h stdarg.h stddef.h stdint.h stdio.h
stdlib.h string.h time.h uchar.h wchar.h wctype.h
"""
_NAMES = frozenset(_HEADERS.split())
_CCCL = ("cub/", "cuda/", "nv/", "thrust/")
_SPACE = rb"[ \t\r\n]+|//[^\n\\]*\n|/\*[^\\]*?\*/"
_END = rb"[ \t]*(?://[^\n\\]*|/\*[^\n\\]*?\*/[ \t]*)?\r?(?:\n|\Z)"
# White space, a comment or an include. A backslash may join lines: with one, the list ends.
_PIECE = re.compile(_SPACE + rb"|#[ \t]*include[ \t]*(?:<([\w./+-]+)>|\"([\w./+-]+)\")(?=" + _END + rb")")
# What guards a header against being read twice.
_ONCE = re.compile(rb"(?:" + _SPACE + rb")*#[ \t]*pragma[ \t]+once" + _END)
_GUARD = re.compile(rb"(?:" + _SPACE + rb")*#[ \t]*(?:ifndef[ \t]+|if[ \t]+!defined[ \t]*\(?)(\w+)\)?" + _END + rb"(?:" + _SPACE
                    + rb")*#[ \t]*define[ \t]+(\w+)[ \t]*1?" + _END)
_CLOSED = re.compile(rb"(?:#[ \t]*endif" + _END + rb"|" + _SPACE + rb")*\Z")
_DEPTH = 16


def leading_includes(source: Path, folders: Sequence[str] = (), macros: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of the headers that `source` begins with, in order; empty if it cannot be read.

    `folders` are those of `-I` and `-isystem`, where the project's own headers may lie; `macros` those of `-D`.
    """
    reader = _Reader(list(folders), {macro.partition("=")[0] for macro in macros})
    reader.read(str(source), 0)
    return tuple(reader.names)


@dataclass
class _Reader:
    folders: list[str]
    macros: set[str]
    names: dict[str, None] = field(default_factory=dict)

    def read(self, path: str, depth: int) -> bool:
        """Add the headers that a file begins with. Returns whether it says nothing else, so that its includer goes on."""
        try:
            text = read_bytes(path)
        except OSError:
            return False
        at = self._after_guard(path, text) if depth else 0
        if at is None:
            return False
        while (piece := _PIECE.match(text, at)) is not None:
            if piece.lastindex is not None:
                places = [os.path.dirname(path), *self.folders] if piece.lastindex == 2 else self.folders  # noqa: PTH120
                if not self._include(piece[piece.lastindex].decode(), places, depth):
                    return False
            at = piece.end()
        return _CLOSED.match(text, at) is not None

    def _include(self, name: str, places: list[str], depth: int) -> bool:
        """Follow one `#include`. Returns whether what it leads to is wholly known."""
        own = next((path for path in (os.path.join(place, name) for place in places) if os.path.isfile(path)), None)  # noqa: PTH113, PTH118
        if own is not None:
            return depth < _DEPTH and self.read(own, depth + 1)
        if name not in _NAMES and not _of_cccl(name) and not (include_dir() / name).is_file():
            return False
        self.names[name] = None
        return True

    def _after_guard(self, path: str, text: bytes) -> int | None:
        """Where a header goes on behind its guard; None if it has none, or one that may mean something to other headers."""
        if (once := _ONCE.match(text)) is not None:
            return once.end()
        guard = _GUARD.match(text)
        if guard is None or guard[1] != guard[2] or guard[1].decode() in self.macros:
            return None
        stem = os.path.basename(path).partition(".")[0]  # noqa: PTH119
        return guard.end() if _letters(stem) in _letters(guard[1].decode()) else None


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


def _of_cccl(name: str) -> bool:
    """Whether CCCL's wheel has this header."""
    folder = cccl_dir() if name.startswith(_CCCL) else None
    return folder is not None and (folder / name).is_file()
