"""The inputs of a command: which kind of unit each becomes, and the kinds that are not CUDA sources."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.device_file import DeviceFileUnit
from crosswarp.driver.make_rules import as_nvcc_lays_out
from crosswarp.driver.options import LINK_KINDS, InputFile
from crosswarp.driver.outputs import Outputs, shortened
from crosswarp.driver.pool import Pool
from crosswarp.driver.request import CUDA_KINDS, DEVICE_KINDS, Action, Request
from crosswarp.driver.unit import DEVICE_ACTIONS, Unit
from crosswarp.frontend.device import device_command
from crosswarp.frontend.flags import NVCC_MACROS
from crosswarp.frontend.host import dependency_flags, host_command
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.diagnostics import user_error
from crosswarp.support.paths import cccl_dir, include_dir
from crosswarp.support.toolchain import run_tool, tool_environment

# Bytes of an input's name in the names of its intermediate files: the longest suffix still fits a file system's 255.
_LONGEST_STEM = 200
# The host compiler's names of languages, by kind of file; others are C++.
_LANGUAGES = {"c": "c", "i": "cpp-output", "ii": "c++-cpp-output", "s": "assembler"}


@dataclass
class HostUnit(Unit):
    """An ordinary C, C++ or assembly file: the host compiler compiles it."""

    @property
    def link_input(self) -> Path:
        """The object."""
        return self.result or self.file("o")

    def command(self) -> list[str]:
        """The host compiler's command line."""
        options = self.options
        flags = [f"-O{options.opt_level}", *(["-g"] if options.debug else []), *(["-w"] if options.suppress_warnings else [])]
        language = "assembler-with-cpp" if self.source.path.endswith(".S") else _LANGUAGES.get(self.source.kind, "c++")
        flags += [f"-std={options.std}"] if options.std and language == "c++" else []
        flags += [f"-D{macro}" for macro in (*NVCC_MACROS, *options.defines)] + [f"-U{macro}" for macro in options.undefines]
        flags += [f"-I{folder}" for folder in options.includes]
        folders = [str(folder) for folder in (*options.system_includes, cccl_dir()) if folder]
        flags += [word for folder in folders for word in ("-isystem", folder)] + [f"-I{include_dir()}"]
        flags += [word for header in options.forced_includes for word in ("-include", header)]
        flags += [*dependency_flags(options.dependencies), *options.host_flags]
        host = host_toolchain(options.ccbin, options.host_flags)
        return host.compile_command(str(self.path), str(self.link_input), flags, language)

    def add_steps(self, pool: Pool) -> None:
        """One step."""
        if self.request.action not in DEVICE_ACTIONS:
            pool.add(f"{self.stem}: host", self._compile)

    def _compile(self) -> None:
        done = run_tool(self.command(), environment=host_toolchain(self.options.ccbin, self.options.host_flags).environment())
        sys.stderr.write(done.stderr.decode(errors="replace"))


@dataclass
class PrintUnit(Unit):
    """`-E`, `-M`, `-MM`: text for the user instead of code."""

    def add_steps(self, pool: Pool) -> None:
        """One step."""
        pool.add(f"{self.stem}: preprocess", self._preprocess)

    def _preprocess(self) -> None:
        environment = host_toolchain(self.options.ccbin, self.options.host_flags).environment()
        if self.source.kind in CUDA_KINDS:
            environment = tool_environment()
        text = b"".join([self.marker(), *(run_tool(words, environment=environment).stdout for words in self.commands())])
        self.file("text").write_bytes(text if self.request.action is Action.PREPROCESS else self._rule(text))

    def marker(self) -> bytes:
        """What stands before a CUDA source's text: which configuration it is for."""
        from crosswarp.driver.configuration import marker

        return marker(self.request) if self._action()[0] == "-E" and self.source.kind in CUDA_KINDS else b""

    def commands(self) -> list[list[str]]:
        """Commands that print the text, one after the other.

        Both sides of a CUDA source are printed: a compiler cache that compares this text must see a change in either.
        """
        action, extra = self._action()
        if self.source.kind not in CUDA_KINDS:
            return [self._host_compiler(action, extra)]
        host = host_command(self.path, replace(self.options, extra_clang=(*self.options.extra_clang, *extra)), None, action=action)
        return [self._device_command(), host] if action == "-E" else [host]

    def _rule(self, text: bytes) -> bytes:
        rule = as_nvcc_lays_out(text.decode(errors="surrogateescape"), self.path, self.configuration)
        return rule.encode(errors="surrogateescape")

    def _action(self) -> tuple[str, list[str]]:
        rule = self.request.frontend.dependencies
        if self.request.action is not Action.DEPENDENCIES or rule is None:
            return "-E", []
        words = [word for name in rule.targets for word in ("-MT", name)]
        words += [word for name in rule.quoted_targets for word in ("-MQ", name)] + (["-MP"] if rule.phony else [])
        if not words or words == ["-MP"]:
            words += ["-MQ", str((self.request.output_folder or Path()) / f"{self.path.stem}.o")]
        return "-MM" if self.request.dependencies_only_user else "-M", words

    def _device_command(self) -> list[str]:
        options = replace(self.options, cuda_arch=self.request.targets.primary.value, dependencies=None)
        words = device_command(self.path, options, Path("-"))
        words[words.index("-emit-llvm")] = "-E"
        return words

    def _host_compiler(self, action: str, extra: list[str]) -> list[str]:
        unit = HostUnit(self.request, self.source, replace(self.options, dependencies=None), self.stem, self.folder)
        words = unit.command()
        words[words.index("-c")] = action
        at = words.index("-o")
        return [*words[:at], *words[at + 2 :], *extra]

    def finish(self) -> None:
        """To `-o` or `-MF`, else to standard output."""
        text = self.file("text").read_bytes()
        self.file("text").unlink()
        if self.result is not None:
            self.result.write_bytes(text)
        else:
            sys.stdout.buffer.write(text)
            sys.stdout.buffer.flush()


def make_units(request: Request, outputs: Outputs, folder: Path) -> list[Unit]:
    """A unit for every input. Raises `CompileError` for a missing input or an output that cannot be written."""
    units, stems = list[Unit](), set[str]()
    for index, source in enumerate(request.inputs):
        path = Path(source.path)
        if not path.exists():
            raise user_error(f"no such file: '{source.path}'", "CW2005")
        stem = shortened(path.stem, _LONGEST_STEM)
        stem = stem if stem not in stems else f"{stem}-{index}"
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
    if request.action in DEVICE_ACTIONS:
        raise user_error(f"'{source.path}' has no device code", "CW2006")
    return HostUnit(request, source, options, stem, folder, result)


def _place(request: Request, outputs: Outputs, path: Path | None) -> Path | None:
    return path if path is None or request.dry_run else outputs.place(path)
