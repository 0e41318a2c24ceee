"""`cicc`: the device side of one source, as text, becomes portable IR or one architecture's image.

    cicc ... -arch compute_80 x.cpp1.ii -o x.nvvm.ll                                        portable IR
    cicc ... -arch=gfx1100 --portable-ir x.nvvm.ll x.cpp1.ii -o x.gfx1100.hsaco             an image
    cicc -arch=gfx1100 x.nvvm.ll -o x.gfx1100.hsaco                                         the same from a kept stage

Portable IR named by `--portable-ir` saves the front end's work where it is at hand. Where it is not (another machine got this step
and the text only), the text is compiled.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.architectures import is_nvidia, resolve
from crosswarp.driver.binaries.tool import Tool, single
from crosswarp.driver.images import PORTABLE_STAGE, ImageJob
from crosswarp.driver.input_files import read
from crosswarp.driver.option_table import Option
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import Parsed
from crosswarp.driver.ptx_source import with_source
from crosswarp.driver.settings import load_settings
from crosswarp.driver.steps.rule import RULE, lay_out_rule
from crosswarp.driver.steps.shared import ARCH, DONE, LANGUAGE, MAKING, SOURCE, F, V, output_of, scratch, write_all
from crosswarp.driver.steps.text import compile_text
from crosswarp.driver.steps.words import language_options, target_options
from crosswarp.targets.base import TargetOptions

TEXT_SUFFIX = ".cpp1.ii"
_OPTIONS = (
    ARCH, SOURCE, LANGUAGE, *MAKING, *RULE,
    Option("portable-ir", "portable-ir", V, DONE, "portable IR of the same text, used if the file exists"),
    Option("source-in-ptx", "source-in-ptx", F, DONE, "source lines as comments in PTX"),
    Option("whole", "whole", F, DONE, "an image although there is nothing in it that host code can refer to"),
)


def run(parsed: Parsed, files: list[str]) -> int:
    """Write the portable IR or the image."""
    source, output = single(files), output_of(parsed)
    read(source)  # one clear error for an input that is not there
    with scratch() as folder:
        portable = _portable(parsed, source, Path(folder))
        if output.name.endswith("." + PORTABLE_STAGE):
            write_all({output: portable.read_bytes()})
            lay_out_rule(parsed, Path(parsed.last("orig_src_file_name") or source))
        else:
            options, whole = target_options(parsed), parsed.has("whole")
            made = image(parsed.last("arch"), portable, options, Path(folder), whole=whole)
            write_all({output: with_source(made.decode()).encode() if parsed.has("source-in-ptx") else made})
    return 0


def _portable(parsed: Parsed, source: Path, folder: Path) -> Path:
    """The portable IR: the input, what an earlier step left, or the text's."""
    if source.name.endswith(".ll"):
        return source
    if not source.name.endswith((TEXT_SUFFIX, ".cu")):
        raise CommandLineError(f"Don't know what to do with '{source}': the input is x{TEXT_SUFFIX}, x.{PORTABLE_STAGE} or x.cu")
    named = Path(parsed.last("portable-ir", "/"))
    if named.is_file():
        return named
    output = folder / f"x.{PORTABLE_STAGE}"
    _device_pass(parsed, source, output)
    return output


def _device_pass(parsed: Parsed, source: Path, output: Path) -> None:
    from crosswarp.frontend.device import device_pass

    options = language_options(parsed)
    if source.suffix == ".cu":
        device_pass(source, options, output)
        return
    original = Path(parsed.last("orig_src_file_name") or source)
    compile_text(options, original, source, lambda chosen: device_pass(original, chosen, output))


def image(arch: str, portable: Path, options: TargetOptions, folder: Path, *, whole: bool) -> bytes:
    """One architecture's image, from the cache if it is there; empty for code without kernels and variables unless `whole`."""
    if not arch:
        raise CommandLineError("No architecture: -arch is missing")
    names = resolve(arch)
    if len(names) != 1:
        raise CommandLineError(f"'{arch}' is not one architecture")
    output = folder / "image"
    ImageJob(names[0], portable, output, "x", folder, options, load_settings().cache_bytes, skip_empty=not whole).run()
    data = output.read_bytes()
    return data.rstrip(b"\0") if is_nvidia(names[0]) else data


main = Tool("cicc", "Compiles the device side of a CUDA source for one architecture", _OPTIONS, run).main
