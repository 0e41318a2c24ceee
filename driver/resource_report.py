"""`--resource-usage` and `-Xptxas -v`: what each kernel needs on each target, on stderr as ptxas prints it.

AMD code objects state it; of PTX `ptxas` tells, where it is on PATH, and otherwise nobody does before the driver has compiled it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from crosswarp.driver.binaries.image import Image, Kind
from crosswarp.driver.binaries.resources import Usage, usage_of
from crosswarp.driver.nvidia_tools import nvidia_tool

_UNITS = {"VGPR": "registers", "AGPR": "accumulation registers", "SGPR": "scalar registers", "REG": "registers"}


def report(images: Iterable[tuple[str, Path]], words: tuple[str, ...], *, verbose: bool) -> None:
    """Tell of images, given as (architecture, file). `words` are those for ptxas."""
    for arch, path in images:
        data = path.read_bytes()
        if not data:
            continue
        if arch.startswith("sm_"):
            if verbose:
                _report_ptx(arch, path, words)
        elif arch.startswith("gfx"):
            for usage in usage_of(Image(Kind.AMDGPU, arch, data, len(data))) or ():
                _report_amd(arch, usage, words, verbose=verbose)


def _report_amd(arch: str, usage: Usage, words: tuple[str, ...], *, verbose: bool) -> None:
    if verbose:
        counts = ", ".join(f"{count} {_UNITS[kind]}" for kind, count in usage.registers.items())
        _info(f"Compiling entry function '{usage.name}' for '{arch}'")
        spilled = sum(usage.spills.values())
        _info(f"Used {counts}, {usage.shared} bytes smem, {usage.stack} bytes stack frame, {spilled} spilled registers")
    if any(usage.spills.values()) and {"-warn-spills", "--warn-on-spills"} & set(words):
        print(f"nvcc warning : Registers are spilled to local memory in function '{usage.name}' for '{arch}'", file=sys.stderr)


def _report_ptx(arch: str, path: Path, words: tuple[str, ...]) -> None:
    ptxas = nvidia_tool("ptxas")
    if ptxas is None:
        _info(f"'{arch}': registers are chosen when the driver loads the PTX; with ptxas on PATH they are shown here")
        return
    text = path.read_bytes().rstrip(b"\0")
    done = subprocess.run([ptxas, "-v", f"-arch={arch}", *words, "-o", os.devnull, "/dev/stdin"], input=text, capture_output=True)
    sys.stderr.write(done.stderr.decode(errors="replace"))


def _info(text: str) -> None:
    print(f"nvcc info    : {text}", file=sys.stderr)
