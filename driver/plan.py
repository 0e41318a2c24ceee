"""The steps of a compilation as command lines, for `-v` and `-dryrun`. Each can be run; images are made by `crosswarp emit`."""

from __future__ import annotations

from pathlib import Path

from crosswarp.driver.cuda_unit import CudaUnit
from crosswarp.driver.host_link import archive_command, link_command
from crosswarp.driver.images import image_suffix
from crosswarp.driver.request import Action, Request
from crosswarp.driver.trace import quoted
from crosswarp.driver.unit import Unit
from crosswarp.driver.units import HostUnit
from crosswarp.frontend.device import device_command
from crosswarp.frontend.host import host_command
from crosswarp.frontend.host_toolchain import host_toolchain


def lines(request: Request, units: list[Unit], toolkit: Path | None) -> list[str]:
    """Command lines in an order in which they can be run one after the other."""
    steps: list[str] = []
    if any(isinstance(unit, CudaUnit) for unit in units):
        # Where nvcc prints its device compiler's command lines, CMake looks for the default architecture.
        used = {request.targets.passes[arch].name for arch in request.targets.nvidia} or {request.targets.primary.name}
        steps += [f"ARCHITECTURE=-arch compute_{name}" for name in sorted(used)]
    for unit in units:
        if isinstance(unit, CudaUnit):
            steps += _cuda_lines(unit)
        elif isinstance(unit, HostUnit):
            steps.append(quoted(_shown(unit, unit.command())))
    output = request.final_output()
    objects = [str(unit.link_input) for unit in units]
    if request.action is Action.LINK:
        steps.append(quoted(link_command(host_toolchain(request.frontend.ccbin), request.link, objects, output, toolkit)))
    elif request.action is Action.LIBRARY:
        steps.append(quoted(archive_command(request.link, objects, output)))
    elif request.action is Action.DEVICE_LINK:
        steps.append(quoted(["crosswarp", "device-link", *objects, "-o", str(output)]))
    return steps


def _shown(unit: Unit, words: list[str]) -> list[str]:
    """A command that writes to its output's own name; the real one writes beside it first."""
    if not unit.request.action.per_input:
        return words
    return [str(unit.request.output_of(unit.source)) if word == str(unit.link_input) else word for word in words]


def _cuda_lines(unit: CudaUnit) -> list[str]:
    request = unit.request
    steps = [quoted(device_command(unit.path, unit.device_options(each), unit.portable(each))) for each in unit.passes]
    images: list[str] = []
    for arch in unit.archs if unit.has_images else ():
        suffix = image_suffix(arch, request.target_options)
        portable, image = str(unit.portable(request.targets.passes[arch])), str(unit.file(suffix))
        steps.append(quoted(["crosswarp", "emit", "--stage", suffix, portable, "-o", image]))
        images.append(f"{arch}={image}")
    if request.action in (Action.PTX, Action.CUBIN):
        return steps
    fatbin = unit.file("fatbin")
    steps.append(quoted(["crosswarp", "pack", *images, "-o", str(fatbin)]))
    if unit.needs_host:
        steps.append(quoted(_shown(unit, host_command(unit.path, unit.host_options, unit.link_input, fatbin))))
    return steps
