"""Where the results of `crosswarp coverage` go."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from crosswarp.support.files import write_atomically


def write(output: Path | None, text: str) -> None:
    """To a file, whole or not at all, or to standard output. A file that cannot be written is wrong usage."""
    if output is None or str(output) == "-":
        put(text)
        return
    try:
        write_atomically(output, text.encode())
    except OSError as error:
        raise click.BadParameter(f"{output}: {error.strerror}", param_hint="-o") from error


def put(text: str) -> None:
    """To standard output, as UTF-8 wherever that goes. A reader that has seen enough (`| head`) is no error."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
