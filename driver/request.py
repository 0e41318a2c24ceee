"""What one nvcc command line asks for, in our own terms. No spelling of nvcc's is known beyond this and `request_parts.py`."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from pathlib import Path

from crosswarp.driver.architectures import DeviceTargets, choose_targets
from crosswarp.driver.option_words import CommandLineError
from crosswarp.driver.options import LINK_KINDS, InputFile, Parsed
from crosswarp.driver.request_parts import (
    LinkOptions,
    frontend_of,
    jobs_of,
    link_of,
    resource_usage_of,
    target_options_of,
    time_trace_of,
)
from crosswarp.driver.settings import Settings, load_settings
from crosswarp.driver.timing import PhaseTimes
from crosswarp.driver.warning_numbers import severities
from crosswarp.frontend.options import DependencyOptions, FrontendOptions
from crosswarp.frontend.prefix_maps import mapped
from crosswarp.support.files import digest
from crosswarp.targets.base import TargetOptions


class Action(Enum):
    """How far a compilation goes. The value is the suffix of its output where there is no `-o`."""

    PREPROCESS = "i"
    DEPENDENCIES = "d"
    PTX = "ptx"
    CUBIN = "cubin"
    FATBIN = "fatbin"
    OBJECT = "o"
    DEVICE_LINK = "_dlink.o"
    LIBRARY = ".a"
    LINK = ".out"

    @property
    def per_input(self) -> bool:
        """Whether every input has an output of its own."""
        return self not in (Action.DEVICE_LINK, Action.LIBRARY, Action.LINK)


_ACTIONS = {
    "preprocess": Action.PREPROCESS, "generate-dependencies": Action.DEPENDENCIES,
    "generate-nonsystem-dependencies": Action.DEPENDENCIES, "ptx": Action.PTX, "cubin": Action.CUBIN, "fatbin": Action.FATBIN,
    "device-link": Action.DEVICE_LINK, "lib": Action.LIBRARY, "compile": Action.OBJECT, "device-c": Action.OBJECT,
    "device-w": Action.OBJECT, "link": Action.LINK, "run": Action.LINK,
}
CUDA_KINDS = frozenset({"cu"})
HOST_KINDS = frozenset({"c", "cc", "cpp", "cxx", "c++", "i", "ii", "s"})
DEVICE_KINDS = frozenset({"ptx", "cubin", "fatbin"})


@dataclass(frozen=True)
class Request:
    """One command. `jobs` bounds the processes, and so does make's job server where it `shares_jobs`.

    `keep` is the folder that intermediate files stay in.
    `choose` gives the targets of the same command line under other settings.
    `time_trace`: the file for clang's trace of the device pass. `resource_usage`: tell what kernels need.
    `requested_warnings`: nvcc's own warnings that are on, and their severity; `clean`: outputs are deleted instead of made.
    `recorded`: what is read is listed, so that the result can be kept.
    `with_portable`: fat binaries carry the portable IR too, for devices that are not known yet.
    """

    action: Action
    inputs: tuple[InputFile, ...]
    output: Path | None
    output_folder: Path | None
    frontend: FrontendOptions
    target_options: TargetOptions
    targets: DeviceTargets
    link: LinkOptions
    settings: Settings
    jobs: int = 1
    shares_jobs: bool = False
    compress: bool = True
    with_portable: bool = False
    ptxas_words: tuple[str, ...] = ()
    resource_usage: bool = False
    source_in_ptx: bool = False
    syntax_only: bool = False
    time_trace: str = ""
    keep: Path | None = None
    verbose: bool = False
    dry_run: bool = False
    dependencies_only_user: bool = False
    dependencies: bool = False
    recorded: bool = False
    run: bool = False
    run_arguments: tuple[str, ...] = ()
    choose: Callable[[Settings], DeviceTargets] | None = None
    requested_warnings: Mapping[str, str] = field(default_factory=dict)
    clean: bool = False
    times: PhaseTimes = field(default_factory=PhaseTimes)

    def output_of(self, source: InputFile, suffix: str = "") -> Path:
        """Where the result of one input goes: `-o`, else the input's name with the action's suffix, in `-odir` or here."""
        if self.output is not None and self.action.per_input:
            return self.output
        name = Path(source.path).stem + "." + (suffix or self.action.value)
        return (self.output_folder or Path()) / name

    def final_output(self) -> Path:
        """Where the result of linking goes."""
        if self.output is not None:
            return self.output
        return (self.output_folder or Path()) / ("a" + self.action.value)

    def unit_options(self, source: InputFile) -> FrontendOptions:
        """Front-end options of one input: dependency file and compilation-unit id are its own."""
        options = self.frontend
        if options.relocatable:
            options = replace(options, cuid=_unit_id(Path(source.path), options))
        if not self.dependencies:
            return replace(options, dependencies=None)
        rule = options.dependencies or DependencyOptions()
        output = self.output_of(source, "o") if self.action.per_input or self.output is None else self.final_output()
        if not rule.targets and not rule.quoted_targets:
            rule = replace(rule, quoted_targets=(str(output),))
        return replace(options, dependencies=replace(rule, output=rule.output or output.with_suffix(".d")))


def _unit_id(source: Path, options: FrontendOptions) -> str:
    """What tells one relocatable object from another in the same program: path, content and macros.

    The path is as the host compiler's prefix maps have it, so that a project gives the same objects in any folder.
    """
    path = mapped(str(source.resolve()), options.host_flags)
    content = source.read_bytes() if source.is_file() else b""
    return digest(repr((path, options.defines, options.undefines)).encode(), content).hex()[:16]


def configured_request(parsed: Parsed) -> Request:
    """`build_request` with the configuration that holds in the working folder or for the first input."""
    return build_request(parsed, load_settings(parsed.inputs[0].path if parsed.inputs else ""))


def build_request(parsed: Parsed, settings: Settings) -> Request:
    """Check a parsed command line and put it in our terms. Raises `CommandLineError`."""
    if not parsed.inputs:
        raise CommandLineError("No input files specified; use option --help for more information")
    action = _action(parsed)
    output = Path(parsed.last("output-file")) if parsed.has("output-file") else None
    _check_inputs(parsed, action, output)
    targets = choose_targets(parsed, settings)
    _check_device_output(action, targets)
    folder = parsed.last("output-directory")
    keep = parsed.has("keep") or parsed.has("save-temps") or parsed.has("keep-dir")
    frontend = frontend_of(parsed, targets)
    return Request(
        action=action, inputs=tuple(parsed.inputs), output=output, output_folder=Path(folder) if folder else None,
        frontend=frontend, target_options=target_options_of(parsed), targets=targets, link=link_of(parsed, frontend),
        settings=settings, jobs=jobs_of(parsed), shares_jobs=not parsed.has("threads") or parsed.has("jobserver"),
        compress=not parsed.has("no-compress") and parsed.last("compress-mode") != "none",
        ptxas_words=tuple(parsed.all("ptxas-options")), keep=Path(parsed.last("keep-dir", ".")) if keep else None,
        verbose=parsed.has("verbose"), dry_run=parsed.has("dryrun"),
        dependencies_only_user=parsed.has("generate-nonsystem-dependencies"),
        dependencies=parsed.has("generate-dependencies-with-compile") or parsed.has("generate-nonsystem-dependencies-with-compile"),
        run=parsed.has("run"), run_arguments=tuple(parsed.all("run-args")), choose=partial(choose_targets, parsed),
        requested_warnings=severities(parsed), clean=parsed.has("clean-targets"), times=PhaseTimes(parsed.last("time")),
        resource_usage=resource_usage_of(parsed), source_in_ptx=parsed.has("source-in-ptx"),
        syntax_only=parsed.has("fdevice-syntax-only"), time_trace=time_trace_of(parsed))


def _action(parsed: Parsed) -> Action:
    """The first phase named stops the compilation; `-c -ptx` makes PTX as nvcc does."""
    return next((action for name, action in _ACTIONS.items() if parsed.has(name)), Action.LINK)


def _check_inputs(parsed: Parsed, action: Action, output: Path | None) -> None:
    known = CUDA_KINDS | HOST_KINDS | DEVICE_KINDS | LINK_KINDS
    for source in parsed.inputs:
        if source.kind not in known:
            raise CommandLineError(f"Don't know what to do with '{source.path}'")
        if output is not None and source.kind not in LINK_KINDS and _is_one_file(str(output), source.path):
            raise CommandLineError(f"'{output}' is an input and the output: it would be overwritten")
    compiled = [source for source in parsed.inputs if source.kind in CUDA_KINDS | HOST_KINDS]
    rule = any(parsed.has(f"generate-{kind}dependencies-with-compile") for kind in ("", "nonsystem-"))
    if rule and len(compiled) > 1 and (output is not None or parsed.has("dependency-output")):
        raise CommandLineError("A single input file is required when the dependency file's name comes from -MF or -o")
    if action.per_input and output is not None and len(parsed.inputs) > 1:
        raise CommandLineError("A single input file is required for a non-link phase when an outputfile is specified")


def _is_one_file(output: str, source: str) -> bool:
    """Whether two names lead to the same place; `-` is two places, and loops of links lead nowhere."""
    return output != "-" and os.path.realpath(output) == os.path.realpath(source)


def _check_device_output(action: Action, targets: DeviceTargets) -> None:
    name = {Action.PTX: "--ptx (-ptx)", Action.CUBIN: "--cubin (-cubin)"}.get(action)
    if name is None:
        return
    if len(targets.nvidia) > 1:
        raise CommandLineError(f"Option '{name}' is not allowed when compiling for multiple GPU architectures")
    if action is Action.CUBIN and not targets.nvidia and (len(targets.archs) == 1 or targets.real):
        return
    if not targets.nvidia:
        other = " or one other architecture, for example -arch=gfx1100" if action is Action.CUBIN else ""
        raise CommandLineError(f"Option '{name}' needs an NVIDIA architecture, for example -arch=sm_80{other}")
    codes = targets.real.get(targets.nvidia[0])
    if action is Action.CUBIN and codes == ():
        raise CommandLineError(f"Option '{name}' is not allowed when compiling for a virtual compute architecture")
    if action is Action.CUBIN and codes and len(codes) > 1:
        raise CommandLineError(f"Option '{name}' is not allowed when compiling for multiple GPU code instances")
