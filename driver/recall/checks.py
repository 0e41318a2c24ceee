"""Whether the files that an earlier command read, and those that it looked for in vain, are as they were.

Two kinds of entries of the cache say what a command depended on:

    facts                                  a list of files: one line about what they say (`lists.py`), then a line for each
    SIZE MTIME CTIME INODE<tab>DIGEST<tab>PATH
    MTIME CTIME INODE<tab>FOLDER<tab>NAME<tab>NAME...       names that are not in a folder; `-` for one that is not there

A file with the size, times and number it had has the content it had. One that differs in those is read: its digest decides.
"""

from __future__ import annotations

import os

from crosswarp.driver.cache import cache_key
from crosswarp.support.bare import blake2b

MYPY = False
if MYPY:  # a command that is answered from the cache imports nothing else
    from crosswarp.driver.cache import ObjectCache

ABSENT_FOLDER = "-"
# A file changed this short a time before a moment may have been changed again in the same tick of the file system's clock.
_TICK = 20_000_000
_COARSE_TICK = 2_000_000_000
_BLOCK = 1 << 20


def stamp(path: str) -> str:
    """Size, times in nanoseconds and number of a file. Raises `OSError`."""
    status = os.stat(path)  # noqa: PTH116
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def folder_stamp(path: str) -> str:
    """Times and number of a folder, which change when a name appears in it; `ABSENT_FOLDER` where there is none."""
    try:
        status = os.stat(path or ".")  # noqa: PTH116
    except OSError:
        return ABSENT_FOLDER
    return f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def is_settled(mark: str, moment: int) -> bool:
    """Whether a file (or folder) with this stamp was left alone for a while before `moment`, in nanoseconds since 1970."""
    changed, status = (int(word) for word in mark.split(" ")[-3:-1])
    tick = _TICK if changed % 1_000_000_000 or status % 1_000_000_000 else _COARSE_TICK
    return max(changed, status) < moment - tick


def file_digest(path: str) -> str:
    """Digest of a file's content. Raises `OSError`."""
    state = blake2b(digest_size=16)
    with open(path, "rb") as file:  # noqa: PTH123
        while block := file.read(_BLOCK):
            state.update(block)
    return state.hexdigest()


def files_unchanged(cache: ObjectCache, key: str, now: int) -> bool:
    """Whether the files of the list under `key` have the content they had."""
    listed = cache.get(key)
    if listed is None:
        return False
    other: list[tuple[str, str, str]] = []
    for line in os.fsdecode(listed).split("\n")[1:]:
        known, content, path = line.split("\t", 2)
        try:
            mark = stamp(path)
        except OSError:
            return False
        if mark != known:
            other.append((mark, content, path))
    return not other or _same_content(cache, key, other, now)


def _same_content(cache: ObjectCache, key: str, files: list[tuple[str, str, str]], now: int) -> bool:
    """Whether files with new stamps have the old content. That they have is remembered: a fresh copy of headers is read once."""
    again = cache_key(["recall-again", key, *(f"{mark}\t{path}" for mark, _, path in files)])
    if cache.get(again) is not None:
        return True
    try:
        if any(file_digest(path) != content for _, content, path in files):
            return False
    except OSError:
        return False
    if all(is_settled(mark, now) for mark, _, _ in files):
        cache.put(again, b"")
    return True


def names_absent(cache: ObjectCache, key: str) -> bool:
    """Whether the names of the list under `key` are still not there."""
    listed = cache.get(key)
    if listed is None:
        return False
    for line in os.fsdecode(listed).split("\n") if listed else ():
        known, folder, *names = line.split("\t")
        mark = folder_stamp(folder)
        if mark not in (known, ABSENT_FOLDER) and any(os.path.lexists(os.path.join(folder, name)) for name in names):  # noqa: PTH118
            return False
    return True
