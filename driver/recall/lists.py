"""Lists of files that a command read, as entries of the cache (`checks.py` reads them).

What a file says is looked at once for each version of the list: texts that ask for the time of the compilation, or that read other
files in ways that clang does not report, make a command one that is never recalled.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from crosswarp.driver.cache import ObjectCache, cache_key
from crosswarp.driver.recall.checks import file_digest, is_settled, stamp

_DYNAMIC = rb"__(?:DATE|TIME|TIMESTAMP)__|\.incbin|#[ \t]*embed\b|__has_embed"
_ASKED = rb"__has_include(?:_next)?[ \t]*\("
_PATTERN = re.compile(rb"define[ \t]+" + _ASKED + rb"|(" + _DYNAMIC + rb")|" + _ASKED + rb'[ \t]*(?:[<"]([^>"\n]*)[>"]|(\w))')


@dataclass(frozen=True)
class FileList:
    """A list in the cache: its key, and the names that its files ask for with `__has_include`."""

    key: str
    asked: frozenset[str]


def file_list(cache: ObjectCache, paths: Iterable[str], started: int, sources: bool = True) -> FileList | None:
    """Put a list of files in the cache; `sources` are searched for what makes them unfit.

    None where a file changed after `started` (what was read may not be what is there now), or where one is unfit.
    Raises `OSError` for a file that is gone.
    """
    marks = [(stamp(path), path) for path in sorted(paths)]
    if any("\n" in path or "\t" in path or not is_settled(mark, started) for mark, path in marks):
        return None
    key = cache_key(["recall-files", str(sources), *(f"{mark}\t{path}" for mark, path in marks)])
    known = cache.get(key)
    if known is None:
        facts = _facts([path for _, path in marks] if sources else [])
        lines = [facts, *(f"{mark}\t{file_digest(path)}\t{path}" for mark, path in marks)]
        known = os.fsencode("\n".join(lines))
        cache.put(key, known)
    state, *asked = os.fsdecode(known.partition(b"\n")[0]).split("\t")
    return FileList(key, frozenset(asked)) if state == "fit" else None


def _facts(paths: list[str]) -> str:
    """`fit` and the names asked for, or `unfit`."""
    asked: set[str] = set()
    for path in paths:
        for dynamic, name, computed in _PATTERN.findall(Path(path).read_bytes()):
            if dynamic or computed:
                return "unfit"
            if name:
                asked.add(os.fsdecode(name))
    return "\t".join(["fit", *sorted(asked)])
