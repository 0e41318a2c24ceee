"""What several steps' tools share: options on their command lines, results that are whole or not there."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from crosswarp.driver.option_table import Form, Option, Support
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.driver.outputs import Outputs

F, V, E, L = Form.FLAG, Form.VALUE, Form.EACH, Form.LIST
DONE, ACCEPTED = Support.DONE, Support.ACCEPTED

M64 = Option("m64", "m64", F, ACCEPTED, "every device has 64-bit addresses")
OUTPUT = Option("output-file", "o", V, DONE, "the result")
ARCH = Option("arch", "arch", V, DONE, "the architecture: compute_80, sm_80, gfx1100, x86-64-v3, ...")
LANGUAGE = Option("language", "language", E, DONE, "FIELD=VALUE: an option of the front end, as nvcc -dryrun prints it")
TARGET = Option("target", "target", E, DONE, "FIELD=VALUE: an option of the target, as nvcc -dryrun prints it")
SOURCE = Option("orig_src_file_name", "orig_src_file_name", V, DONE, "the source's name, which the text is read under")
VERSION = Option("crosswarp", "crosswarp", V, ACCEPTED, "the compiler that printed this step; a difference for caches")
# What every tool that makes images takes.
MAKING = (M64, TARGET, VERSION, OUTPUT)


def output_of(parsed: Parsed, name: str = "output-file") -> Path:
    """The file to write. Raises `CommandLineError` if none is named."""
    if not parsed.has(name):
        raise CommandLineError("No output file: -o is missing" if name == "output-file" else f"--{name} is missing")
    return Path(parsed.last(name))


def write_all(results: dict[Path, bytes]) -> None:
    """Write files so that all of them are whole or none is changed."""
    with Outputs() as outputs:
        for path, data in results.items():
            outputs.place(path).write_bytes(data)
        outputs.commit()


def scratch() -> TemporaryDirectory[str]:
    """A private folder for what lies between input and result."""
    return TemporaryDirectory(prefix="crosswarp-step-")
