"""The steps of device files, of a device link, and of text for the user."""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver import device_link
from crosswarp.driver.architectures import DevicePass, is_nvidia
from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.device_file import DeviceFileUnit
from crosswarp.driver.device_link import STEM, RelocatableObject
from crosswarp.driver.images import image_suffix
from crosswarp.driver.packing import architecture_of
from crosswarp.driver.plan_cuda import Image
from crosswarp.driver.request import Action, Request
from crosswarp.driver.steps import LINK_STUB
from crosswarp.driver.steps.version import version_word
from crosswarp.driver.steps.words import target_words
from crosswarp.driver.trace import quoted
from crosswarp.driver.unit import Unit
from crosswarp.driver.units import PrintUnit
from crosswarp.frontend.host_toolchain import host_toolchain


def device_file_lines(unit: DeviceFileUnit) -> list[str]:
    """A `.ptx`, `.cubin` or `.fatbin` file."""
    request, result = unit.request, unit.request.output_of(unit.source).absolute()
    if request.action is Action.CUBIN:
        nvidia = request.targets.nvidia
        arch = request.targets.assembled(nvidia[0])[0] if nvidia else unit.archs[0]
        return [_ptxas_line(unit, arch, result)]
    if unit.source.kind in ("fatbin", "cubin"):
        return [quoted(["fatbinary", "-64", f"--image2=kind=fatbin,file={unit.path}", f"--create={result}"])]
    paths = {arch: unit.file(image_suffix(arch, request.target_options)) for arch in unit.archs}
    words = [f"--image3=kind=elf,sm={arch},compute=0,file={path}" for arch, path in paths.items()]
    own = architecture_of(unit.path).removeprefix("sm_")
    words += [f"--image3=kind=ptx,sm={own},compute=0,file={unit.path}"]
    return [*(_ptxas_line(unit, arch, path) for arch, path in paths.items()),
            quoted(["fatbinary", "-64", "--compress-mode=none", *words, f"--create={result}"])]


def _ptxas_line(unit: DeviceFileUnit, arch: str, output: Path) -> str:
    request = unit.request
    ours = ("--crosswarp", version_word(), *target_words(request.target_options))
    words = ours if arch in unit.archs else request.ptxas_words
    return quoted(["ptxas", f"-arch={arch}", "-m64", *words, str(unit.path), "-o", str(output)])


def print_lines(unit: PrintUnit) -> list[str]:
    """`-E`, `-M`: the results of the commands one after the other."""
    steps = [quoted(words) for words in unit.commands()]
    if unit.marker():
        steps.insert(0, quoted(["echo", unit.marker().decode().rstrip("\n")]))
    if unit.result is None:
        return steps
    return [f"{step} >{'>' if index else ''} {quoted([str(unit.result)])}" for index, step in enumerate(steps)]


def device_link_lines(request: Request, units: list[Unit], folder: Path, toolkit: Path | None) -> tuple[list[str], list[str]]:
    """The device link, and the object it adds to the host link; nothing where there is nothing to link."""
    names = [str(unit.link_input) for unit in units]
    objects = _known_objects(request, units)
    wanted = request.action is Action.DEVICE_LINK
    if not objects and not wanted:
        return [], []
    request = device_link.with_noted_targets(request, objects)
    output = request.final_output() if wanted else folder / f"{STEM}.o"
    register, fatbin, text = (folder / f"{STEM}.{suffix}" for suffix in ("reg.c", "fatbin", "fatbin.c"))
    steps, images = [], []
    for arch in request.targets.archs if objects else ():
        image = _linked_image(request, arch, objects, folder)
        steps.append(_nvlink_line(request, image, names, register))
        images.append(image)
    if not images:
        steps.append(f"echo '#define NUM_PRELINKED_OBJECTS 0' > {quoted([str(register)])}")
    compression = [] if request.compress else ["--compress-mode=none"]
    steps.append(quoted(["fatbinary", "-64", "-link", *compression, *(image.word() for image in images), f"--create={fatbin}",
                         f"--embedded-fatbin={text}"]))
    stub = toolkit / "bin" / "crt" / LINK_STUB.name if toolkit else LINK_STUB
    steps.append(quoted(device_link.registration_command(host_toolchain(request.frontend.ccbin), stub, text, register, output)))
    return steps, [str(output)]


def _nvlink_line(request: Request, image: Image, names: list[str], register: Path) -> str:
    words = ["nvlink", "-m64", f"--arch={image.arch}", f"--compute={image.seen.name}", "--crosswarp", version_word()]
    words += [*target_words(device_link.image_options(request.target_options)), f"--register-link-binaries={register}", *names]
    words += [f"-L{folder}" for folder in request.link.library_folders] + [f"-l{name}" for name in request.link.libraries]
    return quoted([*words, "-o", str(image.path)])


def _known_objects(request: Request, units: list[Unit]) -> list[RelocatableObject]:
    """Relocatable objects among the inputs, and stand-ins for those that the steps will make."""
    made = [RelocatableObject(str(unit.path), "", dict.fromkeys(unit.passes, b""))
            for unit in units if isinstance(unit, CudaUnit) and unit.makes_relocatable]
    names = [str(unit.link_input) for unit in units if unit.link_input == unit.path]
    there = device_link.candidates(names, request.link.libraries, request.link.library_folders)
    return made + [found for path in there for found in device_link.relocatable_objects(path)]


def _linked_image(request: Request, arch: str, objects: list[RelocatableObject], folder: Path) -> Image:
    seen: DevicePass = device_link.nearest(request.targets.passes[arch], objects)
    path = folder / f"{STEM}.{image_suffix(arch, request.target_options)}"
    return Image("ptx" if is_nvidia(arch) else "elf", arch, seen, path)
