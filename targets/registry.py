"""Which target serves an architecture name."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from crosswarp.support.diagnostics import user_error
from crosswarp.targets.base import Target

UNKNOWN = "CW1101"


@cache
def _cpu() -> Target:
    from crosswarp.targets.cpu.target import CpuTarget

    return CpuTarget()


@cache
def _amdgpu() -> Target:
    from crosswarp.targets.amdgpu.target import AmdGpuTarget

    return AmdGpuTarget()


@cache
def _nvptx() -> Target:
    from crosswarp.targets.nvptx.target import NvptxTarget

    return NvptxTarget()


def targets() -> tuple[Target, ...]:
    """Every target."""
    return (_cpu(), _amdgpu(), _nvptx())


@cache
def _owners() -> dict[str, Callable[[], Target]]:
    """Architecture name to its target, read from the tables of names: a compilation imports only the targets it uses."""
    from crosswarp.targets.amdgpu.archs import PROCESSORS
    from crosswarp.targets.cpu.archs import names
    from crosswarp.targets.nvptx.archs import ARCHITECTURES

    owners: dict[str, Callable[[], Target]] = {}
    for archs, owner in ((names(), _cpu), (PROCESSORS, _amdgpu), (ARCHITECTURES, _nvptx)):
        owners.update(dict.fromkeys(archs, owner))
    return owners


def all_archs() -> tuple[str, ...]:
    """Every architecture name, target by target, oldest first."""
    return tuple(_owners())


def parse_arch(text: str) -> str:
    """The canonical name for what a user wrote: `compute_80` is `sm_80`, `cpu` the CPU target's usual level.

    Raises `CompileError` for a name that no target knows.
    """
    from crosswarp.targets.cpu.archs import ALIASES

    name = text.strip().lower()
    name = ALIASES.get(name, name)
    if name.startswith("compute_"):
        name = "sm_" + name[len("compute_"):]
    if name in all_archs():
        return name
    hint = "processor features such as ':xnack+' are not part of a name" if ":" in name else _nearest(name)
    raise user_error(f"unknown architecture '{text}'", UNKNOWN, hint=hint)


def _nearest(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, all_archs(), n=3)
    return f"did you mean {' or '.join(close)}?" if close else "'crosswarp doctor' lists the architectures"


def target_for(arch: str) -> Target:
    """The target of an architecture name. Raises `CompileError` for an unknown one."""
    return _owners()[parse_arch(arch)]()
