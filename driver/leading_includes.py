"""The standard headers and CCCL's at the top of a source, which can be precompiled together with CUDA's.

    // comment                   ->  ("thrust/sort.h", "vector")
    #include <thrust/sort.h>
    #include <vector>
    #include "mine.h"            <- ends the list: it may define a macro that a later header asks for
    #include <string>

The C++ standard lets its headers be included any number of times, and so do CUB, Thrust and libcu++: the source's own `#include`
finds nothing left to do. Only what stands before every other directive and every declaration counts: those headers read the same
text in any such source.
"""

from __future__ import annotations

import re
from pathlib import Path

from crosswarp.support.paths import cccl_dir

# ISO C++23, tables [tab:headers.cpp] and [tab:c.headers], and CUDA's umbrella header, which is read before every source anyway.
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
stdlib.h string.h time.h uchar.h wchar.h wctype.h cuda_runtime.h
"""
_NAMES = frozenset(_HEADERS.split())
_CCCL = ("cub/", "cuda/", "nv/", "thrust/")
# White space, a comment or an include. A backslash may join lines: with one, the list ends.
_PIECE = re.compile(rb"[ \t\r\n]+|//[^\n\\]*\n|/\*[^\\]*?\*/|#[ \t]*include[ \t]*<([a-z0-9_./]+)>(?=[ \t]*(?://[^\n\\]*)?\r?\n)")


def leading_includes(source: Path) -> tuple[str, ...]:
    """Names of the standard headers and CCCL's that `source` begins with, in order; empty if it cannot be read."""
    try:
        text = source.read_bytes()
    except OSError:
        return ()
    names: list[str] = []
    at = 0
    while (piece := _PIECE.match(text, at)) is not None:
        if piece[1] is not None:
            name = piece[1].decode()
            if name not in _NAMES and not _of_cccl(name):
                break
            names.append(name)
        at = piece.end()
    return tuple(dict.fromkeys(names))


def _of_cccl(name: str) -> bool:
    """Whether CCCL's wheel has this header."""
    folder = cccl_dir() if name.startswith(_CCCL) else None
    return folder is not None and (folder / name).is_file()
