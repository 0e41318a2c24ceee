"""The steps of one CUDA source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from crosswarp.driver.architectures import DevicePass, is_nvidia
from crosswarp.driver.configuration import CHANGEABLE
from crosswarp.driver.cuda_unit import CudaUnit, reads_cuda_arch
from crosswarp.driver.images import image_suffix
from crosswarp.driver.nvidia_tools import nvidia_tool
from crosswarp.driver.request import Action, Request
from crosswarp.driver.steps.text import device_text_command, host_text_command, step_options
from crosswarp.driver.steps.version import version_word
from crosswarp.driver.steps.words import language_words, target_words
from crosswarp.driver.trace import quoted
from crosswarp.frontend.device import device_command
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.toolchain import run_tool


@dataclass(frozen=True)
class Image:
    """An image among the steps: what `fatbinary` is told of it."""

    kind: str
    arch: str
    seen: DevicePass
    path: Path

    def word(self) -> str:
        """The word for `fatbinary`."""
        name = self.arch.partition("_")[2] if is_nvidia(self.arch) else self.arch
        compute = "" if name == self.seen.name else f",compute={self.seen.name}"
        return f"--image3=kind={self.kind},sm={name}{compute},file={self.path}"


def cuda_lines(unit: CudaUnit) -> list[str]:
    """Command lines from the source to its own result."""
    action = unit.request.action
    steps = _host_lines(unit) if unit.needs_host else [quoted(words) for words in unit.dependency_commands()]
    images: list[Image] = []
    for own, passes in _groups(unit):
        steps += _portable_lines(unit, own)
        images += [Image("nvvm", f"compute_{each.name}", each, unit.portable(own)) for each in passes if _carries_portable(unit)]
        for arch in unit.archs if unit.has_images else ():
            if unit.request.targets.passes[arch] in passes:
                lines, made = _image_lines(unit, own, arch)
                steps += lines
                images += made
    if action not in (Action.PTX, Action.CUBIN):
        steps.append(_fatbinary_line(unit, sorted(images, key=lambda image: _place(unit, image))))
    return steps


def _carries_portable(unit: CudaUnit) -> bool:
    return unit.options.relocatable or unit.request.with_portable


def _place(unit: CudaUnit, image: Image) -> tuple[bool, int]:
    """Portable IR in the order of the device passes, then images in the order of the architectures."""
    if image.kind == "nvvm":
        return False, unit.passes.index(image.seen)
    names = [name for arch in unit.archs for name in (arch, *unit.request.targets.real.get(arch, ()))]
    return True, names.index(image.arch)


def _groups(unit: CudaUnit) -> list[tuple[DevicePass, list[DevicePass]]]:
    """Device passes that are run, each with those that would give the same portable IR (see `CudaUnit`)."""
    first, *others = unit.passes
    if others and not _asks_for_arch(unit, first):
        return [(first, [first, *others])]
    return [(each, [each]) for each in unit.passes]


def _asks_for_arch(unit: CudaUnit, first: DevicePass) -> bool:
    with TemporaryDirectory(prefix="crosswarp-plan-") as folder:
        rule = Path(folder, "device.d")
        options = unit.device_options(first, rule)
        words = device_command(unit.path, options, Path(folder, "nothing"))
        words[words.index("-emit-llvm")] = "-Eonly"
        run_tool(words)
        return reads_cuda_arch(rule)


def _host_lines(unit: CudaUnit) -> list[str]:
    """The host side: text, then an object without device code."""
    text, options = unit.file("cpp4.ii"), unit.host_options
    if options.debug:  # which clang's driver takes from where it runs
        options = replace(options, extra_clang=(*options.extra_clang, f"-fdebug-compilation-dir={Path.cwd()}"))
    words = ["cudafe++", "--m64", "--crosswarp", version_word(), *_source_words(unit, options),
             "--gen_c_file_name", str(unit.file("cudafe1.o")),
             *_dependency_words(unit), "--gen_module_id_file", "--module_id_file_name", str(unit.file("module_id")), str(text)]
    return [quoted(host_text_command(unit.path, options, text)), quoted(words)]


def _dependency_words(unit: CudaUnit) -> list[str]:
    rule = unit.options.dependencies
    if rule is None or rule.output is None:
        return []
    names = [word for path in (CHANGEABLE, *unit.configuration) for word in ("--dependency", str(path))]
    return ["--dependency-output", str(rule.output), *names]


def _source_words(unit: CudaUnit, options: FrontendOptions) -> list[str]:
    return ["--orig_src_file_name", str(unit.path), *language_words(step_options(options))]


def _portable_lines(unit: CudaUnit, each: DevicePass) -> list[str]:
    """The device side of one device pass: text, then portable IR."""
    text, options = _text(unit, each), unit.device_options(each)
    # Where nvcc prints its device compiler's command lines, CMake looks for the default architecture.
    shown = unit.request.targets.nvidia and each not in {unit.request.targets.passes[arch] for arch in unit.request.targets.nvidia}
    arch = [f"-arch=compute_{each.name}"] if shown else ["-arch", f"compute_{each.name}"]
    words = ["cicc", *arch, "-m64", "--crosswarp", version_word(), *_source_words(unit, options)]
    words += _dependency_words(unit) if not unit.needs_host and each == unit.passes[0] else []
    words += [str(text), "-o", str(unit.portable(each))]
    return [quoted(device_text_command(unit.path, options, text)), quoted(words)]


def _text(unit: CudaUnit, each: DevicePass) -> Path:
    return unit.file("cpp1.ii" if each == unit.passes[0] else f"compute_{each.name}.cpp1.ii")


def _image_lines(unit: CudaUnit, own: DevicePass, arch: str) -> tuple[list[str], list[Image]]:
    """The lines that make one architecture's image from the portable IR of pass `own`, and machine code where that is asked for."""
    request, action, seen = unit.request, unit.request.action, unit.request.targets.passes[arch]
    real = _assembled(request, arch)
    path = _image_path(unit, arch)
    if action is Action.PTX or (action is Action.CUBIN and not real):
        path = request.output_of(unit.source).absolute()
    steps, images = [_cicc_line(unit, own, arch, path)], [Image("ptx" if is_nvidia(arch) else "elf", arch, seen, path)]
    for index, code in enumerate(real):
        ptx = path
        if index:  # compiler caches follow a cicc line by one ptxas line, not more
            ptx = unit.file(f"{code}.ptx")
            steps.append(_cicc_line(unit, own, arch, ptx))
        cubin = request.output_of(unit.source).absolute() if action is Action.CUBIN else unit.file(f"{code}.cubin")
        steps.append(quoted([_ptxas(), f"-arch={code}", "-m64", *request.ptxas_words, str(ptx), "-o", str(cubin)]))
        images.append(Image("elf", code, seen, cubin))
    return steps, images


def _assembled(request: Request, arch: str) -> tuple[str, ...]:
    """NVIDIA's real architectures that machine code is made for."""
    if not is_nvidia(arch):
        return ()
    real = request.targets.assembled(arch)
    if request.action is Action.CUBIN:
        return real[:1]
    return real if request.settings.assemble_cubin and request.action is not Action.PTX else ()


def _ptxas() -> str:
    """NVIDIA's assembler by its path, a difference for caches; without one, ours says what to install."""
    return nvidia_tool("ptxas") or "ptxas"


def _image_path(unit: CudaUnit, arch: str) -> Path:
    nvidia = [each for each in unit.archs if is_nvidia(each)]
    if arch in nvidia:
        return unit.file("ptx" if len(nvidia) == 1 else f"compute_{arch.removeprefix('sm_')}.ptx")
    return unit.file(image_suffix(arch, unit.request.target_options))


def _cicc_line(unit: CudaUnit, own: DevicePass, arch: str, output: Path) -> str:
    whole = ["--whole"] if unit.request.action in (Action.PTX, Action.CUBIN) else []
    whole += ["--source-in-ptx"] if unit.request.source_in_ptx and unit.request.action is Action.PTX else []
    options, seen = unit.device_options(own), unit.request.targets.passes[arch]
    # CMake counts the architectures as nvcc writes them, and one that shares another's portable IR has no line for that.
    named = ["-arch", f"compute_{seen.name}"] if is_nvidia(arch) and seen != own else [f"-arch={arch}"]
    return quoted(["cicc", *named, "-m64", "--crosswarp", version_word(), *_source_words(unit, options), *whole,
                   *target_words(unit.request.target_options), "--portable-ir", str(unit.portable(own)), str(_text(unit, own)),
                   "-o", str(output)])


def _fatbinary_line(unit: CudaUnit, images: list[Image]) -> str:
    """The line that makes the fat binary, and the object with it in."""
    request = unit.request
    words = ["fatbinary", "-64", *([] if request.compress else ["--compress-mode=none"])]
    words += ["--device-c"] if unit.options.relocatable else []
    if unit.options.relocatable and request.settings.targets_named:
        words.append(f"--targets={','.join(request.settings.targets)}")
    words += [image.word() for image in images]
    if not unit.needs_host:
        return quoted([*words, f"--create={request.output_of(unit.source).absolute()}"])
    # Tools that run these steps may do so in another folder: the result's place does not depend on it.
    output = request.output_of(unit.source).absolute() if request.action.per_input else unit.link_input
    return quoted([*words, f"--create={unit.file('fatbin')}", f"--embedded-fatbin={unit.file('fatbin.c')}",
                   f"--host-object={unit.file('cudafe1.o')}", "-o", str(output)])
