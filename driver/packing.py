"""Puts images in a fat binary, and runs NVIDIA's assembler where a cubin is asked for."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from crosswarp.driver.nvidia_tools import nvidia_tool
from crosswarp.runtime_shim.fatbin.writer import Entry, FatBinary
from crosswarp.support.diagnostics import user_error
from crosswarp.support.toolchain import run_tool
from crosswarp.targets.base import ImageKind

if TYPE_CHECKING:
    from crosswarp.driver.architectures import DevicePass
    from crosswarp.driver.cuda_unit import CudaUnit
    from crosswarp.driver.request import Request

TARGETS_NOTE = b"; crosswarp targets: "
EMPTY_FATBIN = FatBinary([]).to_bytes()
# Below this size compression saves nothing that matters, and start-up would pay for it.
_COMPRESS_FROM = 64 * 1024


def pack(unit: CudaUnit) -> bytes:
    """The fat binary of one source: its images, and its portable IR where device code is linked or compiled later."""
    entries = []
    if unit.options.relocatable or unit.request.with_portable:
        note = _targets_note(unit)
        texts = [(each, note + unit.portable(each).read_bytes()) for each in unit.passes]
        entries += [image_entry(unit.request, ImageKind.PORTABLE_IR, f"compute_{each.name}", text, each) for each, text in texts]
    if unit.has_images:
        entries += [entry for arch in unit.archs for entry in _image_entries(unit, arch)]
    return FatBinary(entries).to_bytes()


def _targets_note(unit: CudaUnit) -> bytes:
    """The configured targets as a comment in relocatable code: a device link in another folder may see no configuration."""
    settings = unit.request.settings
    if not unit.options.relocatable or not settings.targets_named:
        return b""
    return TARGETS_NOTE + ",".join(settings.targets).encode() + b"\n"


def _image_entries(unit: CudaUnit, arch: str) -> list[Entry]:
    from crosswarp.targets.registry import target_for

    request, data = unit.request, unit.image(arch).read_bytes()
    if not data:
        return []
    kind = target_for(arch).image_kind
    each = request.targets.passes[arch]
    entries = [image_entry(request, kind, arch, data, each)]
    if kind is ImageKind.PTX and request.settings.assemble_cubin:
        for real in request.targets.assembled(arch):
            entries.append(image_entry(request, ImageKind.CUBIN, real, _assemble(unit.image(arch), real, request), each))
    return entries


def image_entry(request: Request, kind: ImageKind, arch: str, data: bytes, each: DevicePass) -> Entry:
    """An image's entry; `each` is the device pass that it was made in."""
    return Entry(kind, arch, data, compress=request.compress and worth_compressing(data), cuda_arch=each.value)


def worth_compressing(data: bytes) -> bool:
    """Whether an image is long enough; PTX may have its terminating NUL or not."""
    return len(data.rstrip(b"\0")) >= _COMPRESS_FROM


def assemble_cubin(unit: CudaUnit, output: Path) -> None:
    """`-cubin`: the PTX of the one architecture asked for through ptxas; another vendor's image is machine code already.

    Where the configuration puts other targets in the place of NVIDIA's, their images are a fat binary: module loading takes either.
    """
    arch = unit.archs[0]
    if not unit.request.targets.nvidia and unit.request.targets.real:
        output.write_bytes(pack(unit))
        return
    if not unit.request.targets.nvidia:
        output.write_bytes(unit.image(arch).read_bytes())
        return
    output.write_bytes(_assemble(unit.image(arch), unit.request.targets.assembled(arch)[0], unit.request))


def assemble_file(ptx: Path, request: Request, output: Path) -> None:
    """`-cubin x.ptx`."""
    output.write_bytes(_assemble(ptx, request.targets.assembled(request.targets.nvidia[0])[0], request))


def _assemble(ptx: Path, real: str, request: Request) -> bytes:
    """Machine code for one NVIDIA architecture. Raises `CompileError` where there is no ptxas."""
    ptxas = nvidia_ptxas(real)
    output = ptx.with_name(f"{ptx.stem}.{real}.cubin")
    source = ptx.with_name(f"{ptx.stem}.{real}.ptx")
    source.write_bytes(ptx.read_bytes().rstrip(b"\0"))
    try:
        verbose = ["-v"] if request.resource_usage else []
        done = run_tool([ptxas, f"-arch={real}", "-m64", *verbose, *request.ptxas_words, str(source), "-o", str(output)])
        sys.stderr.write(done.stderr.decode(errors="replace"))
        return output.read_bytes()
    finally:
        source.unlink(missing_ok=True)
        output.unlink(missing_ok=True)


def nvidia_ptxas(real: str) -> str:
    """NVIDIA's assembler; a toolkit of Crosswarp's has a program of that name too. Raises `CompileError` where there is none."""
    found = nvidia_tool("ptxas")
    if found is not None:
        return found
    raise user_error(f"no ptxas of NVIDIA's on PATH to make machine code for {real}", "CW2007",
                     hint="pip install nvidia-cuda-nvcc, or leave -cubin out: the driver assembles the PTX in the fat binary")


def wrap_file(path: Path, kind: str, images: list[tuple[str, Path]]) -> bytes:
    """A fat binary from a `.ptx`, `.cubin` or `.fatbin` file, and from the images made of it, given with their architectures."""
    if kind != "ptx":
        return FatBinary(entries_of(path)).to_bytes()
    own = Entry(ImageKind.PTX, architecture_of(path), path.read_bytes().rstrip(b"\0"))
    return FatBinary([*_file_entries(images), own]).to_bytes()


def architecture_of(ptx: Path) -> str:
    """The architecture that a file of PTX names. Raises `CompileError`."""
    from crosswarp.driver.binaries.contents import ptx_architecture

    arch = ptx_architecture(ptx.read_bytes())
    if not arch:
        raise user_error(f"'{ptx}' has no .target line: not PTX", "CW2006")
    return arch


def entries_of(path: Path) -> list[Entry]:
    """The images of any vendor's fat binary or cubin as entries of ours, but for NVIDIA's LTO IR, which nobody here can use."""
    from crosswarp.driver.binaries.contents import images_in
    from crosswarp.driver.binaries.image import Kind
    from crosswarp.driver.input_files import reading

    with reading(path):
        found = [Entry(ImageKind[image.kind.name], image.arch, image.data, compress=image.packed)
                 for image in images_in(path) if image.kind is not Kind.LTO_IR]
    if not found:
        raise user_error(f"'{path}' has no device code", "CW2009")
    return found


def pack_files(images: list[tuple[str, Path]]) -> bytes:
    """A fat binary of image files, each with its architecture."""
    return FatBinary(_file_entries(images)).to_bytes()


def _file_entries(images: list[tuple[str, Path]]) -> list[Entry]:
    from crosswarp.targets.registry import target_for

    return [Entry(target_for(arch).image_kind, arch, data) for arch, path in images if (data := path.read_bytes())]
