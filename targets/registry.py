"""Which target serves an architecture name."""

from __future__ import annotations

from functools import cache

from crosswarp.support.diagnostics import user_error
from crosswarp.targets.base import Target

UNKNOWN = "CW1101"


@cache
def targets() -> tuple[Target, ...]:
    """Every target. They are imported here, when the first architecture is asked for."""
    from crosswarp.targets.amdgpu.target import AmdGpuTarget
    from crosswarp.targets.cpu.target import CpuTarget
    from crosswarp.targets.nvptx.target import NvptxTarget

    return (CpuTarget(), AmdGpuTarget(), NvptxTarget())


@cache
def all_archs() -> tuple[str, ...]:
    """Every architecture name, target by target, oldest first."""
    return tuple(arch for target in targets() for arch in target.archs())


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
    name = parse_arch(arch)
    return next(target for target in targets() if name in target.archs())
