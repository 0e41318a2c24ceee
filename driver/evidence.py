"""What compilers write about themselves where `CROSSWARP_EVIDENCE` names a folder (docs/coverage.md), as the runtime does there.

`<process>.compiled`, a fact a line, fields by tabs:

- `command`, exit code, working folder, nvcc's words as JSON
- `made`, digest of an image, digest of the portable IR that it was made from, architecture, number of the parent process

`<digest>.code`: what that IR's functions refer to (`device_facts.py`). Nothing that is compiled changes.
"""

from __future__ import annotations

import os

VARIABLE = "CROSSWARP_EVIDENCE"


def note_command(words: list[str], code: int) -> None:
    """An nvcc command that has ended."""
    if os.environ.get(VARIABLE):
        import json

        _write("command", str(code), os.getcwd(), json.dumps(words))  # noqa: PTH109  (nothing is imported without the variable)


def note_image(arch: str, portable: bytes, image: bytes) -> None:
    """An image that was made, or found in the cache."""
    folder = os.environ.get(VARIABLE)
    if not folder:
        return
    from crosswarp.driver.device_facts import write_facts

    _write("made", _digest(image), _digest(portable), arch, str(os.getppid()))
    try:
        write_facts(f"{folder}/{_digest(portable)}.code", portable)
    except OSError:
        return


def _digest(data: bytes) -> str:
    """As the runtime names images (`runtime_shim/devices/evidence.cpp`)."""
    from hashlib import blake2b

    return blake2b(data, digest_size=32).hexdigest()


def _write(*fields: str) -> None:
    """Append one line; a file that cannot be written is no error."""
    line = "\t".join(fields).encode(errors="surrogateescape") + b"\n"
    path = f"{os.environ[VARIABLE]}/{os.getpid()}.compiled"
    try:
        file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            os.write(file, line)
        finally:
            os.close(file)
    except OSError:
        return
