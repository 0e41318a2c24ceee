"""The input `-`: a source from standard input, as makefiles write it behind a pipe (`cat a.c b.c | nvcc -x cu -E -`)."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from crosswarp.driver.request import Request


def with_standard_input(request: Request, folder: Path) -> Request:
    """The request with a file in `folder` in the place of `-`, which is read to its end; as with nvcc, `-x` says what it holds."""
    if all(source.path != "-" for source in request.inputs):
        return request
    kind = next(source.kind for source in request.inputs if source.path == "-")
    path = folder / f"stdin.{kind}"
    path.write_bytes(sys.stdin.buffer.read())
    inputs = tuple(source._replace(path=str(path)) if source.path == "-" else source for source in request.inputs)
    return replace(request, inputs=inputs)
