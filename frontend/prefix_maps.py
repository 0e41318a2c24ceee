"""`-ffile-prefix-map=OLD=NEW` and its kin (`-Xcompiler`): names of folders in results that are the same anywhere."""

from __future__ import annotations

from collections.abc import Sequence

_FILES, _MACROS, _DEBUG = "-ffile-prefix-map", "-fmacro-prefix-map", "-fdebug-prefix-map"
# How files are called in `__FILE__` and in debug information, in the spelling of `-cc1`.
_PARTS = {_FILES: (_MACROS, _DEBUG), _MACROS: (_MACROS,), _DEBUG: (_DEBUG,)}


def cc1_words(word: str) -> list[str]:
    """A word for the host compiler as words of `-cc1`; none if it maps nothing."""
    option, _, pair = word.partition("=")
    return [f"{part}={pair}" for part in _PARTS.get(option, ())]


def mapped(path: str, host_flags: Sequence[str]) -> str:
    """A path under the name that the maps give it; the last one that fits counts, as in clang.

    >>> mapped("/home/me/x.cu", ["-O2", "-ffile-prefix-map=/home/me=."])
    './x.cu'
    """
    for word in reversed(host_flags):
        option, _, pair = word.partition("=")
        old, _, new = pair.rpartition("=")
        if option in _PARTS and old and path.startswith(old):
            return new + path[len(old) :]
    return path


def with_mapped_names(portable: str, host_flags: Sequence[str]) -> str:
    """LLVM text whose first lines, the module's and the source's names, are as the maps have them."""
    head, separator, rest = portable.partition("target datalayout")
    name = head.partition("source_filename = \"")[2].partition('"')[0]
    return head.replace(name, mapped(name, host_flags)) + separator + rest if name else portable
