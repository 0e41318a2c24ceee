"""What a command needs in its first milliseconds: digests, whole writes, the cache's folder. Imports nothing but `os`.

`pathlib`, `re` and their like take longer to import than a command that is answered from the cache takes altogether.
"""

from __future__ import annotations

import os

try:
    from _blake2 import blake2b  # what `hashlib` gives by this name, without OpenSSL
except ImportError:  # another Python than CPython
    from hashlib import blake2b

__all__ = ["DIGEST_BYTES", "blake2b", "cache_folder", "digest", "is_switched_off", "read_bytes", "remove", "use_writable_cache",
           "write_atomically"]

DIGEST_BYTES = 32
# Bytes that must be free where the cache is: a command's own entries and the CPU target's library fit in.
_LEAST_ROOM = 16 << 20


def digest(*parts: bytes) -> bytes:
    """BLAKE2b of the parts, one after the other, `DIGEST_BYTES` long."""
    state = blake2b(digest_size=DIGEST_BYTES)
    for part in parts:
        state.update(part)
    return state.digest()


def is_switched_off(variable: str) -> bool:
    """Whether an environment variable says no."""
    return os.environ.get(variable, "").lower() in ("off", "0", "no", "false")


def read_bytes(path: str) -> bytes:
    """A file's content. Raises `OSError`."""
    with open(path, "rb") as file:  # noqa: PTH123
        return file.read()


def write_atomically(path: str | os.PathLike[str], content: bytes, mode: int | None = None) -> None:
    """Write a file so that readers, and other writers of it, see the whole old or the whole new one. Raises `OSError`.

    Without `mode` the permissions are what the process gives new files.
    """
    folder, name = os.path.split(os.fspath(path))
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")  # noqa: PTH118
    try:
        with open(temporary, "wb") as file:  # noqa: PTH123
            file.write(content)
        if mode is not None:
            os.chmod(temporary, mode)  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
    finally:
        remove(temporary)


def remove(path: str) -> None:
    """Remove a file if it is there and can be removed."""
    try:
        os.unlink(path)  # noqa: PTH108
    except OSError:
        return


def use_writable_cache() -> None:
    """Where the cache's folder cannot be written (a read-only home, a full disk), use a private one in the temporary folder."""
    folder = cache_folder()
    try:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        room = os.statvfs(folder)
        if os.access(folder, os.W_OK | os.X_OK) and room.f_bavail * room.f_frsize >= _LEAST_ROOM:
            return
    except OSError:
        pass
    private = os.path.join(os.environ.get("TMPDIR") or "/tmp", f"crosswarp-cache-{os.getuid()}")  # noqa: PTH118
    try:
        os.makedirs(private, mode=0o700, exist_ok=True)  # noqa: PTH103
        if os.lstat(private).st_uid == os.getuid():  # nobody else's folder, nor a link to one
            os.environ["CROSSWARP_CACHE_DIR"] = private
    except OSError:
        return


def cache_folder() -> str:
    """Crosswarp's cache folder: `CROSSWARP_CACHE_DIR`, else `$XDG_CACHE_HOME/crosswarp`, else `~/.cache/crosswarp`."""
    configured = os.environ.get("CROSSWARP_CACHE_DIR")
    base = os.path.join(os.environ.get("XDG_CACHE_HOME") or "~/.cache", "crosswarp")  # noqa: PTH118
    return os.path.join(os.getcwd(), os.path.expanduser(configured or base))  # noqa: PTH109, PTH111, PTH118
