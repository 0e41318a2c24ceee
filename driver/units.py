"""One input of a compilation: the steps it adds to the pool, the files between them, what is left to do when they have run."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from crosswarp.driver.architectures import DevicePass
from crosswarp.driver.options import LINK_KINDS, InputFile
from crosswarp.driver.outputs import Outputs
from crosswarp.driver.pool import Pool
from crosswarp.driver.request import CUDA_KINDS, DEVICE_KINDS, Action, Request
from crosswarp.frontend.options import FrontendOptions
from crosswarp.support.diagnostics import user_error
from crosswarp.support.elf import FATBIN_SECTION, RELOCATABLE_SECTION, is_elf, replace_section

_DEVICE_ACTIONS = (Action.PTX, Action.CUBIN, Action.FATBIN)


@dataclass
class Unit:
    """One input. `result` is where its own output is written (None where only linking follows)."""

    request: Request
    source: InputFile
    options: FrontendOptions
    stem: str
    folder: Path
    result: Path | None = None

    @property
    def path(self) -> Path:
        """The input file."""
        return Path(self.source.path)

    @property
    def has_images(self) -> bool:
        """Whether target stages run for this input."""
        return False

    @property
    def link_input(self) -> Path:
        """What the linker gets."""
        return self.path

    def file(self, extension: str) -> Path:
        """An intermediate file."""
        return self.folder / f"{self.stem}.{extension}"

    def add_steps(self, pool: Pool) -> None:
        """Add this input's steps to the pool."""

    def finish(self) -> None:
        """What is done here after all steps have succeeded."""

    def tidy(self) -> None:
        """Where intermediate files are kept, remove those that only carry data from one step to the next."""


@dataclass
class HostUnit(Unit):
    """An ordinary C or C++ file: the host compiler compiles it."""

    @property
    def link_input(self) -> Path:
        """The object."""
        return self.result or self.file("o")

    def command(self) -> list[str]:
        """The host compiler's command line."""
        from crosswarp.frontend.host import dependency_flags
        from crosswarp.frontend.host_toolchain import host_toolchain
        from crosswarp.support.paths import include_dir

        options = self.options
        flags = [f"-O{options.opt_level}", *(["-g"] if options.debug else []), *(["-w"] if options.suppress_warnings else [])]
        language = "c" if self.source.kind == "c" else "c++"
        flags += [f"-std={options.std}"] if options.std and language == "c++" else []
        flags += [f"-D{macro}" for macro in options.defines] + [f"-U{macro}" for macro in options.undefines]
        flags += [f"-I{folder}" for folder in options.includes]
        flags += [word for folder in options.system_includes for word in ("-isystem", folder)] + [f"-I{include_dir()}"]
        flags += [word for header in options.forced_includes for word in ("-include", header)]
        flags += [*dependency_flags(options.dependencies), *options.host_flags]
        return host_toolchain(options.ccbin).compile_command(str(self.path), str(self.link_input), flags, language)

    def add_steps(self, pool: Pool) -> None:
        """One step."""
        if self.request.action not in _DEVICE_ACTIONS:
            pool.add(f"{self.stem}: host", self._compile)

    def _compile(self) -> None:
        from crosswarp.frontend.host_toolchain import host_toolchain
        from crosswarp.support.toolchain import run_tool

        done = run_tool(self.command(), environment=host_toolchain(self.options.ccbin).environment())
        sys.stderr.write(done.stderr.decode(errors="replace"))


@dataclass
class CudaUnit(Unit):
    """A CUDA source: device passes, images, host pass."""

    object_result: Path | None = None
    archs: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        targets = self.request.targets
        single = self.request.action in (Action.PTX, Action.CUBIN)
        self.archs = targets.nvidia if single else targets.archs

    @property
    def has_images(self) -> bool:
        """Images are built unless device code is linked later."""
        return not self.options.relocatable or self.request.action in _DEVICE_ACTIONS

    @property
    def link_input(self) -> Path:
        """The object."""
        return self.object_result or self.file("o")

    @property
    def needs_host(self) -> bool:
        """Whether an object is made."""
        return self.request.action not in _DEVICE_ACTIONS

    @property
    def passes(self) -> tuple[DevicePass, ...]:
        """The device passes that are run, the primary one first."""
        targets = self.request.targets
        used = {targets.passes[arch] for arch in self.archs} or {targets.primary}
        return tuple(sorted(used, key=lambda each: (each != targets.primary, each.value, each.name)))

    def portable(self, device_pass: DevicePass) -> Path:
        """The portable IR that one device pass makes."""
        return self.file("nvvm.ll" if device_pass == self.passes[0] else f"compute_{device_pass.name}.nvvm.ll")

    def image(self, arch: str) -> Path:
        """The image of one architecture."""
        return self.file(f"{arch}.done")

    @property
    def empty_fatbin(self) -> Path:
        """What the host pass embeds while the images are built."""
        return self.file("empty.fatbin")

    def device_options(self, device_pass: DevicePass) -> FrontendOptions:
        """Front-end options of one device pass; the first of several also lists the files it read."""
        extra: tuple[str, ...] = ()
        if device_pass == self.passes[0] and len(self.passes) > 1:
            extra = ("-dependency-file", str(self.file("device.d")), "-MT", "device", "-sys-header-deps")
        if not device_pass.name.isdigit():
            extra += ("-target-cpu", f"sm_{device_pass.name}")
        extra = (*self.options.extra_clang, *extra)
        return replace(self.options, cuda_arch=device_pass.value, dependencies=None, extra_clang=extra)

    @property
    def host_options(self) -> FrontendOptions:
        """Front-end options of the host pass. Relocatable objects follow nvcc's host ABI (`__cudaRegisterLinkedBinary`).

        clang's newer scheme lists kernels in a section instead, which a missing device link would leave unregistered in silence.
        """
        if not self.options.relocatable:
            return self.options
        return replace(self.options, extra_clang=(*self.options.extra_clang, "--no-offload-new-driver"))

    def add_steps(self, pool: Pool) -> None:
        """The device pass first: everything else waits for it."""
        first, *others = self.passes
        pool.add(f"{self.stem}: device", lambda: self._device_pass(first))
        if self.needs_host:
            pool.add(f"{self.stem}: host", self._host_pass)
        for each in others:
            pool.add(f"{self.stem}: device {each.name}", lambda each=each: self._other_device_pass(each),  # type: ignore[misc]
                     after=(f"{self.stem}: device",))
        for arch in self.archs if self.has_images else ():
            each = self.request.targets.passes[arch]
            name = f"{self.stem}: device" + ("" if each == first else f" {each.name}")
            pool.add(f"{self.stem}: {arch}", lambda arch=arch: self._build_image(arch), after=(name,))  # type: ignore[misc]

    def _device_pass(self, each: DevicePass) -> None:
        from crosswarp.frontend.device import device_pass

        device_pass(self.path, self.device_options(each), self.portable(each))

    def _other_device_pass(self, each: DevicePass) -> None:
        """A source that never asks for `__CUDA_ARCH__` gives the same portable IR in every device pass."""
        if reads_cuda_arch(self.file("device.d")):
            self._device_pass(each)
        else:
            self.portable(each).write_bytes(self.portable(self.passes[0]).read_bytes())

    def _host_pass(self) -> None:
        from crosswarp.driver.packing import EMPTY_FATBIN
        from crosswarp.frontend.host import host_pass

        self.empty_fatbin.write_bytes(EMPTY_FATBIN)
        host_pass(self.path, self.host_options, self.file("host.o"), self.empty_fatbin)

    def _build_image(self, arch: str) -> None:
        from crosswarp.driver.images import ImageJob

        request = self.request
        ImageJob(arch, self.portable(request.targets.passes[arch]), self.image(arch), self.stem, self.folder,
                 request.target_options, request.settings.cache_bytes, keep=request.keep is not None,
                 skip_empty=request.action not in (Action.PTX, Action.CUBIN)).run()

    def finish(self) -> None:
        """Pack the images and put them where they belong."""
        from crosswarp.driver import packing

        action = self.request.action
        if action is Action.PTX:
            self._result().write_bytes(self.image(self.archs[0]).read_bytes().rstrip(b"\0"))
        elif action is Action.CUBIN:
            packing.assemble_cubin(self, self._result())
        else:
            fatbin = packing.pack(self)
            if self.request.keep is not None:
                self.file("fatbin").write_bytes(fatbin)
            if self.needs_host:
                self._fill_in(fatbin)
            else:
                self._result().write_bytes(fatbin)

    def _fill_in(self, fatbin: bytes) -> None:
        """The host object with the images in it. LLVM bitcode (`-Xcompiler -flto`) has no sections yet: it is compiled again."""
        host_object = self.file("host.o").read_bytes()
        if is_elf(host_object):
            section = RELOCATABLE_SECTION if self.options.relocatable else FATBIN_SECTION
            self.link_input.write_bytes(replace_section(host_object, section, fatbin))
        else:
            from crosswarp.frontend.host import host_pass

            self.empty_fatbin.write_bytes(fatbin)
            host_pass(self.path, self.host_options, self.link_input, self.empty_fatbin)

    def _result(self) -> Path:
        assert self.result is not None
        return self.result

    def tidy(self) -> None:
        """Remove images, empty fat binary and unfinished object."""
        for path in [self.image(arch) for arch in self.archs] + [self.empty_fatbin, self.file("host.o"), self.file("device.d")]:
            path.unlink(missing_ok=True)


@dataclass
class PrintUnit(Unit):
    """`-E`, `-M`, `-MM`: text for the user instead of code."""

    def add_steps(self, pool: Pool) -> None:
        """One step."""
        pool.add(f"{self.stem}: preprocess", self._preprocess)

    def _preprocess(self) -> None:
        from crosswarp.frontend.host import preprocess

        request, rule = self.request, self.request.frontend.dependencies
        action, extra = "-E", list[str]()
        if request.action is Action.DEPENDENCIES and rule is not None:
            action = "-MM" if request.dependencies_only_user else "-M"
            extra += [word for name in rule.targets for word in ("-MT", name)]
            extra += [word for name in rule.quoted_targets for word in ("-MQ", name)] + (["-MP"] if rule.phony else [])
        options = replace(self.options, extra_clang=(*self.options.extra_clang, *extra))
        self.file("text").write_bytes(preprocess(self.path, options, action))

    def finish(self) -> None:
        """To `-o` or `-MF`, else to standard output."""
        text = self.file("text").read_bytes()
        self.file("text").unlink()
        if self.result is not None:
            self.result.write_bytes(text)
        else:
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()


@dataclass
class DeviceFileUnit(Unit):
    """A `.ptx`, `.cubin` or `.fatbin` file, to be put in a fat binary or assembled."""

    def finish(self) -> None:
        """Wrap or assemble it."""
        from crosswarp.driver import packing

        assert self.result is not None
        if self.request.action is Action.CUBIN:
            packing.assemble_file(self.path, self.request, self.result)
        else:
            self.result.write_bytes(packing.wrap_file(self.path, self.source.kind))


def make_units(request: Request, outputs: Outputs, folder: Path) -> list[Unit]:
    """A unit for every input. Raises `CompileError` for a missing input or an output that cannot be written."""
    units, stems = list[Unit](), set[str]()
    for index, source in enumerate(request.inputs):
        path = Path(source.path)
        if not path.exists():
            raise user_error(f"no such file: '{source.path}'", "CW2005")
        stem = path.stem if path.stem not in stems else f"{path.stem}-{index}"
        stems.add(stem)
        units.append(_make_unit(request, outputs, folder, source, stem))
    return units


def _make_unit(request: Request, outputs: Outputs, folder: Path, source: InputFile, stem: str) -> Unit:
    if source.kind in LINK_KINDS:
        return Unit(request, source, request.frontend, stem, folder)
    options = request.unit_options(source)
    if request.action in (Action.PREPROCESS, Action.DEPENDENCIES):
        rule = request.frontend.dependencies
        named = request.output or (rule.output if rule and request.action is Action.DEPENDENCIES else None)
        return PrintUnit(request, source, options, stem, folder, _place(request, outputs, named))
    if options.dependencies is not None and options.dependencies.output is not None:
        placed = _place(request, outputs, options.dependencies.output)
        options = replace(options, dependencies=replace(options.dependencies, output=placed))
    if source.kind in DEVICE_KINDS:
        if request.action not in (Action.FATBIN, Action.CUBIN) or (request.action is Action.CUBIN and source.kind != "ptx"):
            raise user_error(f"'{source.path}': a .{source.kind} file can be used with -fatbin"
                             f"{' or -cubin' if source.kind == 'ptx' else ''} only", "CW2006")
        return DeviceFileUnit(request, source, options, stem, folder, _place(request, outputs, request.output_of(source)))
    result = _place(request, outputs, request.output_of(source)) if request.action.per_input else None
    if source.kind in CUDA_KINDS:
        return CudaUnit(request, source, options, stem, folder, result, object_result=result)
    if request.action in _DEVICE_ACTIONS:
        raise user_error(f"'{source.path}' has no device code", "CW2006")
    return HostUnit(request, source, options, stem, folder, result)


def _place(request: Request, outputs: Outputs, path: Path | None) -> Path | None:
    return path if path is None or request.dry_run else outputs.place(path)


def reads_cuda_arch(dependency_file: Path) -> bool:
    """Whether a file that the device pass read, other than Crosswarp's own headers, mentions `__CUDA_ARCH` (`__`, `_FEAT_...`).

    A mention in a comment counts too: one pass too many costs time, one too few would give wrong code.
    """
    from crosswarp.support.paths import include_dir

    text = dependency_file.read_text().partition(":")[2].replace("\\\n", " ")
    files = [name.replace("\0", " ") for name in text.replace("\\ ", "\0").split()]
    own = str(include_dir())
    return any(b"__CUDA_ARCH" in Path(name).read_bytes() for name in files if not name.startswith(own))

