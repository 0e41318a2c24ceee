"""Device images inside what a project built: those of a target are there, and NVIDIA's are accepted by `ptxas`."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from crosswarp.driver.binaries.contents import images_in
from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.support.diagnostics import CompileError


def check(files: Iterable[Path], architecture: str) -> tuple[int, str]:
    """How many images of an architecture the files hold, and what is wrong with the first bad one, or with their absence.

    `cpu` stands for any CPU code. An AMD code object inside a program was linked by LLD, which refuses undefined symbols; PTX is
    only text until `ptxas` has read it.
    """
    entries = [entry for path in files for entry in images(path) if fits(entry, architecture)]
    for entry in entries:
        if entry.kind == Kind.PTX and (said := assemble(entry)):
            return len(entries), said
    return len(entries), "" if entries else f"no image for {architecture} in the products"


def images(path: Path) -> list[Image]:
    """Every image in a file; none where the file has no device code."""
    try:
        return images_in(path)
    except CompileError:
        return []


def fits(entry: Image, architecture: str) -> bool:
    """Whether an image is for an architecture, or is portable IR that a later device link makes into one."""
    if entry.kind == Kind.PORTABLE_IR:
        return True
    return entry.kind == Kind.CPU if architecture == "cpu" else entry.arch == architecture


def assemble(entry: Image) -> str:
    """What `ptxas` says against a PTX image; empty when it accepts it or is not installed."""
    if shutil.which("ptxas") is None:
        return ""
    text = entry.data.rstrip(b"\0")
    command = ["ptxas", f"-arch={entry.arch}", "-o", "/dev/null", "/dev/stdin"]
    done = subprocess.run(command, input=text, capture_output=True, check=False)
    return "" if done.returncode == 0 else f"ptxas: {done.stderr.decode(errors='replace').strip().splitlines()[0]}"
