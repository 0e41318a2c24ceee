"""A CUDA source: device passes, images, host pass, and the object they end up in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosswarp.driver import make_rules, openmp
from crosswarp.driver.architectures import DevicePass
from crosswarp.driver.pool import Pool
from crosswarp.driver.request import Action
from crosswarp.driver.unit import DEVICE_ACTIONS, Unit
from crosswarp.frontend import host_flags
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.support.diagnostics import CompileError, CrosswarpError
from crosswarp.support.elf import FATBIN_SECTION, RELOCATABLE_SECTION, replace_section, section_bytes
from crosswarp.support.elf_constructors import with_early_constructor
from crosswarp.support.elf_names import with_names
from crosswarp.support.toolchain import run_tool

if TYPE_CHECKING:
    from crosswarp.driver.images import ImageJob

_ID_SECTION = "__nv_module_id"
# What registers an object's device code: before the program's own initialisers, which may launch kernels, and after the runtime's
# (runtime_shim/entries/one_runtime.cpp).
_REGISTRATION, _EARLY = "__cuda_module_ctor", 80
# Kernel launches then call `cudaLaunchKernel_ptsz`, the name that the headers give the function.
_PER_THREAD = "-fgpu-default-stream=per-thread"


@dataclass
class CudaUnit(Unit):
    """A CUDA source: device passes, images, host pass."""

    object_result: Path | None = None
    archs: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        targets = self.request.targets
        single = self.request.action in (Action.PTX, Action.CUBIN)
        # Relocatable device code is portable IR, and PTX for NVIDIA's own linker.
        linked_later = self.options.relocatable and self.request.action is Action.FATBIN
        self.archs = targets.nvidia if linked_later or (single and targets.nvidia) else targets.archs

    @property
    def has_images(self) -> bool:
        """Images are built unless device code is linked later, or only its syntax is checked."""
        if self.request.syntax_only and self.request.action not in (Action.PTX, Action.CUBIN):
            return False
        return not self.options.relocatable or self.request.action in DEVICE_ACTIONS

    @property
    def makes_relocatable(self) -> bool:
        """With `-dc` or `-rdc=true`."""
        return self.options.relocatable and self.needs_host

    @property
    def link_input(self) -> Path:
        """The object."""
        return self.object_result or self.file("o")

    @property
    def needs_host(self) -> bool:
        """Whether an object is made."""
        return self.request.action not in DEVICE_ACTIONS

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

    def device_options(self, device_pass: DevicePass, rule: Path | None = None) -> FrontendOptions:
        """Front-end options of one device pass; `rule` is a file for the list of files it reads."""
        extra: tuple[str, ...] = ()
        if rule is not None:
            extra = ("-dependency-file", str(rule), "-MT", "device", "-sys-header-deps")
        if not device_pass.name.isdigit():
            extra += ("-target-cpu", f"sm_{device_pass.name}")
        if self.options.default_stream_per_thread:
            extra += (_PER_THREAD,)
        if self.request.time_trace and device_pass == self.passes[0]:
            extra += (f"-ftime-trace={self.request.time_trace}",)
        extra = (*self.options.extra_clang, *extra)
        return replace(self.options, cuda_arch=device_pass.value, dependencies=None, extra_clang=extra,
                       plain_statics=not self.needs_host)

    @property
    def host_options(self) -> FrontendOptions:
        """Front-end options of the host pass. Relocatable objects follow nvcc's host ABI (`__cudaRegisterLinkedBinary`).

        clang's newer scheme lists kernels in a section instead, which a missing device link would leave unregistered in silence.
        """
        options = replace(openmp.host_options(self.options), dependencies=self._host_dependencies())
        if options.default_stream_per_thread:
            options = replace(options, extra_clang=(*options.extra_clang, "-Xclang", _PER_THREAD))
        if not options.relocatable:
            return options
        return replace(options, extra_clang=(*options.extra_clang, "--no-offload-new-driver"))

    def _host_dependencies(self) -> DependencyOptions | None:
        """The list that clang writes of what the host pass reads: all of it; what the user does not want is left out afterwards."""
        rule, request = self.options.dependencies, self.request
        if rule is None:
            return DependencyOptions(output=self.file("host.d"), targets=("host",)) if request.recorded else None
        return rule if request.verbose or request.dry_run else replace(rule, skip_system=False)

    def _read_by(self, device_pass: DevicePass) -> Path:
        """The list of the files that a device pass read."""
        return self.file(f"device-{device_pass.name}.d")

    def read_files(self) -> set[str]:
        """The files that the passes read, when they have run and the request is `recorded`."""
        from crosswarp.support.files import prerequisites

        lists = [self._read_by(each) for each in self.passes]  # a pass that was found to be like the first one has none
        if self.needs_host and self.host_options.dependencies is not None:
            lists.append(self.host_options.dependencies.output or Path())
        return {name for rule in lists if rule.exists() for name in prerequisites(rule)}

    def front_end_commands(self) -> list[list[str]]:
        """Clang's command lines, for the folders that they name."""
        from crosswarp.frontend.device import device_command
        from crosswarp.frontend.host import host_command

        commands = [device_command(self.path, self.device_options(self.passes[0]), Path("-"))]
        return [*commands, host_command(self.path, self.host_options, Path("-"))] if self.needs_host else commands

    def dependency_commands(self) -> list[list[str]]:
        """What writes the dependency file where there is no host pass, which does so otherwise."""
        from crosswarp.frontend.host import host_command

        wanted = self.options.dependencies is not None and not self.needs_host
        return [host_command(self.path, self.host_options, Path(os.devnull), action="-E")] if wanted else []

    def _list_dependencies(self) -> None:
        for words in self.dependency_commands():
            run_tool(words)

    def add_steps(self, pool: Pool) -> None:
        """The device pass first: everything else waits for it."""
        from crosswarp.driver import packing, precompiled  # noqa: F401  once here, not in the process of each step

        first, *others = self.passes
        pool.add(f"{self.stem}: device", lambda: self._device_pass(first))
        if self.needs_host:
            pool.add(f"{self.stem}: host", self._host_pass)
        if self.dependency_commands():
            pool.add(f"{self.stem}: dependencies", self._list_dependencies)
        if self.request.requested_warnings:
            pool.add(f"{self.stem}: warnings", self._warn)
        for each in others:
            pool.add(f"{self.stem}: device {each.name}", lambda each=each: self._other_device_pass(each),  # type: ignore[misc]
                     after=(f"{self.stem}: device",))
        for arch in self.archs if self.has_images else ():
            each = self.request.targets.passes[arch]
            name = f"{self.stem}: device" + ("" if each == first else f" {each.name}")
            pool.add(f"{self.stem}: {arch}", lambda arch=arch: self._build_image(arch), after=(name,))  # type: ignore[misc]

    def _device_pass(self, each: DevicePass) -> None:
        from crosswarp.driver.precompiled import with_headers
        from crosswarp.frontend.device import device_pass

        listed = self.request.recorded or (each == self.passes[0] and len(self.passes) > 1)
        options = self.device_options(each, self._read_by(each) if listed else None)
        with_headers("device", self.path, options,
                     lambda options: device_pass(self.path, options, self.portable(each)))

    def _other_device_pass(self, each: DevicePass) -> None:
        """A source that never asks for `__CUDA_ARCH__` gives the same portable IR in every device pass."""
        if reads_cuda_arch(self._read_by(self.passes[0])):
            self._device_pass(each)
        else:
            self.portable(each).write_bytes(self.portable(self.passes[0]).read_bytes())

    def _host_pass(self) -> None:
        from crosswarp.driver.packing import EMPTY_FATBIN
        from crosswarp.driver.precompiled import with_headers
        from crosswarp.frontend.host import host_pass

        openmp.warn(self.path, self.options)
        print(host_flags.warning(self.options.host_flags), end="", file=sys.stderr)
        self.empty_fatbin.write_bytes(EMPTY_FATBIN)
        with_headers("host", self.path, self.host_options,
                     lambda options: host_pass(self.path, options, self.file("host.o"), self.empty_fatbin))
        finish_host_object(self.path, self.options, self.file("host.o"))

    def _warn(self) -> None:
        """Nvcc's own warnings, where some are on."""
        from crosswarp.frontend.requested_warnings import requested_warnings

        found = requested_warnings(self.path, self.host_options, self.request.requested_warnings)
        if any(each.severity == "error" for each in found):
            raise CompileError(found)
        if found:
            print(CompileError(found), file=sys.stderr)

    def _build_image(self, arch: str) -> None:
        from crosswarp.driver.images import ImageJob

        request = self.request
        job = ImageJob(arch, self.portable(request.targets.passes[arch]), self.image(arch), self.stem, self.folder,
                       request.target_options, request.settings.cache_bytes, keep=request.keep is not None,
                       skip_empty=request.action not in (Action.PTX, Action.CUBIN))
        try:
            job.run()
        except CompileError as error:
            raise self._located(error, job) from None

    def _located(self, error: CompileError, job: ImageJob) -> CompileError:
        """The error with places in the source: what had no debug information is compiled once more with line numbers, to tell."""
        if self.options.debug_information or all(one.location is not None for one in error.diagnostics):
            return error
        from crosswarp.frontend.device import device_pass

        again = self.file(f"{job.arch}.lines.nvvm.ll")
        try:
            options = self.device_options(self.request.targets.passes[job.arch])
            device_pass(self.path, replace(options, line_info=True, suppress_warnings=True), again)
            replace(job, source=again, cache_bytes=0, keep=False).run()
        except CompileError as located:
            return located
        except CrosswarpError:
            return error  # what fails without a place is still what failed
        finally:
            again.unlink(missing_ok=True)
        return error

    def finish(self) -> None:
        """Pack the images and put them where they belong."""
        from crosswarp.driver import packing

        action = self.request.action
        if self.has_images and action is not Action.CUBIN and (self.request.resource_usage or self.request.ptxas_words):
            self._report_resources()
        if action is Action.PTX:
            self._result().write_bytes(self._ptx())
        elif action is Action.CUBIN:
            packing.assemble_cubin(self, self._result())
        else:
            fatbin = packing.pack(self)
            if self.request.keep is not None:
                self.file("fatbin").write_bytes(fatbin)
            if self.needs_host:
                section = RELOCATABLE_SECTION if self.options.relocatable else FATBIN_SECTION
                made = with_module_id(self.file("host.o").read_bytes(), self.options.cuid)
                self.link_input.write_bytes(replace_section(made, section, fatbin))
            else:
                self._result().write_bytes(fatbin)
        self._finish_dependencies()

    def _ptx(self) -> bytes:
        text = self.image(self.archs[0]).read_bytes().rstrip(b"\0")
        if not self.request.source_in_ptx:
            return text
        from crosswarp.driver.ptx_source import with_source

        return with_source(text.decode(errors="surrogateescape")).encode(errors="surrogateescape")

    def _report_resources(self) -> None:
        from crosswarp.driver import resource_report

        images = [(arch, self.image(arch)) for arch in self.archs]
        resource_report.report(images, self.request.ptxas_words, verbose=self.request.resource_usage)

    def _finish_dependencies(self) -> None:
        """The configuration file decides what an object holds: after a change of it, build systems make the object again."""
        from crosswarp.driver.configuration import CHANGEABLE

        rule = self.options.dependencies
        if rule is not None and rule.output is not None and rule.output.is_file():
            make_rules.rewrite(rule.output, self.path, (CHANGEABLE, *self.configuration), self._left_out)

    @property
    def _left_out(self) -> make_rules.Named:
        """Which files a rule does not name: with `-MMD`, those below folders of system headers."""
        rule = self.options.dependencies
        if rule is None or not rule.skip_system:
            return lambda name: False
        from crosswarp.driver.recall.inputs import system_folders

        host = host_toolchain(self.options.ccbin, self.options.host_flags)
        return make_rules.system_headers((*self.options.system_includes, *system_folders(host)), self.options.includes)

    def _result(self) -> Path:
        assert self.result is not None
        return self.result

    def tidy(self) -> None:
        """Remove images, empty fat binary and unfinished object."""
        for path in [self.image(arch) for arch in self.archs] + [self.empty_fatbin, self.file("host.o"), self.file("host.d")]:
            path.unlink(missing_ok=True)


def finish_host_object(source: Path, options: FrontendOptions, written: Path) -> None:
    """What is done to the object that clang has made of the host side, but for its id and the device code."""
    openmp.finish_object(source, options, written)
    written.write_bytes(with_early_constructor(written.read_bytes(), _REGISTRATION, _EARLY))


def with_module_id(made: bytes, cuid: str) -> bytes:
    """A relocatable object under an id of ours; others as they are.

    clang's id is a hash of the source's path as the command line has it: the same for `x.cu` of any folder, another one for another
    spelling.
    """
    old = section_bytes(made, _ID_SECTION).rstrip(b"\0")
    if not old:
        return made
    new = b"__nv_" + cuid.encode()
    return with_names(replace_section(made, _ID_SECTION, new + b"\0"), old, new)


def reads_cuda_arch(dependency_file: Path) -> bool:
    """Whether a file that the device pass read, other than Crosswarp's own headers, mentions `__CUDA_ARCH` (`__`, `_FEAT_...`).

    A mention in a comment counts too: one pass too many costs time, one too few would give wrong code.
    """
    from crosswarp.support.files import prerequisites
    from crosswarp.support.paths import include_dir

    own = str(include_dir())
    return any(b"__CUDA_ARCH" in Path(name).read_bytes() for name in prerequisites(dependency_file) if not name.startswith(own))
