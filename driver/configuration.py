"""What besides the command line and the files read decides an output: compiler caches must see it in the preprocessed text.

ccache and sccache compare that text. ccache's direct mode compares only the files that the text names, and never asks nvcc again:
it would miss a changed `CROSSWARP_TARGETS` or a new `crosswarp.toml`. A line that names a file which does not exist keeps it from
doing so. Its depend mode goes by the dependency files, where `CHANGEABLE` does the same.
"""

from __future__ import annotations

import os
from pathlib import Path

from crosswarp.driver.identity import compiler_listing
from crosswarp.driver.nvcc import VERSION
from crosswarp.driver.request import Request
from crosswarp.support.files import digest

_VARIABLES = ("NVCC_PREPEND_FLAGS", "NVCC_APPEND_FLAGS", "NVCC_CCBIN")
CHANGEABLE = Path(__file__).with_suffix(".txt")


def configuration_digest(request: Request) -> str:
    """Of Crosswarp itself, of the targets, as configuration and machine give them, and of nvcc's own variables."""
    targets = request.targets
    parts = (VERSION, targets.archs, targets.primary, sorted(targets.passes.items()), request.settings.assemble_cubin,
             request.settings.targets if request.settings.targets_named else (), [os.environ.get(name) for name in _VARIABLES])
    return digest(repr(parts).encode() + compiler_listing()).hex()[:32]


def marker(request: Request) -> bytes:
    """The first line of preprocessed text."""
    return f'# 1 "/crosswarp/configuration/{configuration_digest(request)}"\n'.encode()
