"""`ptxas`: PTX becomes one architecture's image.

For AMD GPUs and CPUs by Crosswarp itself; for `sm_NN` by NVIDIA's own assembler, if there is one further on in PATH.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from crosswarp.driver.architectures import is_nvidia
from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.images import PORTABLE_STAGE
from crosswarp.driver.input_files import read
from crosswarp.driver.option_table import Option
from crosswarp.driver.options import Parsed
from crosswarp.driver.packing import nvidia_ptxas
from crosswarp.driver.steps.cicc import image
from crosswarp.driver.steps.shared import ARCH, DONE, MAKING, F, output_of, scratch, write_all
from crosswarp.driver.steps.words import target_options
from crosswarp.support.diagnostics import CrosswarpError, user_error

_OPTIONS = (
    Option("gpu-name", "arch", ARCH.form, DONE, ARCH.note), *MAKING,
    Option("compile-only", "c", F, DONE, "device code that is linked later (NVIDIA's assembler only)"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Write the image of an architecture that is not NVIDIA's."""
    from crosswarp.driver.ptx_module import Refused, read_ptx

    source, output, arch = single(files), output_of(parsed), parsed.last("gpu-name")
    try:
        portable = read_ptx(str(source), read(source).decode(errors="replace").rstrip("\0"))
    except Refused as error:
        raise user_error(str(error), "CW2014") from error
    with scratch() as folder:
        path = Path(folder, f"x.{PORTABLE_STAGE}")
        path.write_bytes(portable)
        write_all({output: image(arch, path, target_options(parsed), Path(folder), whole=False)})
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the tool; a command line for NVIDIA's hardware is NVIDIA's assembler's. Returns the exit code."""
    words = sys.argv[1:] if arguments is None else arguments
    arch = _named_arch(words)
    try:
        if is_nvidia(arch):
            return subprocess.run([nvidia_ptxas(arch), *words]).returncode
    except CrosswarpError as error:
        print(f"ptxas fatal   : {error}", file=sys.stderr)
        return error.exit_code
    return Tool("ptxas", "Compiles PTX for one architecture", _OPTIONS, run).main(words)


def _named_arch(words: list[str]) -> str:
    for index, word in enumerate(words):
        name, equals, value = word.lstrip("-").partition("=")
        if word.startswith("-") and name in ("arch", "gpu-name"):
            return value if equals else "".join(words[index + 1 : index + 2])
    return ""
