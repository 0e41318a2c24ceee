"""The whole compilation on one screen: what nvcc's command line asks for, step by step.

    x.cu ─┬─ device pass ─► x.nvvm.ll ─┬─ target stages ─► image ┐
          │                            ├─ target stages ─► image ├─► x.fatbin ─┐
          │                            └─ target stages ─► image ┘             ▼
          └─ host pass ───────────────────────────────────► x.o (empty) ─► x.o ─► link

All arrows of all inputs run in parallel processes (`pool.py`); packing, filling in the fat binary and linking happen here.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from crosswarp.driver import trace
from crosswarp.driver.foreign_objects import linker_hint
from crosswarp.driver.host_link import archive_command, link_command
from crosswarp.driver.host_note import tell_of_bundled_compiler
from crosswarp.driver.host_query import ask, is_question
from crosswarp.driver.outputs import Outputs, temporary_folder, work_folder
from crosswarp.driver.request import Action, Request
from crosswarp.driver.run_steps import pool_of, run_steps
from crosswarp.driver.standard_input import with_standard_input
from crosswarp.driver.unit import Unit
from crosswarp.driver.units import make_units
from crosswarp.frontend.host_toolchain import host_toolchain
from crosswarp.support.diagnostics import ToolError

if TYPE_CHECKING:
    from crosswarp.driver.recall.record import Recording


def compile_request(request: Request, toolkit: Path | None = None, recording: Recording | None = None) -> int:
    """Do what a command line asks for. Returns the exit code; raises `CrosswarpError` for what the user should read.

    `toolkit` is the toolkit folder whose `nvcc` was called, if one was; `recording` notes what a command reads and writes.
    """
    if is_question(request) and not request.dry_run:
        return ask(request)
    with Outputs() as outputs, work_folder(None if request.dry_run else request.keep) as folder:
        request = with_standard_input(request, folder)
        if request.verbose or request.dry_run:
            _show_steps(request, toolkit)
        if request.dry_run:
            return 0
        units = make_units(request, outputs, folder)
        linked = None if request.action.per_input else outputs.place(request.final_output())
        if request.clean:
            outputs.remove()
            return 0
        tell_of_bundled_compiler(request)
        try:
            _run_units(request, units, folder)
            for unit in units:
                unit.finish()
            if recording is not None:
                recording.observe(units, outputs)
        finally:
            for unit in units:
                unit.tidy()
        if linked is not None:
            _link(request, units, folder, linked, toolkit)
        outputs.commit()
    request.times.write()
    return _run_program(request) if request.run else 0


def _show_steps(request: Request, toolkit: Path | None) -> None:
    """Print the steps, without anything being written."""
    from crosswarp.driver import plan

    trace.show(trace.environment_lines(toolkit))
    folder = request.keep or temporary_folder()
    with Outputs() as nothing:
        shown = replace(request, dry_run=True, recorded=False)
        trace.show(plan.lines(shown, make_units(shown, nothing, folder), folder, toolkit))


def _run_units(request: Request, units: list[Unit], folder: Path) -> None:
    pool = pool_of(request, folder)
    for unit in units:
        unit.add_steps(pool)
    run_steps(request, pool, {unit.stem: unit.source.path for unit in units}, prepare=lambda: _load_targets(request, units))


def _load_targets(request: Request, units: list[Unit]) -> None:
    """Import the targets while clang runs; the forked steps then have them."""
    if any(unit.has_images for unit in units):
        from crosswarp.driver.images import compiler_fingerprint, stages_of, target_fingerprint

        for arch in request.targets.archs:
            stages_of(arch, request.target_options)
            if request.settings.cache_bytes:
                target_fingerprint(arch)
        if request.settings.cache_bytes:
            compiler_fingerprint()


def _link(request: Request, units: list[Unit], folder: Path, output: Path, toolkit: Path | None) -> None:
    host = host_toolchain(request.frontend.ccbin)
    objects = [str(unit.link_input) for unit in units]
    if request.action is Action.DEVICE_LINK or (request.action is Action.LINK and request.link.device_link):
        from crosswarp.driver.device_link import device_link

        extra = device_link(request, units, folder, output if request.action is Action.DEVICE_LINK else None)
        if request.action is Action.DEVICE_LINK:
            return
        objects = [str(path) for path in extra] + objects
    if request.action is Action.LIBRARY:
        output.unlink(missing_ok=True)  # the archiver wants no file or a library, not the empty place-holder
        command = archive_command(request.link, objects, output)
    else:
        command = link_command(host, request.link, objects, output, toolkit)
    with request.times.measured(request.action.name.lower(), " ".join(objects), request.final_output()):
        done = subprocess.run(command, env=host.environment(), capture_output=True)
    text = done.stderr.decode(errors="replace")
    if done.returncode:
        raise ToolError(command, done.returncode, text + linker_hint(text))
    sys.stderr.write(text)


def _run_program(request: Request) -> int:
    program = request.final_output().resolve()
    return subprocess.run([str(program), *request.run_arguments]).returncode
