"""Results of earlier compilations, found again by the content of everything that made them.

An entry is a BLAKE2b digest of its payload followed by the payload, in a file named by the key. Writers rename whole files into
place, so parallel compilations never see half an entry; a damaged entry fails its own checksum, is removed and built again. The
cache is bounded: some writes also remove the entries used longest ago.
"""

from __future__ import annotations

import os

from crosswarp.support.bare import DIGEST_BYTES, cache_folder, digest, read_bytes, remove, write_atomically

MYPY = False
if MYPY:  # a command that is answered from the cache imports nothing else
    from collections.abc import Iterable, Iterator

_FORMAT = b"crosswarp-object-cache-2"
# One write in this many looks at the whole cache's size.
_TRIM_PERIOD = 32


def cache_key(parts: Iterable[bytes | str]) -> str:
    """A key of everything a result depends on. Lengths are hashed too: ("ab", "c") and ("a", "bc") differ."""
    data = [part.encode(errors="surrogateescape") if isinstance(part, str) else part for part in parts]
    return digest(_FORMAT, *(piece for part in data for piece in (len(part).to_bytes(8, "little"), part))).hex()


def object_cache(limit: int) -> ObjectCache:
    """The user's cache."""
    return ObjectCache(os.path.join(cache_folder(), "objects"), limit)  # noqa: PTH118


class ObjectCache:
    """A folder of entries, at most about `limit` bytes. Limit 0 is a cache that keeps nothing."""

    def __init__(self, folder: str | os.PathLike[str], limit: int) -> None:
        self.folder = os.fspath(folder)
        self.limit = limit

    def get(self, key: str) -> bytes | None:
        """The payload under `key`, or None."""
        if not self.limit:
            return None
        path = self._path(key)
        try:
            stored = read_bytes(path)
            os.utime(path)
        except OSError:
            return None
        payload = stored[DIGEST_BYTES:]
        if stored[:DIGEST_BYTES] != digest(payload):
            remove(path)
            return None
        return payload

    def put(self, key: str, payload: bytes) -> None:
        """Keep `payload`. A cache that cannot be written costs time, not the compilation: errors are ignored."""
        if not self.limit or len(payload) > self.limit:
            return
        path = self._path(key)
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
            write_atomically(path, digest(payload) + payload)
            if int(key[:8], 16) % _TRIM_PERIOD == 0:
                self.trim()
        except OSError:
            return

    def trim(self) -> None:
        """Remove what was used longest ago until nine tenths of the limit are kept; leftovers of killed writers go too."""
        remove_oldest(list(self._entries()), self.limit)

    def _path(self, key: str) -> str:
        return f"{self.folder}/{key[:2]}/{key[2:]}"

    def _entries(self) -> Iterator[tuple[int, int, str]]:
        """(time of last use, bytes, path) of every file; others may remove some meanwhile."""
        for shelf in os.scandir(self.folder) if os.path.isdir(self.folder) else ():  # noqa: PTH112
            for entry in os.scandir(shelf.path) if shelf.is_dir() else ():
                yield from _entry(entry)


def _entry(entry: os.DirEntry[str]) -> Iterator[tuple[int, int, str]]:
    try:
        status = entry.stat()
    except FileNotFoundError:
        return
    yield status.st_mtime_ns, status.st_size, entry.path


def remove_oldest(files: list[tuple[int, int, str]], limit: int) -> None:
    """Of files given as (time of last use, bytes, path), remove the oldest until nine tenths of `limit` bytes are kept."""
    total = sum(size for _, size, _ in files)
    if total <= limit:
        return
    for _, size, path in sorted(files):
        if total <= limit * 9 // 10:
            return
        remove(path)
        total -= size


def trim_folder(folder: str | os.PathLike[str], limit: int) -> None:
    """`remove_oldest` for the files that lie directly in a folder."""
    remove_oldest([found for entry in os.scandir(folder) for found in _entry(entry)], limit)
