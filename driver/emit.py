"""`crosswarp emit`: any stage on the way from a source to an image, and resuming from a kept stage.

Stages are named by their files: `nvvm.ll` is the portable IR, `gfx1100.ll` what the AMD target made of it, `sm_80.ptx` the PTX.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.images import PORTABLE_STAGE, run_until, stages_of
from crosswarp.driver.input_files import read
from crosswarp.driver.options import parse
from crosswarp.driver.outputs import Outputs, work_folder
from crosswarp.driver.request import Request, configured_request
from crosswarp.driver.units import make_units
from crosswarp.support.diagnostics import user_error
from crosswarp.targets.base import TargetOptions


def emit(stage: str, source: Path, words: list[str]) -> bytes:
    """The result of `stage` for a CUDA source or a kept stage file; `words` are options of nvcc. Raises `CrosswarpError`."""
    with Outputs() as outputs, work_folder(None) as folder:
        arch = "" if stage == PORTABLE_STAGE else canonical(stage.partition(".")[0])
        stage = f"{arch}.{stage.partition('.')[2]}" if arch else stage
        resume = _resumed_stage(source, arch)
        architecture = [] if not arch or _names_architecture(words) else [f"-arch={arch}"]
        request = _request([*architecture, *words, "-fatbin", str(source) if not resume else "x.cu"])
        if resume:
            return run_until(stage, read(source), arch, request.target_options, folder, resume=resume)
        portable = _portable_ir(request, outputs, folder, arch)
        return portable if not arch else run_until(stage, portable, arch, request.target_options, folder)


def split_words(words: list[str]) -> tuple[Path, list[str], str]:
    """(the one input, nvcc's options, the value of `-o` or nothing) of a command line. Raises `CrosswarpError`."""
    parsed = parse(words)
    if len(parsed.inputs) != 1:
        raise user_error(f"crosswarp emit takes one input, not {len(parsed.inputs)}", "CW2004")
    name, output = parsed.inputs[0].path, parsed.last("output-file")
    options = [word for word in words if word != name]
    if output:
        at = next(i for i, word in enumerate(options) if word.lstrip("-").partition("=")[0] in ("o", "output-file"))
        del options[at : at + (1 if "=" in options[at] else 2)]
    return Path(name), options, output


def canonical(arch: str) -> str:
    """The architecture that a stage's name begins with. Raises `CommandLineError` if no target knows it."""
    from crosswarp.driver.architectures import resolve

    return resolve(arch)[0]


def stage_names(arch: str) -> list[str]:
    """The stages of one architecture in order."""
    return [PORTABLE_STAGE, *stages_of(arch, TargetOptions())]


def _request(words: list[str]) -> Request:
    return configured_request(parse(words))


def _names_architecture(words: list[str]) -> bool:
    return any(word.lstrip("-").partition("=")[0] in ("arch", "gencode", "gpu-architecture", "generate-code") for word in words)


def _resumed_stage(source: Path, arch: str) -> str:
    """The stage whose result `source` is, by its name; empty for a source file."""
    if not arch:
        return ""
    return next((name for name in reversed(stage_names(arch)) if source.name.endswith("." + name)), "")


def _portable_ir(request: Request, outputs: Outputs, folder: Path, arch: str) -> bytes:
    from crosswarp.frontend.device import device_pass

    unit = make_units(request, outputs, folder)[0]
    if not isinstance(unit, CudaUnit):
        raise user_error(f"'{unit.path}' is not a CUDA source", "CW2006")
    each = request.targets.passes.get(arch, request.targets.primary)
    device_pass(unit.path, unit.device_options(each), unit.portable(each))
    return unit.portable(each).read_bytes()
