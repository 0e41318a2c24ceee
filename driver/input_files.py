"""Reading the files that a command line names: what is wrong with one becomes an error of the user's that names it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crosswarp.driver.binaries.image import ContentError
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import ElfError


def read(path: Path) -> bytes:
    """A file's bytes. Raises `CompileError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise user_error(f"cannot read '{path}': {error.strerror}", "CW2005") from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Around what takes a file's content apart: `ElfError` and `ContentError` become a `CompileError`."""
    try:
        yield
    except (ElfError, ContentError) as error:
        raise user_error(f"'{path}': {error}", "CW2009") from error
