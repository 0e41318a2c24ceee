"""The steps of a compilation as command lines, for `-v` and `-dryrun`: nvcc's own sequence, by tools of the same names.

    clang -E x.cu -o x.cpp4.ii     cudafe++ x.cpp4.ii                     host side: x.cudafe1.o
    clang -E x.cu -o x.cpp1.ii     cicc x.cpp1.ii -o x.nvvm.ll            device side: portable IR, once for all targets
    cicc ... -o x.ptx, -o x.gfx1100.hsaco, ...                            an image for each target
    fatbinary x.ptx x.gfx1100.hsaco x.cudafe1.o -o x.o                    both in one object

Run one by one they give the same bytes as nvcc itself. Compiler caches run them instead of nvcc and hash their words and inputs:
whatever a result depends on is therefore in the words, the configuration included.
"""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.device_file import DeviceFileUnit
from crosswarp.driver.host_link import archive_command, link_command
from crosswarp.driver.plan_cuda import cuda_lines
from crosswarp.driver.plan_device import device_file_lines, device_link_lines, print_lines
from crosswarp.driver.request import Action, Request
from crosswarp.driver.trace import quoted
from crosswarp.driver.unit import Unit
from crosswarp.driver.units import HostUnit, PrintUnit
from crosswarp.frontend.host_toolchain import host_toolchain


def lines(request: Request, units: list[Unit], folder: Path, toolkit: Path | None) -> list[str]:
    """Command lines in an order in which they can be run one after the other; `folder` is where intermediate files go."""
    steps = [] if folder.is_dir() else [quoted(["mkdir", "-p", str(folder)])]
    for unit in units:
        steps += _unit_lines(unit)
    if not request.action.per_input:
        steps += _link_lines(request, units, folder, toolkit)
    if request.keep is None:
        steps.append(quoted(["rm", "-rf", str(folder)]))
    if request.run:
        steps.append(quoted([str(request.final_output().absolute()), *request.run_arguments]))
    return steps


def _unit_lines(unit: Unit) -> list[str]:
    match unit:
        case CudaUnit():
            return cuda_lines(unit)
        case DeviceFileUnit():
            return device_file_lines(unit)
        case PrintUnit():
            return print_lines(unit)
        case HostUnit():
            return [quoted(unit.command())]
    return []


def _link_lines(request: Request, units: list[Unit], folder: Path, toolkit: Path | None) -> list[str]:
    objects, output = [str(unit.link_input) for unit in units], request.final_output()
    if request.action is Action.LIBRARY:
        return [quoted(["rm", "-f", str(output)]), quoted(archive_command(request.link, objects, output))]
    steps: list[str] = []
    if request.action is Action.DEVICE_LINK or request.link.device_link:
        steps, linked = device_link_lines(request, units, folder, toolkit)
        objects = [*linked, *objects]
    if request.action is Action.LINK:
        steps.append(quoted(link_command(host_toolchain(request.frontend.ccbin), request.link, objects, output, toolkit)))
    return steps
